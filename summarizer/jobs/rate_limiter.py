"""How many requests go at once and a minute: learnt from the server, and shared by all workers of a job."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from summarizer.loop import not_counted
from summarizer.models.hosted.limits import Limits

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 60.0
CUT, RECOVERY = 0.7, 0.5


@dataclass
class Bucket:
    """An allowance a minute that refills evenly; without a limit it never runs dry."""

    limit: float | None = None
    level: float = 0.0
    filled_at: float = 0.0

    def wait(self, amount: float, now: float) -> float:
        """Seconds until `amount` is there. More than a whole minute's allowance is never waited for."""
        if self.limit is None:
            return 0.0
        self._fill(now)
        return max(0.0, (min(amount, self.limit) - self.level) * 60 / self.limit)

    def take(self, amount: float, now: float) -> None:
        """Use `amount` up."""
        self._fill(now)
        self.level -= amount

    def told(self, limit: float | None, left: float | None, now: float) -> None:
        """Believe the server: its limit, and what is left where that is less than we thought."""
        if limit is not None and limit > 0 and limit != self.limit:
            self._fill(now)
            self.level = limit if self.limit is None else min(self.level, limit)
            self.limit, self.filled_at = limit, now
        if left is not None and self.limit is not None:
            self.level = min(self.level, left)

    def _fill(self, now: float) -> None:
        if self.limit is not None:
            self.level = min(self.limit, self.level + (now - self.filled_at) * self.limit / 60)
            self.filled_at = now


class RateLimiter:
    """Lets requests go in order of arrival.

    At most `concurrency` are under way: fewer after the server said 429 (additive increase, multiplicative
    decrease, as TCP does: Chiu and Jain 1989), and none while it asks to wait, whichever worker it told.

    """

    def __init__(self, concurrency: int) -> None:
        self._most, self._allowed = concurrency, float(concurrency)
        self._under_way = 0
        self._door, self._freed = asyncio.Lock(), asyncio.Event()
        self._closed_until, self._cut_at, self._pause = 0.0, float("-inf"), FIRST_PAUSE_SECONDS
        self._requests, self._tokens = Bucket(), Bucket()

    @asynccontextmanager
    async def turn(self, tokens: float) -> AsyncIterator[None]:
        """Wait for our turn to send a request of about this size. The wait does not count against a deadline."""
        with not_counted():
            async with self._door:
                await self._open(tokens)
                now = time.monotonic()
                self._requests.take(1, now)
                self._tokens.take(tokens, now)
                self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._freed.set()

    def answered(self, limits: Limits | None = None) -> None:
        """The server answered: go a little faster, within the limits it told."""
        self._allowed = min(self._most, self._allowed + RECOVERY)
        self._pause = FIRST_PAUSE_SECONDS
        if limits is None:
            return
        now = time.monotonic()
        self._requests.told(limits.requests, limits.requests_left, now)
        self._tokens.told(limits.tokens, limits.tokens_left, now)

    def refused(self, retry_after: float | None) -> None:
        """The server asked for fewer requests: nobody sends before `retry_after` seconds are over.

        Where it names no time the pause doubles from one refusal to the next, a random part left out so that
        several machines do not come back together.
        """
        now = time.monotonic()
        if now - self._cut_at > 1:
            self._allowed, self._cut_at = max(1.0, self._allowed * CUT), now
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        pause = retry_after if retry_after is not None else self._pause * random.uniform(0.5, 1)  # noqa: S311
        self._closed_until = max(self._closed_until, now + min(pause, LONGEST_PAUSE_SECONDS))

    async def _open(self, tokens: float) -> None:
        """Sleep until nothing holds us back; while we sleep another worker may be told to wait longer."""
        while self._under_way >= int(self._allowed):
            self._freed.clear()
            await self._freed.wait()
        wait = self._wait(tokens)
        while wait > 0:
            await asyncio.sleep(wait)
            wait = self._wait(tokens)

    def _wait(self, tokens: float) -> float:
        now = time.monotonic()
        return max(self._closed_until - now, self._requests.wait(1, now), self._tokens.wait(tokens, now))
