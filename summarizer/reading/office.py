"""Word processor files, slides and e-books: mammoth, python-pptx and the e-book's own pages give blocks of text."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.blocks import RAISED, Block, blocks, joined, parsed, placed
from summarizer.reading.document import Columns, Document, harmless, missing, quiet
from summarizer.reading.locating import office_kind
from summarizer.reading.metadata import first_date
from summarizer.reading.text import article_of

LARGEST = 64 * 2**20
"""Bytes that the text of an office file may have when it is unpacked."""

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".mp4", ".mp3", ".ttf", ".otf", ".bin", ".tif")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh\ncomment-reference =>"


class WordReader:
    """A DOCX file."""

    def detect(self, document: Document) -> bool:
        """By what is in the zip file."""
        return office_kind(document) == "word"

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article; footnotes stand at its end.

        Raises:
            InputError: mammoth is not installed, or the file is damaged, too large, or without text.

        """
        try:
            import mammoth  # type: ignore[import-untyped]
        except ImportError as error:
            raise missing(document.name, "a Word document", "mammoth") from error
        properties = _properties(document)
        page = mammoth.convert_to_html(
            BytesIO(document.data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {})
        )
        found = list(blocks(tree)) if (tree := parsed(page.value)) is not None else []
        yield _article(document.name, list(placed(found)), published, _known(properties) or _heading(found))


class PowerPointReader:
    """A PPTX file."""

    def detect(self, document: Document) -> bool:
        """By what is in the zip file."""
        return office_kind(document) == "ppt"

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article; each slide is a place, its notes another.

        Raises:
            InputError: python-pptx is not installed, or the file is damaged, too large, or without text.

        """
        try:
            from pptx import Presentation
        except ImportError as error:
            raise missing(document.name, "a PowerPoint file", "python-pptx") from error
        properties = _properties(document)
        parts: list[tuple[str, str]] = []
        for number, slide in enumerate(Presentation(BytesIO(document.data)).slides, 1):
            parts += [(text, f"slide {number}") for text in _shown(slide.shapes)]
            notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
            parts += [(text, f"slide {number} notes") for text in _paragraphs(notes)]
        yield _article(document.name, parts, published, _known(properties))


class EpubReader:
    """An e-book in EPUB."""

    def detect(self, document: Document) -> bool:
        """By what is in the zip file."""
        return office_kind(document) == "epub"

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        """One article: the book's pages in their order, without its table of contents.

        Raises:
            InputError: the file is damaged, too large, or without text.

        """
        with unzipped(document) as book:
            container = _xml(book.read("META-INF/container.xml"))
            package = container.xpath("string(//*[local-name()='rootfile']/@full-path)")
            tree = _xml(book.read(package))
            parts: list[tuple[str, str]] = []
            for number, name in enumerate(_pages(tree, posixpath.dirname(package)), 1):
                page = parsed(book.read(name).decode("utf-8-sig", "replace"))
                parts += placed(blocks(page), f"chapter {number} ") if page is not None else []
        day = published or first_date(tree.xpath("string(//*[local-name()='date'])"))
        yield _article(document.name, parts, day, " ".join(tree.xpath("string(//*[local-name()='title'])").split()))


def unzipped(document: Document, most: int | None = None) -> zipfile.ZipFile:
    """The zip file that an office file is.

    Args:
        document: the file.
        most: bytes that its parts may have, pictures and fonts apart; `LARGEST` where it is None.

    Raises:
        InputError: they have more.

    """
    most = LARGEST if most is None else most
    archive = zipfile.ZipFile(BytesIO(document.data))
    size = sum(entry.file_size for entry in archive.infolist() if not entry.filename.lower().endswith(_PICTURES))
    if size > most:
        raise InputError(document.name, f"its text is larger than {most >> 20} MB when unpacked")
    return archive


def _properties(document: Document) -> Any:
    """What the file says of itself; None where it says nothing."""
    quiet("mammoth", "pptx", "openpyxl")
    with unzipped(document) as archive:
        return _xml(archive.read("docProps/core.xml")) if "docProps/core.xml" in archive.namelist() else None


def _known(properties: Any) -> str | None:
    title = properties.xpath("string(//*[local-name()='title'])") if properties is not None else ""
    return " ".join(title.split()) or None


def _heading(found: list[Block]) -> str | None:
    return found[0].text if len(found) > 1 and found[0].kind == "heading" else None


def _xml(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    tree = etree.fromstring(content, parser)
    if tree is None:
        raise ValueError("a part of it is not XML")
    return tree


def _pages(package: Any, folder: str) -> Iterator[str]:
    """The names of the pages in the order of reading."""
    items = {item.get("id"): item for item in package.xpath("//*[local-name()='manifest']/*[local-name()='item']")}
    for reference in package.xpath("//*[local-name()='spine']/*[local-name()='itemref']"):
        item = items.get(reference.get("idref"))
        if item is not None and reference.get("linear") != "no" and "nav" not in item.get("properties", "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _shown(shapes: Any) -> Iterator[str]:
    """The paragraphs of a slide: its title first, then from the top down."""
    title = shapes.title
    yield from _paragraphs(title.text_frame if title is not None else None)
    for shape in sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0)):
        if title is None or shape.shape_id != title.shape_id:
            yield from _of_shape(shape)


def _of_shape(shape: Any) -> Iterator[str]:
    if shape.shape_type == 6:  # a group
        for part in shape.shapes:
            yield from _of_shape(part)
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield " | ".join(filter(None, (" ".join(cell.text.split()) for cell in row.cells)))
    elif shape.has_text_frame:
        yield from _paragraphs(shape.text_frame)


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs if frame is not None else ():
        runs = "".join(_raised(run) for run in paragraph.runs) if paragraph.runs else paragraph.text
        yield from filter(None, (" ".join(line.split()) for line in runs.split("\v")))


def _raised(run: Any) -> str:
    """The text of a run; small raised figures, such as the mark of a note, are set as such."""
    properties = run.font._element  # noqa: SLF001  python-pptx has no name for it
    raised = properties.get("baseline", "0").strip("%-") not in ("", "0")
    return str(run.text.translate(RAISED) if raised else run.text)


def _article(name: str, parts: list[tuple[str, str]], published: date | None, title: str | None) -> Article:
    text, places = joined((harmless(text), place) for text, place in parts)
    if not text:
        raise InputError(name, "holds no text")
    return replace(article_of(text, name, published, harmless(title) if title else None), places=places)
