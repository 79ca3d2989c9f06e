"""A conversation about one article or many: questions in turn, each read with those before it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer import long, loop
from summarizer.article import Article
from summarizer.engines.engine import Turn
from summarizer.output import json_text
from summarizer.pipeline import Reading, analysis_of
from summarizer.schemas.answer import LONGEST_QUESTION, Answer
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Issue, Result
from summarizer.search.followups import Before, with_referents
from summarizer.search.index import Index
from summarizer.search.many import answered
from summarizer.streaming import Tell, streamed
from summarizer.tasks.base import Task

TURNS = 6
"""Turns that a model is shown again: so many at least, where there were, and less than twice as many.

They are dropped in blocks of so many: dropping one each time would change what a server has cached, each time.
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was asked and as it was read, and its result."""

    question: str
    read_as: str
    result: Result[Answer]


class AsyncConversation:
    """Questions about an article, several, or an index of many. Made by `AsyncSummarizer.conversation`.

    A model that is asked about one article is shown the last turns behind it: what a server has cached of the article
    stays cached. About many articles each question goes to the articles nearest to it, without turns.

    Raises:
        UsageError: it is about no article.

    """

    def __init__(self, about: Any, task: Task[Any, Any, Any], reading: Reading) -> None:
        self.about: Article | Index = about if isinstance(about, (Article, Index)) else Index.of(about)
        self._task, self._reading = task, reading
        self._exchanges: list[Exchange] = []

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was asked and answered, oldest first."""
        return tuple(self._exchanges)

    async def ask(self, question: str) -> Result[Answer]:
        """The answer, with "he", "there" and what else it leaves out taken from the questions before.

        Raises:
            UsageError: the question is empty, or longer than 2,000 characters.
            ModelError: the model gave nothing that can be used; the conversation stands as it was.

        """
        return (await self.ask_all([question]))[0]

    async def stream(self, question: str) -> AsyncGenerator[Claim | Result[Answer]]:
        """As `ask`, but the claims come one by one while the model writes, each already checked; the result is last.

        The result alone counts: a claim may be worded anew or left out in it. Models that cannot stream, and many
        articles, give the result only. Closing the stream cancels the answer.
        """

        async def answer(tell: Tell) -> Result[Answer]:
            return (await self.ask_all([question], tell))[0]

        async for item in streamed(answer):
            yield item

    async def ask_all(self, questions: Sequence[str], tell: Tell | None = None) -> tuple[Result[Answer], ...]:
        """Several questions at once, in one request; only the first may lean on those before.

        `tell` hears of each claim while the model still writes.
        """
        asked = list(self._task.ask(questions=tuple(questions)).options.values()["questions"])
        read_as = [self._read_as(asked[0]), *asked[1:]]
        results = await self._answered(read_as, tell)
        told = [_told(result, question) for result, question in zip(results, asked, strict=True)]
        self._exchanges += map(Exchange, asked, read_as, told)
        return tuple(told)

    def article(self, identity: str) -> Article | None:
        """One of the articles it is about, by its id."""
        if isinstance(self.about, Article):
            return self.about if identity == self.about.id else None
        return self.about.article(identity)

    async def aclose(self) -> None:
        """Release the index of many articles; the client stays open."""
        if isinstance(self.about, Index):
            self.about.close()

    async def _answered(self, questions: Sequence[str], tell: Tell | None) -> tuple[Result[Answer], ...]:
        if isinstance(self.about, Index):
            return await answered(self.about, self._task.ask(questions=tuple(questions)), self._reading)
        turns = tuple(_turn(one) for one in self._exchanges[first_turn(len(self._exchanges)) :])
        return await long.read(
            self.about, [self._task.ask(turns, questions=tuple(questions))], self._reading, tell=tell
        )

    def _read_as(self, question: str) -> str:
        if not self._exchanges:
            return question
        last = self._exchanges[-1]
        article = self.article(last.result.article.id)
        before = Before(last.read_as, last.result.value, analysis_of(article) if article else None)
        whole = with_referents(question, before)
        return whole if len(whole) <= LONGEST_QUESTION else question


class Conversation:
    """The same without `await`. Made by `Summarizer.conversation`."""

    def __init__(self, conversation: AsyncConversation) -> None:
        self.awaited = conversation

    @property
    def about(self) -> Article | Index:
        """The article, or the index of many."""
        return self.awaited.about

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was asked and answered, oldest first."""
        return self.awaited.exchanges

    ask = loop.blocking(AsyncConversation.ask)
    stream = loop.blocking_items(AsyncConversation.stream)
    ask_all = loop.blocking(AsyncConversation.ask_all)

    def article(self, identity: str) -> Article | None:
        """One of the articles it is about, by its id."""
        return self.awaited.article(identity)


def first_turn(count: int) -> int:
    """Of so many turns, the index of the first that is shown again."""
    return max(0, count - TURNS) // TURNS * TURNS


def _told(result: Result[Answer], question: str) -> Result[Answer]:
    """The result under the question as it was asked; an issue says how it was read where that differs."""
    if result.value is None or result.value.question == question:
        return result
    read = Issue(code="follow_up", where="/question", message=f"read as: {result.value.question}", action="none")
    value = result.value.model_copy(update={"question": question})
    return result.model_copy(update={"value": value, "issues": [*result.issues, read]})


def _turn(exchange: Exchange) -> Turn:
    """What was said, as a model would have said it: sentence numbers, and what held."""
    value = exchange.result.value
    claims = value.claims if value else []
    said = {
        "question": 1,
        "found": bool(claims),
        "claims": [{"evidence": [span.sentence for span in one.evidence], "text": one.text} for one in claims],
        "short": value.short if value else None,
    }
    return Turn(exchange.read_as, json_text({"answers": [said]}))
