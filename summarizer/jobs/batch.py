"""A batch put together: a store, a model behind its rate limiter and budget, and the run that uses them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from summarizer.article import Article
from summarizer.configuration import Configuration
from summarizer.engines.engine import Ask
from summarizer.jobs.answering import Answered, Work, answered
from summarizer.jobs.budget import Budget
from summarizer.jobs.database import Database
from summarizer.jobs.middleware import MeteredModel, ResponseCache, asked_anew
from summarizer.jobs.rate_limiter import RateLimiter
from summarizer.jobs.runner import Run
from summarizer.jobs.store import Job, Store
from summarizer.jobs.tally import Tally, TimedReader
from summarizer.jobs.wants import Order
from summarizer.jobs.worker_pool import ARTICLES_AT_ONCE, WorkerPool, portable
from summarizer.models.catalog import EXTRACTIVE
from summarizer.models.model import ChatModel
from summarizer.pipeline import Reading
from summarizer.schemas.result import Result
from summarizer.settings import get_settings

if TYPE_CHECKING:
    from summarizer.jobs.batch_api import Collected

# While as many requests as are allowed are under way, these have their next one ready.
READY = 4


@dataclass(frozen=True)
class Plan:
    """How a job is run.

    Args:
        store: the SQLite file that remembers; None for one that is forgotten.
        concurrency: requests under way at most; None for what the settings say.
        max_cost: US dollars that all runs on the store may cost together; None for what the settings say.
        retry_failed: whether results that failed for good are asked for again.
        fresh: whether everything is asked for anew, kept results and answers of these tasks forgotten.
        batch_api: whether answers of a provider's Batch API are looked for in the store.
        processes: processes for what only computes; 1 works within this one.
        progress: told, in a line, which model reads and how a provider's batch is going.

    """

    store: Path | None = None
    concurrency: int | None = None
    max_cost: float | None = None
    retry_failed: bool = False
    fresh: bool = False
    batch_api: bool = False
    processes: int = 1
    progress: Callable[[str], None] = lambda line: None


class Batch:
    """A job that is ready to run. Use it as an async context manager.

    `reading` is an open one of the caller's: where its model runs on this machine, no second one is started.
    """

    def __init__(
        self, asks: Sequence[Ask], configuration: Configuration, plan: Plan, reading: Reading | None = None
    ) -> None:
        self.plan, self.configuration = plan, configuration
        self._tasks, settings = {ask.task.name: ask.task for ask in asks}, get_settings()
        self._at_once = plan.concurrency or settings.concurrency
        self._timed = TimedReader(configuration.reader)
        self._pool: WorkerPool | None = None
        self._metered: list[MeteredModel] = []
        self.collected: Collected | None = None
        self.database = Database(plan.store)
        try:
            self.store = Store(self.database)
            self.budget = Budget(self.database, settings.max_cost if plan.max_cost is None else plan.max_cost)
            self.reading = self._opened(reading)
            self.order = Order.of(asks, configuration, self.reading.engine.name)
            self.job: Job = self.store.new_job(self.order.keys)
            self.run = self._run()
            if plan.fresh:
                self.store.forget(self.job)
            elif plan.retry_failed:
                self.store.retry_failed(self.job)
        except BaseException:
            self.database.close()
            raise

    async def results(self, articles: Iterable[Article]) -> AsyncIterator[Result[Any]]:
        """Run, and yield the results in the order of the inputs, each as soon as it and all before it are settled.

        Why a job stopped before its end is raised behind what was finished.
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

    async def aclose(self) -> None:
        """Close the store and what was opened here; a model that was given stays open: it is the caller's."""
        if self._pool:
            await asyncio.to_thread(self._pool.close)
        given = self.configuration
        if self._opened_engine and given.client is None and (given.model is None or isinstance(given.model, str)):
            await self.reading.engine.aclose()
        if self.reading.verifier and isinstance(given.verify, str):
            await self.reading.verifier.aclose()
        self.database.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    def _stored(self, after: int, until: int | None) -> Iterable[Result[Any]]:
        for kept in self.store.kept(self.job, after, until):
            yield kept.result(self._tasks)

    def _opened(self, given: Reading | None) -> Reading:
        """A reading whose models, but for those of this machine, wait for their turn and are paid for."""
        timed = replace(self.configuration, reader=self._timed)
        self._opened_engine = not (given and given.engine.name.partition("/")[0] in (EXTRACTIVE, "local"))
        if given and not self._opened_engine:
            opened = replace(timed, model=EXTRACTIVE, client=None).open(around=self._around)
            return replace(opened, engine=given.engine)
        return timed.open(around=self._around, progress=self.plan.progress)

    def _around(self, model: ChatModel) -> ChatModel:
        """Of each model of its own: a pace and a price; the money is one, and answers are kept."""
        metered = MeteredModel(model, RateLimiter(self._at_once), self.budget)
        self._metered.append(metered)
        if not (self.plan.batch_api and self.collected is None and hasattr(model, "body")):
            return ResponseCache(metered, self.database)
        from summarizer.jobs.batch_api import Collected

        self.collected = Collected(model, metered, self.database)
        return ResponseCache(self.collected, self.database)

    def _run(self) -> Run:
        plan, name = self.plan, self.order.model
        if name == EXTRACTIVE and plan.processes > 1 and not self._metered and portable(self.order):
            self._pool = WorkerPool(self.order, plan.processes)
            return Run(self.store, self.job, self._pool.read, self._count, plan.processes + 1, ARTICLES_AT_ONCE)
        # A model of this machine has one pair of hands.
        workers = self._at_once + READY if any(one.name == name for one in self._metered) else 1
        return Run(self.store, self.job, self._read, self._count, workers)

    def _count(self, tally: Tally) -> None:
        tally.spent, tally.cost, tally.counted = self.budget.spent, self.budget.cost, self.budget.counted
        tally.checking = self._timed.seconds
        tally.asking = sum(one.seconds for one in self._metered)

    async def _read(self, works: Sequence[Work]) -> Sequence[Answered]:
        done = []
        for work in works:
            token = asked_anew.set(work.anew)
            try:
                done.append(await answered(work, self.order, self.reading))
            finally:
                asked_anew.reset(token)
            if not self._metered:  # what a model of this machine took is in no ledger
                self.budget.spent += done[-1].spent
        return done


async def _either(task: asyncio.Task[Any], event: asyncio.Event) -> None:
    event.clear()
    news = asyncio.create_task(event.wait())
    await asyncio.wait({task, news}, return_when=asyncio.FIRST_COMPLETED)
    news.cancel()
