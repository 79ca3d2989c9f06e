"""Corrections: what a model brings back when it is asked again for claims that do not hold."""

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
