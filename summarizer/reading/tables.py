"""Articles in rows: JSON lines, JSON, CSV, Parquet and Excel. A row's other columns go with its article."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.blocks import has_markup, joined, plain
from summarizer.reading.document import Columns, Document, Unreadable, harmless, missing, printable, reason
from summarizer.reading.locating import office_kind
from summarizer.reading.metadata import day_of
from summarizer.reading.office import unzipped
from summarizer.reading.text import article_of, decoded

log = logging.getLogger("summarizer.reading")

_TEXT = (
    "text",
    "article",
    "body",
    "content",
    "maintext",
    "main_text",
    "full_text",
    "article_text",
    "document",
    "story",
)
_TITLE = ("title", "headline", "heading")
_DATE = ("published", "date", "published_at", "date_published", "datepublished", "publication_date", "publish_date",
         "pubdate", "pub_date", "document_date", "datecreated")  # fmt: skip
_ID = ("id", "article_id", "doc_id", "document_id", "docid", "uuid", "guid", "uid", "key", "identifier", "record_id",
       "row_id", "number", "nr", "no", "url", "link")  # fmt: skip
_NO_TEXT = frozenset("null (null) none nan n/a #n/a na n.a. nil undefined - -- \\n".split())
"""What programs write into an empty cell."""

_LOOK_AHEAD = 20
_LARGEST_SHEETS = 256 * 2**20  # bytes, unpacked


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it stands, or what is wrong with it."""

    place: str
    fields: Mapping[str, Any] | Unreadable


class JsonReader:
    """JSON lines, or one JSON value that holds articles."""

    def detect(self, document: Document) -> bool:
        """By its name or the server's word; what has no ending is tried."""
        if document.suffix in (".jsonl", ".ndjson", ".json") or document.media_type.endswith(("json", "jsonl")):
            return True
        return document.suffix == "" and not document.media_type and _is_json(document)

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """An article a row.

        Raises:
            InputError: there is no row, or no field that holds text.

        """
        lines = document.suffix in (".jsonl", ".ndjson") or document.media_type.endswith(("ndjson", "jsonl"))
        rows = _json_lines(document) if lines else _json_value(document)
        yield from _articles(rows, document.name, published, columns)


class CsvReader:
    """A table with commas, semicolons or tabs and a line of names."""

    def detect(self, document: Document) -> bool:
        """By its name or the server's word."""
        return document.suffix in (".csv", ".tsv") or document.media_type in ("text/csv", "text/tab-separated-values")

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """An article a row.

        Raises:
            InputError: there is no row, or no column that holds text.

        """
        yield from _articles(_csv_rows(document), document.name, published, columns)


class ParquetReader:
    """A Parquet file, by pyarrow."""

    def detect(self, document: Document) -> bool:
        """By its first bytes."""
        return document.head.startswith(b"PAR1")

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """An article a row.

        Raises:
            InputError: pyarrow is not installed, the file is damaged, or it has no column that holds text.

        """
        yield from _articles(_parquet_rows(document), document.name, published, columns)


class ExcelReader:
    """An XLSX file, by openpyxl."""

    def detect(self, document: Document) -> bool:
        """By what is in the zip file."""
        return office_kind(document) == "xl"

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """An article a row of each sheet that has a column of texts; else one article of all cells, row by row.

        Raises:
            InputError: openpyxl is not installed, the file is damaged or empty, or it has not the column asked for.

        """
        sheets = _sheets(document)
        some = False
        skipped: list[Unreadable] = []
        for sheet, cells in sheets.items():
            name = f"{document.name}/{printable(sheet)}"
            rows = [Row(f"{name}:{n}", row) for n, row in enumerate(_under_heads(cells), 1)]
            if rows and (columns.text or _has_texts([row.fields for row in rows[:_LOOK_AHEAD]])):
                some = True
                yield from _articles(iter(rows), name, published, columns)
            elif cells:
                skipped.append(Unreadable(name, "skipped: a sheet without a column of texts"))
        yield from skipped if some else ()
        if not some:
            lines = (
                (" | ".join(filter(None, map(_text, row))), sheet) for sheet, cells in sheets.items() for row in cells
            )
            text, places = joined((line, f"sheet {sheet}") for line, sheet in lines)
            if not text:
                raise InputError(document.name, "empty: there is no row to read")
            yield replace(article_of(text, document.name, published), places=places)


def _sheets(document: Document) -> dict[str, list[list[Any]]]:
    """The cells of each sheet that is shown, as values; rows without any are left out."""
    try:
        import openpyxl
    except ImportError as error:
        raise missing(document.name, "an Excel file", "openpyxl") from error
    import warnings

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


def _under_heads(rows: list[list[Any]]) -> Iterator[dict[str, Any]]:
    """The rows under the first, which names the columns."""
    names = [_text(name) for name in rows[0]] if rows else []
    for row in rows[1:]:
        yield {name: value for name, value in zip(names, row, strict=False) if name}


def _has_texts(rows: list[Mapping[str, Any] | Unreadable]) -> bool:
    samples = [row for row in rows if not isinstance(row, Unreadable)]
    fields = list(dict.fromkeys(chain.from_iterable(samples)))
    return (_named(_TEXT, fields, samples) or _longest(fields, samples, 80)) is not None


def _is_json(document: Document) -> bool:
    """Whether it is an object, a list of objects, or lines of objects. A text may begin with a brace too."""
    if document.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return False
    value = _loaded(document.data) or _loaded(_first_line(document))
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _first_line(document: Document) -> bytes:
    return document.data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]


def _loaded(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _json_lines(document: Document) -> Iterator[Row]:
    with document.open() as file:
        lines = (line.removeprefix(b"\xef\xbb\xbf") for line in file)
        for number, line in enumerate(filter(bytes.strip, lines), 1):
            place = f"{document.name}:{number}"
            yield Row(place, _parsed(line, place))


def _parsed(line: bytes, place: str) -> Mapping[str, Any] | Unreadable:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Unreadable(place, f"not UTF-8: byte 0x{line[error.start]:02x} at {error.start} of the line")
    except (ValueError, RecursionError) as error:
        return Unreadable(place, f"not JSON: {reason(error)}")
    return _fields(value, place)


def _fields(value: Any, place: str) -> Mapping[str, Any] | Unreadable:
    if isinstance(value, str):
        return {"text": value}
    return value if isinstance(value, dict) else Unreadable(place, "neither an object nor a text")


def _json_value(document: Document) -> Iterator[Row]:
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
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        place = f"{document.name}:{number}"
        yield Row(place, _fields(item, place))


def _csv_rows(document: Document) -> Iterator[Row]:
    text = decoded(document)
    csv.field_size_limit(2**31 - 1)
    heading = text.partition("\n")[0]
    delimiter = max("\t,;|", key=heading.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            yield Row(f"{document.name}:{number}", {name: value for name, value in row.items() if name})
    except csv.Error as error:
        place = f"{document.name}:{number + 1}"
        yield Row(place, Unreadable(place, f"{reason(error)}; the rows after it are lost"))


def _parquet_rows(document: Document) -> Iterator[Row]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise missing(document.name, "a Parquet file", "pyarrow", "parquet") from error
    try:
        with document.open() as file:
            number = 0
            for batch in ParquetFile(file).iter_batches(batch_size=256):
                for fields in batch.to_pylist():
                    number += 1
                    yield Row(f"{document.name}:{number}", fields)
    except (ArrowException, OSError) as error:
        raise InputError(document.name, f"a damaged Parquet file: {reason(error)}") from error


def _articles(
    rows: Iterator[Row], name: str, published: date | None, columns: Columns
) -> Iterator[Article | Unreadable]:
    first = list(islice(rows, _LOOK_AHEAD))
    if not first:
        raise InputError(name, "empty: there is no row to read")
    samples = [row.fields for row in first if not isinstance(row.fields, Unreadable)]
    if not samples:
        fault = first[0].fields
        raise InputError(name, f"no row can be read; the first is {getattr(fault, 'message', 'empty')}")
    chosen = choose_columns(samples, name, columns)
    for row in chain(first, rows):
        try:
            yield _article(row, published, chosen)
        except Exception as error:  # noqa: BLE001  the HTML of one cell must not lose the other rows
            yield Unreadable(row.place, f"cannot be read: {reason(error)}")


def _article(row: Row, published: date | None, columns: Columns) -> Article | Unreadable:
    if isinstance(row.fields, Unreadable):
        return row.fields
    written = row.fields.get(columns.text or "")
    text, places = plain(harmless(written)) if isinstance(written, str) and has_markup(written) else (written, ())
    if not isinstance(text, str) or not text.strip() or text.strip().casefold() in _NO_TEXT:
        return Unreadable(row.place, f"no text in {columns.text!r}")
    title = _text(row.fields.get(columns.title or ""))
    title = " ".join(plain(title)[0].split()) if has_markup(title) else title.strip()
    day = published or day_of(row.fields.get(columns.date or ""))
    article = article_of(harmless(text), row.place, day, title if title.casefold() not in _NO_TEXT | {""} else None)
    return replace(article, places=places, fields=_others(row.fields, columns))


def _others(fields: Mapping[str, Any], columns: Columns) -> dict[str, str]:
    """The columns beside the text, the id first, as text; empty cells are left out."""
    names = sorted(fields, key=lambda name: name != columns.id)
    values = {str(name): _text(fields[name]) for name in names if name not in columns.read}
    return {harmless(name): value for name, value in values.items() if value.strip()}


def _text(value: Any) -> str:
    """A cell as text: numbers and days as they are written, lists and objects as JSON."""
    if value is None or value != value:  # noqa: PLR0124  NaN
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, (dict, list, bool)):
        return harmless(json.dumps(value, ensure_ascii=False, default=str))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def choose_columns(samples: Iterable[Mapping[str, Any]], name: str, wanted: Columns) -> Columns:
    """Which fields hold text, title and day: what is wanted, else by their names, else the longest text.

    Raises:
        InputError: a field that is wanted is not there, or none holds text.

    """
    rows = list(samples)
    fields = list(dict.fromkeys(chain.from_iterable(rows)))
    for field in (wanted.text, wanted.title, wanted.date, wanted.id):
        if field is not None and field not in fields:
            raise InputError(name, f"no field {field!r}; there are: {', '.join(map(repr, fields[:20]))}")
    text = wanted.text or _named(_TEXT, fields, rows) or _longest(fields, rows)
    if text is None:
        raise InputError(
            name, f"no field holds text; there are: {', '.join(map(repr, fields[:20]))}; name it by text_field"
        )
    title = wanted.title or _named(_TITLE, fields, rows)
    chosen = Columns(text, title, wanted.date or _named(_DATE, fields), wanted.id or _telling_apart(fields, rows, text))
    if chosen != wanted:
        known = {"text": chosen.text, "title": chosen.title, "day": chosen.date, "id": chosen.id}
        log.info("%s: %s", name, ", ".join(f"{role} from {field!r}" for role, field in known.items()))
    return chosen


def _telling_apart(fields: list[str], rows: list[Mapping[str, Any]], text: str) -> str | None:
    """The field that has the name of an id, and another value in every row."""
    for field in filter(None, (_named([name], fields) for name in _ID)):
        values = [_text(row.get(field)) for row in rows]
        if field != text and all(values) and len(set(values)) == len(values):
            return field
    return None


def _named(names: Iterable[str], fields: list[str], rows: list[Mapping[str, Any]] | None = None) -> str | None:
    """The field with the first of these names, in any case; with text in it, where `rows` are given."""
    folded = {str(field).lower().replace("-", "_"): field for field in reversed(fields)}
    found = (folded[name] for name in names if name in folded)
    return next((f for f in found if rows is None or any(isinstance(row.get(f), str) for row in rows)), None)


def _longest(fields: list[str], rows: list[Mapping[str, Any]], least: int = 20) -> str | None:
    """The field with the longest texts, if they are long enough to be read."""
    lengths = {f: sum(len(row[f]) for row in rows if isinstance(row.get(f), str)) / len(rows) for f in fields}
    best = max(lengths, key=lambda field: lengths[field], default=None)
    return best if best is not None and lengths[best] >= least else None
