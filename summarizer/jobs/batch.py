"""A batch put together: a store, a model behind pace and budget, and the run that uses them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from summarizer.article import Article
from summarizer.engines.choose import open_engine, open_verifier, own_level, server_of
from summarizer.engines.engine import Engine
from summarizer.errors import Spent, UsageError
from summarizer.jobs.answering import Answered, Work, answered
from summarizer.jobs.budget import Budget, Price
from summarizer.jobs.database import Database
from summarizer.jobs.kept_answers import KeptAnswers, asked_anew, forget_answers
from summarizer.jobs.limits import Pace
from summarizer.jobs.orders import Order, Want
from summarizer.jobs.paced import PacedModel
from summarizer.jobs.processes import ARTICLES_AT_ONCE, AnalysisPool, ExtractivePool
from summarizer.jobs.runner import Crew, Run
from summarizer.jobs.store import Job, Store
from summarizer.models.catalog import EXTRACTIVE, choose
from summarizer.models.model import ChatModel
from summarizer.models.prices import cost
from summarizer.models.retrying import total
from summarizer.schemas.result import Result
from summarizer.schemas.values import result_type
from summarizer.settings import Level, Policy
from summarizer.task import BUILT_IN

if TYPE_CHECKING:
    from summarizer.engines.verifying import ModelVerifier
    from summarizer.models.hosted import HostedModel

# While as many requests as are allowed are under way, these have their next one ready.
READY = 4
# Tasks for which code looks for names in the whole article; that takes longer than all the rest.
ANALYSED = frozenset(["entities", "timeline"])
MOST_BESIDE = 4


@dataclass(frozen=True)
class Reading:
    """Who reads in a job: the model as it is named, and how its claims are dealt with.

    Args:
        model: as `AsyncSummarizer` takes it.
        base_url: the address of an OpenAI-compatible server.
        policy: what happens to a claim that does not hold.
        seconds: the deadline of one article.
        allow_download: whether the embedded model's weights may be fetched.
        progress: told, in a line, which model reads.
        share: the part of a server's rate limits that is ours.
        level: how strictly claims are checked; None for what suits the model.
        verify: the model that gives a second opinion, as `AsyncSummarizer` takes it.

    """

    model: str | ChatModel | None
    base_url: str | None = None
    policy: Policy = "reask"
    seconds: float = 60.0
    allow_download: bool = False
    progress: Callable[[str], None] = lambda line: None
    share: float = 1.0
    level: Level | None = None
    verify: str | ChatModel | None = None

    @property
    def verifier(self) -> str | None:
        """The name of who gives a second opinion."""
        return self.verify if self.verify is None or isinstance(self.verify, str) else self.verify.name


@dataclass(frozen=True)
class Plan:
    """How a job is run.

    Args:
        store: the SQLite file that remembers; None for one that is forgotten.
        concurrency: requests under way at most.
        max_cost: US dollars that all runs on the store may cost together.
        retry_failed: whether results that failed for good are asked for again.
        fresh: whether everything is asked for anew, kept results and answers of these tasks forgotten.
        batch_api: whether answers of a provider's Batch API are looked for in the store.
        processes: processes for what only computes; 1 works within this one.

    """

    store: Path | None = None
    concurrency: int = 8
    max_cost: float | None = None
    retry_failed: bool = False
    fresh: bool = False
    batch_api: bool = False
    processes: int = 1


def order_of(wants: Sequence[Want], reading: Reading) -> Order:
    """The order as it will be, without opening the model: what a dry run needs, with or without a key.

    Raises:
        UsageError: the model is an object; it is not named.

    """
    if not (reading.model is None or isinstance(reading.model, str)):
        raise UsageError("a dry run needs the model's name")
    name = choose(reading.model, base_url=reading.base_url).name
    level = reading.level or own_level(name)
    return Order(tuple(wants), name, level, reading.policy, reading.seconds, reading.verifier)


class Batch:
    """A job that is ready to run. Use it as an async context manager.

    Args:
        wants: what every article is read for.
        reading: who reads.
        plan: how the job is run.
        engine: an engine of this machine that is open already, to be used instead of another one.

    Raises:
        InputError: the store cannot be used, or another run is using it.
        UsageError: there is a cap, but the model's price is not known.
        UnknownModel, ModelUnavailable: the model cannot be had.

    """

    def __init__(self, wants: Sequence[Want], reading: Reading, plan: Plan, engine: Engine | None = None) -> None:
        self.plan, self.reading = plan, reading
        # An engine or a model that was given stays open: it is the caller's.
        self._ours = engine is None and (reading.model is None or isinstance(reading.model, str))
        self.database = Database(plan.store)
        self.budget: Budget | None = None
        self.hosted: HostedModel | None = None
        self._pool: ExtractivePool | AnalysisPool | None = None
        self._spent_here = Spent()
        self._paced = False
        self._verifier: ModelVerifier | None = None
        try:
            if engine is None:
                self._verifier = open_verifier(
                    reading.verify,
                    base_url=server_of(reading.verify, reading.model, reading.base_url),
                    allow_download=reading.allow_download,
                    around=self._around_verifier,
                )
            self.engine: Engine = engine or open_engine(
                reading.model,
                base_url=reading.base_url,
                allow_download=reading.allow_download,
                progress=reading.progress,
                around=self._around,
                level=reading.level,
                verifier=self._verifier,
            )
            self.order = Order(
                tuple(wants),
                self.engine.name,
                self.engine.level,
                reading.policy,
                reading.seconds,
                reading.verifier,
            )
            self.store = Store(self.database)
            self.job: Job = self.store.new_job(self.order.keys)
            self.run = Run(self.store, self.job, self._crew(), spending=self._spending)
        except BaseException:
            self.database.close()
            raise
        if plan.fresh:
            self.store.forget(self.job)
            forget_answers(self.database)
        elif plan.retry_failed:
            self.store.retry_failed(self.job)

    async def results(self, articles: Iterable[Article]) -> AsyncIterator[Result[Any]]:
        """Run, and yield the results in the order of the inputs, each as soon as it and all before it are settled.

        Raises:
            SummarizerError: why the job stopped before its end; what was finished was yielded before.

        """
        task = asyncio.create_task(self.run.finish(articles))
        try:
            position = 0
            while not task.done() or self.store.is_settled(self.job, position):
                if self.store.is_settled(self.job, position):
                    for result in self._stored(position - 1, position):
                        yield result
                    position += 1
                else:
                    await _either(task, self.run.changed)
            for result in self._stored(position - 1, None):
                yield result
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def tell(self, line: str) -> None:
        """A line for whoever watches."""
        self.reading.progress(line)

    async def aclose(self) -> None:
        """Close the store and the model."""
        if self._pool:
            await asyncio.to_thread(self._pool.close)
        if self._ours:
            await self.engine.aclose()
        if self._verifier and isinstance(self.reading.verify, str):
            await self._verifier.aclose()
        self.database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    def _stored(self, after: int, until: int | None) -> Iterable[Result[Any]]:
        for kept in self.store.kept(self.job, after, until):
            kind = result_type(kept.task) if kept.task in BUILT_IN else Result[Any]
            yield kind.model_validate(kept.data())

    def _around(self, model: ChatModel) -> ChatModel:
        plan, self._paced = self.plan, True
        budget = self._budget_at(partial(cost, model.name))
        paced: ChatModel = PacedModel(model, Pace(plan.concurrency, share=self.reading.share), budget)
        if plan.batch_api:
            from summarizer.jobs.collected import Collected
            from summarizer.models.hosted import HostedModel

            if isinstance(model, HostedModel):
                self.hosted = model
                paced = Collected(model, paced, self.database)
        return KeptAnswers(paced, self.database)

    def _around_verifier(self, model: ChatModel) -> ChatModel:
        """A pace of its own, the same money, and answers that are kept."""
        budget = self._budget_at(price := partial(cost, model.name))
        pace = Pace(self.plan.concurrency, share=self.reading.share)
        return KeptAnswers(PacedModel(model, pace, budget, price), self.database)

    def _budget_at(self, price: Price) -> Budget:
        """The job's one budget; the price of the last model that asks, the reader, is its own."""
        budget = self.budget
        if budget is None:
            budget = self.budget = Budget(self.database, price, self.plan.max_cost)
        else:
            budget.takes(price)
        return budget

    def _crew(self) -> Crew:
        plan = self.plan
        if self.order.model == EXTRACTIVE and plan.processes > 1:
            self._pool = ExtractivePool(self.order, plan.processes)
            return Crew(self._pool.read, plan.processes + 1, ARTICLES_AT_ONCE)
        if not self._paced:
            # A model of this machine has one pair of hands.
            return Crew(self._read, 1)
        if plan.processes > 1 and any(want.task.name in ANALYSED for want in self.order.wants):
            self._pool = AnalysisPool(min(plan.processes, MOST_BESIDE))
        return Crew(self._read, plan.concurrency + READY)

    def _spending(self) -> tuple[Spent, float | None]:
        if self.budget and self._paced:
            return self.budget.spent, self.budget.cost
        return self._spent_here, self.budget.cost if self.budget else 0.0

    async def _read(self, works: Sequence[Work]) -> Sequence[Answered]:
        done = []
        for work in works:
            token = asked_anew.set(work.anew)
            try:
                done.append(await answered(await self._prepared(work), self.order, self.engine))
                self._spent_here = total([self._spent_here, done[-1].spent])
            finally:
                asked_anew.reset(token)
        return done

    async def _prepared(self, work: Work) -> Work:
        if not isinstance(self._pool, AnalysisPool):
            return work
        return replace(work, analysis=await self._pool.analysed(work.article))


async def _either(task: asyncio.Task[Any], event: asyncio.Event) -> None:
    event.clear()
    news = asyncio.create_task(event.wait())
    await asyncio.wait({task, news}, return_when=asyncio.FIRST_COMPLETED)
    news.cancel()
