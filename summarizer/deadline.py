"""A deadline that does not run while we wait for our own turn.

A job holds requests back to keep a server's limits. An article must not fail for a wait that we chose.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

_current: ContextVar[tuple[asyncio.Timeout, ...]] = ContextVar("deadline", default=())


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[None]:
    """Raise `TimeoutError` when the body takes longer than `seconds`, waits within `not_counted` left out."""
    async with asyncio.timeout(seconds) as timeout:
        token = _current.set((*_current.get(), timeout))
        try:
            yield
        finally:
            _current.reset(token)


@contextmanager
def not_counted() -> Iterator[None]:
    """While this is open the deadlines around it stand still."""
    clock = asyncio.get_running_loop().time
    running = [(timeout, end) for timeout in _current.get() if (end := timeout.when()) and not timeout.expired()]
    began = clock()
    for timeout, _ in running:
        timeout.reschedule(None)
    try:
        yield
    finally:
        for timeout, end in running:
            if not timeout.expired():
                timeout.reschedule(end + clock() - began)
