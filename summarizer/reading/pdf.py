"""A PDF into an article with page numbers, by pdfminer.six: its layout analysis puts words and columns in order.

Running heads and page numbers are left out, words parted at line ends are joined, and the marks of footnotes are told
from figures.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import count, groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from summarizer.article import Article, Place
from summarizer.errors import InputError, printable
from summarizer.reading.blocks import RAISED
from summarizer.reading.document import Columns, Document, Unreadable, harmless, needed, reason
from summarizer.reading.text import article_of

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

LONGEST = 120.0
"""Seconds after which the pages that are left are not read."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": ""})
_LEVEL = {raised: level for level, raised in RAISED.items()}
_NO_TITLE = re.compile(r"untitled|microsoft word|\S+\.(?:docx?|pdf|indd|tex)$|\W*$", re.IGNORECASE)
_PARTED = re.compile(r"([^\W\d_]+)[-‐]$")
_LETTERS = re.compile(r"[^\W\d_]+")
# "A well-\nknown engineer": the hyphen is the word's own.
_OWN_HYPHEN = frozenset(
    "all best cross ex far full half high ill large long low mid non part quasi self short small well wide vice".split()
)
_NOTE = re.compile(r"([0-9]{1,2}|[*†‡])[ \t.)]+[^\W\d]")
_NOTE_MARK = re.compile(
    r"(?:(?<=[^\W\d_][.!?])|(?<=[.!?][\"”’)\]])|(?<=\b(?:19|20)\d\d[.]))([0-9]{1,2}|[⁰¹²³⁴-⁹]{1,2}|[*†‡])(?=\s+[^\W\da-z]|\s*$)",
    re.MULTILINE,
)
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_MANY_LINES = 6
_NARROW = 20  # letters of a cell of a table: what stands below it is another
_MOST_BOXES = 80  # of a page; more, which take time by their square to group, are a form or a table


def read_pdf(document: Document, columns: Columns) -> Iterator[Article | Unreadable]:
    """One article, and an `Unreadable` for each page that is damaged."""
    pdf = _opened(document)
    read = list(_pages(pdf, document.name))
    pages = [page for page in read if isinstance(page, _Page) and page.lines]
    faults = [page for page in read if isinstance(page, Unreadable)]
    if not pages and faults:
        raise InputError(document.name, f"a damaged PDF: {faults[0].message}")
    if not pages:
        raise InputError(document.name, "a PDF without text, of pictures or empty pages; run OCR over it first")
    heads = _running_heads(pages)
    text, places = _set(pages, heads)
    marks = _note_marks(text, places)
    notices = _notices(pages, heads)
    yield article_of(text, document.name, None, _title(pdf), metadata=marks, places=places, notices=notices)
    yield from faults


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its words, the size of its letters, its edges in points, and where it has wide gaps."""

    text: str
    size: float
    top: float
    bottom: float
    right: float
    gaps: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    boxes: tuple[tuple[_Line, ...], ...]

    @property
    def lines(self) -> list[_Line]:
        """All lines, from the top of the page to its foot."""
        return sorted((line for box in self.boxes for line in box), key=lambda line: -line.top)


def _opened(document: Document) -> PDFDocument:
    with needed(document.name, "a PDF", "pdf"):
        from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser
    try:
        return PDFDocument(PDFParser(BytesIO(document.data)))
    except PDFPasswordIncorrect as error:
        raise InputError(document.name, "a PDF protected by a password; save a copy without one") from error
    except Exception as error:
        raise InputError(document.name, f"a damaged PDF: {reason(error)}") from error


def _pages(pdf: PDFDocument, name: str) -> Iterator[_Page | Unreadable]:
    """Each page, numbered from 1, or why it cannot be read."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(all_texts=True, boxes_flow=None))
    end = time.monotonic() + LONGEST
    found = PDFPage.create_pages(pdf)
    for number in count(1):
        place = f"{name} page {number}"
        try:
            page = next(found, None)
            if page is None:
                return
            if time.monotonic() > end:
                yield Unreadable(place, f"not read, nor those after it: {LONGEST:.0f} seconds passed")
                return
            PDFPageInterpreter(resources, device).process_page(page)
            boxes = _in_order(device.get_result())
            read = _Page(number, tuple(tuple(line for line in map(_line, box) if line.text) for box in boxes))
            text = "".join(line.text for line in read.lines)
            unknown = len("".join(_UNKNOWN.findall(text))) * 3 > len(text)
            yield Unreadable(place, "its fonts do not tell their letters; run OCR over it") if unknown else read
        except Exception as error:  # noqa: BLE001  pdfminer raises all kinds on a damaged page
            yield Unreadable(place, f"cannot be read: {reason(error)}")


def _boxes(container: Any) -> Iterator[Any]:
    from pdfminer.layout import LTFigure, LTTextBox

    for item in container:
        if isinstance(item, LTFigure):
            yield from _boxes(item)
        elif isinstance(item, LTTextBox) and item.get_text().strip():
            yield item


def _in_order(layout: Any) -> list[Any]:
    """The boxes of a page in the order of reading: by how pdfminer groups them, or from the top down."""
    from pdfminer.layout import IndexAssigner, LAParams

    boxes = sorted(_boxes(layout), key=lambda box: (-round(box.y1), box.x0))
    if len(boxes) > _MOST_BOXES:
        return boxes
    assigner = IndexAssigner()
    for group in layout.group_textboxes(LAParams(), boxes):
        group.analyze(LAParams())
        assigner.run(group)
    return sorted(boxes, key=lambda box: box.index)


def _line(line: Any) -> _Line:
    """One line; small raised figures are set as such: "10⁶", a footnote's "¹"."""
    from pdfminer.layout import LTChar

    signs = [sign for sign in line if isinstance(sign, LTChar)]
    size = median(sign.size for sign in signs) if signs else 0.0
    low = median(sign.y0 for sign in signs) if signs else 0.0
    pieces: list[str] = []
    for sign in line:
        raised = isinstance(sign, LTChar) and sign.size < 0.8 * size and sign.y0 > low + 0.15 * size
        pieces.append(sign.get_text().translate(RAISED) if raised else sign.get_text())
    words = [sign for sign in signs if not sign.get_text().isspace()]
    gaps = [(one.x1, two.x0) for one, two in pairwise(words) if two.x0 - one.x1 > size]
    text = harmless(" ".join("".join(pieces).translate(_LIGATURES).split()))
    return _Line(text if text.strip("•◦▪–- ") else "", size, line.y1, line.y0, line.x1, tuple(gaps))


def _running_heads(pages: list[_Page]) -> set[str]:
    seen = Counter(face for page in pages for face in {_face(line) for line in _edges(page)})
    return {face for face, times in seen.items() if times >= max(2, len(pages) // 3)}


def _edges(page: _Page) -> list[_Line]:
    return [*page.lines[:3], *page.lines[-3:]]


def _face(line: _Line) -> str:
    """The words of a line and its place on the page, in tens of points."""
    return f"{re.sub(r'[0-9]+', '#', line.text)}@{round(line.bottom / 10)}"


@dataclass(slots=True)
class _Piece:
    """A line of the text that is set: its page and the white space before it."""

    page: int
    gap: str
    text: str


def _set(pages: list[_Page], heads: set[str]) -> tuple[str, tuple[Place, ...]]:
    """The text of all pages, a blank line between paragraphs unless a sentence runs on, and the range of each page."""
    pieces: list[_Piece] = []
    for page in pages:
        edges = {id(line) for line in _edges(page) if _face(line) in heads}
        for box in page.boxes:
            kept = [line for line in box if id(line) not in edges]
            right = max((line.right for line in kept), default=0.0)
            for at, line in enumerate(kept):
                if at:
                    gap = " " if _is_wrapped(kept[at - 1], line, right) else "\n"
                else:
                    gap = "" if not pieces else " " if _runs_on(pieces[-1].text, line.text) else "\n\n"
                pieces.append(_Piece(page.number, gap, line.text))
    _join_parted_words(pieces)
    texts: list[str] = []
    places: list[Place] = []
    end = 0
    for number, group in groupby(pieces, key=lambda piece: piece.page):
        texts.append("".join(piece.gap + piece.text for piece in group))
        end += len(texts[-1])
        places.append(Place(end - len(texts[-1].lstrip()), end, f"page {number}"))
    return "".join(texts), tuple(places)


def _is_wrapped(line: _Line, following: _Line, right: float) -> bool:
    """Whether the paragraph goes on: the line has no room for the first word of the next one."""
    if _PARTED.search(line.text) and _LETTERS.match(following.text):
        return True
    if _NOTE.match(following.text) and line.text.endswith("."):
        return False
    if len(line.text) < _NARROW and not following.text[0].islower():
        return False
    if line.gaps or following.gaps or abs(line.size - following.size) > 1:
        return False
    return line.right + (len(following.text.partition(" ")[0]) + 1) * 0.45 * line.size > right


def _runs_on(before: str, line: str) -> bool:
    """Whether a sentence goes on from the foot of one column or page to the head of the next."""
    return before[-1:] not in '.!?:;”"' and (line[:1].islower() or _PARTED.search(before) is not None)


def _join_parted_words(pieces: list[_Piece]) -> None:
    """Put the rest of a word that was parted at a line end to its beginning: "inter-", "national"."""
    for this, following in pairwise(pieces):
        parted = _PARTED.search(this.text)
        rest, _, more = following.text.partition(" ")
        letters = _LETTERS.match(rest)
        if parted is None or letters is None or following.gap != " ":
            continue
        keeps = parted[1].lower() in _OWN_HYPHEN or letters[0][0].isupper()
        this.text = this.text[: parted.end(1)] + ("-" if keeps else "") + rest
        following.gap, following.text = following.gap if more else "", more


def _note_marks(text: str, places: tuple[Place, ...]) -> Iterator[tuple[int, int]]:
    """Marks behind a full stop that a note of the same page has: "planned.2" over "2 See page 14 of the plan."."""
    for place in places:
        page = text[place.start : place.end]
        notes = {match[1] for line in page.split("\n") if (match := _NOTE.match(line))}
        for match in _NOTE_MARK.finditer(page):
            if match[1].translate(_LEVEL) in notes:
                yield place.start + match.start(1), place.start + match.end(1)


def _notices(pages: list[_Page], heads: set[str]) -> Iterator[str]:
    """What a reader should know: lines that were left out, columns that could not be told apart."""
    faces = {_face(line): line.text for page in pages for line in _edges(page)}
    left = [text for face, text in faces.items() if face in heads and any(map(str.isalpha, text))]
    if left:
        yield f"left out {len(left)} running head(s) or foot(s), such as “{printable(left[0])[:80]}”"
    if tables := [str(page.number) for page in pages if _has_table(page)]:
        yield f"page {', '.join(tables[:10])}: a table, its cells read one after the other"
    if mixed := [str(page.number) for page in pages if any(map(_is_mixed, page.boxes))]:
        yield f"page {', '.join(mixed[:10])}: a table or columns that could not be told apart; lines may be mixed there"


def _is_mixed(box: tuple[_Line, ...]) -> bool:
    """Whether one strip of white runs through many lines: two columns, or a table, that were taken for one text."""
    if len(box) < _MANY_LINES:
        return False
    centres = Counter(x for line in box for x in {round((one + two) / 2 / 10) for one, two in line.gaps})
    return bool(centres) and max(centres.values()) >= 0.8 * len(box)


def _has_table(page: _Page) -> bool:
    """Whether boxes of short lines stand side by side: two rows or more that have their lines at one height."""
    cells = [box for box in page.boxes if all(len(line.text) < _NARROW for line in box)]
    heights = Counter(round(line.bottom) for box in cells for line in box)
    return sum(count > 1 for count in heights.values()) > 1


def _title(pdf: PDFDocument) -> str | None:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    try:
        value = resolve1(pdf.info[0].get("Title")) if pdf.info else None
        title = decode_text(value) if isinstance(value, bytes) else ""
    except Exception:  # noqa: BLE001
        return None
    title = " ".join(harmless(title).replace("\0", "").split())
    return None if not title or _NO_TITLE.match(title) else title
