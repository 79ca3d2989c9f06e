"""Reading and checking are the processor's work: the event loop of whoever awaits them goes on."""

from __future__ import annotations

import asyncio
import time

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from tests.long_texts import article

TICK, LATEST = 0.01, 0.03
"""In seconds: how often the loop is woken, and how late at most."""
TRIES = 5
"""Others use the machine, too: the best of so many counts. Work on the loop itself would be late each time."""


async def lateness(client: AsyncSummarizer, read: Article, task: str) -> float:
    """Seconds by which the latest tick came too late while the article was read."""
    late, done = [0.0], asyncio.Event()

    async def tick() -> None:
        while not done.is_set():
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            late.append(time.perf_counter() - before - TICK)

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    await client.read(task, read)
    done.set()
    await ticking
    return max(late)


@pytest.mark.parametrize("task", ["summary", "entities"])
async def test_no_tick_is_late_while_2000_words_are_read(task: str) -> None:
    """Ten milliseconds between ticks, none more than thirty late."""
    best = float("inf")
    async with AsyncSummarizer("extractive", timeout=300) as client:
        for number in range(TRIES):
            read = article(170 + number)  # another one each time: nothing is known of it
            assert len(read.text.split()) > 2000
            best = min(best, await lateness(client, read, task))
            if best <= LATEST:
                break
    assert best <= LATEST
