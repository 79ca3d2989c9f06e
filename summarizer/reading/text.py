"""Plain text and Markdown into an article: the text stays as it is, and what is no sentence of it is metadata.

Blocks of Markdown are found by markdown-it-py (CommonMark; rich depends on it, so it costs nothing). Links and emphasis
inside a sentence stay in it: a hole in the middle of a sentence would cut it in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.decoding import decode
from summarizer.reading.document import Columns, Document
from summarizer.reading.metadata import FrontMatter, day_of, find_front_matter
from summarizer.reading.preamble import find_preamble

if TYPE_CHECKING:
    from markdown_it.token import Token

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

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"})
_WHOLE = frozenset({"fence", "code_block", "html_block", "hr"})
_HEADING = re.compile(r"[ \t]{0,3}(?P<open>#{1,6}[ \t]+)?(?P<title>.*?)(?P<close>[ \t]+#+)?[ \t]*(?:\r?\n|\r|\Z)")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+[ \t]*(?:\[[ xX]\][ \t])?")
_RULE_ROW = re.compile(r"[ \t|:+-]+")
_PICTURE = re.compile(r"[ \t]*(?:\[?!\[[^\]\n]{0,300}\]\([^()\n]{0,2000}\)(?:\]\([^()\n]{0,2000}\))?[ \t]*)+")
_MARKUP = re.compile(r"[*_`]{1,3}|!?\[([^\]\n]{0,300})\]\([^()\n]{0,2000}\)")


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


class MarkdownReader:
    """Markdown, with or without front matter."""

    def detect(self, document: Document) -> bool:
        """By the ending of its name or the server's word: every text would be Markdown too."""
        return document.suffix in _SUFFIXES or document.media_type in ("text/markdown", "text/x-markdown")

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article, its text as decoded.

        Raises:
            InputError: it is empty or not text.

        """
        text = decoded(document)
        title, start, markup = find_markup(text, find_front_matter(text).end)
        article = article_of(text, document.name, published, title, start)
        metadata = (*article.metadata, *markup)
        covered = bytearray(len(text))
        for start, end in metadata:
            covered[start:end] = b"\1" * (end - start)
        if all(hidden or character.isspace() for hidden, character in zip(covered, text, strict=True)):
            metadata = ()
        yield replace(article, metadata=tuple(sorted(metadata)))


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


def find_markup(text: str, start: int) -> tuple[str | None, int, list[tuple[int, int]]]:
    """The heading that opens the text, where the text below it begins, and the ranges of markup.

    It is of the first level, or the only one of its own.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    lines = _line_starts(text, start)
    title: str | None = None
    below = start
    found: list[tuple[int, int]] = []
    notes: dict[str, Any] = {}
    tokens = parser.parse(_plain(text[start:]), notes)
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.map is None:
            continue
        begin, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        if token.type == "heading_open":
            name, marks = _heading(text, begin, end)
            single = token.tag == "h1" or (levels.count(token.tag) == 1 and "h1" not in levels)
            opens = single and title is None and not text[start:begin].strip()
            title, below = (name, end) if opens else (title, below)
            found += [(begin, end)] if opens else marks
        else:
            found += _marks(text, token, begin, end)
    found += [(lines[note["map"][0]], lines[note["map"][1]]) for note in notes.get("references", {}).values()]
    return title, below, found


def _plain(text: str) -> str:
    """The same lines as the parser counts them: it ends lines at LF only."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def _line_starts(text: str, start: int) -> list[int]:
    return [start, *(match.end() for match in re.compile(r"\r\n|\n|\r").finditer(text, start)), len(text)]


def _heading(text: str, begin: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """The words of a heading and its marks: the hashes, or the line drawn below it."""
    line = _HEADING.match(text, begin, end)
    assert line is not None
    start, stop = line.span("title")
    return _MARKUP.sub(lambda mark: mark[1] or "", text[start:stop]).strip(), [(begin, start), (stop, end)]


def _marks(text: str, token: Token, begin: int, end: int) -> Iterator[tuple[int, int]]:
    if token.type in _WHOLE:
        yield begin, end
    elif token.type in ("list_item_open", "blockquote_open"):
        marker = _MARKERS.match(text, begin, end)
        if marker:
            yield marker.span()
    elif token.type == "tr_open":
        yield end - 1, end
    elif token.type == "table_open":
        rows = _line_starts(text[begin:end], 0)
        if _RULE_ROW.fullmatch(text[begin + rows[1] : begin + rows[2]].strip()):
            yield begin + rows[1], begin + rows[2]
    elif token.type == "inline":
        yield from _pictures(text, begin, end)


def _pictures(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines of a paragraph that are nothing but pictures."""
    starts = [begin + at for at in _line_starts(text[begin:end], 0)]
    for first, last in pairwise(starts):
        line = text[first:last].rstrip()
        if line and _PICTURE.fullmatch(line):
            yield first, last
