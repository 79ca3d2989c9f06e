"""Quotes: who said what, to whom, word for word."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, Mention, Span, TaskOptions, Value


class QuotesOptions(TaskOptions):
    """Whose quotes, and how many."""

    speaker: str | None = Field(None, min_length=1, description="Only what this person or organisation said.")
    most: int = Field(20, ge=1, le=200, description="At most this many quotes.")


class QuoteDraft(Draft):
    """One quotation."""

    evidence: list[Span] = Field(description="The sentences that hold the words and name the speaker.")
    words: str = Field(description="The words between the quotation marks, copied exactly.")
    speaker: str = Field(description="Who said them, as a cited sentence names them.")
    to: str | None = Field(description="To whom they were said, as a cited sentence names them.")


class QuotesDraft(Draft):
    """What a model fills in."""

    quotes: list[QuoteDraft] = Field(description="In the order of the article.")


class Quote(Value):
    """What somebody said, word for word.

    `words` is the exact place of the quotation in the article. `speaker` is a name or noun phrase of the evidence,
    verbatim; `speaker_id` and `to_id` are the ids of the entities they name, null where they name none.
    """

    words: Mention
    speaker: Claim
    speaker_id: str | None
    to: Claim | None
    to_id: str | None


class Quotes(Value):
    """The quotations of an article, in its order."""

    quotes: list[Quote]
