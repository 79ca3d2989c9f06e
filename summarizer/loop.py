"""The event loop: one in a thread for those who do not `await`, and deadlines that stand still where we hold back.

One long-lived loop, not `asyncio.run` a call: a client belongs to the loop it was first used on, and `asyncio.run`
fails inside a running loop. A job holds requests back to keep a server's limits: an article must not fail for that.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
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


async def beside(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of `coroutine`, run on the shared loop: that of the caller stays free. Cancelling cancels it there."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, _loop()))


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


def blocking(method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]]) -> Callable[Concatenate[Any, P], T]:
    """The same method without `await`, of an object that has the other as `awaited`."""

    def call(self: Any, /, *given: P.args, **named: P.kwargs) -> T:
        return run(method(self.awaited, *given, **named))

    _tell_as(method, call)
    return call


def blocking_items(
    method: Callable[Concatenate[Any, P], AsyncGenerator[T]],
) -> Callable[Concatenate[Any, P], Generator[T]]:
    """The same generator without `await`; closing it ends what is under way."""

    def call(self: Any, /, *given: P.args, **named: P.kwargs) -> Generator[T]:
        return iterate(method(self.awaited, *given, **named))

    _tell_as(method, call)
    return call


def _tell_as(method: Any, call: Any) -> None:
    """Give `call` the name and the arguments of `method`, and say where it is explained."""
    signature = inspect.signature(method)
    call.__name__, call.__qualname__ = method.__name__, method.__qualname__.removeprefix("Async")
    call.__signature__ = signature.replace(return_annotation=str(signature.return_annotation).removeprefix("Async"))
    call.__doc__ = f"See `{method.__qualname__}`."


def forget() -> None:
    """A process that was forked off has the loop, but not the thread that runs it."""
    global _lock, _shared
    _lock, _shared = threading.Lock(), None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)


def _loop() -> asyncio.AbstractEventLoop:
    global _shared  # noqa: PLW0603  one loop a process is the point
    with _lock:
        if _shared is None or _shared.is_closed():
            _shared = asyncio.new_event_loop()
            threading.Thread(target=_shared.run_forever, name="summarizer", daemon=True).start()
        return _shared


_current: ContextVar[asyncio.Timeout | None] = ContextVar("deadline", default=None)


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[None]:
    """Raise `TimeoutError` when the body takes longer than `seconds`, waits within `not_counted` left out."""
    async with asyncio.timeout(seconds) as timeout:
        token = _current.set(timeout)
        try:
            yield
        finally:
            _current.reset(token)


def seconds_left() -> float | None:
    """Seconds until the deadline around the caller; None where there is none."""
    timeout = _current.get()
    end = timeout.when() if timeout else None
    return None if end is None else max(0.0, end - asyncio.get_running_loop().time())


@contextmanager
def not_counted() -> Iterator[None]:
    """While this is open the deadline around it stands still."""
    timeout = _current.get()
    end = timeout.when() if timeout else None
    if timeout is None or end is None or timeout.expired():
        yield
        return
    clock = asyncio.get_running_loop().time
    began = clock()
    timeout.reschedule(None)
    try:
        yield
    finally:
        if not timeout.expired():
            timeout.reschedule(end + clock() - began)
