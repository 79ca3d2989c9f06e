"""Stand-in for the tables of branch `views`, with its two functions: flat rows of results, and files of rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from summarizer.schemas.result import Result
from summarizer.tasks import registry
from summarizer.tasks.view import sections_of
from summarizer.whole_file import whole_file


def flat_rows(result: Result[Any]) -> list[dict[str, Any]]:
    """The rows of a result, its article's id and fields in front; one row where there is no value."""
    article = result.article
    front = {"article": article.id, "source": article.source, **article.fields, "title": article.title}
    front |= {"published": article.published, "task": result.task, "status": result.status}
    known = {entry.name: entry for entry in registry.entries()}
    if result.value is None:
        rows: list[dict[str, Any]] = [{"issue": result.issues[-1].message if result.issues else None}]
    elif result.task in known:
        rows = list(known[result.task].load().rows(result.value))
    else:
        rows = [{"text": line.text} for section in sections_of(result.value) for line in section.lines]
    return [{**front, **row} for row in rows or [{}]]


def write_table(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """The rows as a file of the form that its ending names."""
    listed = list(rows)
    columns = list(dict.fromkeys(name for row in listed for name in row))
    with whole_file(path) as part:
        if path.suffix == ".parquet":
            import pyarrow as pa
            from pyarrow import parquet

            parquet.write_table(pa.table({name: [row.get(name) for row in listed] for name in columns}), part)
        elif path.suffix == ".xlsx":
            from openpyxl import Workbook

            book = Workbook()
            for cells in [columns, *([row.get(name) for name in columns] for row in listed)]:
                book.active.append(cells)
            book.save(part)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(listed)
