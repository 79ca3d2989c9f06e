"""A PDF into an article with page numbers, by pypdf: pure Python, so that it installs anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading.document import Columns, Document, Unreadable
from summarizer.reading.blocks import joined
from summarizer.reading.document import quiet
from summarizer.reading.text import article_of

if TYPE_CHECKING:
    from pypdf import PdfReader as Pages

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": ""})
_HYPHENATED = re.compile(r"(?<=[a-zà-ÿ]{2})[-‐]\n(?=[a-zà-ÿ]{2})")
_NO_TITLE = re.compile(r"untitled|microsoft word|\S+\.(?:docx?|pdf|indd|tex)$|\W*$", re.IGNORECASE)


class PdfReader:
    """A PDF with text in it."""

    def detect(self, document: Document) -> bool:
        """By its first bytes; the ending of the name may lie."""
        return b"%PDF-" in document.head[:1024]

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """One article, and an `Unreadable` for each page that is damaged.

        Raises:
            InputError: pypdf is not installed; or the file is damaged, has a password, or holds pictures only.

        """
        pages = _opened(document)
        read = list(_texts(pages, document.name))
        parts = [(text, f"page {number}") for number, text in read if isinstance(text, str) and text.strip()]
        faults = [text for _, text in read if isinstance(text, Unreadable)]
        if not parts and faults:
            raise InputError(document.name, f"a damaged PDF: {faults[0].message}")
        if not parts:
            raise InputError(document.name, "a PDF without text, of pictures or empty pages; run OCR over it first")
        text, places = joined(parts, "\n")
        yield replace(article_of(text, document.name, published, _title(pages)), places=places)
        yield from faults


def _opened(document: Document) -> Pages:
    try:
        import pypdf
        from pypdf.errors import DependencyError
    except ImportError as error:
        advice = "a PDF; to read it, install pypdf: pip install 'grounded-summarizer[pdf]'"
        raise InputError(document.name, advice) from error
    quiet("pypdf")
    try:
        pages = pypdf.PdfReader(BytesIO(document.data))
        locked = pages.is_encrypted and not pages.decrypt("")
    except DependencyError as error:
        raise InputError(document.name, "an encrypted PDF; save a copy without a password") from error
    except Exception as error:
        raise InputError(document.name, f"a damaged PDF: {_one_line(error)}") from error
    if locked:
        raise InputError(document.name, "a PDF protected by a password; save a copy without one")
    return pages


def _texts(pages: Pages, name: str) -> Iterator[tuple[int, str | Unreadable]]:
    """The text of each page, numbered from 1, or why there is none."""
    try:
        count = len(pages.pages)
    except Exception as error:
        raise InputError(name, f"a damaged PDF: {_one_line(error)}") from error
    for number in range(1, count + 1):
        try:
            text = pages.pages[number - 1].extract_text()
        except Exception as error:  # noqa: BLE001
            yield number, Unreadable(f"{name} page {number}", f"cannot be read: {_one_line(error)}")
        else:
            yield number, _HYPHENATED.sub("", text.translate(_LIGATURES)).strip()


def _title(pages: Pages) -> str | None:
    try:
        title = pages.metadata.title if pages.metadata else None
    except Exception:  # noqa: BLE001
        return None
    return None if not title or _NO_TITLE.match(title) else " ".join(title.split())


def _one_line(error: Exception) -> str:
    return " ".join(f"{error}".split())[:200] or type(error).__name__
