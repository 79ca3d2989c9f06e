"""The readers, in order, and the two ways to call them."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from summarizer.article import Article
from summarizer.errors import InputError, UsageError
from summarizer.reading import html, locating, messages, office, pdf, tables, text
from summarizer.reading.document import Columns, Document, Reader, Unreadable, reason
from summarizer.reading.locating import Located, Room, is_archive, locate, office_kind, unpack
from summarizer.reading.web import is_url

log = logging.getLogger("summarizer.reading")

_DEEPEST = 3  # archives in archives


@dataclass(frozen=True, slots=True)
class Format:
    """A reader of ours.

    Args:
        name: the kind of document.
        articles: reads it.
        endings: of names, and media types; a document with one of them is taken for this kind.
        shows: whether the bytes of a document are of this kind.

    """

    name: str
    articles: Callable[[Document, Columns], Iterator[Article | Unreadable]]
    endings: frozenset[str] = frozenset()
    shows: Callable[[Document], bool] = lambda document: False

    def detect(self, document: Document) -> bool:
        """By the ending of its name, the server's word or its bytes."""
        return document.suffix in self.endings or document.media_type in self.endings or self.shows(document)

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """The articles in it.

        Raises:
            InputError: its library is not installed, it is damaged, or there is nothing to read in it.

        """
        for item in self.articles(document, columns):
            yield replace(item, published=published) if published and isinstance(item, Article) else item


READERS: Sequence[Reader] = (
    Format("pdf", pdf.read_pdf, shows=lambda document: b"%PDF-" in document.head[:1024]),
    Format("parquet", tables.read_parquet, shows=lambda document: document.head.startswith(b"PAR1")),
    Format("word", office.read_word, shows=lambda document: office_kind(document) == "word"),
    Format("powerpoint", office.read_powerpoint, shows=lambda document: office_kind(document) == "ppt"),
    Format("excel", tables.read_excel, shows=lambda document: office_kind(document) == "xl"),
    Format("epub", office.read_epub, shows=lambda document: office_kind(document) == "epub"),
    Format("feed", messages.read_feed, shows=messages.is_feed),
    Format("html", html.read_html, html.ENDINGS, html.is_html),
    Format("markdown", text.read_markdown, text.MARKDOWN),
    Format("json", tables.read_json, tables.JSON, tables.is_json),
    Format("csv", tables.read_csv, frozenset({".csv", ".tsv", "text/csv", "text/tab-separated-values"})),
    Format("mail", messages.read_mail, messages.MAIL, messages.is_mail),
    Format("transcript", messages.read_transcript, frozenset({".srt", ".vtt"}), messages.is_web_vtt),
    Format("text", text.read_text, shows=lambda document: True),
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
    columns = Columns(text_field, title_field, date_field, id_field)
    article: Article | None = None
    fault: InputError | None = None
    for item in _all_at(_named(source), _Wishes(published, columns, allow_private=allow_private)):
        if isinstance(item, Unreadable):
            log.warning("%s: %s", item.source, item.message)
            fault = fault or InputError(item.source, item.message)
        elif article is not None:
            raise InputError(os.fspath(source), "holds more than one article; use read_all")
        else:
            article = item
    if article is None:
        raise fault or InputError(os.fspath(source), "holds no article")
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
    columns = Columns(text_field, title_field, date_field, id_field)
    yield from _all_at(_named(source), _Wishes(published, columns, follow, allow_private))


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


def _named(source: object) -> str:
    """What a source is called; a `UsageError` where it is no name."""
    if isinstance(source, (str, os.PathLike)):
        return str(os.fspath(source))
    hint = "; a text itself is Article(text=…)" if isinstance(source, bytes) else ""
    raise UsageError(f"a path, an address or '-' is read, one a call, not {type(source).__name__}{hint}")


def _all_at(name: str, wishes: _Wishes) -> Iterator[Article | Unreadable]:
    if not name:  # not the folder that happens to be the current one
        raise InputError("''", "no file, folder or address is named")
    located = locate(name, allow_private=wishes.allow_private)
    yield from _articles(located, wishes, Room(locating.LARGEST), _DEEPEST)


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
            yield Unreadable(error.source, error.message)


def _read(document: Document, wishes: _Wishes, room: Room, depth: int) -> Iterator[Article | Unreadable]:
    """The articles of one document; whatever its reader raises is an `InputError`: one bad file is one failure."""
    try:
        if depth and is_archive(document):
            yield from _articles(unpack(document, room), wishes, room, depth - 1)
            return
        reader = next(reader for reader in readers() if reader.detect(document))
        follow = wishes.follow and getattr(reader, "name", "") == "feed"
        for item in reader.read(document, wishes.published, wishes.columns):
            yield _followed(item, wishes) if follow and isinstance(item, Article) else item
    except InputError:
        raise
    except Exception as error:
        raise InputError(document.name, f"cannot be read: {reason(error)}") from error


def _followed(entry: Article, wishes: _Wishes) -> Article | Unreadable:
    link = entry.fields.get("link", "")
    if not is_url(link):
        return replace(entry, notices=(*entry.notices, "the feed names no page to follow; this is its own text"))
    try:
        page = read(link, published=entry.published, allow_private=wishes.allow_private)
    except InputError as error:
        return Unreadable(error.source, error.message)
    return replace(page, title=page.title or entry.title, fields=entry.fields)
