"""Results as flat rows for a spreadsheet: one row a claim, entity, event or answer, the article in front of each."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from summarizer.errors import UsageError
from summarizer.schemas.result import Result
from summarizer.tasks.view import rows_of
from summarizer.views.dossier import Finding, task_of, value_of

FORMS = (".csv", ".xlsx")
BEFORE = ("article", "source", "title", "published")
BEHIND = ("task", "status")
ISSUES = "issues"
LONGEST = 32_767
"""Characters a cell of a workbook may hold; a longer text is cut."""
MOST_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

Row = dict[str, Any]


def flat_rows(result: Result[Any]) -> list[Row]:
    """The rows of a result: its article and the article's own columns, then what its task has to say.

    A column of the input that is called as one of ours is `input_…`; a column of the task that is called as one of the
    input has the task's name before it. A result without a value or without a line is one row, with its issues.
    """
    front = _front(result)
    task = task_of(result)
    value = value_of(result, task) if task else None
    known = task is not None and isinstance(value, task.value)
    rows = list(task.rows(value) if task and known else rows_of(Finding(result).sections))
    issues = {ISSUES: "; ".join(issue.message for issue in result.issues)} if result.status != "complete" else {}
    return [{**front, **_renamed(row, front, result.task), **issues} for row in rows or [{}]]


def _front(result: Result[Any]) -> Row:
    ref = result.article
    own = {"article": ref.id, "source": ref.source, "title": ref.title}
    own |= {"published": ref.published.isoformat() if ref.published else None}
    taken = {*BEFORE, *BEHIND, ISSUES}
    fields = {f"input_{name}" if name in taken else name: value for name, value in ref.fields.items()}
    return {**own, **fields, "task": result.task, "status": result.status}


def _renamed(row: Mapping[str, Any], front: Row, task: str) -> Row:
    return {f"{task}_{name}" if name in front else name: value for name, value in row.items()}


def check_table(path: Path) -> None:
    """Refuse now what could not be written after a model was paid.

    Raises:
        UsageError: the ending names no form of table, or openpyxl is missing.

    """
    match path.suffix.lower():
        case ".csv":
            return
        case ".xlsx":
            try:
                import openpyxl as openpyxl
            except ImportError as error:
                raise UsageError("workbooks need `pip install 'grounded-summarizer[tables]'`") from error
        case other:
            raise UsageError(f"{path.name}: end it in {', '.join(FORMS)}, not {other or 'nothing'!r}")


def write_table(path: Path, rows: Iterable[Row], form: str | None = None) -> int:
    """Write rows to a CSV file or a workbook by its ending, or by `form`; how many there were.

    Rows are taken one by one and kept in a temporary file until all columns are known. Text that a spreadsheet would
    take for a formula has an apostrophe before it.

    Raises:
        UsageError: the ending names no form of table, or openpyxl is missing.
        OSError: it cannot be written.

    """
    kind = form or path.suffix.lower()
    check_table(Path(f"table{kind}"))
    with _spooled(rows) as (columns, number, again):
        if kind == ".csv":
            with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                _csv(file, columns, again)
        else:
            _workbook(path, columns, again)
    return number


def csv_text(rows: Iterable[Row]) -> str:
    """The rows as the text of a CSV file."""
    file = io.StringIO()
    with _spooled(rows) as (columns, _, again):
        _csv(file, columns, again)
    return file.getvalue()


@contextmanager
def _spooled(rows: Iterable[Row]) -> Iterator[tuple[list[str], int, Iterator[Row]]]:
    """The columns of all rows in the order they came, how many rows there are, and the rows once more."""
    columns: dict[str, None] = dict.fromkeys((*BEFORE, *BEHIND))
    fields: dict[str, None] = {}
    number = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as file:
        for number, row in enumerate(rows, 1):  # noqa: B007  the last number is how many there were
            names = list(row)
            fields |= dict.fromkeys(names[len(BEFORE) : names.index("task")] if "task" in row else [])
            columns |= dict.fromkeys(names)
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        file.seek(0)
        behind = [name for name in columns if name not in fields and name not in BEFORE]
        yield [*BEFORE, *fields, *behind], number, map(json.loads, file)


def _csv(file: IO[str], columns: list[str], rows: Iterable[Row]) -> None:
    writer = csv.DictWriter(file, columns, restval="")
    writer.writerow({name: _harmless(name) for name in columns})
    writer.writerows({name: _harmless(cell) for name, cell in row.items()} for row in rows)


def _harmless(cell: Any) -> Any:
    """Text that begins like a formula stands behind an apostrophe, as spreadsheets write text."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell


def _workbook(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = None
    for number, row in enumerate(rows):
        if number % MOST_ROWS == 0:
            sheet = book.create_sheet(f"results {number // MOST_ROWS + 1}" if number else "results")
            sheet.append([_storable(name) for name in columns])
        sheet.append([_storable(row.get(name)) for name in columns])
    if sheet is None:
        book.create_sheet("results").append([_storable(name) for name in columns])
    book.save(path)


def _storable(cell: Any) -> Any:
    """What a cell of a workbook can hold: no control characters, no lone surrogates, not too long."""
    if not isinstance(cell, str):
        return cell
    text = _CONTROLS.sub("\ufffd", cell).encode("utf-8", "replace").decode()
    return _harmless(text)[:LONGEST]
