"""From a draft to its value: claims are grounded, names and dates must stand in the evidence.

`settled` serves any schema, `joined` makes one draft of several; the rest is what a task's own `settle` is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from summarizer.analysis import Analysis
from summarizer.analysis.phrases import stands_in
from summarizer.analysis.words import fold
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Claim, DraftClaim, Span, options_of
from summarizer.tasks.form import ground_form

V = TypeVar("V", bound=BaseModel)
P = TypeVar("P")
R = TypeVar("R")


def settled(draft: BaseModel, value: type[V], grounder: Grounder) -> V | None:
    """The value with what holds; None where a field that it cannot be without does not.

    A user's own schema is draft and value at once: what is evidence and what a statement is told by its types.
    """
    if type(draft) is value:
        kept: Any = ground_form(draft, grounder).value
        return kept if isinstance(kept, value) else None
    return _made(value, settled_fields(draft, value, grounder))


def settled_fields(draft: BaseModel, value: type[BaseModel], grounder: Grounder, where: str = "") -> dict[str, Any]:
    """The fields of the value that the draft gives, by name, each grounded; a list keeps the items that hold."""
    found: dict[str, Any] = {}
    for name in type(draft).model_fields:
        if name in value.model_fields:
            found[name] = _field(getattr(draft, name), value.model_fields[name].annotation, grounder, f"{where}/{name}")
    return found


def _field(proposed: Any, wanted: Any, grounder: Grounder, where: str) -> Any:
    if isinstance(proposed, DraftClaim):
        return grounder.claim(proposed.text, proposed.evidence, where)
    if isinstance(proposed, (list, tuple)):
        inside = next(iter(get_args(_bare(wanted))), Any)
        items = (_field(one, inside, grounder, f"{where}/{number}") for number, one in enumerate(proposed))
        return _distinct([item for item in items if item is not None], grounder, where)
    form = _bare(wanted)
    if isinstance(proposed, BaseModel) and isinstance(form, type) and issubclass(form, BaseModel):
        return _made(form, settled_fields(proposed, form, grounder, where))
    return proposed


def _distinct(items: Iterable[Any], grounder: Grounder, where: str) -> list[Any]:
    """The items, of claims with the same words the first only."""
    found: list[Any] = []
    texts: set[str] = set()
    for number, item in enumerate(items):
        if isinstance(item, Claim) and item.text in texts:
            grounder.note("duplicate", f"{where}/{number}", "it says what another says", "dropped")
            continue
        texts |= {item.text} if isinstance(item, Claim) else set()
        found.append(item)
    return found


def _made(value: type[V], fields: dict[str, Any]) -> V | None:
    """The value of these fields; None where one it needs is missing."""
    try:
        return value.model_validate(fields)
    except ValidationError:
        return None


def _bare(annotation: Any) -> Any:
    """The annotation without null beside it."""
    return next((one for one in options_of(annotation) if one is not type(None)), annotation)


def joined(form: type[V], drafts: Sequence[V]) -> V:
    """Drafts as one: lists one behind the other, each item once; of other fields the first that says something."""
    merged: dict[str, Any] = {}
    for name in form.model_fields:
        values = [getattr(draft, name) for draft in drafts]
        if isinstance(values[0], (list, tuple)):
            every = [item for value in values for item in value]
            merged[name] = type(values[0])(one for at, one in enumerate(every) if one not in every[:at])
        else:
            merged[name] = next((value for value in values if value not in (None, "")), values[0])
    return form.model_construct(**merged)


def kept(
    proposed: Iterable[P], where: str, make: Callable[[P, str, Grounder], R | None], grounder: Grounder
) -> list[R]:
    """What `make` makes of each of the proposed items, given its pointer; without those that come to nothing."""
    made = (make(one, f"{where}/{number}", grounder) for number, one in enumerate(proposed))
    return [one for one in made if one is not None]


def words_of(proposed: str | None, evidence: Iterable[Span], where: str, grounder: Grounder) -> Claim | None:
    """A name or noun phrase that must be words of the evidence: with the sentence that has it, None where none does.

    Raises:
        Ungrounded: it is not in the evidence and the policy is `fail`.

    """
    words, cited = " ".join((proposed or "").split()), [span for span in evidence if span.resolved]
    if not words:
        return None
    if telling := [span for span in cited if stands_in(words, span.text)]:
        grounder.count(where)
        return Claim(text=words, evidence=telling[:1], support="verbatim")
    flagged = grounder.policy == "flag" and bool(cited)
    message = f"{words!r} is not in the cited sentences"
    grounder.amend("ungrounded", where, message, "flagged" if flagged else "dropped")
    return Claim(text=words, evidence=cited, support="unchecked") if flagged else None


def names_same(wanted: str, said: str) -> bool:
    """Whether one of two names holds the other: "Pell" and "Anna Pell"."""
    one, other = wanted.casefold(), said.casefold()
    return bool(one and other) and (one in other or other in one)


def entity_of(words: str, analysis: Analysis, evidence: Iterable[Span]) -> str | None:
    """The id of the one entity that these words name in these sentences; None where none or several do."""
    said = f" {fold(words)} "
    ids = _named(analysis, evidence, lambda name: f" {name} " in said)
    return ids[0] if len(ids) == 1 else None


def participants(claim: Claim, analysis: Analysis) -> list[str]:
    """Ids of the entities that the claim names and that stand in its evidence."""
    said = fold(claim.text)
    return _named(analysis, claim.evidence, lambda name: name in said)


def _named(analysis: Analysis, evidence: Iterable[Span], said: Callable[[str], bool]) -> list[str]:
    numbers = {span.sentence for span in evidence}
    return [
        found.entity.id
        for found in analysis.entities
        if any(one.sentence in numbers and said(fold(one.text)) for one in found.entity.mentions)
    ]


def told_date(proposed: str | None, claim: Claim, where: str, grounder: Grounder) -> str | None:
    """The proposed ISO date where it is one of the evidence's; else the only one of the evidence, if the claim has it.

    Raises:
        Ungrounded: it is no date of the evidence and the policy is `fail`.

    """
    if proposed is None:
        return None
    if is_told(proposed, dates_in(claim.evidence, grounder.analysis)):
        grounder.count(where)
        return proposed
    only = _only_date(claim, grounder.analysis)
    message = f"the only date of the cited sentences is {only}, not {proposed}"
    message = message if only else f"{proposed} is not a date of the cited sentences"
    grounder.amend("ungrounded", where, message, "replaced" if only else "dropped")
    return only


def is_told(when: str, known: Sequence[str]) -> bool:
    """Whether a date, or both ends of an interval, are among the known ones, at this precision or a finer one."""
    return when in known or all(bool(end) and any(told.startswith(end) for told in known) for end in when.split("/"))


def dates_in(evidence: Sequence[Span], analysis: Analysis) -> list[str]:
    """ISO values of the dates that stand in the evidence."""
    return [iso for iso, _ in _dated(evidence, analysis) if iso]


def _only_date(claim: Claim, analysis: Analysis) -> str | None:
    """The one date of the evidence, where the claim has its words."""
    told, said = _dated(claim.evidence, analysis), fold(claim.text)
    named = any(fold(" ".join(words.split())) in said for _, words in told)
    return told[0][0] if named and len({iso for iso, _ in told}) == 1 else None


def _dated(evidence: Sequence[Span], analysis: Analysis) -> list[tuple[str | None, str]]:
    """Every date of the evidence: its ISO value and its words."""
    numbers = {span.sentence for span in evidence}
    places = ((found.iso, mention) for found in analysis.dates for mention in found.mentions)
    return [(iso, mention.text) for iso, mention in places if mention.sentence in numbers]
