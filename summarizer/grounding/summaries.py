"""From a summary's draft to a summary that holds."""

from __future__ import annotations

from summarizer.grounding.grounder import Grounded, Grounder
from summarizer.schemas.evidence import Claim
from summarizer.schemas.summary import Summary, SummaryDraft


def settle_summary(draft: SummaryDraft, grounder: Grounder) -> Grounded[Summary]:
    """The summary with the claims that hold; without a headline of its own, the first point leads."""
    headline = grounder.claim(draft.headline.text, draft.headline.evidence, "/headline")
    points = _distinct(draft, grounder)
    if headline is None and points:
        grounder.note("headline_replaced", "/headline", "the first point stands in for it", "replaced")
        headline = points[0]
    return grounder.grounded(Summary(headline=headline, points=points) if headline else None)


def _distinct(draft: SummaryDraft, grounder: Grounder) -> list[Claim]:
    points: dict[str, Claim] = {}
    for number, proposed in enumerate(draft.points):
        where = f"/points/{number}"
        claim = grounder.claim(proposed.text, proposed.evidence, where)
        if claim and claim.text in points:
            grounder.note("duplicate", where, "it says what another point says", "dropped")
        elif claim:
            points[claim.text] = claim
    return list(points.values())
