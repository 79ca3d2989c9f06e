"""Dates in values: a proposed date stands only where the evidence gives it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.grounding import Grounder
from summarizer.schemas.evidence import Claim, Span


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
    if only := _only_date(claim, grounder.analysis):
        message = f"the only date of the cited sentences is {only}, not {proposed}"
        grounder.amend("ungrounded", where, message, "replaced")
        return only
    grounder.amend("ungrounded", where, f"{proposed} is not a date of the cited sentences", "dropped")
    return None


def is_told(when: str, known: Sequence[str]) -> bool:
    """Whether a date, or both ends of an interval, are among the known ones, at this precision or a finer one."""
    return when in known or all(bool(end) and any(told.startswith(end) for told in known) for end in when.split("/"))


def dates_in(evidence: Sequence[Span], analysis: Analysis) -> list[str]:
    """ISO values of the dates that stand in the evidence."""
    numbers = {span.sentence for span in evidence}
    return [told.iso for told in analysis.dates if told.iso and any(m.sentence in numbers for m in told.mentions)]


def _only_date(claim: Claim, analysis: Analysis) -> str | None:
    """The one date of the evidence, where the claim has its words."""
    numbers, said = {span.sentence for span in claim.evidence}, fold(claim.text)
    places = ((found.iso, mention) for found in analysis.dates for mention in found.mentions)
    told = {(iso, mention.text) for iso, mention in places if mention.sentence in numbers}
    named = any(fold(" ".join(text.split())) in said for _, text in told)
    days = {iso for iso, _ in told}
    return next(iter(days)) if len(days) == 1 and named else None
