"""The stored results of a job as a file: JSON Lines, CSV or Parquet, in the order of the inputs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from summarizer.errors import UsageError
from summarizer.jobs.store import Job, Kept, Store
from summarizer.json_text import json_text
from summarizer.whole_file import whole_file

ROWS_AT_ONCE = 1000

# Column and type: `value` and `issues` are JSON, for each task has a shape of its own.
COLUMNS = {
    "article": str,
    "source": str,
    "title": str,
    "published": str,
    "task": str,
    "question": str,
    "status": str,
    "value": str,
    "issues": str,
    "model": str,
    "requests": int,
    "input_tokens": int,
    "output_tokens": int,
    "cost_usd": float,
    "seconds": float,
}


def export(store: Store, job: Job, path: Path) -> int:
    """Write all that is stored of a job to `path`, whole, in the form its ending names; how many results there are.

    Raises:
        UsageError: the ending names no form, or pyarrow is missing.
        InputError: the file cannot be written.

    """
    write = _writer(path)
    with whole_file(path) as part:
        return write(store.kept(job), part)


def check_form(path: Path) -> None:
    """Raise `UsageError` now rather than after the job where `path` cannot be written for its form."""
    _writer(path)


def _writer(path: Path) -> Callable[[Iterable[Kept], Path], int]:
    match path.suffix.lower():
        case ".jsonl" | ".ndjson":
            return _jsonl
        case ".csv":
            return _csv
        case ".parquet":
            if find_spec("pyarrow") is None:
                raise UsageError("Parquet needs `pip install 'grounded-summarizer[parquet]'`")
            return _parquet
        case other:
            raise UsageError(f"--out {path.name}: end it in .jsonl, .csv or .parquet, not {other or 'nothing'!r}")


def _jsonl(kept: Iterable[Kept], path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, one in enumerate(kept, 1):  # noqa: B007  the last number is how many there were
            file.write(one.text + "\n")
    return number


def _csv(kept: Iterable[Kept], path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number, one in enumerate(kept, 1):  # noqa: B007
            writer.writerow(flat(one))
    return number


def _parquet(kept: Iterable[Kept], path: Path) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    number = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _portions(map(flat, kept)):
            writer.write_table(pa.Table.from_pylist(rows, schema))
            number += len(rows)
    return number


def flat(kept: Kept) -> dict[str, Any]:
    """A stored result as one row of `COLUMNS`."""
    data = kept.data()
    article, run, value = data["article"], data["run"], data["value"]
    row = {
        **{name: article[name] for name in ("source", "title", "published")},
        **{name: data[name] for name in ("task", "status")},
        **{name: run[name] for name in ("model", "requests", "cost_usd", "seconds")},
        **{name: run["usage"][name] for name in ("input_tokens", "output_tokens")},
        "article": article["id"],
        "question": value.get("question") if value else None,
        "value": None if value is None else json_text(value),
        "issues": json_text(data["issues"]),
    }
    return {name: _writable(row[name]) for name in COLUMNS}


def _writable(cell: Any) -> Any:
    """Text as UTF-8 can hold it: a lone surrogate becomes its escape."""
    return cell.encode("utf-8", "backslashreplace").decode() if isinstance(cell, str) else cell


def _portions(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some
