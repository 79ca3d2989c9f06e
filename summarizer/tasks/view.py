"""What a person is shown of a value, before it is text, Markdown or HTML: sections of lines, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from summarizer.schemas.evidence import Claim, Mention, Span, Support

Place = Span | Mention


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Args:
        text: what is said.
        evidence: the places in the article it rests on, shown as their sentence numbers.
        support: how it was checked, None for what is no claim.
        label: what stands before it: a date, a count, a name.
        note: what stands behind it, quieter: a role, a source.
        minor: whether only somebody who asks for all of it sees it.

    """

    text: str
    evidence: Sequence[Place] = ()
    support: Support | None = None
    label: str = ""
    note: str = ""
    minor: bool = False

    @classmethod
    def of(cls, claim: Claim, *, label: str = "", note: str = "", minor: bool = False) -> Line:
        """The line of a claim."""
        return cls(claim.text, claim.evidence, claim.support, label, note, minor)

    @classmethod
    def at(cls, place: Place, *, label: str = "") -> Line:
        """The line of a place in the article: its words."""
        return cls(" ".join(place.text.split()), [place], label=label)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title. `head` marks what stands on top in large letters: a headline, an answer."""

    title: str
    lines: tuple[Line, ...]
    head: bool = False


def section(title: str, lines: Iterable[Line]) -> Iterator[Section]:
    """A section of these lines; none where there is no line."""
    if found := tuple(lines):
        yield Section(title, found)


def sections_of(value: BaseModel | Mapping[str, Any], without: Iterable[str] = ()) -> Iterator[Section]:
    """A section for each field of any value: claims by their text, lists line by line, objects by their fields."""
    for name, inside in dict(value).items():
        if name not in without:
            yield from section(name.replace("_", " "), _lines(inside))


def pointed(value: Any, kinds: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Everything of these kinds anywhere in a value, with a JSON pointer to it."""
    if isinstance(value, kinds):
        yield where, value
    if isinstance(value, Mapping | BaseModel):
        inside = [(name.replace("~", "~0").replace("/", "~1"), one) for name, one in dict(value).items()]
    else:
        inside = [(str(number), one) for number, one in enumerate(value if isinstance(value, (list, tuple)) else ())]
    for name, one in inside:
        yield from pointed(one, kinds, f"{where}/{name}")


def rows_of(sections: Iterable[Section]) -> Iterator[dict[str, Any]]:
    """Flat rows for a table, one a line."""
    for one in sections:
        for line in one.lines:
            said = {"field": one.title, "label": line.label, "text": line.text, "note": line.note}
            yield said | grounds(line)


def grounds(said: Claim | Line) -> dict[str, Any]:
    """The columns that tell what a claim rests on: how it was checked, and the numbers of its sentences."""
    return {"support": said.support, "sentences": " ".join(str(place.sentence) for place in said.evidence)}


def _lines(value: Any, label: str = "") -> Iterator[Line]:
    match value:
        case None | "" | []:
            return
        case Claim():
            yield Line.of(value, label=label)
        case Span() | Mention():
            yield Line.at(value, label=label)
        case list() | tuple():
            for one in value:
                yield from _lines(one, label)
        case BaseModel() | Mapping():
            yield from _fields(value, label)
        case _:
            yield Line(str(value), label=label)


def _fields(value: BaseModel | Mapping[str, Any], label: str) -> Iterator[Line]:
    """An object on a line where its text has its evidence beside it, else a line a field."""
    fields = dict(value)
    places = [span for one in fields.values() for span in _places(one)]
    texts = [one for one in fields.values() if isinstance(one, str) and one]
    if places and len(texts) == 1:
        yield Line(texts[0], places, label=label)
        return
    for name, one in fields.items():
        if not _places(one):
            yield from _lines(one, f"{label} {name}".strip().replace("_", " "))
    if not texts:
        yield from (Line.at(span, label=label) for span in places)


def _places(value: Any) -> list[Span]:
    found = value if isinstance(value, (list, tuple)) else [value]
    return list(found) if all(isinstance(one, Span) for one in found) else []
