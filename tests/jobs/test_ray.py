"""A job on a local Ray. Skipped where Ray is not installed."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import UsageError
from summarizer.jobs.batch import Batch, Plan, Reading
from summarizer.jobs.orders import ordered
from summarizer.jobs.ray import finish_on_ray
from tests.jobs.reading_server import ReadingServer
from tests.jobs.stories import story

HERE = """
import asyncio, sys
from summarizer.jobs.batch import Batch, Plan, Reading
from summarizer.jobs.orders import ordered
from summarizer.jobs.ray import finish_on_ray
from tests.jobs.stories import story

async def main():
    reading = Reading("openai/gpt-4o-mini", sys.argv[1])
    async with Batch(ordered(["summary"]), reading, Plan(concurrency=4)) as batch:
        await finish_on_ray(batch, [story(n) for n in range(40)])
        print(batch.store.counts(batch.job), batch.budget.spent.requests)

asyncio.run(main())
"""


@pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")
def test_a_local_ray_does_the_same_job(readers: ReadingServer) -> None:
    """Forty articles, one request each, all results in the one store."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HERE, readers.base_url]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True, timeout=120)
    assert "{'complete': 40, 'abstained': 0} 40" in done.stdout, done.stderr
    assert {1} == set(readers.asked.values())


async def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that says what to install; nothing was read."""
    monkeypatch.setattr("summarizer.jobs.ray.find_spec", lambda name: None)

    def articles() -> Any:
        raise AssertionError("an article was read")
        yield story(1)

    async with Batch(ordered(["summary"]), Reading("extractive"), Plan()) as batch:
        with pytest.raises(UsageError, match=r"\[ray\]"):
            await finish_on_ray(batch, articles())
