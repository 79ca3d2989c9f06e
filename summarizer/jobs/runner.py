"""The run of a job: inputs are noted as they are read, and what is missing is asked for by a few workers.

Memory does not grow with the job: articles wait in the store, and only those in hand are held.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.article import Article
from summarizer.errors import SummarizerError
from summarizer.jobs.answering import Answered, Work
from summarizer.jobs.database import StoreUnusable
from summarizer.jobs.store import Job, Store
from summarizer.jobs.tally import Tally

AHEAD, AT_ONCE = 64, 32
_LOOK_SECONDS = 0.2

# Reads some articles; each comes back once, in any order.
Read = Callable[[Sequence[Work]], Awaitable[Sequence[Answered]]]


@dataclass(frozen=True)
class Crew:
    """How many work on a job, how many articles each takes at once, and what it does with them."""

    read: Read
    workers: int
    at_once: int = 1


@dataclass
class Run:
    """One run of a job. `changed` is set whenever the store or the tally knows more; `count` brings the tally up to
    date on what was spent.

    `stopped` is why the run stopped before its end; while `stopping` nothing new is begun.
    """

    store: Store
    job: Job
    crew: Crew
    count: Callable[[Tally], None]
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
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(self._stopping_at_errors(part))
        if self.stopped:
            raise self.stopped
        return self.tally

    async def _stopping_at_errors(self, part: Coroutine[Any, Any, None]) -> None:
        try:
            await part
        except SummarizerError as error:
            self.stop(error)

    async def _settle(self) -> None:
        works: asyncio.Queue[list[Work] | None] = asyncio.Queue(self.crew.workers)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hand_out(works))
            for _ in range(self.crew.workers):
                group.create_task(self._work(works))

    async def _enter(self, articles: Iterable[Article]) -> None:
        """Note the inputs as fast as they can be read; the workers do not wait for the last one."""
        tally, ahead = self._tally, Ahead(articles)
        try:
            while not self.stopping and (some := await ahead.take()):
                tally.kept += self.store.enter(self.job, tally.entered, some)
                tally.entered += len(some)
                self.changed.set()
            if not self.stopping:
                self.store.finish_reading(self.job)
                tally.whole = True
        finally:
            ahead.close()
            self._all_entered = True
            self.changed.set()

    async def _hand_out(self, works: asyncio.Queue[list[Work] | None]) -> None:
        """Give out what is missing in the order of the inputs; failures that may pass come again at the end."""
        try:
            while not self.stopping:
                await self._one_pass(works)
                if not self.store.pending(self.job, -1, 1):
                    break
        except StoreUnusable as error:
            self.stop(error)
        for _ in range(self.crew.workers):
            await works.put(None)

    async def _one_pass(self, works: asyncio.Queue[list[Work] | None]) -> None:
        position, size = -1, self.crew.at_once
        while not self.stopping:
            complete = self._all_entered
            rows = self.store.pending(self.job, position)
            for start in range(0, len(rows), size):
                some = rows[start : start + size]
                position = some[-1][0]
                if work := self._taken(some):
                    await works.put(work)
                if self.stopping:
                    return
            if not rows and complete:
                break
            if not rows:
                await self._news()
        while self._in_hand and not self.stopping:
            await self._news()

    def _taken(self, rows: Sequence[tuple[int, str, str]]) -> list[Work]:
        """What is still to do for these inputs; an article that is in hand already is not taken twice."""
        works = []
        for _, key, origin in rows:
            if key not in self._in_hand and (work := _work_on(self.store, self.job, key, origin)):
                self._in_hand.add(key)
                works.append(work)
        return works

    async def _work(self, works: asyncio.Queue[list[Work] | None]) -> None:
        while (some := await works.get()) is not None:
            if not self.stopping:
                try:
                    for answered in await self.crew.read(some):
                        self.keep(answered)
                except SummarizerError as error:
                    self.stop(error)
            self._in_hand.difference_update(work.key for work in some)
            self.changed.set()

    def keep(self, answered: Answered) -> None:
        """Store what came of an article, and count it."""
        self.store.save(answered)
        if not self.store.missing(answered.key, self.job.keys):
            self._tally.done += self.store.places(self.job, answered.key)
            self._tally.results += len(answered.rows)
            for row in answered.rows:
                self._tally.failed += row.status == "failed"
                self._tally.incomplete += row.status == "incomplete"
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
        for _, key, origin in rows:
            if key not in seen and (work := _work_on(store, job, key, origin)):
                seen.add(key)
                yield work


def _work_on(store: Store, job: Job, key: str, origin: str) -> Work | None:
    missing = store.missing(key, job.keys)
    return Work(key, store.article(key, origin), missing, store.tried(key, missing)) if missing else None


class Ahead:
    """Reads `articles` while the loop does other work. A slow source delays its own articles and no others.

    The thread is a daemon: a source that never ends, a terminal for instance, does not keep the program alive.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self._loop = asyncio.get_running_loop()
        self._read: queue.Queue[Article | BaseException | None] = queue.Queue(AHEAD)
        self._ready = asyncio.Event()
        self._closed = False
        threading.Thread(target=self._work, name="summarizer-sources", daemon=True).start()

    async def take(self) -> list[Article]:
        """What has been read since, at least one article; nothing at the end. Raises what the source raised."""
        while self._read.empty():
            self._ready.clear()
            if self._read.empty():
                await self._ready.wait()
        some: list[Article] = []
        while len(some) < AT_ONCE and not self._read.empty() and isinstance(one := self._read.queue[0], Article):
            some.append(one)
            self._read.get_nowait()
        if not some and isinstance(end := self._read.queue[0], BaseException):
            raise end
        return some

    def close(self) -> None:
        """Read no further."""
        self._closed = True

    def _work(self) -> None:
        end: BaseException | None = None
        try:
            for article in self._articles:
                self._put(article)
                if self._closed:
                    return
        except BaseException as error:  # noqa: BLE001  it is raised where the articles are taken
            end = error
        self._put(end)

    def _put(self, item: Article | BaseException | None) -> None:
        while not self._closed:
            with contextlib.suppress(queue.Full):
                self._read.put(item, timeout=_LOOK_SECONDS)
                break
        # The loop may be gone when the last article comes.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._ready.set)
