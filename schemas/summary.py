"""Summary: a headline and the main points, each with its evidence."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, DraftClaim, TaskOptions, Value

DEFAULT_POINTS = 4
POINTS_OF = {"short": 2, "medium": DEFAULT_POINTS, "long": 8}


class SummaryOptions(TaskOptions):
    """How long the summary is to be, for whom, and on what."""

    points: int | None = Field(None, ge=1, le=50, description=f"At most this many points; {DEFAULT_POINTS} by default.")
    words: int | None = Field(None, ge=1, le=5000, description="At most this many words in all.")
    length: Literal["short", "medium", "long"] | None = Field(None, description="How long, said in a word.")
    style: str | None = Field(
        None, pattern=r"^[a-z][a-z0-9_-]*$", description="brief, executive, plain, bullets, social, or your own."
    )
    language: str | None = Field(None, min_length=2, description="The language to write in.")
    focus: str | None = Field(None, min_length=1, description="Only what bears on this.")

    @property
    def most_points(self) -> int:
        """How many points there may be."""
        return self.points or POINTS_OF[self.length or "medium"]

    def values(self) -> dict[str, Any]:
        """The options, `points` as a number."""
        return {**super().values(), "points": self.most_points}


class SummaryDraft(Draft):
    """What a model fills in."""

    headline: DraftClaim = Field(description="What matters most, in at most 12 words.")
    points: list[DraftClaim] = Field(description="The main points, the most important first.")


class Summary(Value):
    """A headline and points in order of importance or of the article, as the engine gave them."""

    headline: Claim
    points: list[Claim]
