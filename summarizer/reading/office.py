"""Word processor files, slides and e-books: mammoth, python-pptx and the e-book's own pages give blocks of text."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.blocks import RAISED, blocks, joined, parsed, placed
from summarizer.reading.document import Columns, Document, harmless, needed
from summarizer.reading.metadata import first_date
from summarizer.reading.text import article_of

LARGEST = 64 * 2**20
"""Bytes that the text of an office file may have when it is unpacked."""

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".mp4", ".mp3", ".ttf", ".otf", ".bin", ".tif")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh\ncomment-reference =>"
_TITLE = "string(//*[local-name()='title'])"


def read_word(document: Document, columns: Columns) -> Iterator[Article]:
    """One article of a DOCX file; footnotes stand at its end."""
    with needed(document.name, "a Word document", "office"):
        import mammoth  # type: ignore[import-untyped]
    title = _own_title(document)
    page = mammoth.convert_to_html(
        BytesIO(document.data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {})
    )
    found = list(blocks(parsed(page.value)))
    heading = found[0].text if len(found) > 1 and found[0].kind == "heading" else ""
    yield _article(document.name, placed(found), title or heading)


def read_powerpoint(document: Document, columns: Columns) -> Iterator[Article]:
    """One article of a PPTX file; each slide is a place, its notes another."""
    with needed(document.name, "a PowerPoint file", "office"):
        from pptx import Presentation
    title = _own_title(document)
    parts: list[tuple[str, str]] = []
    for number, slide in enumerate(Presentation(BytesIO(document.data)).slides, 1):
        parts += [(text, f"slide {number}") for text in _shown(slide.shapes)]
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        parts += [(text, f"slide {number} notes") for text in _paragraphs(notes)]
    yield _article(document.name, parts, title)


def read_epub(document: Document, columns: Columns) -> Iterator[Article]:
    """One article: the book's pages in their order, without its table of contents."""
    with unzipped(document) as book:
        package = _xml(book.read("META-INF/container.xml")).xpath("string(//*[local-name()='rootfile']/@full-path)")
        tree = _xml(book.read(package))
        parts: list[tuple[str, str]] = []
        for number, name in enumerate(_pages(tree, posixpath.dirname(package)), 1):
            page = parsed(book.read(name).decode("utf-8-sig", "replace"))
            parts += placed(blocks(page), f"chapter {number} ")
    yield _article(document.name, parts, tree.xpath(_TITLE), first_date(tree.xpath("string(//*[local-name()='date'])")))


def unzipped(document: Document, most: int | None = None) -> zipfile.ZipFile:
    """The zip file that an office file is; `most` are the bytes that its parts, pictures and fonts apart, may have."""
    most = LARGEST if most is None else most
    archive = zipfile.ZipFile(BytesIO(document.data))
    size = sum(entry.file_size for entry in archive.infolist() if not entry.filename.lower().endswith(_PICTURES))
    if size > most:
        raise InputError(document.name, f"its text is larger than {most >> 20} MB when unpacked")
    return archive


def _own_title(document: Document) -> str:
    with unzipped(document) as archive:
        known = "docProps/core.xml" in archive.namelist()
        return str(_xml(archive.read("docProps/core.xml")).xpath(_TITLE)).strip() if known else ""


def _xml(content: bytes) -> Any:
    from lxml import etree

    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if tree is None:
        raise ValueError("a part of it is not XML")
    return tree


def _pages(package: Any, folder: str) -> Iterator[str]:
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
    properties = run.font._element  # noqa: SLF001  python-pptx has no name for it
    raised = properties.get("baseline", "0").strip("%-") not in ("", "0")
    return str(run.text.translate(RAISED) if raised else run.text)


def _article(name: str, parts: Iterable[tuple[str, str]], title: str, published: date | None = None) -> Article:
    text, places = joined((harmless(text), place) for text, place in parts)
    if not text:
        raise InputError(name, "holds no text")
    return article_of(text, name, published, harmless(" ".join(title.split())) or None, places=places)
