"""One event loop in a thread, for those who do not want to `await`.

One long-lived loop, not `asyncio.run` a call: a client belongs to the loop it was first used on, and `asyncio.run`
fails inside a running loop.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Coroutine, Generator
from typing import Any, TypeVar

T = TypeVar("T")

_lock = threading.Lock()
_shared: asyncio.AbstractEventLoop | None = None


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of `coroutine`, run on the shared loop. Ctrl-C cancels it."""
    future = asyncio.run_coroutine_threadsafe(coroutine, _loop())
    try:
        return future.result()
    except KeyboardInterrupt:
        future.cancel()
        raise


def iterate(items: AsyncGenerator[T]) -> Generator[T]:
    """The items for those who do not `await`; closing this closes them."""
    try:
        while True:
            try:
                yield run(_next(items))
            except StopAsyncIteration:
                return
    finally:
        run(items.aclose())


async def _next(items: AsyncGenerator[T]) -> T:
    return await anext(items)


def _forget() -> None:
    """A process that was forked off has the loop, but not the thread that runs it."""
    global _lock, _shared
    _lock, _shared = threading.Lock(), None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _loop() -> asyncio.AbstractEventLoop:
    global _shared  # noqa: PLW0603  one loop a process is the point
    with _lock:
        if _shared is None or _shared.is_closed():
            _shared = asyncio.new_event_loop()
            threading.Thread(target=_shared.run_forever, name="summarizer", daemon=True).start()
        return _shared
