"""The readers, in order, and the two ways to call them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import locating
from summarizer.reading.document import Columns, Document, Reader, Unreadable, printable, reason
from summarizer.reading.html import HtmlReader
from summarizer.reading.locating import Located, Room, is_archive, locate, unpack
from summarizer.reading.messages import FeedReader, MailReader, TranscriptReader
from summarizer.reading.office import EpubReader, PowerPointReader, WordReader
from summarizer.reading.pdf import PdfReader
from summarizer.reading.tables import CsvReader, ExcelReader, JsonReader, ParquetReader
from summarizer.reading.text import MarkdownReader, TextReader
from summarizer.reading.web import fetch, is_url

log = logging.getLogger("summarizer.reading")

_DEEPEST = 3  # archives in archives

READERS: Sequence[Reader] = (
    PdfReader(),
    ParquetReader(),
    WordReader(),
    PowerPointReader(),
    ExcelReader(),
    EpubReader(),
    FeedReader(),
    HtmlReader(),
    MarkdownReader(),
    JsonReader(),
    CsvReader(),
    MailReader(),
    TranscriptReader(),
    TextReader(),
)
"""Asked in this order; the first that detects a document reads it. Those of installed packages are asked before."""


@cache
def readers() -> tuple[Reader, ...]:
    """The readers of installed packages (entry point `summarizer.readers`), then `READERS`."""
    from importlib.metadata import entry_points

    found: list[Reader] = []
    for point in entry_points(group="summarizer.readers"):
        try:
            found.append(point.load()())
        except Exception as error:  # noqa: BLE001  a package that fails must not take ours with it
            log.warning("the reader %s (%s) cannot be used: %s", point.name, point.value, reason(error))
    return (*found, *READERS)


def read(
    source: str | os.PathLike[str],
    *,
    published: date | None = None,
    text_field: str | None = None,
    title_field: str | None = None,
    date_field: str | None = None,
    id_field: str | None = None,
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
        id_field=id_field,
        allow_private=allow_private,
    )
    article: Article | None = None
    fault: Unreadable | None = None
    for item in items:
        if isinstance(item, Unreadable):
            fault = fault or item
            log.warning("%s: %s", item.source, item.message)
        elif article is not None:
            raise InputError(printable(os.fspath(source)), "holds more than one article; use read_all")
        else:
            article = item
    if article is None:
        raise (
            InputError(fault.source, fault.message)
            if fault
            else InputError(printable(os.fspath(source)), "holds no article")
        )
    return article


def read_all(
    source: str | os.PathLike[str],
    *,
    published: date | None = None,
    text_field: str | None = None,
    title_field: str | None = None,
    date_field: str | None = None,
    id_field: str | None = None,
    follow: bool = False,
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
        id_field: the one that tells the rows apart; it comes first in `Article.fields`.
        follow: whether the page behind each entry of a feed is read, not only what the feed says of it.
        allow_private: whether a URL may lead to this machine or its own network.

    Yields:
        Articles; and, where `source` holds many, an `Unreadable` for each item that could not be read.

    Raises:
        InputError: nothing at all can be read from `source`; one line that says what is wrong and what to do.

    """
    name = os.fspath(source)
    located = Located(iter([fetch(name, allow_private=allow_private)]), many=False) if is_url(name) else locate(name)
    wishes = _Wishes(published, Columns(text_field, title_field, date_field, id_field), follow, allow_private)
    yield from _articles(located, wishes, Room(locating.LARGEST), _DEEPEST)


def read_located(
    document: Document,
    published: date | None = None,
    columns: Columns = Columns(),  # noqa: B008  frozen, so safe to share
) -> Iterator[Article | Unreadable]:
    """Every article in one document that was located before; see `read_all`."""
    located = Located(iter([document]), many=False)
    yield from _articles(located, _Wishes(published, columns), Room(locating.LARGEST), _DEEPEST)


@dataclass(frozen=True, slots=True)
class _Wishes:
    published: date | None
    columns: Columns
    follow: bool = False
    allow_private: bool = False


def _articles(located: Located, wishes: _Wishes, room: Room, depth: int) -> Iterator[Article | Unreadable]:
    for document in located.documents:
        if isinstance(document, Unreadable):
            yield document
            continue
        some = False
        try:
            for item in _read(document, wishes, room, depth):
                some = True
                yield item
        except InputError as error:
            if not (located.many or some):
                raise
            yield Unreadable(error.source, str(error).removeprefix(f"{error.source}: "))


def _read(document: Document, wishes: _Wishes, room: Room, depth: int) -> Iterator[Article | Unreadable]:
    """The articles of one document.

    Raises:
        InputError: whatever the reader raised, so that one bad file is one failure.

    """
    try:
        if depth and is_archive(document):
            yield from _articles(unpack(document, room), wishes, room, depth - 1)
            return
        reader = next(reader for reader in readers() if reader.detect(document))
        for item in reader.read(document, wishes.published, wishes.columns):
            followed = wishes.follow and isinstance(reader, FeedReader) and isinstance(item, Article)
            yield _followed(item, wishes) if followed else item
    except InputError:
        raise
    except Exception as error:
        raise InputError(document.name, f"cannot be read: {reason(error)}") from error


def _followed(entry: Article | Unreadable, wishes: _Wishes) -> Article | Unreadable:
    """The page behind the entry of a feed, with what the feed says of it."""
    assert isinstance(entry, Article)
    link = entry.fields.get("link", "")
    if not is_url(link):
        return replace(entry, notices=(*entry.notices, "the feed names no page to follow; this is its own text"))
    try:
        page = read(link, published=wishes.published or entry.published, allow_private=wishes.allow_private)
    except InputError as error:
        return Unreadable(error.source, str(error).removeprefix(f"{error.source}: "))
    return replace(page, title=page.title or entry.title, fields=entry.fields)
