"""The readers, in order, and the two ways to call them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from datetime import date

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.archives import is_archive, unpack
from summarizer.reading.document import Columns, Document, Reader, Unreadable
from summarizer.reading.html import HtmlReader
from summarizer.reading.locating import Located, locate
from summarizer.reading.markdown import MarkdownReader
from summarizer.reading.pdf import PdfReader
from summarizer.reading.tables import CsvReader, JsonReader, ParquetReader
from summarizer.reading.text import TextReader
from summarizer.reading.web import fetch, is_url

log = logging.getLogger("summarizer.reading")

_DEEPEST = 3  # archives in archives

READERS: Sequence[Reader] = (
    PdfReader(),
    ParquetReader(),
    HtmlReader(),
    MarkdownReader(),
    JsonReader(),
    CsvReader(),
    TextReader(),
)
"""Asked in this order; the first that detects a document reads it."""


def read(
    source: str | os.PathLike[str],
    *,
    published: date | None = None,
    text_field: str | None = None,
    title_field: str | None = None,
    date_field: str | None = None,
    allow_private: bool = False,
) -> Article:
    """The one article at `source`. The arguments are those of `read_all`.

    Raises:
        InputError: it cannot be read, or there are several.

    """
    items = read_all(
        source,
        published=published,
        text_field=text_field,
        title_field=title_field,
        date_field=date_field,
        allow_private=allow_private,
    )
    article: Article | None = None
    fault: Unreadable | None = None
    for item in items:
        if isinstance(item, Unreadable):
            fault = fault or item
            log.warning("%s: %s", item.source, item.message)
        elif article is not None:
            raise InputError(os.fspath(source), "holds more than one article; use read_all")
        else:
            article = item
    if article is None:
        raise InputError(fault.source, fault.message) if fault else InputError(os.fspath(source), "holds no article")
    return article


def read_all(
    source: str | os.PathLike[str],
    *,
    published: date | None = None,
    text_field: str | None = None,
    title_field: str | None = None,
    date_field: str | None = None,
    allow_private: bool = False,
) -> Iterator[Article | Unreadable]:
    """Every article at `source`, one at a time, in order.

    Args:
        source: a file, a folder, a pattern such as `news/**/*.md`, a URL, or `-` for standard input. Archives (gz, zip)
            are read through.
        published: the day of publication; overrides what the documents say.
        text_field: the column or key that holds the text, in tables and JSON lines.
        title_field: the one that holds the title.
        date_field: the one that holds the day of publication.
        allow_private: whether a URL may lead to this machine or its own network.

    Yields:
        Articles; and, where `source` holds many, an `Unreadable` for each item that could not be read.

    Raises:
        InputError: nothing at all can be read from `source`; one line that says what is wrong and what to do.

    """
    name = os.fspath(source)
    located = Located(iter([fetch(name, allow_private=allow_private)]), many=False) if is_url(name) else locate(name)
    yield from _articles(located, published, Columns(text_field, title_field, date_field), _DEEPEST)


def read_located(
    document: Document,
    published: date | None = None,
    columns: Columns = Columns(),  # noqa: B008  frozen, so safe to share
) -> Iterator[Article | Unreadable]:
    """Every article in one document that was located before; see `read_all`."""
    yield from _articles(Located(iter([document]), many=False), published, columns, _DEEPEST)


def _articles(located: Located, published: date | None, columns: Columns, depth: int) -> Iterator[Article | Unreadable]:
    for document in located.documents:
        if isinstance(document, Unreadable):
            yield document
            continue
        try:
            if is_archive(document) and depth:
                yield from _articles(unpack(document), published, columns, depth - 1)
            else:
                reader = next(reader for reader in READERS if reader.detect(document))
                yield from reader.read(document, published, columns)
        except InputError as error:
            if not located.many:
                raise
            yield Unreadable(error.source, str(error).removeprefix(f"{error.source}: "))
