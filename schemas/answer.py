"""Answer: what an article says to a question, or that it does not say."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from summarizer.schemas.evidence import Claim, Draft, DraftClaim, Span, TaskOptions, Value
from summarizer.schemas.result import ArticleRef

LONGEST_QUESTION = 2000

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]


class AnswerOptions(TaskOptions):
    """What is asked: each question gets a result of its own, all of them one request."""

    questions: tuple[Question, ...] = Field(min_length=1, description="A question about the article.")


class AnswerDraft(Draft):
    """The answer to one of the numbered questions."""

    question: int = Field(description="Number of the question.")
    found: bool = Field(description="Whether the article answers it.")
    claims: list[DraftClaim] = Field(description="The answer, a sentence or two; empty if not found.")
    short: str | None = Field(description="The few words of a cited sentence that answer, copied; else null.")


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
