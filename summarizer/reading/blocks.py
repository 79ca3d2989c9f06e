"""The blocks of text that markup shows: paragraphs, headings, list items, rows of tables, code; by lxml.

Pages, e-books, word processor files, feeds, mail and HTML in a column are read through it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import Any

from summarizer.article import Place

_UNREAD = frozenset(
    "script style noscript template head svg math button select textarea iframe object audio video canvas map".split()
)
_KINDS = dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), "heading") | dict.fromkeys("li dt dd".split(), "list")
_KINDS |= {"blockquote": "quotation", "pre": "code", "tr": "table", "figcaption": "caption"}
_BLOCKS = frozenset(
    """address article aside body caption center details div dl fieldset figure footer form header hgroup hr html main
    nav ol option p section summary table tbody tfoot thead td th ul legend""".split()
).union(_KINDS)
_GROUPS = frozenset(("ul", "ol", "dl", "table"))
_INSIDE_ROW = ("table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "article", "section", "blockquote", "pre")
_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|a|li|ul|ol|h[1-6]|table|t[rdh]|blockquote|img|pre|code|font|sup|sub|section"
    r"|article|figure|hr|html|body)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_WHOLE_TAG = re.compile(r"""(<[a-zA-Z][a-zA-Z0-9]*+)(?:[^>"']++|"[^"]*+"|'[^']*+'|["'])*+(?:>|\Z)""")
_QUOTED = re.compile(r"""\"[^"]*\"|'[^']*'""")
_LONG_TAG, _MANY_WORDS = 10_000, 2_000  # code points; names and values
_BACK = frozenset("↑↩⤴^")  # a link from a note back to its mark
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SPACE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its text, its kind ("paragraph", "heading", ...), and the element that holds it.

    `linked` is how many of its code points are in links; `group` is the list or table it is part of.
    """

    text: str
    kind: str
    element: Any
    linked: int = 0
    group: Any = None


@dataclass
class _Open:
    """The block that is being read, and what is open around it: links, rows of a table, code, raised text."""

    element: Any
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    rows: int = 0
    code: int = 0
    raised: int = 0

    def meet(self, tag: str, element: Any, start: bool) -> None:
        """Count a tag that begins or ends."""
        step = 1 if start else -1
        self.links += step if tag == "a" else 0
        self.code += step if tag == "pre" else 0
        self.raised += step if tag == "sup" or _is_note_mark(tag, element) else 0
        if tag == "br" and start:
            self.pieces.append("\n")
        elif tag in ("td", "th") and self.rows:
            self.pieces.append(" | " if start and any(map(str.strip, self.pieces)) else "")
        elif tag == "tr" and _is_row(element):
            self.rows += step
        elif tag in _BLOCKS and self.rows:
            self.pieces.append(" ")

    def add(self, text: str, element: Any) -> None:
        """Take text; raised figures as such: "10⁶", or "[1]" for the mark of a note, which is linked."""
        if self.raised and text.strip().isdecimal():
            marked = self.links or element.find("a") is not None
            text = f"[{text.strip()}]" if marked else text.translate(RAISED)
        self.pieces.append(text if self.code else " ".join(f"|{text}|".split())[1:-1])
        self.linked += len(text.strip()) if self.links else 0


def blocks(root: Any) -> Iterator[Block]:
    """The blocks below `root`, an element of lxml or None, in order, each stretch of text once."""
    from lxml.etree import iterwalk

    if root is None:
        return
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    now = _Open(root)
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        start = event == "start"
        unread = element is not root and (tag in _UNREAD or not tag or _is_way_back(tag, element))
        if unread and start:
            walk.skip_subtree()
        elif not unread:
            if (tag in _BLOCKS and not now.rows) or (tag == "tr" and _is_row(element)):
                yield from _closed(now)
                now.element, now.pieces, now.linked = element if start else element.getparent(), [], 0
            now.meet(tag, element, start)
        # What stands behind a tag goes on with the text before it; so it does behind a comment.
        text = (None if unread else element.text) if start else None if element is root else element.tail
        if text:
            now.add(text, element)
    yield from _closed(now)


def _is_way_back(tag: str, element: Any) -> bool:
    return tag == "a" and (element.text or "").strip("\ufe0e\ufe0f ") in _BACK and not len(element)


def _is_note_mark(tag: str, element: Any) -> bool:
    marks = (element.get("epub:type"), element.get("role"), element.get("class")) if tag == "a" else ()
    return any(mark in ("noteref", "doc-noteref", "footnote-ref") for mark in marks)


def _is_row(row: Any) -> bool:
    """Whether a row of a table is one of data, and not there to lay out a page."""
    if "summarizer-row" not in row.attrib:
        row.set("summarizer-row", "" if next(row.iterdescendants(*_INSIDE_ROW), None) is None else "layout")
    return bool(row.get("summarizer-row") == "")


def _closed(now: _Open) -> Iterator[Block]:
    if not now.pieces:
        return
    lines = (_SPACE.sub(" ", line).strip(" |") for line in "".join(now.pieces).replace("\r", "\n").split("\n"))
    text = "\n".join(line for line in lines if line)
    if text:
        kind, group = _nature(now.element)
        yield Block(text, kind, now.element, min(now.linked, len(text)), group)


def _nature(element: Any) -> tuple[str, Any]:
    """The kind of block, told by its nearest ancestor that has one, and the list or table around it."""
    kind, group, here = "", None, element
    for _ in range(4):
        if here is None or group is not None or not isinstance(here.tag, str):
            break
        kind = kind or ("" if here.get("summarizer-row") == "layout" else _KINDS.get(here.tag, ""))
        group = here if here.tag in _GROUPS else None
        here = here.getparent()
    return kind or "paragraph", group if kind in ("list", "table") else None


def joined(parts: Iterable[tuple[str, str]]) -> tuple[str, tuple[Place, ...]]:
    """The texts of `parts` with a blank line between them, and the range of each under its name.

    Parts that follow each other under one name are one place, its lines one below the other.
    """
    texts: list[str] = []
    places: list[Place] = []
    at = 0
    for name, group in groupby(parts, key=itemgetter(1)):
        texts.append("\n".join(part for part, _ in group))
        places.append(Place(at, at + len(texts[-1]), name))
        at = places[-1].end + 2
    return "\n\n".join(texts), tuple(places)


def placed(found: Iterable[Block], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each block with its place: "paragraph 3"; the items of a list share one, "list 1"."""
    counts: Counter[str] = Counter()
    group: Any = None
    for block in found:
        counts[block.kind] += block.group is None or block.group is not group
        group = block.group
        yield block.text, f"{prefix}{block.kind} {counts[block.kind]}"


def parsed(markup: str) -> Any:
    """The tree of HTML, or of a piece of it; None where there is nothing in it."""
    from lxml import html

    markup = tame(markup.replace("\0", ""))
    parser = html.HTMLParser(encoding="utf-8")  # of 256 levels at most: what is nested deeper is no article
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except html.etree.ParserError:
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise RecursionError
    return tree


def tame(markup: str) -> str:
    """The same page with tags of thousands of attributes bared: libxml2 needs time that grows with their square."""
    kept: list[str] = []
    at = 0
    for tag in _WHOLE_TAG.finditer(markup):
        if len(tag[0]) > _LONG_TAG and len(_QUOTED.sub("''", tag[0]).replace("=", " ").split()) > _MANY_WORDS:
            kept += [markup[at : tag.start()], tag[1], ">"]
            at = tag.end()
    return "".join([*kept, markup[at:]]) if kept else markup


def plain(text: str) -> tuple[str, tuple[Place, ...]]:
    """What a text of a table, a feed or a mail shows, which may be HTML, and its places there."""
    if _TAG.search(text):
        return joined(placed(blocks(parsed(text))))
    return unescape(text) if _ENTITY.search(text) else text, ()
