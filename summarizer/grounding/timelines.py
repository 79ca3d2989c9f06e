"""From a timeline draft to events that hold, in order of time."""

from __future__ import annotations

from datetime import date

from summarizer.analysis import Analysis
from summarizer.analysis.calendar_values import in_order
from summarizer.analysis.words import fold
from summarizer.grounding.settling import Settled, Settling
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.timeline import Event, EventDraft, Timeline, TimelineDraft


def settle_timeline(draft: TimelineDraft, court: Settling) -> Settled[Timeline]:
    """The events that hold, sorted by when they happen; undated ones last, in the order of the article."""
    events = [event for n, proposed in enumerate(draft.events) if (event := _event(proposed, f"/events/{n}", court))]
    distinct = {(event.claim.text, event.when): event for event in events}
    return court.settled(Timeline(events=sorted(distinct.values(), key=_moment)))


def _event(proposed: EventDraft, where: str, court: Settling) -> Event | None:
    claim = court.claim(proposed.text, proposed.evidence, where)
    if claim is None:
        return None
    return Event(
        when=_when(proposed, claim, where, court),
        claim=claim,
        certainty=proposed.certainty,
        attributed_to=_source(proposed, claim, where, court),
        participants=participants(claim, court.analysis),
    )


def _when(proposed: EventDraft, claim: Claim, where: str, court: Settling) -> str | None:
    """The proposed date where it is one of the evidence's; else none."""
    if proposed.when is None:
        return None
    if is_told(proposed.when, dates_in(claim.evidence, court.analysis)):
        court.count(f"{where}/when")
        return proposed.when
    court.note("ungrounded", f"{where}/when", f"{proposed.when} is not a date of the cited sentences", "dropped")
    return None


def is_told(when: str, known: list[str]) -> bool:
    """Whether a date, or both ends of an interval, are among the known ones."""
    return when in known or all(_is_known(end, known) for end in when.split("/"))


def _is_known(iso: str, known: list[str]) -> bool:
    """Whether a date, or one end of an interval, is told at this precision or a finer one."""
    return bool(iso) and any(told.startswith(iso) for told in known)


def _source(proposed: EventDraft, claim: Claim, where: str, court: Settling) -> str | None:
    if not proposed.attributed_to:
        return None
    if any(fold(proposed.attributed_to) in fold(span.text) for span in claim.evidence):
        return proposed.attributed_to
    court.note(
        "ungrounded", f"{where}/attributed_to", f"{proposed.attributed_to!r} is not in the cited sentences", "dropped"
    )
    return None


def dates_in(evidence: list[Span], analysis: Analysis) -> list[str]:
    """ISO values of the dates that stand in the evidence."""
    numbers = {span.sentence for span in evidence}
    return [told.iso for told in analysis.dates if told.iso and any(m.sentence in numbers for m in told.mentions)]


def participants(claim: Claim, analysis: Analysis) -> list[str]:
    """Ids of the entities that the claim names and that stand in its evidence."""
    said, numbers = fold(claim.text), {span.sentence for span in claim.evidence}
    return [
        found.entity.id
        for found in analysis.entities
        if any(m.sentence in numbers and fold(m.text) in said for m in found.entity.mentions)
    ]


def _moment(event: Event) -> tuple[bool, date, date, int]:
    return *in_order(event.when), event.claim.evidence[0].start
