"""Plain text into an article, and what text and Markdown have in common."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.metadata import day_of
from summarizer.reading.decoding import decode
from summarizer.reading.document import Columns, Document
from summarizer.reading.metadata import FrontMatter, find_front_matter
from summarizer.reading.preamble import find_preamble

_DATE_FIELDS = (
    "published",
    "date",
    "datepublished",
    "date_published",
    "pubdate",
    "publishdate",
    "publish_date",
    "created",
)


class TextReader:
    """Any text. The last of the readers: it takes what no other one knows."""

    def detect(self, document: Document) -> bool:
        """Always: what is not text is refused while it is decoded."""
        return True

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article: the text exactly as decoded.

        Raises:
            InputError: it is empty or not text.

        """
        yield article_of(decoded(document), document.name, published)


def decoded(document: Document) -> str:
    """The text of a document.

    Raises:
        InputError: it cannot be opened, is empty or is not text.

    """
    if not document.data:
        raise InputError(document.name, "empty: there is nothing to read")
    text = decode(document.data, document.name, document.charset)
    if not text.strip():
        raise InputError(document.name, "holds nothing but white space")
    return text


def article_of(
    text: str, source: str, published: date | None = None, title: str | None = None, start: int = 0
) -> Article:
    """The article in `text`, with the title and the day that the text itself gives where none is given.

    Args:
        text: the text, front matter included.
        source: where it came from.
        published: the day of publication; overrides what the text says.
        title: the title, where it is known better than by reading the text.
        start: where the text under the title begins.

    """
    front = find_front_matter(text)
    head = find_preamble(text, max(start, front.end), title=title or title_of(front))
    return Article(
        text=text,
        title=title or title_of(front) or head.title,
        published=published or published_of(front) or head.published,
        source=source,
        metadata=(*_block(front, text), *head.metadata),
    )


def title_of(front: FrontMatter) -> str | None:
    """The title that front matter gives."""
    title = front.fields.get("title")
    return str(title).strip() or None if isinstance(title, (str, int, float)) else None


def published_of(front: FrontMatter) -> date | None:
    """The day that front matter gives."""
    days = (day_of(front.fields.get(name)) for name in _DATE_FIELDS)
    return next((day for day in days if day), None)


def _block(front: FrontMatter, text: str) -> list[tuple[int, int]]:
    return [(0, front.end)] if front.end and text[front.end :].strip() else []
