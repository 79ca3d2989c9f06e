"""A deadline that does not run while we wait for our own turn.

A job holds requests back to keep a server's limits. An article must not fail for a wait that we chose.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

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
