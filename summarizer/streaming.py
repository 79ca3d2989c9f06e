"""What is told while something is made, and then the thing itself, as one stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar

from summarizer.schemas.evidence import Claim

T = TypeVar("T")

Tell = Callable[[Claim], None]


async def streamed(make: Callable[[Tell], Coroutine[Any, Any, T]]) -> AsyncGenerator[Claim | T]:
    """The claims that `make` tells, as they come, and last what it returns. Closing the stream cancels it."""
    told: asyncio.Queue[Claim] = asyncio.Queue()
    making = asyncio.ensure_future(make(told.put_nowait))
    try:
        while not making.done() or not told.empty():
            following = asyncio.ensure_future(told.get())
            await asyncio.wait([making, following], return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                yield following.result()
            else:
                following.cancel()
        yield await making
    finally:
        making.cancel()
