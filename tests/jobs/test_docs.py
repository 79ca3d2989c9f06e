"""The examples of docs/jobs/clusters-and-results.md that load results run as they stand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.client import Summarizer
from summarizer.jobs.database import Database
from summarizer.jobs.export import export
from summarizer.jobs.store import Store
from tests.jobs.stories import story

PAGE = Path(__file__).parents[2] / "docs" / "jobs" / "clusters-and-results.md"
EXAMPLE = re.compile(r"```python\nimport (pandas|polars|duckdb)\n(.*?)```", re.DOTALL)
EXAMPLES = dict(EXAMPLE.findall(PAGE.read_text("utf-8")))


@pytest.mark.parametrize("library", EXAMPLES)
def test_results_load(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three stories, two tasks each, read by the library as the page shows."""
    pytest.importorskip(library)
    pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    with Summarizer("extractive") as client:
        rows = (replace(story(n), fields={"id": f"row-{n}"}) for n in range(3))
        list(client.batch(rows, ("summary", "entities"), store="job.sqlite"))
    store = Store(Database(Path("job.sqlite"), exclusive=False))
    job = store.last_job()
    assert job is not None
    export(store, job, Path("results.parquet"))
    exec(f"import {library}\n{EXAMPLES[library]}", {})
