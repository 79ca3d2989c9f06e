"""Archives are read through, and none is trusted."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import locating, read, read_all


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def test_gzip_keeps_the_kind_of_what_is_in_it(tmp_path: Path) -> None:
    """By the name below `.gz`."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "One."}\n{"text": "Two."}\n'))
    assert ["One.", "Two."] == [item.text for item in read_all(path) if isinstance(item, Article)]
    path = tmp_path / "a.md.gz"
    path.write_bytes(gzip.compress(b"# One\n\nTwo.\n"))
    assert ("One", str(path)) == (read(path).title, read(path).source)


def test_zip(tmp_path: Path) -> None:
    """In order of names; hidden files and pictures are left out; one bad file does not hide the others."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(b_txt=b"Two.", a_md=b"One.", d__c_txt=b"", x_png=b"\x89PNG", e_zip=zipped(f_txt=b"Three.")))
    items = list(read_all(path))
    assert [f"{path}/{name}" for name in ("a.md", "b.txt", "d/c.txt", "e.zip/f.txt")] == [item.source for item in items]
    assert ["One.", "Two.", "Three."] == [item.text for item in items if isinstance(item, Article)]


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than the limit is ever unpacked."""
    monkeypatch.setattr(locating, "LARGEST", 2**20)
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"a" * 2**21))
    with pytest.raises(InputError, match="larger than 1 MB when unpacked"):
        read(path)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(a_txt=b"a" * 2**21))
    with pytest.raises(InputError, match="larger than 1 MB when unpacked"):
        read(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gz", gzip.compress(b"word " * 999, mtime=0)[:-20], "a damaged gzip file"),
        ("a.zip", zipped(a_txt=b"One.")[:-9], "a damaged zip file"),
        ("a.zip", zipped(a_png=b"One."), "no articles in this archive"),
        (
            "a.odt",
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text",
            "an OpenDocument file",
        ),
    ],
)
def test_bad_archives(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """One clear line."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        list(read_all(path))
