"""One bad file is one failure: damaged and hostile documents end in articles or one clear line, in time."""

import gzip
import io
import json
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import Unreadable, locating, read, read_all
from summarizer.reading.document import Columns, Document
from summarizer.reading.registry import READERS, read_located

FILES = Path(__file__).parent / "files"
_SECONDS = 10.0
_LIBRARIES = {"pdf": "pdfminer", "docx": "mammoth", "pptx": "pptx", "xlsx": "openpyxl", "rss": "feedparser",
              "atom": "feedparser", "html": "trafilatura"}  # fmt: skip


def samples() -> dict[str, bytes]:
    """A real document for each reader."""
    found = {path.name: path.read_bytes() for path in sorted(FILES.iterdir()) if path.stem != "locked"}
    page = "<html><head><title>T</title></head><body><article><h1>Ferry</h1><p>" + "It sails on Monday. " * 20
    rows = [{"id": n, "text": f"Article {n} is short.", "more": [1, {"a": None}]} for n in range(5)]
    return found | {
        "a.html": (page + "</p><table><tr><td>1<td>2</table><pre>x\ny</pre></article>").encode(),
        "a.md": b"---\ntitle: One\ndate: 2024-05-03\n---\n# Two\n\n- three\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "a.txt": "+++\ntitle = 'One'\n+++\nTwo – three.\n".encode(),
        "a.json": json.dumps({"articles": rows}).encode(),
        "a.jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "a.csv": b'id;text\n1;"One; two."\n2;<p>Three &amp; four.</p>\n',
        "a.mbox": b"From a Mon\n" + (FILES / "text.eml").read_bytes() + b"\n\nFrom b Tue\nSubject: x\n\nOne.\n",
        "a.srt": b"1\n00:00:01,000 --> 00:00:03,000\nThe ferry\n\n2\n00:00:03,500 --> 00:00:05,000\nsails.\n",
        "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:03.000\n<v Lena Ruud>The ferry sails.\n",
        "a.gz": gzip.compress(b"The ferry sails. " * 9),
        "a.zip": zipped({"a.txt": b"One.", "b/c.md": b"# Two\n\nThree.", "d.json": b'{"text": "Four."}'}),
    }


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def damaged(content: bytes, chance: random.Random) -> bytes:
    """`content` with bytes changed, lost, doubled or put in between."""
    at, length = chance.randrange(len(content)), chance.randint(1, 60)
    other = chance.choice(
        [b"\0", b"\xff\xfe", b"<", b"]]>", b"%s" * 9, b"&#x110000;", b"9" * 400, b'{"a":' * 300, b"!!x "]
    )
    ways: list[Callable[[], bytes]] = [
        lambda: content[:at],
        lambda: content[:at] + content[at + length :],
        lambda: content[:at] + content[at : at + length] * 3 + content[at + length :],
        lambda: content[:at] + other + content[at:],
        lambda: bytes(byte ^ (1 << chance.randrange(8)) if chance.random() < 0.002 else byte for byte in content),
        lambda: content[:at] + chance.randbytes(length) + content[at + length :],
    ]
    return chance.choice(ways)()


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    """A zip file that is whole, with one damaged member."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if archive.read(name)}
    name = chance.choice(sorted(members))
    return zipped({"mimetype": members.get("mimetype", b"")} | members | {name: damaged(members[name], chance)})


def answered(document: Document) -> list[Article | Unreadable]:
    """What reading gives; one clear line as an `Unreadable`."""
    try:
        return list(read_located(document))
    except InputError as error:
        fault = Unreadable(error.source, str(error))
    assert "\n" not in fault.message
    assert len(fault.message) < 400
    return [fault]


@pytest.mark.parametrize("name", sorted(samples()))
def test_damaged_documents_end_in_one_line(name: str) -> None:
    """Whatever the parser of a kind of file makes of damage, the answer is articles or one line, within seconds."""
    pytest.importorskip(_LIBRARIES.get(name.rpartition(".")[2], "json"))
    chance = random.Random(f"{name} 1")
    content = samples()[name]
    read_whole = list(read_located(Document(name, content)))
    assert any(isinstance(item, Article) for item in read_whole)
    for _ in range(25):
        damage = damaged_inside if content.startswith(b"PK") and chance.random() < 0.6 else damaged
        start = time.monotonic()
        items = answered(Document(name, damage(content, chance)))
        assert all(isinstance(item, (Article, Unreadable)) for item in items)
        assert time.monotonic() - start < _SECONDS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<html><body><p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">The ferry sails.</p>"),
        ("a.html", "<html><body>" + "<div>" * 50_000 + "The ferry sails."),
        ("a.html", "<html><body><p>" + "A&" * 20_000),
        ("a.html", "<html><body>" + "<table><tr><td>" * 5_000 + "The ferry sails."),
        ("a.html", "<html><body>" + "<a <a '\"" * 50_000),
        ("a.html", "<html><body>" + "<p>One.<span>" * 20_000),
        ("a.md", "> " * 20_000 + "The ferry sails."),
        ("a.md", "[" * 50_000 + "The ferry sails."),
        ("a.md", "---\na: " + "[" * 19_000 + "\n---\nThe ferry sails."),
        ("a.md", "---\na: !!python/object/apply:os.system [x]\n---\nThe ferry sails."),
        ("a.md", "---\na: " + "9" * 10_000 + "\n---\nThe ferry sails."),
        ("a.md", "+++\na = " + "[" * 19_000 + "\n+++\nThe ferry sails."),
        ("a.json", "[" * 200_000),
        ("a.json", '{"text": "One.", "n": ' + "9" * 10_000 + "}"),
        ("a.csv", "text\n" + '"' * 100_001),
        ("a.csv", "text\n" + "<" * 100_000),
        ("a.rss", "<rss><channel>" + "<item>" * 5_000 + "<title>x"),
        ("a.rss", '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "' + "&a;" * 99 + '">]><rss><channel><item><title>&b;'),
        ("a.eml", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + "--x\n" * 20_000),
        ("a.vtt", "WEBVTT\n\n" + "00:01.000 --> 00:03.000\n" + "<v " * 50_000),
        ("a.txt", "2024 " * 200_000),
        ("a.rss", "<?a?>" * 800 + "<p>x"),
        ("a.html", "<!--a-->" * 500 + "<?a?> \n" * 500 + "<p>The ferry sails."),
        ("a", "<?xml " + "<?>" * 1300),
    ],
)
def test_hostile_documents_take_seconds(name: str, content: str) -> None:
    """No input makes a reader work for longer than its size lets one expect, or breaks out of it."""
    start = time.monotonic()
    assert answered(Document(name, content.encode()))
    assert time.monotonic() - start < _SECONDS


class _Broken:
    """A reader of an installed package that fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def detect(self, document: Document) -> bool:
        return document.suffix == ".broken"

    def read(self, document: Document, published: object, columns: Columns) -> object:
        raise self.error


@pytest.mark.parametrize(
    "error", [RecursionError(), MemoryError(), KeyError("x"), AssertionError(), ValueError("a\nb")]
)
def test_whatever_a_reader_raises_is_one_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The other files of the folder are read."""
    monkeypatch.setattr("summarizer.reading.registry.readers", lambda: (_Broken(error), *READERS))
    monkeypatch.setattr(locating, "SUFFIXES", locating.SUFFIXES | {".broken"})
    (tmp_path / "a.broken").write_text("One.")
    (tmp_path / "b.txt").write_text("Two.")
    fault, article = read_all(tmp_path)
    assert isinstance(fault, Unreadable)
    assert fault.message.startswith("cannot be read: ")
    assert "\n" not in fault.message
    assert isinstance(article, Article)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_folder_has_pipes_and_links(tmp_path: Path) -> None:
    """A pipe would wait for ever; a link may lead to what the folder's owner never meant. Both are told."""
    (tmp_path / "secret.txt").write_text("Not for you.")
    folder = tmp_path / "news"
    folder.mkdir()
    os.mkfifo(folder / "a.txt")
    (folder / "b.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "c.txt").write_text("Three.")
    (folder / "d.txt").symlink_to(folder / "c.txt")
    pipe, link, *rest = read_all(folder)
    assert Unreadable(str(folder / "a.txt"), "skipped: a pipe, socket or device, not a file") == pipe
    assert Unreadable(str(folder / "b.txt"), "skipped: a link that leads out of the folder") == link
    assert ["Three.", "Three."] == [item.text for item in rest if isinstance(item, Article)]
    assert isinstance(next(iter(read_all(f"{folder}/*.txt"))), Unreadable)


@pytest.mark.parametrize("name", ["a\x1b[2J\x07.txt", "a\u202etxt.exe.txt", "a\udcff.txt", "a\nb.txt"])
def test_no_name_reaches_a_terminal_as_it_is(tmp_path: Path, name: str) -> None:
    """File names can hold escape sequences, turns of direction and bytes that are no text: messages escape them."""
    (tmp_path / name).write_bytes(b"")
    (tmp_path / "z.txt").write_bytes(b"One.")
    fault, _ = read_all(tmp_path)
    assert isinstance(fault, Unreadable)
    assert (fault.source + fault.message).isprintable()
    with pytest.raises(InputError) as caught:
        read(str(tmp_path / name))
    assert str(caught.value).isprintable()
    member = name.encode("ascii", "replace").decode().replace("?", "\x1b")
    (tmp_path / "c.zip").write_bytes(zipped({member: b"", "z.txt": b"Two."}))
    fault, _ = read_all(tmp_path / "c.zip")
    assert fault.source.isprintable()


@pytest.mark.parametrize("name", ["a\x1b[2J\x07.txt", "a\u202etxt.exe.txt", "a\nb.txt"])
def test_an_article_is_found_again_by_its_source(tmp_path: Path, name: str) -> None:
    """Its source is the path as it is, whatever is shown of it."""
    (tmp_path / name).write_bytes(b"One.")
    article = read(tmp_path / name)
    assert str(tmp_path / name) == article.source
    assert article == read(article.source)


def test_an_archive_is_limited_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small files, and archives in archives, count together."""
    monkeypatch.setattr(locating, "LARGEST", 2**20)
    inner = zipped({f"{n}.txt": b"a " * 2**17 for n in range(3)})
    items = list(read_located(Document("a.zip", zipped({f"{n}.zip": inner for n in range(3)}))))
    assert 3 == sum(isinstance(item, Article) for item in items)
    assert all("larger than 1 MB when unpacked" in item.message for item in items if isinstance(item, Unreadable))
