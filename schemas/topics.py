"""Topics: what an article is about, in keywords, each with a line that says how."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, DraftClaim, Mention, TaskOptions, Value


class TopicsOptions(TaskOptions):
    """How many topics."""

    most: int = Field(6, ge=1, le=50, description="At most this many topics.")


class TopicDraft(Draft):
    """One topic."""

    keyword: str = Field(description="One to four words of the article, copied.")
    theme: DraftClaim = Field(description="In one sentence, what the article says on it.")


class TopicsDraft(Draft):
    """What a model fills in."""

    topics: list[TopicDraft] = Field(description="The most important first.")


class Topic(Value):
    """A keyword with every place it stands at, and what the article says on it."""

    keyword: str
    mentions: list[Mention]
    theme: Claim


class Topics(Value):
    """What an article is about, the most important first."""

    topics: list[Topic]
