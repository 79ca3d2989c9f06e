"""Plain text and Markdown into an article: the text stays as it is, and what is no sentence of it is metadata.

Blocks of Markdown are found by markdown-it-py (CommonMark; rich depends on it, so it costs nothing). Links and emphasis
inside a sentence stay in it: a hole in the middle of a sentence would cut it in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from summarizer.article import Article, Place
from summarizer.errors import InputError
from summarizer.reading.decoding import decode
from summarizer.reading.document import Columns, Document
from summarizer.reading.metadata import day_of, find_front_matter
from summarizer.reading.preamble import find_preamble
from summarizer.sentences import outside

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKDOWN = frozenset(".md .markdown .mdown .mkd .qmd .rmd text/markdown text/x-markdown".split())
"""Endings and media types; by its bytes every text would be Markdown."""

_DATE_FIELDS = "published date datepublished date_published pubdate publishdate publish_date created".split()
_WHOLE = frozenset({"fence", "code_block", "html_block", "hr"})
_LINE_END = re.compile(r"\r\n|\n|\r")
_HEADED = re.compile(r"\s{0,8}#{1,6} [^\r\n]{1,200}(?:\r?\n[ \t]{0,8}){2}")
_HEADING = re.compile(r"[ \t]{0,3}(?:#{1,6}[ \t]+)?(?P<title>.*?)(?:[ \t]+#+)?[ \t]*(?:\r?\n|\r|\Z)")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+[ \t]*(?:\[[ xX]\][ \t])?")
_RULE_ROW = re.compile(r"[ \t|:+-]+")
_PICTURE = re.compile(r"[ \t]*(?:\[?!\[[^\]\n]{0,300}\]\([^()\n]{0,2000}\)(?:\]\([^()\n]{0,2000}\))?[ \t]*)+")
_MARKUP = re.compile(r"[*_`]{1,3}|!?\[([^\]\n]{0,300})\]\([^()\n]{0,2000}\)")


def read_text(document: Document, columns: Columns) -> Iterator[Article]:
    """One article: the text exactly as decoded. Under a heading, "# The tide" by itself, it is Markdown."""
    text = decoded(document)
    yield _of_markdown(text, document.name) if _HEADED.match(text) else article_of(text, document.name)


def read_markdown(document: Document, columns: Columns) -> Iterator[Article]:
    """One article of Markdown, with or without front matter, its text as decoded."""
    yield _of_markdown(decoded(document), document.name)


def _of_markdown(text: str, name: str) -> Article:
    title, start, markup = find_markup(text, find_front_matter(text)[0])
    return article_of(text, name, title=title, start=start, metadata=markup)


def decoded(document: Document) -> str:
    """The text of a document."""
    if not document.data:
        raise InputError(document.name, "empty: there is nothing to read")
    text = decode(document.data, document.name, document.charset)
    if not text.strip():
        raise InputError(document.name, "holds nothing but white space")
    return text


def article_of(
    text: str,
    source: str,
    published: date | None = None,
    title: str | None = None,
    start: int = 0,
    *,
    metadata: Iterable[tuple[int, int]] = (),
    places: tuple[Place, ...] = (),
    fields: Mapping[str, str] | None = None,
    notices: Iterable[str] = (),
) -> Article:
    """The article in `text`, with the title and the day that the text itself gives where none is given.

    Args:
        text: the text, front matter included.
        source: where it came from.
        published: the day of publication; overrides what the text says.
        title: the title, where it is known better than by reading the text.
        start: where the text under the title begins.
        metadata: ranges that are known to be no sentence, in any order; all are left out where nothing else is.
        places: see `Article`.
        fields: see `Article`.
        notices: see `Article`.

    """
    end, front = find_front_matter(text)
    given = front.get("title")
    title = title or (str(given).strip() if isinstance(given, (str, int, float)) else "") or None
    head = find_preamble(text, max(start, end), title=title)
    days = (day_of(front.get(name)) for name in _DATE_FIELDS)
    ranges = sorted({*metadata, *head.metadata, *([(0, end)] if end else [])})
    return Article(
        text=text,
        title=title or head.title,
        published=published or next(filter(None, days), head.published),
        source=source,
        metadata=tuple(ranges) if any(text[slice(*gap)].strip() for gap in outside(len(text), ranges)) else (),
        places=places,
        fields=fields or {},
        notices=tuple(notices),
    )


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
    # The parser ends lines at LF only.
    tokens = parser.parse(text[start:].replace("\r\n", " \n").replace("\r", "\n"), notes)
    levels = [token.tag for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.map is None:
            continue
        begin, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        if token.type != "heading_open":
            found += _marks(text, token, begin, end)
            continue
        heading = _HEADING.match(text, begin, end)
        assert heading is not None
        first, last = heading.span("title")
        single = token.tag == "h1" or (levels.count(token.tag) == 1 and "h1" not in levels)
        if single and title is None and not text[start:begin].strip():
            title, below = _MARKUP.sub(lambda mark: mark[1] or "", text[first:last]).strip(), end
            found.append((begin, end))
        else:
            found += [(begin, first), (last, end)]
    found += [(lines[note["map"][0]], lines[note["map"][1]]) for note in notes.get("references", {}).values()]
    return title, below, found


def _line_starts(text: str, start: int, end: int | None = None) -> list[int]:
    end = len(text) if end is None else end
    return [start, *(match.end() for match in _LINE_END.finditer(text, start, end)), end]


def _marks(text: str, token: Token, begin: int, end: int) -> Iterator[tuple[int, int]]:
    if token.type in _WHOLE:
        yield begin, end
    elif token.type in ("list_item_open", "blockquote_open"):
        if marker := _MARKERS.match(text, begin, end):
            yield marker.span()
    elif token.type == "tr_open":
        yield end - 1, end
    elif token.type == "table_open":
        _, second, third, *_ = _line_starts(text, begin, end)
        if _RULE_ROW.fullmatch(text[second:third].strip()):
            yield second, third
    elif token.type == "inline":  # lines of a paragraph that are nothing but pictures
        for first, last in pairwise(_line_starts(text, begin, end)):
            if text[first:last].strip() and _PICTURE.fullmatch(text[first:last].rstrip()):
                yield first, last
