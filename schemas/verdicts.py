"""Verdicts: what a second model says of claims that the check cannot decide."""

from __future__ import annotations

from summarizer.schemas.evidence import Draft, Span


class Verdict(Draft):
    """Whether the claim of that number holds, and in which of its sentences. The sentences come before the verdict."""

    claim: int
    evidence: list[Span]
    supported: bool


class Verdicts(Draft):
    """What the verifying model fills in: one verdict a claim."""

    verdicts: list[Verdict]
