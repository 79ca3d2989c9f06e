"""Word processor files, slides and e-books that pandoc and LibreOffice made of one text of ours."""

import sys
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.reading import read
from tests.reading.test_hostile import zipped

FILES = Path(__file__).parent / "files"
TITLE = "Ferry stops sailing at night"
SENTENCES = [
    "Captain Lena Ruud said on Monday that six of her crew of eleven would move to the day service.",
    "Tickets bought before May stay valid.",
    "Cars are taken until 10 p.m.",
    "Holm to Vik | 25",
    "The council of Vik pays 1.2 million euros a year for the boat.",
    "It will decide in autumn whether a bus can take its place.",
]
LIBRARIES = {"docx": "mammoth", "pptx": "pptx", "xlsx": "openpyxl"}


@pytest.mark.parametrize("name", ["pandoc.docx", "libreoffice.docx", "pandoc.epub", "libreoffice.epub", "pandoc.pptx"])
def test_paragraphs_lists_tables_and_notes(name: str) -> None:
    """All are there, each as its own, with the title and without the arrows that lead back from a note."""
    pytest.importorskip(LIBRARIES.get(name.partition(".")[2], "lxml"))
    article = read(FILES / name)
    found = [sentence.text for sentence in article.sentences]
    missing = [text for text in SENTENCES if not any(sentence.endswith(text) for sentence in found)]
    assert ([], TITLE) == (missing, article.title)
    assert "The date was changed once." in article.text
    assert not set("↑↩") & set(article.text)


@pytest.mark.parametrize(
    ("name", "words", "place"),
    [
        ("pandoc.docx", "The council of Vik", "paragraph 2"),
        ("pandoc.docx", "Cars are taken", "list 1"),
        ("pandoc.docx", "Vik to Lund", "table 1"),
        ("pandoc.epub", "The council of Vik", "chapter 2 paragraph 2"),
        ("pandoc.pptx", "The council of Vik", "slide 3"),
    ],
)
def test_places(name: str, words: str, place: str) -> None:
    """The way back to the document."""
    pytest.importorskip(LIBRARIES.get(name.partition(".")[2], "lxml"))
    article = read(FILES / name)
    assert place == article.place_of(article.text.index(words))


@pytest.mark.parametrize("name", ["pandoc.docx", "pandoc.epub", "pandoc.pptx"])
def test_the_mark_of_a_note_is_no_figure(name: str) -> None:
    """ "2025.1" would be one."""
    pytest.importorskip(LIBRARIES.get(name.partition(".")[2], "lxml"))
    assert any(f"on 30 June 2025.{mark} Captain" in read(FILES / name).text for mark in ("[1]", "¹"))


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("pandoc.docx", "mammoth", "office"), ("pandoc.pptx", "pptx", "office"), ("rows.xlsx", "openpyxl", "office"),
     ("npm.rss", "feedparser", "feeds")],
)  # fmt: skip
def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str) -> None:
    """One line that says what to install."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=rf"pip install 'grounded-summarizer\[{extra}\]'"):
        read(FILES / name)


def test_an_office_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    """Under whatever name; a file with the ending of one and none of its parts is an archive."""
    pytest.importorskip("mammoth")
    path = tmp_path / "letter"
    path.write_bytes((FILES / "pandoc.docx").read_bytes())
    assert TITLE == read(path).title
    other = tmp_path / "a.docx"
    other.write_bytes(zipped({"a.txt": b"The ferry sails."}))
    assert "The ferry sails." == read(other).text


def test_a_file_that_grows_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file can hold more than any memory."""
    pytest.importorskip("mammoth")
    monkeypatch.setattr("summarizer.reading.office.LARGEST", 2**20)
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b" " * 2**21}))
    with pytest.raises(InputError, match="its text is larger than 1 MB when unpacked"):
        read(path)
