"""Results as flat rows for a spreadsheet: one row a claim, entity, event or answer, the article in front of each."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from summarizer.errors import UsageError, require
from summarizer.output import whole_file
from summarizer.schemas.result import Result
from summarizer.tasks.view import rows_of
from summarizer.views.dossier import Finding, typed

FORMS = (".csv", ".xlsx", ".parquet")
NEEDS = {".xlsx": ("openpyxl", "tables"), ".parquet": ("pyarrow", "parquet")}
BEFORE = ("article", "source", "title", "published")
BEHIND = ("task", "status")
ISSUES = "issues"
LONGEST = 32_767
"""Characters a cell of a workbook may hold; a longer text is cut."""
MOST_ROWS = 1_048_575
ROWS_AT_ONCE = 1000
_FORMULA = re.compile(r" *(?:[=@\t\r\n]|[+-](?![\d.,]+ *\Z))")
"""What a spreadsheet would calculate: "=1+1", not the "-5" of a column of figures."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Row = dict[str, Any]


def flat_rows(result: Result[Any]) -> list[Row]:
    """The rows of a result: its article and the article's own columns, then what its task has to say.

    A column of the input that is called as one of ours is `input_…`; a column of the task that is called as one of the
    input has the task's name before it. A result without a value or without a line is one row, with its issues.
    """
    ref, taken = result.article, {*BEFORE, *BEHIND, ISSUES}
    front: Row = dict(zip(BEFORE, (ref.id, ref.source, ref.title, ref.published and str(ref.published)), strict=True))
    front |= {f"input_{name}" if name in taken else name: value for name, value in ref.fields.items()}
    front |= dict(zip(BEHIND, (result.task, result.status), strict=True))
    task, value = typed(result)
    rows = list(task.rows(value) if task else rows_of(Finding(result).sections))
    issues = {ISSUES: "; ".join(issue.message for issue in result.issues)} if result.status != "complete" else {}
    own = ({f"{result.task}_{name}" if name in front else name: row[name] for name in row} for row in rows or [{}])
    return [front | row | issues for row in own]


def check_table(path: Path, others: Sequence[str] = ()) -> None:
    """Refuse now what could not be written after a model was paid; `others` are endings that somebody else writes."""
    ending = path.suffix.lower()
    if ending not in FORMS:
        raise UsageError(f"{path.name}: end it in one of {', '.join((*others, *FORMS))}, not {ending or 'nothing'!r}")
    package, extra = NEEDS.get(ending, ("csv", ""))
    require(package, f"{ending} needs {package}", extra)


def write_table(path: Path, rows: Iterable[Row], form: str | None = None) -> int:
    """Write rows to a file in the form of its ending, or in `form`, whole or not at all; how many there were.

    Rows are taken one by one and kept in a temporary file until all columns are known. Text that a spreadsheet would
    take for a formula has an apostrophe before it in a CSV file, and is marked as text in a workbook.
    """
    kind = form or path.suffix.lower()
    check_table(Path(f"table{kind}"))
    with whole_file(path) as part, _spooled(rows) as table:
        match kind:
            case ".csv":
                with part.open("w", encoding="utf-8", newline="") as file:
                    _csv(file, table)
            case ".xlsx":
                _workbook(part, table)
            case _:
                _parquet(part, table)
    return table.number


def csv_text(rows: Iterable[Row]) -> str:
    """The rows as the text of a CSV file."""
    file = io.StringIO()
    with _spooled(rows) as table:
        _csv(file, table)
    return file.getvalue()


@dataclass(frozen=True)
class _Table:
    """All columns in order with the types of their cells, how many rows there are, and the rows once more."""

    columns: dict[str, set[type]]
    number: int
    rows: Iterator[Row]


@contextmanager
def _spooled(rows: Iterable[Row]) -> Iterator[_Table]:
    """The rows in a temporary file: ours in front, the columns of the input, then what the tasks say."""
    fields: dict[str, set[type]] = {}
    behind: dict[str, set[type]] = {}
    number = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass") as file:
        for number, row in enumerate(rows, 1):  # noqa: B007  the last number is how many there were
            place = fields
            for name, cell in row.items():
                place = behind if name == BEHIND[0] else place
                place.setdefault(name, set()).update([] if cell is None else [type(cell)])
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        file.seek(0)
        ours: list[dict[str, set[type]]] = [{name: {str} for name in names} for names in (BEFORE, BEHIND)]
        yield _Table(ours[0] | fields | ours[1] | behind, number, map(json.loads, file))


def _csv(file: IO[str], table: _Table) -> None:
    writer = csv.DictWriter(file, list(table.columns), restval="")
    writer.writerow({name: _harmless(name) for name in table.columns})
    writer.writerows({name: _harmless(cell) for name, cell in row.items()} for row in table.rows)


def _harmless(cell: Any) -> Any:
    """Text that begins like a formula stands behind an apostrophe, as spreadsheets write text."""
    return f"'{_shown(cell)}" if isinstance(cell, str) and _FORMULA.match(cell) else _shown(cell)


def _shown(cell: Any) -> Any:
    """Text without control characters and halves of pairs, each U+FFFD: a terminal may show it, a file must hold it."""
    return _CONTROLS.sub("\ufffd", cell) if isinstance(cell, str) else cell


def _workbook(path: Path, table: _Table) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.append([_storable(name, sheet) for name in table.columns])
    for number, row in enumerate(table.rows, 1):
        sheet.append([_storable(row.get(name), sheet) for name in table.columns])
        if number % MOST_ROWS == 0:
            sheet = book.create_sheet(f"results {number // MOST_ROWS + 1}")
            sheet.append([_storable(name, sheet) for name in table.columns])
    book.save(path)


def _storable(cell: Any, sheet: Any) -> Any:
    """What a cell of a workbook can hold, not too long; what begins like a formula is marked as text."""
    if not isinstance(cell, str):
        return cell
    text = _shown(cell)[:LONGEST]
    if not _FORMULA.match(text):
        return text
    from openpyxl.cell import WriteOnlyCell

    marked = WriteOnlyCell(sheet, text)
    marked.data_type, marked.quotePrefix = "s", True
    return marked


def _parquet(path: Path, table: _Table) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    known = {frozenset({int}): pa.int64(), frozenset({float}): pa.float64(), frozenset({bool}): pa.bool_()}
    known[frozenset({int, float})] = pa.float64()
    kinds = [known.get(frozenset(found), pa.string()) for found in table.columns.values()]
    schema = pa.schema([(_held(name), kind) for name, kind in zip(table.columns, kinds, strict=True)])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(table.rows, ROWS_AT_ONCE)):
            pairs = zip(table.columns, kinds, strict=True)
            columns = [pa.array([_as(row.get(name), kind) for row in some], kind) for name, kind in pairs]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _as(cell: Any, kind: Any) -> Any:
    return cell if cell is None or str(kind) != "string" else _held(str(cell))


def _held(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
