"""Articles read in a thread of their own, a few ahead of who takes them."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Iterable

from summarizer.article import Article

AHEAD, AT_ONCE = 64, 32
_LOOK_SECONDS = 0.2


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
        while not self._read.empty() and len(some) < AT_ONCE:
            one = self._read.queue[0]
            if not isinstance(one, Article):
                break
            some.append(one)
            self._read.get_nowait()
        if not some and isinstance(one := self._read.queue[0], BaseException):
            raise one
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
