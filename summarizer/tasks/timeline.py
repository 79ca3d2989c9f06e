"""What happened, is planned or may happen, in order of time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.events import attribution_of, certainty_of
from summarizer.analysis.words import fold
from summarizer.extractive.asides import asides
from summarizer.extractive.events import day_as_said, timeline_draft
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.timeline import Certainty, Event, EventDraft, Timeline, TimelineDraft, TimelineOptions
from summarizer.tasks.base import Merging, Misread, Task
from summarizer.tasks.settling import dates_in, is_told, kept, participants, told_date
from summarizer.tasks.view import Line, Section, grounds, section
from summarizer.values.calendar_values import in_order
from summarizer.values.spoken import date_in_words

# "reported by the Harbour Master", whose sentence began with him.
_LEADING_THE = re.compile(r"^(?:The|An?|His|Her|Its|Their)\b")


class TimelineTask(Task[TimelineDraft, Timeline, TimelineOptions]):
    """See the file's first line."""

    name = "timeline"
    draft, value, options = TimelineDraft, Timeline, TimelineOptions

    def propose(self, analysis: Analysis, options: TimelineOptions) -> TimelineDraft:
        """Sentences that tell of dated events."""
        return timeline_draft(analysis)

    def settle(self, draft: TimelineDraft, options: TimelineOptions, grounder: Grounder) -> Timeline:
        """The events that hold, sorted by when they happen; undated ones last, in the order of the article."""
        events = kept(draft.events, "/events", _event, grounder)
        distinct = {(event.claim.text, event.when): event for event in events}
        return Timeline(events=sorted(distinct.values(), key=_moment))

    async def merge(self, drafts: Sequence[TimelineDraft], options: TimelineOptions, merging: Merging) -> TimelineDraft:
        """The events of all parts, without those that say no more than one before them."""
        events: list[EventDraft] = []
        for new in (event for draft in drafts for event in draft.events):
            known = [one for one in events if (one.when, one.certainty) == (new.when, new.certainty)]
            if not any([await merging.supports(new.text, one.evidence) for one in known]):
                events.append(new)
        return TimelineDraft(events=events)

    def view(self, value: Timeline) -> Iterator[Section]:
        """A line an event behind its date; events without one are minor."""
        return section("timeline", map(_line, value.events))

    def rows(self, value: Timeline) -> Iterator[dict[str, Any]]:
        """One row an event."""
        for event in value.events:
            said = {"when": event.when or event.said, "event": event.claim.text, "certainty": event.certainty}
            yield said | {"attributed_to": event.attributed_to} | grounds(event.claim)

    def misread(self, value: Timeline, grounder: Grounder | None) -> Iterator[Misread]:
        """Dates, who tells of an event, and who takes part."""
        for number, event in enumerate(value.events if grounder else ()):
            yield from _misread(f"/events/{number}", event, grounder.analysis)  # type: ignore[union-attr]


def _misread(where: str, event: Event, analysis: Analysis) -> Iterator[Misread]:
    if event.when is not None and not is_told(event.when, dates_in(event.claim.evidence, analysis)):
        yield Misread(f"{where}/when", "wrong_date", f"{event.when} is not a date of the cited sentences")
    if event.said not in (None, _said(event.claim, event.when)):
        yield Misread(f"{where}/said", "wrong_date", f"{event.said} is not how the claim says the day")
    told = event.attributed_to
    if told and not _names(event.claim, told):
        yield Misread(f"{where}/attributed_to", "unknown_name", f"{told!r} is not in the cited sentences")
    if strangers := sorted(set(event.participants) - set(participants(event.claim, analysis))):
        yield Misread(f"{where}/participants", "unknown_name", f"{', '.join(strangers)} is not named in the claim")


def _line(event: Event) -> Line:
    """An event behind its date; "reported" by nobody who is named tells a reader nothing."""
    note: str = "" if event.certainty in ("happened", "reported") else event.certainty
    if event.attributed_to and event.certainty != "happened":
        by = _LEADING_THE.sub(lambda found: found[0].lower(), event.attributed_to)
        note = f"{'reported by' if not note else f'{note}, according to'} {by}"
    day = date_in_words(event.when, event.claim.text) or event.said
    return Line.of(event.claim, label=day or "undated", note=note, minor=not day)


def _event(proposed: EventDraft, where: str, grounder: Grounder) -> Event | None:
    # The sentence around what is told beside its event has another date.
    beside = any(proposed.text == text for span in proposed.evidence for text, _ in asides(span.text))
    claim = grounder.claim(proposed.text, proposed.evidence, where, keep_short=beside)
    if claim is None:
        return None
    when = told_date(proposed.when, claim, f"{where}/when", grounder)
    return Event(
        when=when,
        said=_said(claim, when),
        claim=claim,
        certainty=_certainty(proposed, claim, where, grounder),
        attributed_to=_source(proposed, claim, where, grounder),
        participants=participants(claim, grounder.analysis),
    )


def _said(claim: Claim, when: str | None) -> str | None:
    """A day without a year as the claim says it, where it has no date."""
    return None if when else day_as_said(claim.text)


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


def _names(claim: Claim, name: str) -> bool:
    """Whether a cited sentence has the name."""
    return any(fold(name) in fold(" ".join(span.text.split())) for span in claim.evidence)


def _source(proposed: EventDraft, claim: Claim, where: str, grounder: Grounder) -> str | None:
    """Who reports the event: as proposed, if the evidence names them; of a reported event else as the evidence says."""
    where, proposed_one = f"{where}/attributed_to", " ".join((proposed.attributed_to or "").split())
    if proposed_one and _names(claim, proposed_one):
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


def _moment(event: Event) -> tuple[bool, date, date, int]:
    return *in_order(event.when), event.claim.evidence[0].start


TASK = TimelineTask()
