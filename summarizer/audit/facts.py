"""Facts of a result that are no claims: dates, quantities, names, short answers, participants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.grounding.timelines import dates_in, is_told, participants
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities, Quantity
from summarizer.schemas.timeline import Event, Timeline

Wrong = tuple[str, str, str]
"""A JSON pointer, a code, a message."""


def wrong_facts(value: Any, analysis: Analysis | None) -> Iterator[Wrong]:
    """What in the value of a built-in task is not what the article's text gives; an answer needs none."""
    match value:
        case Answer():
            yield from _answer(value)
        case Entities() if analysis:
            yield from _names(value, analysis)
            yield from _ids(value, analysis)
            yield from _dates(value, analysis)
            yield from _quantities(value, analysis)
        case Timeline() if analysis:
            for number, event in enumerate(value.events):
                yield from _event(f"/events/{number}", event, analysis)


def _names(value: Entities, analysis: Analysis) -> Iterator[Wrong]:
    text = fold(" ".join(analysis.article.text.split()))
    for number, entity in enumerate(value.entities):
        for name in (entity.name, *entity.aliases):
            if fold(" ".join(name.split())) not in text:
                yield f"/entities/{number}", "unknown_name", f"{name!r} is nowhere in the article"
        names = [fold(" ".join(name.split())) for name in (entity.name, *entity.aliases)]
        for at, mention in enumerate(entity.mentions):
            told = fold(" ".join(mention.text.split()))
            if not any(told in name or name in told for name in names):
                where = f"/entities/{number}/mentions/{at}"
                yield where, "wrong_mention", f"{mention.text!r} is no name of {entity.name!r}"


def _ids(value: Entities, analysis: Analysis) -> Iterator[Wrong]:
    """An entity that code found as well has the id code gave it: participants of events point at it."""
    known: dict[int, str] = {m.start: one.entity.id for one in analysis.entities for m in one.entity.mentions}
    for number, entity in enumerate(value.entities):
        ids = {known[mention.start] for mention in entity.mentions if mention.start in known}
        if ids and entity.id not in ids:
            yield (
                f"/entities/{number}/id",
                "wrong_mention",
                f"{entity.id!r} is {', '.join(sorted(ids))} in this article",
            )


def _dates(value: Entities, analysis: Analysis) -> Iterator[Wrong]:
    known = {mention.start: told for told in analysis.dates for mention in told.mentions}
    for number, told in enumerate(value.dates):
        for right in (known.get(mention.start) for mention in told.mentions):
            if right is None or right.text != told.text:
                yield f"/dates/{number}", "wrong_date", f"{told.text!r} is not read as a date"
            elif right.iso != told.iso:
                day = right.iso or "a date that is not known"
                yield f"/dates/{number}", "wrong_date", f"{told.text!r} is {day}, the result says {told.iso}"


def _quantities(value: Entities, analysis: Analysis) -> Iterator[Wrong]:
    known = {mention.start: found for found in analysis.quantities for mention in found.mentions}
    for number, told in enumerate(value.quantities):
        for right in (known.get(mention.start) for mention in told.mentions):
            where = f"/quantities/{number}"
            if right is None or right.text != told.text:
                yield where, "wrong_quantity", f"{told.text!r} is not read as a quantity"
            elif (right.value, right.unit, right.kind) != (told.value, told.unit, told.kind):
                yield where, "wrong_quantity", f"{told.text!r} is {_measure(right)}, the result says {_measure(told)}"
            elif _restated(told, value.quantities) != _restated(right, analysis.quantities):
                yield f"{where}/same_as", "wrong_quantity", f"{told.text!r} restates another quantity than that"


def _measure(quantity: Quantity) -> str:
    return " ".join(str(part) for part in (quantity.value, quantity.unit, f"({quantity.kind})") if part is not None)


def _restated(quantity: Quantity, among: Sequence[Quantity]) -> str | None:
    """The words of the quantity that this one restates."""
    same = quantity.same_as
    return among[same].text if same is not None and 0 <= same < len(among) else None


def _event(where: str, event: Event, analysis: Analysis) -> Iterator[Wrong]:
    if event.when is not None and not is_told(event.when, dates_in(event.claim.evidence, analysis)):
        yield f"{where}/when", "wrong_date", f"{event.when} is not a date of the cited sentences"
    told = event.attributed_to
    if told and not any(fold(told) in fold(" ".join(span.text.split())) for span in event.claim.evidence):
        yield f"{where}/attributed_to", "unknown_name", f"{told!r} is not in the cited sentences"
    if strangers := sorted(set(event.participants) - set(participants(event.claim, analysis))):
        yield f"{where}/participants", "unknown_name", f"{', '.join(strangers)} is not named in the claim"


def _answer(value: Answer) -> Iterator[Wrong]:
    if value.found != bool(value.claims):
        yield "/found", "wrong_answer", f"found is {str(value.found).lower()} with {len(value.claims)} claims"
    spans = [span.text for claim in value.claims for span in claim.evidence]
    if value.short and not any(fold(value.short) in fold(" ".join(text.split())) for text in spans):
        yield "/short", "wrong_answer", f"{value.short!r} is not in the cited sentences"
