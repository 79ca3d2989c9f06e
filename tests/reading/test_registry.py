"""The readers as a whole."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.reading import read, registry
from summarizer.reading.document import Columns, Document
from summarizer.reading.registry import READERS

HEAVY = ("trafilatura", "lxml", "pdfminer", "mammoth", "pptx", "openpyxl", "feedparser", "pyarrow",
         "charset_normalizer", "httpx2", "nupunkt", "yaml", "markdown_it", "email")  # fmt: skip


def test_importing_the_readers_loads_nothing_heavy() -> None:
    """A library is loaded by the first document that needs it."""
    code = f"import sys, summarizer.reading; print([name for name in {HEAVY} if name in sys.modules])"
    assert (
        "[]" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    )


def test_markdown_may_begin_with_a_page() -> None:
    """Its name says what it is, unless the server says it shows a page."""
    page = b"<!DOCTYPE html>\n<p>He came.</p>"
    for document, kind in (
        (Document("a.md", page), "markdown"),
        (Document("a.md", page, media_type="text/html"), "html"),
    ):
        assert kind == getattr(next(reader for reader in READERS if reader.detect(document)), "name", None)


def test_some_reader_takes_every_document() -> None:
    """The last one takes what no other knows, and only that."""
    kinds = {
        "a.html": "html",
        "a.md": "markdown",
        "a.jsonl": "json",
        "a.tsv": "csv",
        "a.eml": "mail",
        "a.vtt": "transcript",
        "a.txt": "text",
        "a": "text",
        "a.py": "text",
    }
    for name, kind in kinds.items():
        document = Document(name, b"He came.")
        assert kind == getattr(next(reader for reader in READERS if reader.detect(document)), "name", None)


class ShoutReader:
    """A reader of another package: files that end with .shout."""

    def detect(self, document: Document) -> bool:
        return document.suffix == ".shout"

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article]:
        yield Article(document.data.decode().lower(), source=document.name, published=published)


def test_a_package_adds_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """By an entry point; it is asked before ours, and one that cannot be loaded takes nothing with it."""
    points = [
        EntryPoint("missing", "no.such.package:Reader", "summarizer.readers"),
        EntryPoint("shout", f"{__name__}:ShoutReader", "summarizer.readers"),
    ]
    monkeypatch.setitem(sys.modules, __name__, sys.modules.get(__name__) or __import__(__name__))
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: points if group == "summarizer.readers" else []
    )
    registry.readers.cache_clear()
    path = tmp_path / "a.shout"
    path.write_text("THE FERRY SAILS.")
    assert "the ferry sails." == read(path).text
    assert "the reader missing (no.such.package:Reader) cannot be used" in caplog.text
    registry.readers.cache_clear()
