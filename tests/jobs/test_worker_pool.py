"""Code alone in several processes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.configuration import Configuration
from summarizer.jobs.batch import Batch, Plan
from summarizer.jobs.wants import wanted
from tests.jobs.stories import story

CONFIGURATION = Configuration("extractive")


async def results(processes: int, store: Path) -> list[dict[str, Any]]:
    """A job's results without how they were made."""
    asks = wanted(["summary", "entities"], (), CONFIGURATION)
    async with Batch(asks, CONFIGURATION, Plan(store, processes=processes)) as batch:
        found = [one async for one in batch.results(story(n) for n in range(40))]
    return [one.model_dump(mode="json", by_alias=True) | {"run": None} for one in found]


async def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    """The same results in the same order."""
    assert await results(1, tmp_path / "one.sqlite") == await results(2, tmp_path / "two.sqlite")
