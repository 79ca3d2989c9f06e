"""The stored results of a job as a file, in the order of the inputs: whole as JSON lines, flat as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from summarizer.errors import UsageError
from summarizer.jobs.store import Job, Store
from summarizer.output import whole_file
from summarizer.tasks import registry
from summarizer.views.tables import check_table, flat_rows, write_table

LINES = (".jsonl", ".ndjson")


def export(store: Store, job: Job, path: Path, tasks: Mapping[str, Any] | None = None) -> int:
    """Write all that is stored of a job to `path`, whole, in the form its ending names; how many results there are.

    `tasks` are those of the job by name; without them a result is read by the task of its name that is installed.
    """
    check_form(path)
    if path.suffix.lower() in LINES:
        with whole_file(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{one.text}\n" for one in store.kept(job))
    else:
        tasks = tasks or {entry.name: entry.load() for entry in registry.entries()}
        write_table(path, (row for one in store.kept(job) for row in flat_rows(one.result(tasks))))
    counts = store.counts(job)
    return sum(counts.values()) - counts["abstained"]


def check_form(path: Path) -> None:
    """Raise `UsageError` now rather than after the job where `path` cannot be written for its form."""
    if path.suffix.lower() not in LINES:
        check_table(path, LINES[:1])


def check_apart(path: Path, sources: Iterable[str]) -> None:
    """Raise `UsageError` where what is to be written is one of the sources, by whatever name or link."""
    for source in sources:
        read = Path(source)
        if read.exists() and path.exists() and read.samefile(path) and not read.is_dir():
            raise UsageError(f"{path} is one of the sources, and would be written over; name another file")
