"""Summary: a headline and the main points, each with its evidence."""

from __future__ import annotations

from summarizer.schemas.evidence import Claim, Draft, DraftClaim, Value


class SummaryDraft(Draft):
    """What a model fills in."""

    headline: DraftClaim
    points: list[DraftClaim]


class Summary(Value):
    """A headline and points in order of importance or of the article, as the engine gave them."""

    headline: Claim
    points: list[Claim]
