"""Reading and checking are the processor's work: the event loop of whoever awaits them goes on."""

from __future__ import annotations

import asyncio
import time

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from tests.long_texts import article

TICK = 0.01
"""Seconds between two wakings of the loop."""
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


@pytest.mark.parametrize(
    ("task", "sentences", "latest"),
    [("summary", 170, 0.03), ("entities", 170, 0.03), ("summary", 5000, 0.15)],
    ids=["summary", "entities", "60,000 words"],
)
async def test_no_tick_is_late_while_an_article_is_read(task: str, sentences: int, latest: float) -> None:
    """Ten milliseconds between ticks; to find the sentences of the longest takes more than half a second."""
    best = float("inf")
    async with AsyncSummarizer("extractive", timeout=300) as client:
        for number in range(TRIES):
            read = article(sentences + number)  # another one each time: nothing is known of it
            best = min(best, await lateness(client, read, task))
            if best <= latest:
                break
    assert best <= latest
