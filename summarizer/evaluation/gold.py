"""Gold: what a person says is right about an article, one JSON object a line.

What a line does not name is not measured; an empty list is measured, and says that there is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import read
from summarizer.schemas.entities import EntityType

Range = tuple[int, int]


class Part(BaseModel):
    """Base of the parts of a line: no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Part):
    """A piece of the article. Without offsets every occurrence of the text is meant."""

    text: str = Field(min_length=1)
    start: int | None = None
    end: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data


class GoldName(Place):
    """A name as it stands in the text, with its type."""

    type: EntityType


class GoldDate(Place):
    """A temporal expression with its value as ISO 8601; null where the article does not tell."""

    iso: str | None


class GoldQuestion(Part):
    """A question; without answers it is one that the article does not answer.

    `evidence` are pieces of the sentences that answer; where it is empty, the sentences of the answers count.
    """

    question: str
    answers: list[Place] = []
    evidence: list[Place] = []


class GoldSummary(Part):
    """What a summary should rest on, and summaries written by people, one sentence a line."""

    evidence: list[Place] = []
    references: list[str] = []
    options: dict[str, str | int] = {}


class Line(Part):
    """One line of a gold file; `article` is a file beside it, in place of `text`."""

    id: str
    text: str | None = None
    article: str | None = None
    published: date | None = None
    summary: GoldSummary | None = None
    names: list[GoldName] | None = None
    unscored: list[Place] = Field([], description="Names within names, which are neither right nor wrong.")
    dates: list[GoldDate] | None = None
    questions: list[GoldQuestion] = []

    @model_validator(mode="after")
    def _has_one_text(self) -> Line:
        if (self.text is None) == (self.article is None):
            raise ValueError("give either text or article")
        return self


@dataclass(frozen=True)
class Gold:
    """One article with what is right about it, located."""

    line: Line
    article: Article

    def ranges(self, places: Iterable[Place]) -> list[tuple[Place, Range]]:
        """Where the places stand; a text without offsets stands wherever it occurs outside the longer ones."""
        places = list(places)
        taken: dict[Range, Place] = {(p.start, p.end): p for p in places if p.start is not None and p.end is not None}
        for place in sorted((p for p in places if p.start is None), key=lambda p: -len(p.text)):
            for start, end in _occurrences(place.text, self.article.text):
                if not any(begin < end and start < stop for begin, stop in taken):
                    taken[start, end] = place
        return [(place, found) for found, place in sorted(taken.items())]

    def sentences(self, places: Iterable[Place]) -> set[int]:
        """Numbers of the sentences in which the places begin."""
        found = (self.article.sentence_at(start) for _, (start, _) in self.ranges(places))
        return {sentence.number for sentence in found if sentence}


def _occurrences(piece: str, text: str) -> Iterator[Range]:
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if not (text[at - 1 : at].isalnum() and piece[0].isalnum()) and not (
            text[end : end + 1].isalnum() and piece[-1].isalnum()
        ):
            yield at, end
        at = text.find(piece, end)


def read_gold(path: Path) -> list[Gold]:
    """The lines of a gold file.

    Raises:
        InputError: it cannot be read, a line has another form, or a place is not in its article.

    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}") from error
    found = [_gold(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise InputError(str(path), "empty: there is no line in it")
    return found


def _gold(content: str, path: Path, number: int) -> Gold:
    where = f"{path}:{number}"
    try:
        line = Line.model_validate(json.loads(content))
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(where, f"/{'/'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"not JSON: {error}") from error
    gold = Gold(line, _article(line, path))
    for place in _located(line):
        if not _stands(place, gold.article.text):
            raise InputError(where, f"{place.text!r} does not stand there in the article")
    return gold


def _article(line: Line, path: Path) -> Article:
    if line.article is not None:
        return read(path.parent / line.article, published=line.published)
    return Article(line.text or "", published=line.published, source=line.id)


def _located(line: Line) -> Iterator[Place]:
    """The places that must be in the article; an answer may be worded freely where its evidence is given."""
    yield from (*(line.names or ()), *line.unscored, *(line.dates or ()))
    yield from line.summary.evidence if line.summary else ()
    for asked in line.questions:
        yield from asked.evidence or asked.answers


def _stands(place: Place, text: str) -> bool:
    if place.start is None or place.end is None:
        return any(True for _ in _occurrences(place.text, text))
    return text[place.start : place.end] == place.text
