"""Articles in rows: JSON lines, JSON, CSV, Parquet and Excel. A row's other columns go with its article."""

from __future__ import annotations

import csv
import io
import json
import logging
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import datetime
from itertools import chain, islice
from typing import Any

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.blocks import joined, plain
from summarizer.reading.document import Columns, Document, Unreadable, harmless, needed, reason
from summarizer.reading.metadata import day_of
from summarizer.reading.office import unzipped
from summarizer.reading.text import article_of, decoded

log = logging.getLogger("summarizer.reading")

Fields = dict[str, Any]
Rows = Iterator[Fields | str]
"""Rows, and in the place of one that cannot be read what is wrong with it."""

JSON = frozenset({".jsonl", ".ndjson", ".json", "application/json", "application/jsonl", "application/x-ndjson"})
_LINES = (".jsonl", ".ndjson", "jsonl", "ndjson")
_TEXT = "text article body content maintext main_text full_text article_text document story".split()
_TITLE = "title headline heading".split()
_DATE = """published date published_at date_published datepublished publication_date publish_date pubdate pub_date
    document_date datecreated""".split()
_ID = """id article_id doc_id document_id docid uuid guid uid key identifier record_id row_id number nr no url
    link""".split()
_NO_TEXT = frozenset("null (null) none nan n/a #n/a na n.a. nil undefined - -- \\n".split()) | {""}
"""What programs write into an empty cell."""

_LOOK_AHEAD = 20
_LARGEST_SHEETS = 256 * 2**20  # bytes, unpacked


def is_json(document: Document) -> bool:
    """Whether it is an object, a list of objects, or lines of objects. A text may begin with a brace too."""
    if document.media_type.endswith(("+json", "/json")):
        return True
    named = document.suffix or document.media_type
    if named or document.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    value = _loaded(document.data) or _loaded(_first_line(document))
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def read_json(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """An article a row of JSON lines, or of one JSON value that holds articles."""
    lines = document.suffix in _LINES or document.media_type.endswith(_LINES)
    yield from _articles(_json_lines(document) if lines else _json_value(document), document.name, columns)


def read_csv(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """An article a row of a table with commas, semicolons, bars or tabs and a line of names."""
    yield from _articles(_csv_rows(document), document.name, columns)


def read_parquet(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """An article a row, by pyarrow."""
    yield from _articles(_parquet_rows(document), document.name, columns)


def read_excel(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """An article a row of each sheet that has a column of texts; else one article of all cells, row by row."""
    some = False
    skipped: list[Unreadable] = []
    sheets = _sheets(document)
    for sheet, cells in sheets.items():
        names = list(map(_text, cells[0])) if cells else []
        rows = [{name: value for name, value in zip(names, row, strict=False) if name} for row in cells[1:]]
        if rows and (columns.text or _text_field(rows[:_LOOK_AHEAD], least=80)):
            some = True
            yield from _articles(iter(rows), f"{document.name}/{sheet}", columns)
        elif cells:
            skipped.append(Unreadable(f"{document.name}/{sheet}", "skipped: a sheet without a column of texts"))
    if some:
        yield from skipped
        return
    lines = [(" | ".join(filter(None, map(_text, row))), sheet) for sheet, cells in sheets.items() for row in cells]
    text, places = joined((line, f"sheet {sheet}") for line, sheet in lines)
    if not text:
        raise InputError(document.name, "empty: there is no row to read")
    yield article_of(text, document.name, places=places)


def _sheets(document: Document) -> dict[str, list[list[Any]]]:
    """The cells of each sheet that is shown, as values; rows without any are left out."""
    with needed(document.name, "an Excel file", "office"):
        import openpyxl
    unzipped(document, _LARGEST_SHEETS).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it does not know: charts, styles
        book = openpyxl.load_workbook(io.BytesIO(document.data), read_only=True, data_only=True)
        found = {
            sheet.title: [list(row) for row in sheet.iter_rows(values_only=True) if any(map(_text, row))]
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        }
        book.close()
    return found


def _first_line(document: Document) -> bytes:
    return document.data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]


def _loaded(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _json_lines(document: Document) -> Rows:
    with document.open() as file:
        for line in filter(bytes.strip, (line.removeprefix(b"\xef\xbb\xbf") for line in file)):
            try:
                yield _fields(json.loads(line.decode("utf-8")))
            except UnicodeDecodeError as error:
                yield f"not UTF-8: byte 0x{line[error.start]:02x} at {error.start} of the line"
            except (ValueError, RecursionError) as error:
                yield f"not JSON: {reason(error)}"


def _fields(value: Any) -> Fields | str:
    if isinstance(value, str):
        return {"text": value}
    return value if isinstance(value, dict) else "neither an object nor a text"


def _json_value(document: Document) -> Rows:
    try:
        value = json.loads(decoded(document))
    except (ValueError, RecursionError) as error:
        if isinstance(_loaded(_first_line(document)), (dict, str)):
            yield from _json_lines(document)
            return
        raise InputError(document.name, f"not JSON: {reason(error)}") from error
    if isinstance(value, dict):
        lists = [field for field in value.values() if isinstance(field, list) and field and isinstance(field[0], dict)]
        value = lists[0] if len(lists) == 1 and not any(name in value for name in _TEXT) else [value]
    yield from map(_fields, value if isinstance(value, list) else [value])


def _csv_rows(document: Document) -> Rows:
    text = decoded(document)
    csv.field_size_limit(2**31 - 1)
    delimiter = max("\t,;|", key=text.partition("\n")[0].count)
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield {name: value for name, value in row.items() if name}
    except csv.Error as error:
        yield f"{reason(error)}; the rows after it are lost"


def _parquet_rows(document: Document) -> Rows:
    with needed(document.name, "a Parquet file", "parquet"):
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    try:
        with document.open() as file:
            for batch in ParquetFile(file).iter_batches(batch_size=256):
                yield from batch.to_pylist()
    except (ArrowException, OSError) as error:
        raise InputError(document.name, f"a damaged Parquet file: {reason(error)}") from error


def _articles(rows: Rows, name: str, columns: Columns) -> Iterator[Article | Unreadable]:
    first = list(islice(rows, _LOOK_AHEAD))
    if not first:
        raise InputError(name, "empty: there is no row to read")
    samples = [row for row in first if not isinstance(row, str)]
    if not samples:
        raise InputError(name, f"no row can be read; the first is {first[0]}")
    chosen = choose_columns(samples, name, columns)
    for number, row in enumerate(chain(first, rows), 1):
        place = f"{name}:{number}"
        try:
            yield Unreadable(place, row) if isinstance(row, str) else _article(row, place, chosen)
        except Exception as error:  # noqa: BLE001  the HTML of one cell must not lose the other rows
            yield Unreadable(place, f"cannot be read: {reason(error)}")


def _article(row: Fields, place: str, columns: Columns) -> Article | Unreadable:
    text = row.get(columns.text or "")
    if not isinstance(text, str):
        return Unreadable(place, f"no text in {columns.text!r}")
    text, places = plain(harmless(text))
    if text.strip().casefold() in _NO_TEXT:
        return Unreadable(place, f"no text in {columns.text!r}")
    title = " ".join(plain(_text(row.get(columns.title or "")))[0].split())
    title = "" if title.casefold() in _NO_TEXT else title
    own = (columns.text, columns.title, columns.date)
    others = sorted((name for name in row if name not in own), key=lambda name: name != columns.id)
    values = {harmless(str(name)): _text(row[name]) for name in others}
    fields = {name: value for name, value in values.items() if value.strip()}
    day = day_of(row.get(columns.date or ""))
    return article_of(text, place, day, title or None, places=places, fields=fields)


def _text(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124  NaN
        return ""
    if isinstance(value, (dict, list, bool)):
        return harmless(json.dumps(value, ensure_ascii=False, default=str))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return harmless(str(int(value) if whole else value))


def choose_columns(rows: list[Fields], name: str, wanted: Columns) -> Columns:
    """Which fields hold text, title and day: what is wanted, else by their names, else the longest text."""
    fields = list(dict.fromkeys(chain.from_iterable(rows)))
    there = ", ".join(map(repr, fields[:20]))
    for field in astuple(wanted):
        if field is not None and field not in fields:
            raise InputError(name, f"no field {field!r}; there are: {there}")
    text = wanted.text or _text_field(rows)
    if text is None:
        how = "name it by --text-field (in Python: text_field=)"
        raise InputError(name, f"no field holds text; there are: {there}; {how}")
    chosen = Columns(
        text,
        wanted.title or _named(_TITLE, rows),
        wanted.date or _named(_DATE, rows, texts=False),
        wanted.id or _telling_apart(rows, text),
    )
    if chosen != wanted:
        roles = zip(("text", "title", "day", "id"), astuple(chosen), strict=True)
        log.info("%s: %s", name, ", ".join(f"{role} from {field!r}" for role, field in roles))
    return chosen


def _telling_apart(rows: list[Fields], text: str) -> str | None:
    """The field that has the name of an id, and another value in every row."""
    for field in filter(None, (_named([name], rows, texts=False) for name in _ID)):
        values = [_text(row.get(field)) for row in rows]
        if field != text and all(values) and len(set(values)) == len(values):
            return field
    return None


def _named(names: Iterable[str], rows: list[Fields], *, texts: bool = True) -> str | None:
    """The field with the first of these names, in any case; one that has `texts` in it."""
    folded = {str(field).lower().replace("-", "_"): field for row in reversed(rows) for field in reversed(row)}
    found = (folded[name] for name in names if name in folded)
    return next((field for field in found if not texts or any(isinstance(row.get(field), str) for row in rows)), None)


def _text_field(rows: list[Fields], least: int = 20) -> str | None:
    """The field that is named as a text, else that with the longest ones, if they are long enough to be read."""
    if named := _named(_TEXT, rows):
        return named
    fields = dict.fromkeys(chain.from_iterable(rows))
    lengths = {f: sum(len(row[f]) for row in rows if isinstance(row.get(f), str)) / len(rows) for f in fields}
    best = max(lengths, key=lambda field: lengths[field], default=None)
    return best if best is not None and lengths[best] >= least else None
