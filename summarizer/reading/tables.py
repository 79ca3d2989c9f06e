"""Articles in rows: JSON lines, JSON, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Any

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.days import day_of
from summarizer.reading.document import Columns, Document, Unreadable
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
_LOOK_AHEAD = 20


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
        for number, line in enumerate(file, 1):
            content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if content.strip():
                place = f"{document.name}:{number}"
                yield Row(place, _parsed(content, place))


def _parsed(line: bytes, place: str) -> Mapping[str, Any] | Unreadable:
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Unreadable(place, f"not UTF-8: byte 0x{line[error.start]:02x} at {error.start} of the line")
    except (ValueError, RecursionError) as error:
        return Unreadable(place, f"not JSON: {error}")
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
        raise InputError(document.name, f"not JSON: {error}") from error
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
    try:
        for row in rows:
            yield Row(f"{document.name}:{rows.line_num}", {name: value for name, value in row.items() if name})
    except csv.Error as error:
        yield Row(f"{document.name}:{rows.line_num}", Unreadable(f"{document.name}:{rows.line_num}", str(error)))


def _parquet_rows(document: Document) -> Iterator[Row]:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        advice = "a Parquet file; to read it, install pyarrow: pip install 'grounded-summarizer[parquet]'"
        raise InputError(document.name, advice) from error
    try:
        with document.open() as file:
            number = 0
            for batch in ParquetFile(file).iter_batches(batch_size=256):
                for fields in batch.to_pylist():
                    number += 1
                    yield Row(f"{document.name}:{number}", fields)
    except (ArrowException, OSError) as error:
        raise InputError(document.name, f"a damaged Parquet file: {' '.join(str(error).split())[:200]}") from error


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
        yield _article(row, published, chosen)


def _article(row: Row, published: date | None, columns: Columns) -> Article | Unreadable:
    if isinstance(row.fields, Unreadable):
        return row.fields
    text = row.fields.get(columns.text or "")
    if not isinstance(text, str) or not text.strip():
        return Unreadable(row.place, f"no text in {columns.text!r}")
    title = row.fields.get(columns.title or "")
    day = published or day_of(row.fields.get(columns.date or ""))
    return article_of(text, row.place, day, title.strip() or None if isinstance(title, str) else None)


def choose_columns(samples: Iterable[Mapping[str, Any]], name: str, wanted: Columns) -> Columns:
    """Which fields hold text, title and day: what is wanted, else by their names, else the longest text.

    Raises:
        InputError: a field that is wanted is not there, or none holds text.

    """
    rows = list(samples)
    fields = list(dict.fromkeys(chain.from_iterable(rows)))
    for field in (wanted.text, wanted.title, wanted.date):
        if field is not None and field not in fields:
            raise InputError(name, f"no field {field!r}; there are: {', '.join(map(repr, fields[:20]))}")
    text = wanted.text or _named(_TEXT, fields, rows) or _longest(fields, rows)
    if text is None:
        raise InputError(
            name, f"no field holds text; there are: {', '.join(map(repr, fields[:20]))}; name it by text_field"
        )
    chosen = Columns(text, wanted.title or _named(_TITLE, fields, rows), wanted.date or _named(_DATE, fields))
    if chosen != wanted:
        log.info("%s: text from %r, title from %r, day from %r", name, chosen.text, chosen.title, chosen.date)
    return chosen


def _named(names: Iterable[str], fields: list[str], rows: list[Mapping[str, Any]] | None = None) -> str | None:
    """The field with the first of these names, in any case; with text in it, where `rows` are given."""
    folded = {str(field).lower().replace("-", "_"): field for field in reversed(fields)}
    found = (folded[name] for name in names if name in folded)
    return next((f for f in found if rows is None or any(isinstance(row.get(f), str) for row in rows)), None)


def _longest(fields: list[str], rows: list[Mapping[str, Any]]) -> str | None:
    """The field with the longest texts, if they are long enough to be read."""
    lengths = {f: sum(len(row[f]) for row in rows if isinstance(row.get(f), str)) / len(rows) for f in fields}
    best = max(lengths, key=lambda field: lengths[field], default=None)
    return best if best is not None and lengths[best] >= 20 else None
class ExcelReader:
    def detect(self, d): return False
