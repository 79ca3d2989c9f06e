"""A web page into an article: its story without menus, banners and comments.

trafilatura finds the story: it is at the head of every published comparison of main-text extractors (Bevendorff et al.
2023, SIGIR) and keeps title and date apart. It drops parts, such as a second section, lists of terms, code; so the text
is taken from the page itself, the blocks that trafilatura chose and what stands among them. What is left out is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

from summarizer.article import Article
from summarizer.errors import InputError, printable
from summarizer.reading.blocks import Block, blocks, joined, parsed, placed
from summarizer.reading.document import Columns, Document, needed
from summarizer.reading.metadata import first_date
from summarizer.reading.text import MARKDOWN, article_of, decoded

ENDINGS = frozenset({".html", ".htm", ".xhtml", ".shtml", "text/html", "application/xhtml+xml"})
"""Endings and media types."""

_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CONSENT = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|ccpa|cmp|onetrust|didomi|privacy)(?:$|[\s_-])", re.IGNORECASE
)
_CONSENT_WORDS = re.compile(r"\b(?:cookies?|consent\w*|partners|privacy|personal data|preferences)\b", re.IGNORECASE)
_UNSEEN = re.compile(
    r"popup|popover|tooltip|hovercard|sr-only|screen-reader|visually-hidden|editsection", re.IGNORECASE
)
_RELATED = re.compile(r"related|recommend|readmore|read-more|more-(?:from|stories|news)|also-?like", re.IGNORECASE)
_FURNITURE = frozenset({"nav", "footer", "form", "dialog", "menu"})
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:igation|bar)?|menu|breadcrumbs?|footer|comments?|disqus|related|recommend(?:ed|ations)?"
    r"|shar(?:e|ing)|social|newsletter|subscribe|signup|promo|sponsored|advert(?:isement)?s?|ads?|disclaimer|sidebar"
    r"|toolbar|teasers?|widget|tags|byline|meta|author|credits?|copyright|error)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SITE = re.compile(r"(.{8,})\s[|–—·:-]\s([^|–—·]{2,60})")
_STATEMENT = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")
_MOST_RELATED = 20
_MOST_SEARCHES = 2_000  # of blocks that are no line of the story; each takes the time of its length
_LONG_KEY = 20  # letters: text this long is found anywhere in the story, shorter text only as a line of it


def is_html(document: Document) -> bool:
    """Whether its first tag is that of a page, which Markdown may have too."""
    return document.suffix not in MARKDOWN and _OPENING.match(document.head) is not None


def read_html(document: Document, columns: Columns) -> Iterator[Article]:
    """One article: the story, with title and date from the page's own metadata."""
    charset = _CHARSET.search(document.head)
    if charset and not document.charset:
        document = replace(document, charset=charset[1].decode("ascii", "replace"))
    tree = parsed(decoded(document))
    if tree is None:
        raise InputError(document.name, "a page without text")
    for element in [element for element in tree.iter("*") if _is_consent(element) or _is_unseen(element)]:
        if element.getparent() is not None:
            element.drop_tree()
    shown = list(blocks(tree))
    _drop_related(tree)
    lines, title, day = _extracted(tree, document.name)
    chosen = _choose(tree, shown, list(filter(None, map(_key, lines))))
    numbered = [(line, f"paragraph {number}") for number, line in enumerate(lines, 1)]
    text, places = joined(placed(shown[at] for at in sorted(chosen)) if chosen else numbered)
    if not text:
        raise InputError(
            document.name, "no article in this page: it may need a browser to show its text, or be a list of links"
        )
    headings = [" ".join(block.text.split()) for block in shown if block.element.tag == "h1"]
    title = title or (headings[0] if len(headings) == 1 else None)
    notices = _left_out(shown, chosen)
    yield article_of(text, document.name, first_date(day), title, places=places, notices=notices)


def _extracted(tree: Any, name: str) -> tuple[list[str], str | None, str]:
    """What trafilatura says: the lines of the story, the title, and the date, "" where it does not know."""
    with needed(name, "a web page", "html"):
        from trafilatura import bare_extraction
        from trafilatura.settings import Document as Page
    page = bare_extraction(
        deepcopy(tree),
        url=name if "://" in name else None,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(page, Page):
        return [], None, ""
    return list(filter(None, (page.text or "").splitlines())), _title(page), page.date or ""


def _title(page: Any) -> str | None:
    title = " ".join((page.title or "").split())
    parts = _SITE.fullmatch(title)
    site = parts and _key(parts[2])
    return parts[1] if parts and site and site in _key(f"{page.sitename} {page.hostname}") else title or None


def _key(text: str) -> str:
    """Its letters and digits: what white space and marks do not change."""
    return "".join(filter(str.isalnum, text.casefold()))


def _names(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _is_consent(element: Any) -> bool:
    if element.tag in ("html", "body") or not _CONSENT.search(_names(element)):
        return False
    text = element.text_content()
    return len(_CONSENT_WORDS.findall(text)) * 40 > len(text.split())


def _is_unseen(element: Any) -> bool:
    """What a reader does not see until it is asked for. An article that a script has yet to show is longer."""
    if element.tag in ("html", "body"):
        return False
    style = element.get("style", "").replace(" ", "").lower()
    hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true" or "display:none" in style
    if hidden or _UNSEEN.search(element.get("class", "")):
        return len(element.findall(".//p")) < 3
    return element.tag == "span" and _is_card(element) and not any(map(_is_card, element.findall("span")))


def _is_card(span: Any) -> bool:
    """A card with a picture and links about a person, which opens over the name in a sentence."""
    return span.find(".//img") is not None and len(span.findall(".//a")) > 2


def _drop_related(tree: Any) -> None:
    """Take out what follows a heading such as "You may also like", where the story stands before it."""
    headings = [heading for heading in tree.iter("h2", "h3", "h4", "h5") if _RELATED.search(_names(heading))]
    for heading in headings[:_MOST_RELATED]:
        if heading.getroottree().getroot() is not tree:
            continue
        if any(len(p.text_content()) > 200 for p in heading.xpath("preceding::p")):
            for element in [*heading.itersiblings("*"), heading]:
                element.drop_tree()


def _choose(tree: Any, shown: list[Block], story: list[str]) -> set[int]:
    """Which blocks of the page are the article; none where the story is not in the page's blocks.

    `story` are the lines that trafilatura chose, as keys; without any, all that is no furniture is the article.
    """
    chosen = _matched(shown, story)
    if sum(len(_key(shown[at].text)) for at in chosen) * 2 < sum(map(len, story)):
        return set()
    around = {element for at in chosen for element in _path(shown[at])}
    barred = {element for element in tree.iter("*") if element not in around and _is_furniture(element)}
    free = {at for at, block in enumerate(shown) if tree in (path := _path(block)) and barred.isdisjoint(path)}
    texts = {at for at in free if not _is_linked(shown[at])}
    if not story:
        return texts
    first, last = min(chosen), max(chosen)
    holders = {shown[at].element.getparent() for at in chosen}
    homes = {home for at in chosen for home in _homes(shown[at])}
    for at in texts:
        if at >= first - 4 and _is_statement(shown[at]):  # the lead may stand before what was chosen
            beside = shown[at].element.getparent() in holders or not homes.isdisjoint(_homes(shown[at]))
            chosen |= {at} if at < last or beside else set()
    holders = {shown[at].element.getparent() for at in chosen}
    for at in texts:
        group = shown[at].element if shown[at].group is None else shown[at].group
        if shown[at].kind in ("list", "table", "code") and group.getparent() in holders:
            chosen.add(at)
    return chosen | {at for at in free if at > first and shown[at].kind == "heading" and at + 1 in chosen}


def _path(block: Block) -> list[Any]:
    return [block.element, *block.element.iterancestors()]


def _homes(block: Block) -> set[Any]:
    """What holds the articles and sections around it, and others beside them that may be parts of one story."""
    parents = (here.getparent() for here in _path(block) if here.tag in ("article", "section"))
    return {parent for parent in parents if parent is not None and parent.tag in ("article", "section", "main")}


def _matched(shown: list[Block], story: list[str]) -> set[int]:
    """The blocks that are in the story, each as often as it is there."""
    whole, lines = "".join(story), Counter(story)
    used: Counter[str] = Counter()
    chosen: set[int] = set()
    searches = _MOST_SEARCHES
    for long in (True, False):
        low, high = (min(chosen) - 3, max(chosen)) if chosen else (0, len(shown))
        for at, block in enumerate(shown):
            key = _key(block.text)
            if not key or (len(key) >= _LONG_KEY) != long or (not long and not low <= at <= high):
                continue
            there = lines[key]
            if long and not there and searches:  # a line of the story may hold several blocks, and a block lines
                searches -= 1
                there = whole.count(key)
            if used[key] < there:
                used[key] += 1
                chosen.add(at)
    return chosen


def _is_furniture(element: Any) -> bool:
    """Whether it is a part of the site and not of the story, or the teaser of another story."""
    if element.tag in ("html", "body", "main", "article"):
        return element.tag == "article" and bool(element.xpath(".//h2/a|.//h3/a|.//a//h2"))
    return element.tag in _FURNITURE or _FURNITURE_NAME.search(_names(element)) is not None


def _is_linked(block: Block) -> bool:
    return block.linked * 2 > len(block.text)


def _is_statement(block: Block) -> bool:
    return block.kind != "caption" and len(_key(block.text)) > 12 and _STATEMENT.search(block.text) is not None


def _left_out(shown: list[Block], chosen: set[int]) -> Iterator[str]:
    rest = (block for at, block in enumerate(shown) if at not in chosen and _is_statement(block))
    left = [
        block.text
        for block in rest
        if len(block.text.split()) > 7
        and not _is_linked(block)
        and next(block.element.iterancestors("nav", "footer", "form"), None) is None
    ]
    if left:
        opening = printable(" ".join(left[0].split()[:8]))
        yield f"left out {len(left)} passage(s) of the page that seem no part of the article, such as “{opening} …”"
