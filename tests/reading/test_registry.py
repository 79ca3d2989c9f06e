"""The readers as a whole."""

import subprocess
import sys

from summarizer.reading.document import Document
from summarizer.reading.registry import READERS

HEAVY = ("trafilatura", "lxml", "pypdf", "pyarrow", "charset_normalizer", "httpx2", "nupunkt", "yaml", "markdown_it")


def test_importing_the_readers_loads_nothing_heavy() -> None:
    """A library is loaded by the first document that needs it."""
    code = f"import sys, summarizer.reading; print([name for name in {HEAVY} if name in sys.modules])"
    assert (
        "[]" == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    )


def test_some_reader_takes_every_document() -> None:
    """The last one takes what no other knows, and only that."""
    kinds = {
        "a.html": "HtmlReader",
        "a.md": "MarkdownReader",
        "a.jsonl": "JsonReader",
        "a.tsv": "CsvReader",
        "a.txt": "TextReader",
        "a": "TextReader",
        "a.py": "TextReader",
    }
    for name, kind in kinds.items():
        document = Document(name, b"He came.")
        assert kind == type(next(reader for reader in READERS if reader.detect(document))).__name__
