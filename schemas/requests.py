"""Small forms that a model fills in on the way: claims anew, a choice among claims, verdicts, a short text."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.evidence import Draft, Span


class Correction(Draft):
    """A claim worded anew."""

    claim: int = Field(description="Number of the statement in the list.")
    evidence: list[Span] = Field(description="Numbers of the sentences that it rests on now.")
    text: str


class Corrections(Draft):
    """What a re-ask brings back; a claim that is left out is withdrawn."""

    claims: list[Correction]


class Choice(Draft):
    """Numbers of claims, most important first, and a headline worded from the claims of `headline_from`."""

    chosen: list[int]
    headline_from: list[int]
    headline: str


class Verdict(Draft):
    """Whether the claim of that number holds, and in which of its sentences. The sentences come before the verdict."""

    claim: int
    evidence: list[Span]
    supported: bool


class Verdicts(Draft):
    """What the verifying model fills in: one verdict a claim."""

    verdicts: list[Verdict]


class ShortText(Draft):
    """A headline, or a point in one short sentence."""

    text: str = Field(max_length=200, description="The text, of at most 200 characters.")
