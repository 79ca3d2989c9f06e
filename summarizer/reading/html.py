"""A web page into an article: its main text without menus, banners and comments, by trafilatura.

trafilatura is at the head of every published comparison of main-text extractors (Bevendorff et al. 2023, SIGIR), keeps
title and date apart, and needs no browser. The article's text is the extracted text: one paragraph a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.days import first_date
from summarizer.reading.document import Columns, Document
from summarizer.reading.extracted import joined, quiet
from summarizer.reading.text import article_of, decoded

_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# What a reader does not see until it is asked for. An article that a script has yet to show has more paragraphs.
_UNSEEN = """//*[(@hidden or @aria-hidden="true" or contains(translate(@style, " ", ""), "display:none")
    or contains(@class, "popup") or contains(@class, "tooltip")) and count(.//p) < 3]"""
_SITE = re.compile(r"(.{8,})\s[|–—·:-]\s([^|–—·]{2,60})")
_LINES = frozenset({"p", "item", "row", "quote", "list", "head", "code"})
_TAGS = {"head": "heading", "list": "list", "quote": "quotation", "table": "table"}


class HtmlReader:
    """A web page or an HTML file."""

    def detect(self, document: Document) -> bool:
        """By the server's word, the ending of its name, or its first tag."""
        if document.media_type in _MEDIA_TYPES or document.suffix in _SUFFIXES:
            return True
        return document.suffix not in (".md", ".markdown") and _OPENING.match(document.head) is not None

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article: the main text, with title and date from the page's own metadata.

        Raises:
            InputError: trafilatura is not installed, or the page has no main text.

        """
        page = _extracted(document)
        text, places = joined(_blocks(page.body), "\n\n")
        day = published or first_date(page.date or "")
        yield replace(article_of(text, document.name, day, _title(page)), places=places)


def _extracted(document: Document) -> Any:
    try:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document as Page
    except ImportError as error:
        raise InputError(
            document.name, "a web page; to read it, install trafilatura: pip install 'grounded-summarizer[html]'"
        ) from error
    quiet("trafilatura", "htmldate", "courlan", "justext")
    page = decoded(document if document.charset else replace(document, charset=_declared(document.head)))
    for precise in (True, False):
        found = bare_extraction(
            page,
            url=document.name if "://" in document.name else None,
            favor_precision=precise,
            favor_recall=not precise,
            include_comments=False,
            with_metadata=True,
            prune_xpath=_UNSEEN,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        if isinstance(found, Page) and any(True for _ in _blocks(found.body)):
            return found
    raise InputError(
        document.name, "no article in this page: it may need a browser to show its text, or be a list of links"
    )


def _declared(head: bytes) -> str | None:
    charset = _CHARSET.search(head)
    return charset[1].decode("ascii", "replace") if charset else None


def _blocks(body: Any) -> Iterator[tuple[str, str]]:
    """The paragraphs of the main text, each with its place: "paragraph 3", "heading 1"."""
    counts: dict[str, int] = {}
    for element in body.iterchildren():
        kind = _TAGS.get(element.tag, "paragraph")
        text = _text(element)
        if text:
            counts[kind] = counts.get(kind, 0) + 1
            yield text, f"{kind} {counts[kind]}"


def _text(element: Any) -> str:
    lines = [" ".join(line.split()) for line in "".join(_pieces(element)).split("\n")]
    return "\n".join(line for line in lines if line)


def _pieces(element: Any) -> Iterator[str]:
    """Text with a line end around everything that stands on a line of its own."""
    own_line = element.tag in _LINES
    yield "\n" if own_line else ""
    yield _flat(element.text)
    for child in element.iterchildren():
        yield from ["\n"] if child.tag == "lb" else _pieces(child)
        yield " | " if child.tag == "cell" and child.getnext() is not None else ""
        yield _flat(child.tail)
    yield "\n" if own_line else ""


def _flat(text: str | None) -> str:
    return " ".join(f"|{text}|".split())[1:-1] if text else ""


def _title(page: Any) -> str | None:
    """The page's title without the name of the site."""
    if not page.title:
        return None
    title = " ".join(page.title.split())
    site = "".join(filter(str.isalnum, f"{page.sitename or ''} {page.hostname or ''}".casefold()))
    parts = _SITE.fullmatch(title)
    name = "".join(filter(str.isalnum, parts[2].casefold())) if parts else ""
    return parts[1] if parts and name and name in site else title
