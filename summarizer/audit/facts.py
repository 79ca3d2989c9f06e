"""Facts of a result that are no claims: dates, quantities, names, short answers, participants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.grounding.timelines import dates_in, is_told, participants
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.timeline import Event, Timeline

Wrong = tuple[str, str, str]
"""A JSON pointer, a code, a message."""


def wrong_facts(value: Any, analysis: Analysis) -> Iterator[Wrong]:
    """What in the value of a built-in task is not what the article's text gives."""
    match value:
        case Entities():
            yield from _names(value, analysis)
            yield from _dates(value, analysis)
            yield from _quantities(value, analysis)
        case Timeline():
            for number, event in enumerate(value.events):
                yield from _event(f"/events/{number}", event, analysis)
        case Answer():
            yield from _answer(value)


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


def _dates(value: Entities, analysis: Analysis) -> Iterator[Wrong]:
    known = {mention.start: told.iso for told in analysis.dates for mention in told.mentions}
    for number, told in enumerate(value.dates):
        for mention in told.mentions:
            if mention.start not in known:
                yield f"/dates/{number}", "wrong_date", f"{told.text!r} is not read as a date"
            elif known[mention.start] != told.iso:
                right = known[mention.start] or "a date that is not known"
                yield f"/dates/{number}", "wrong_date", f"{told.text!r} is {right}, the result says {told.iso}"


def _quantities(value: Entities, analysis: Analysis) -> Iterator[Wrong]:
    known = {mention.start: (q.value, q.unit) for q in analysis.quantities for mention in q.mentions}
    for number, told in enumerate(value.quantities):
        for mention in told.mentions:
            found = known.get(mention.start)
            if found != (told.value, told.unit):
                right = "not read as a quantity" if found is None else f"{found[0]} {found[1] or ''}".strip()
                said = f"{told.value} {told.unit or ''}".strip()
                message = f"{told.text!r} is {right}, the result says {said}"
                yield f"/quantities/{number}", "wrong_quantity", message


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
