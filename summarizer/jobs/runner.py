"""The run of a job: inputs are noted as they are read, and what is missing is asked for by a few workers.

Memory does not grow with the job: articles wait in the store, and only those in hand are held.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.article import Article
from summarizer.errors import Spent, SummarizerError
from summarizer.jobs.ahead import Ahead
from summarizer.jobs.answering import Answered, Work
from summarizer.jobs.database import StoreUnusable
from summarizer.jobs.store import Job, Store
from summarizer.jobs.tally import Tally

# Reads some articles; each comes back once, in any order.
Reader = Callable[[Sequence[Work]], Awaitable[Sequence[Answered]]]

Pending = tuple[int, str, str]


@dataclass(frozen=True)
class Crew:
    """How many work on a job, how many articles each takes at once, and what it does with them."""

    reader: Reader
    workers: int
    at_once: int = 1


@dataclass
class Run:
    """One run of a job. `changed` is set whenever the store or the tally knows more; `spending` tells what it cost."""

    store: Store
    job: Job
    crew: Crew
    spending: Callable[[], tuple[Spent, float | None]]
    tally: Tally = field(default_factory=Tally)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _stopped: SummarizerError | None = None
    _stopping: bool = False
    _all_entered: bool = False
    _in_hand: set[str] = field(default_factory=set)

    def stop(self, why: SummarizerError | None = None) -> None:
        """Begin nothing new; what is under way is finished and kept."""
        self._stopped = self._stopped or why
        self._stopping = True
        self.changed.set()

    @property
    def stopped(self) -> SummarizerError | None:
        """Why the run stopped before its end."""
        return self._stopped

    @property
    def stopping(self) -> bool:
        """Whether nothing new is begun."""
        return self._stopping

    async def finish(self, articles: Iterable[Article]) -> Tally:
        """Read the inputs to their end and settle each of them, both at once.

        Raises:
            SummarizerError: why the job stopped before its end. All that was finished is in the store.

        """
        return await self._together(self._enter(articles), self._settle())

    async def enter(self, articles: Iterable[Article]) -> Tally:
        """Only read the inputs to their end; raises as `finish` does."""
        return await self._together(self._enter(articles))

    async def settle(self) -> Tally:
        """Only settle the inputs that were read before; raises as `finish` does."""
        return await self._together(self._settle())

    async def _together(self, *parts: Coroutine[Any, Any, None]) -> Tally:
        try:
            async with asyncio.TaskGroup() as group:
                for part in parts:
                    group.create_task(part)
        except* SummarizerError as errors:
            self._stopped = self._stopped or _first(errors)
        if self._stopped:
            raise self._stopped
        return self.tally

    async def _settle(self) -> None:
        queue: asyncio.Queue[list[Work] | None] = asyncio.Queue(self.crew.workers)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hand_out(queue))
            for _ in range(self.crew.workers):
                group.create_task(self._work(queue))

    async def _enter(self, articles: Iterable[Article]) -> None:
        """Note the inputs as fast as they can be read; the workers do not wait for the last one."""
        first, ahead = 0, Ahead(articles)
        try:
            while not self._stopping:
                some = await ahead.take()
                if not some:
                    self.store.finish_reading(self.job)
                    self.tally.whole = True
                    break
                self.tally.kept += self.store.enter(self.job, first, some)
                first += len(some)
                self.tally.entered = first
                self.changed.set()
        except SummarizerError as error:
            self.stop(error)
        finally:
            ahead.close()
        self._all_entered = True
        self.changed.set()

    async def _hand_out(self, queue: asyncio.Queue[list[Work] | None]) -> None:
        """Give out what is missing in the order of the inputs; failures that may pass come again at the end."""
        try:
            while not self._stopping:
                await self._one_pass(queue)
                if not self.store.pending(self.job, -1, 1):
                    break
        except StoreUnusable as error:
            self.stop(error)
        for _ in range(self.crew.workers):
            await queue.put(None)

    async def _one_pass(self, queue: asyncio.Queue[list[Work] | None]) -> None:
        position = -1
        while not self._stopping:
            complete = self._all_entered
            rows = self.store.pending(self.job, position)
            for some in _portions(rows, self.crew.at_once):
                position = some[-1][0]
                if work := self._taken(some):
                    await queue.put(work)
                if self._stopping:
                    return
            if not rows and complete:
                break
            if not rows:
                await self._news()
        while self._in_hand and not self._stopping:
            await self._news()

    def _taken(self, rows: Sequence[Pending]) -> list[Work]:
        """What is still to do for these inputs; an article that is in hand already is not taken twice."""
        work = []
        for _, key, source in rows:
            missing = () if key in self._in_hand else self.store.missing(key, self.job.keys)
            if missing:
                self._in_hand.add(key)
                anew = self.store.tried(key, missing)
                work.append(Work(key, self.store.article(key, source), missing, anew))
        return work

    async def _work(self, queue: asyncio.Queue[list[Work] | None]) -> None:
        while (some := await queue.get()) is not None:
            if not self._stopping:
                try:
                    for answered in await self.crew.reader(some):
                        self.keep(answered)
                except SummarizerError as error:
                    self.stop(error)
            self._in_hand.difference_update(work.key for work in some)
            self.changed.set()

    def keep(self, answered: Answered) -> None:
        """Store what came of an article, and count it."""
        self.store.save(answered)
        tally = self.tally
        tally.spent, tally.cost = self.spending()
        if not self.store.missing(answered.key, self.job.keys):
            tally.done += self.store.places(self.job, answered.key)
            for row in answered.rows:
                tally.results += 1
                tally.failed += row.status == "failed"
                tally.incomplete += row.status == "incomplete"
                tally.abstained += row.abstained
        self.changed.set()

    async def _news(self) -> None:
        self.changed.clear()
        await self.changed.wait()


def missing_works(store: Store, job: Job) -> Iterator[Work]:
    """Every article with something missing, once, in the order of the inputs."""
    position, seen = -1, set[str]()
    while rows := store.pending(job, position):
        position = rows[-1][0]
        for _, key, source in rows:
            if key not in seen:
                seen.add(key)
                missing = store.missing(key, job.keys)
                yield Work(key, store.article(key, source), missing, store.tried(key, missing))


def _portions(rows: Sequence[Pending], size: int) -> Iterator[Sequence[Pending]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _first(errors: BaseExceptionGroup[SummarizerError]) -> SummarizerError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, SummarizerError)
    return error
