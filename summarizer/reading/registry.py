"""The readers, in order, and the two ways to call them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.document import Columns, Document, Reader, Unreadable
from summarizer.reading.markdown import MarkdownReader
from summarizer.reading.places import locate
from summarizer.reading.text import TextReader

READERS: Sequence[Reader] = (MarkdownReader(), TextReader())
"""Asked in this order; the first that detects a document reads it."""


def read(
    source: str | os.PathLike[str],
    *,
    published: date | None = None,
    text_field: str | None = None,
    title_field: str | None = None,
    date_field: str | None = None,
) -> Article:
    """The one article at `source`. The arguments are those of `read_all`.

    Raises:
        InputError: it cannot be read, or there are several.

    """
    articles = read_all(
        source, published=published, text_field=text_field, title_field=title_field, date_field=date_field
    )
    first = next(articles)
    if isinstance(first, Unreadable):
        raise InputError(first.source, first.message)
    if next(articles, None) is not None:
        raise InputError(os.fspath(source), "holds more than one article; use read_all")
    return first


def read_all(
    source: str | os.PathLike[str],
    *,
    published: date | None = None,
    text_field: str | None = None,
    title_field: str | None = None,
    date_field: str | None = None,
) -> Iterator[Article | Unreadable]:
    """Every article at `source`, one at a time, in order.

    Args:
        source: a file, a folder, a pattern, or `-` for standard input.
        published: the day of publication; overrides what the documents say.
        text_field: the column or key that holds the text, in tables and JSON lines.
        title_field: the one that holds the title.
        date_field: the one that holds the day of publication.

    Yields:
        Articles; and, where `source` holds many, an `Unreadable` for each item that could not be read.

    Raises:
        InputError: nothing at all can be read from `source`; one line that says what is wrong and what to do.

    """
    columns = Columns(text_field, title_field, date_field)
    place = locate(os.fspath(source))
    for document in place.documents:
        try:
            yield from _articles(document, published, columns)
        except InputError as error:
            if not place.many:
                raise
            yield Unreadable(error.source, str(error).removeprefix(f"{error.source}: "))


def _articles(document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
    reader = next(reader for reader in READERS if reader.detect(document))
    yield from reader.read(document, published, columns)
