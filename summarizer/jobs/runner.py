"""The run of a job: inputs are noted as they are read, and what is missing is asked for by a few workers.

Memory does not grow with the job: articles wait in the store, and only those in hand are held.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event, Semaphore, Thread
from typing import Any

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.jobs.answering import Answered, Work
from summarizer.jobs.store import Job, Store
from summarizer.jobs.tally import Tally

AHEAD = 64


@dataclass
class Run:
    """One run of a job.

    `read` reads some articles, each of which comes back once, in any order, `workers` side by side, `at_once` articles
    each; `count` brings the tally up to date on what was spent. `changed` is set whenever the store or the tally knows
    more, `stopped` is why the run stopped before its end; while `stopping` nothing new is begun.
    """

    store: Store
    job: Job
    read: Callable[[Sequence[Work]], Awaitable[Sequence[Answered]]]
    count: Callable[[Tally], None]
    workers: int = 1
    at_once: int = 1
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    stopped: SummarizerError | None = None
    stopping: bool = False
    _tally: Tally = field(default_factory=Tally)
    _all_entered: bool = False
    _in_hand: set[str] = field(default_factory=set)

    @property
    def tally(self) -> Tally:
        """How far it is, as of now."""
        self.count(self._tally)
        return self._tally

    def stop(self, why: SummarizerError | None = None) -> None:
        """Begin nothing new; what is under way is finished and kept."""
        self.stopped = self.stopped or why
        self.stopping = True
        self.changed.set()

    async def finish(self, articles: Iterable[Article]) -> Tally:
        """Read the inputs to their end and settle each of them, both at once."""
        async with asyncio.TaskGroup() as group:
            entering = group.create_task(self.enter(articles))
            await group.create_task(self.settle())
            if self.stopping:
                entering.cancel()  # it may wait for a source that has nothing more to say
        self.check()
        return self.tally

    def check(self) -> None:
        """Raise why the job stopped before its end, if it did."""
        if self.stopped:
            raise self.stopped

    async def enter(self, articles: Iterable[Article]) -> None:
        """Note the inputs as fast as they can be read; the workers do not wait for the last one."""
        tally = self._tally
        try:
            async with contextlib.aclosing(read_ahead(articles)) as ahead:
                async for article in ahead:
                    tally.kept += self.store.enter(self.job, tally.entered, article)
                    tally.entered += 1
                    self.changed.set()
                    if self.stopping:
                        break
            if not self.stopping:
                self.store.finish_reading(self.job)
                tally.whole = True
        except SummarizerError as error:
            self.stop(error)
        finally:
            self._all_entered = True
            self.changed.set()

    async def settle(self) -> None:
        """Read what is missing of the inputs that are noted, until all are noted and settled."""
        portions, door = self._portions(), asyncio.Lock()
        async with asyncio.TaskGroup() as group:
            for _ in range(self.workers):
                group.create_task(self._work(portions, door))

    async def _work(self, portions: AsyncIterator[list[Work]], door: asyncio.Lock) -> None:
        while not self.stopping:
            some: list[Work] = []
            try:
                async with door:
                    some = await anext(portions, [])
                if not some or self.stopping:
                    return
                for answered in await self.read(some):
                    self.keep(answered)
            except SummarizerError as error:
                self.stop(error)
            finally:
                self._in_hand.difference_update(work.key for work in some)
                self.changed.set()

    async def _portions(self) -> AsyncIterator[list[Work]]:
        """What is missing in the order of the inputs; failures that may pass come again at the end."""
        while not self.stopping:
            position = -1
            while not self.stopping:
                complete = self._all_entered
                rows = self.store.pending(self.job, position)
                for start in range(0, len(rows), self.at_once):
                    some = rows[start : start + self.at_once]
                    position = some[-1][0]
                    if works := list(works_on(self.store, self.job, some, self._in_hand)):
                        yield works
                if not rows and complete:
                    break
                if not rows:
                    await self._news()
            while self._in_hand and not self.stopping:
                await self._news()
            if not self.store.pending(self.job, -1, 1):
                return

    def keep(self, answered: Answered) -> None:
        """Store what came of an article, and count it."""
        self.store.save(answered)
        if not self.store.missing(answered.key, self.job.keys):
            self._tally.done += self.store.places(self.job, answered.key)
            for row in answered.rows:
                self._tally.failed += row.status == "failed"
                self._tally.abstained += row.abstained
        self.changed.set()

    async def _news(self) -> None:
        self.changed.clear()
        await self.changed.wait()


def missing_works(store: Store, job: Job) -> Iterator[Work]:
    """Every article with something missing, once, in the order of the inputs."""
    position, seen = -1, set[str]()
    while rows := store.pending(job, position):
        position = rows[-1][0]
        yield from works_on(store, job, rows, seen)


def works_on(store: Store, job: Job, rows: Iterable[tuple[int, str, str]], taken: set[str]) -> Iterator[Work]:
    """What is still to do for these inputs; an article that is `taken` is not taken twice."""
    for _, key, origin in rows:
        if key not in taken and (missing := store.missing(key, job.keys)):
            taken.add(key)
            yield Work(key, store.article(key, origin), missing, store.tried(key, missing))


async def read_ahead(articles: Iterable[Article]) -> AsyncGenerator[Article]:
    """The articles, read in a thread of their own, a few ahead of who takes them. Raises what the source raises.

    The thread is a daemon: a source that never ends, a terminal for instance, does not keep the program alive.
    """
    loop, read, room, over = asyncio.get_running_loop(), asyncio.Queue[Any](), Semaphore(AHEAD), Event()

    def work() -> None:
        end: BaseException | None = None
        try:
            for article in articles:
                room.acquire()
                if over.is_set():
                    return
                loop.call_soon_threadsafe(read.put_nowait, article)
        except BaseException as error:  # noqa: BLE001  it is raised where the articles are taken
            end = error
        with contextlib.suppress(RuntimeError):  # the loop may be gone
            loop.call_soon_threadsafe(read.put_nowait, end)

    Thread(target=work, name="summarizer-sources", daemon=True).start()
    try:
        while isinstance(one := await read.get(), Article):
            room.release()
            yield one
        if one:
            raise one
    finally:
        over.set()
        room.release()
