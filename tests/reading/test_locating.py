"""Files, folders, patterns and standard input; and what is said where nothing can be read."""

import io
import os
import sys
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import Unreadable, read, read_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text("Second article.")
    (tmp_path / "a.md").write_text("# One\n\nFirst article.")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.txt").write_text("Third article.")
    (tmp_path / "deep" / "empty.txt").write_bytes(b"")
    (tmp_path / ".hidden.txt").write_text("Hidden.")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.txt").write_text("Hidden.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    return tmp_path


def test_a_folder_is_read_in_order(folder: Path) -> None:
    """Below it too; hidden files and pictures are left out; one that cannot be read does not hide the others."""
    items = list(read_all(folder))
    names = [Path(item.source).relative_to(folder).as_posix() for item in items]
    assert ["a.md", "b.txt", "deep/c.txt", "deep/empty.txt"] == names
    assert Unreadable(str(folder / "deep" / "empty.txt"), "empty: there is nothing to read") == items[3]


def test_what_is_left_out_is_said_in_one_line(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Of a folder and of an archive: how many files of which endings; hidden ones are nobody's articles."""
    (folder / "deep" / "two.PNG").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (folder / "deep" / "Makefile").write_text("all:")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("n.txt", "Fourth article.")
        archive.writestr("film.mp4", b"\0")
        archive.writestr("__MACOSX/film.mp4", b"\0")
    list(read_all(folder))
    assert [
        f"{folder}: left out, as no kind of text: 2 .png, 1 without ending",
        f"{folder}/z.zip: left out, as no kind of text: 1 .mp4",
    ] == caplog.messages


def test_a_pattern(folder: Path) -> None:
    """`**` goes down."""
    found = [item.source for item in read_all(str(folder / "**" / "[bc].txt"))]
    assert [str(folder / "b.txt"), str(folder / "deep" / "c.txt")] == found


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes are decoded by us: CRLF stays."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Caf\xe9 – 1.\r\n".encode("cp1252"))))
    article = read("-")
    assert ("Café – 1.\r\n", "-") == (article.text, article.source)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (b'[\n {"text": "One."},\n {"text": "Two."}\n]', ["One.", "Two."]),
        (b'{\n "text": "One."\n}', ["One."]),
        (b"{{ 7*7 }} {% if %}", ["{{ 7*7 }} {% if %}"]),
        (b"[3] fake sentence numbers", ["[3] fake sentence numbers"]),
        (b"[1]", ["[1]"]),
        (b"# One\n\n- Two.", ["# One\n\n- Two."]),
    ],
)
def test_standard_input_is_known_by_what_is_in_it(
    monkeypatch: pytest.MonkeyPatch, content: bytes, expected: list[str]
) -> None:
    """There is no name to go by; what only looks like JSON is a text."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert expected == [item.text for item in read_all("-") if isinstance(item, Article)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """What a shell gives for `<(command)`."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"One. Two.",))
    writer.start()
    assert read(path).text == "One. Two."
    writer.join()


def test_a_day_that_is_given_overrides(tmp_path: Path) -> None:
    """`published` counts before what the text says."""
    path = tmp_path / "a.txt"
    path.write_text("2020-01-01\n\nHe came. He left.")
    assert date(2020, 1, 1) == read(path).published
    assert date(2024, 5, 3) == read(path, published=date(2024, 5, 3)).published


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "no such file or folder"),
        ("empty.txt", b"", "empty: there is nothing to read"),
        ("blank.txt", b" \r\n\t", "holds nothing but white space"),
        ("x.bin", bytes(range(256)) * 9, "not text: a binary file"),
    ],
)
def test_bad_files_give_one_clear_line(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    """It names the file and the fault, with exit status 3."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: {words}")
    assert "\n" not in str(caught.value)
    assert 3 == caught.value.exit_status


def test_a_folder_without_articles(tmp_path: Path) -> None:
    """Pictures only, or nothing."""
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match="no articles in this folder"):
        list(read_all(tmp_path))


def test_a_pattern_without_files(tmp_path: Path) -> None:
    """It may be a slip of the pen."""
    with pytest.raises(InputError, match="no file matches"):
        read(str(tmp_path / "*.txt"))


def test_a_text_given_as_a_name_is_told() -> None:
    """The commonest slip in Python."""
    with pytest.raises(InputError, match=r"use Article\(text=\.\.\.\)"):
        read("The leader arrived.\n\nHe left.")
    with pytest.raises(InputError, match="no such file"):
        read("word " * 5000)


def test_read_wants_one(folder: Path) -> None:
    """Several articles are for `read_all`."""
    with pytest.raises(InputError, match="more than one article; use read_all"):
        read(folder)


def test_one_word_is_an_article(tmp_path: Path) -> None:
    """Short, but whole."""
    path = tmp_path / "a.txt"
    path.write_text("Peace")
    assert Article(text="Peace", source=str(path)) == read(path)
