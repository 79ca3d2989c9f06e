"""Answer: what an article says to a question, or that it does not say."""

from __future__ import annotations

from pydantic import Field

from summarizer.schemas.evidence import Claim, Draft, DraftClaim, Span, Value
from summarizer.schemas.result import ArticleRef


class AnswerDraft(Draft):
    """The answer to one of the numbered questions."""

    question: int
    found: bool
    claims: list[DraftClaim]
    short: str | None


class AnswersDraft(Draft):
    """What a model fills in: one answer a question, in order."""

    answers: list[AnswerDraft]


class Answer(Value):
    """An answer with its evidence.

    `found: false` is a good answer: the article does not say, and `closest` shows the nearest passages.
    `short` is a word or two out of the evidence, present only where it can be trusted.
    `conflicts` are groups of claims that contradict each other.
    An answer from several articles has the article's id on each span, and in `articles` each article it points at,
    the one that answers best first; where one article was asked both are left out.
    """

    question: str
    found: bool
    claims: list[Claim]
    short: str | None
    conflicts: list[list[Claim]] = Field(default_factory=list)
    closest: list[Span] = Field(default_factory=list)
    articles: list[ArticleRef] = Field(default_factory=list)
