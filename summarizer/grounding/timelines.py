"""From a timeline draft to events that hold, in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from summarizer.analysis import Analysis
from summarizer.analysis.attribution import attribution_of
from summarizer.analysis.calendar_values import in_order
from summarizer.analysis.certainty import certainty_of
from summarizer.analysis.words import fold
from summarizer.grounding.grounder import Grounded, Grounder
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.timeline import Certainty, Event, EventDraft, Timeline, TimelineDraft


def settle_timeline(draft: TimelineDraft, grounder: Grounder) -> Grounded[Timeline]:
    """The events that hold, sorted by when they happen; undated ones last, in the order of the article."""
    events = [event for n, proposed in enumerate(draft.events) if (event := _event(proposed, f"/events/{n}", grounder))]
    distinct = {(event.claim.text, event.when): event for event in events}
    return grounder.grounded(Timeline(events=sorted(distinct.values(), key=_moment)))


def _event(proposed: EventDraft, where: str, grounder: Grounder) -> Event | None:
    claim = grounder.claim(proposed.text, proposed.evidence, where)
    if claim is None:
        return None
    return Event(
        when=_when(proposed, claim, where, grounder),
        claim=claim,
        certainty=_certainty(proposed, claim, where, grounder),
        attributed_to=_source(proposed, claim, where, grounder),
        participants=participants(claim, grounder.analysis),
    )


def _certainty(proposed: EventDraft, claim: Claim, where: str, grounder: Grounder) -> Certainty:
    """The proposed certainty, unless the words say that what is to have happened is planned or only possible."""
    told = certainty_of(claim.text) or _least_sure(claim.evidence)
    if proposed.certainty == "happened" and told in {"planned", "possible"}:
        message = f"by its words the event is {told}; it was proposed as happened"
        grounder.amend("certainty_corrected", f"{where}/certainty", message, "replaced")
        return told
    grounder.count(f"{where}/certainty")
    return proposed.certainty


def _least_sure(evidence: Sequence[Span]) -> Certainty | None:
    """What the sentences say, for a claim that has no verb of its own; None where one of them says that it happened."""
    told = [certainty_of(span.text) for span in evidence]
    return None if "happened" in told else next((one for one in told if one), None)


def _when(proposed: EventDraft, claim: Claim, where: str, grounder: Grounder) -> str | None:
    """The proposed date where it is one of the evidence's; else the only one of the evidence, if the claim names it."""
    if proposed.when is None:
        return None
    if is_told(proposed.when, dates_in(claim.evidence, grounder.analysis)):
        grounder.count(f"{where}/when")
        return proposed.when
    if only := _only_date(claim, grounder.analysis):
        message = f"the only date of the cited sentences is {only}, not {proposed.when}"
        grounder.amend("ungrounded", f"{where}/when", message, "replaced")
        return only
    grounder.amend("ungrounded", f"{where}/when", f"{proposed.when} is not a date of the cited sentences", "dropped")
    return None


def _only_date(claim: Claim, analysis: Analysis) -> str | None:
    """The one date of the evidence, where the claim has its words."""
    numbers, said = {span.sentence for span in claim.evidence}, fold(claim.text)
    places = ((found.iso, mention) for found in analysis.dates for mention in found.mentions)
    told = {(iso, mention.text) for iso, mention in places if mention.sentence in numbers}
    named = any(fold(" ".join(text.split())) in said for _, text in told)
    days = {iso for iso, _ in told}
    return next(iter(days)) if len(days) == 1 and named else None


def is_told(when: str, known: list[str]) -> bool:
    """Whether a date, or both ends of an interval, are among the known ones."""
    return when in known or all(_is_known(end, known) for end in when.split("/"))


def _is_known(iso: str, known: list[str]) -> bool:
    """Whether a date, or one end of an interval, is told at this precision or a finer one."""
    return bool(iso) and any(told.startswith(iso) for told in known)


def _source(proposed: EventDraft, claim: Claim, where: str, grounder: Grounder) -> str | None:
    """Who reports the event: as proposed, if the evidence names them; of a reported event else as the evidence says."""
    where, proposed_one = f"{where}/attributed_to", " ".join((proposed.attributed_to or "").split())
    if proposed_one and any(fold(proposed_one) in fold(" ".join(span.text.split())) for span in claim.evidence):
        grounder.count(where)
        return proposed_one
    told = _reporter(claim) if proposed.certainty == "reported" else None
    if proposed_one:
        message = f"{proposed_one!r} is not in the cited sentences" + (f"; {told!r} reports it" if told else "")
        grounder.amend("ungrounded", where, message, "replaced" if told else "dropped")
    elif told:
        grounder.amend("attribution_filled", where, f"{told!r} reports it; no one was named", "replaced")
    return told


def _reporter(claim: Claim) -> str | None:
    """The one who says what the evidence reports; None where it names nobody, or several."""
    found = (attribution_of(" ".join(span.text.split())) for span in claim.evidence)
    sources = {attribution.source for attribution in found if attribution and attribution.source}
    return next(iter(sources)) if len(sources) == 1 else None


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
