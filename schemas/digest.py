"""Digest: several articles on one matter as one: what they agree on, what one alone says, where they contradict."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.entities import Entity
from summarizer.schemas.evidence import Claim, Draft, DraftClaim, TaskOptions, Value
from summarizer.schemas.result import ArticleRef
from summarizer.schemas.timeline import Event


class DigestOptions(TaskOptions):
    """How much is taken from each article."""

    points: int = Field(5, ge=1, le=20, description="About how many statements are taken from each article.")


class ContradictionDraft(Draft):
    """One thing on which articles contradict each other."""

    about: str = Field(description="What they contradict each other on, in a few words.")
    sides: list[DraftClaim] = Field(description="Each side's own statement, citing its own sentences only.")


class DigestDraft(Draft):
    """What a model fills in about several articles."""

    contradictions: list[ContradictionDraft] = Field(description="Where articles cannot all be right.")
    agreed: list[DraftClaim] = Field(description="What two or more articles say; sentences of each are cited.")
    single: list[DraftClaim] = Field(description="What matters and one article alone says.")


class Contradiction(Value):
    """Statements of different articles of which not all can be right, each with its own evidence."""

    about: str
    sides: list[Claim]


class Digest(Value):
    """Several articles as one. Every span and mention has the id of its article.

    `agreed` are claims with evidence in two articles or more, that of each enough by itself; `single` are of one.
    What takes part in a contradiction is only there. `timeline` and `entities` are those of all articles, each once.
    """

    agreed: list[Claim]
    contradictions: list[Contradiction]
    single: list[Claim]
    entities: list[Entity]
    timeline: list[Event]
    articles: list[ArticleRef]
