"""Documents of every kind: real small files with damage, and files built from the parts of their format."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache

from hypothesis import strategies as st

from benchmarks.fuzz.texts import PROSE, SHORT, SOUP
from summarizer.reading.document import Document
from tests.reading.test_hostile import samples, zipped

TOKENS = {
    "html": ["<p>", "</p>", "<table>", "<tr><td>", "<script>", "</script", "<!--", "<![CDATA[", "<svg>",
            "<base href=//x>",
             "<meta charset=utf-16>", "<meta http-equiv=refresh>", "&#0;", "&#xD800;", "&amp",
            "<time datetime=9999-99-99>",
             '<script type="application/ld+json">{"datePublished": 1e999}</script>', "<p hidden>",
            "<br>" * 40, "<li>"],
    "xml": ["<?xml version='1.1'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "]]>", "<![CDATA[", "xmlns=''",
            "<w:t>", "</w:t>",
            "<w:tbl>", "<item>", "<entry>", "<pubDate>Mon, 99 Foo 0000 25:61:61 +9999</pubDate>", "<v>1e999</v>",
            "<c r='XFE1048577'>",
            "<a:t>", "<mergeCell ref='A1:XFD1048576'/>", "r:id='rId999'", "<itemref idref='x'/>"],
    "pdf": ["obj", "endobj", "stream\n", "endstream", "<<", ">>", "[", "]", "/Length 99999999999",
            "/Filter /FlateDecode",
            "/Kids [1 0 R]", "/Parent 1 0 R", "1 0 R", "/Count -1", "BT", "ET", "Tj", "Tf", "1e99 0 0 1e99 0 0 Tm",
            "/Encrypt 1 0 R"],
    "mail": ["Content-Type: multipart/mixed; boundary=\n", "Content-Transfer-Encoding: base64\n", "charset=utf-7",
            "charset=x-none",
             "=?utf-8?B?////?=", "=?x?q?=zz?=", "Date: 99 Foo 0000 99:99:99 +99999999\n", "From nobody\n", "\n\n",
            "--x--\n",
             "Content-Type: message/rfc822\n\n", "Content-Type: ;;;=\n", "filename*=utf-8''%ff"],
    "text": ["---\n", "+++\n", "a: &a [*a]\n", "date: 9999-99-99\n", "!!binary x", "? ", "[[table]]\n", "#", "```",
            "| a | b |\n|--|--|\n",
             '"', '""', ";", ",", "\t", "{", "}", '{"text":', "1e999", "NaN", "-->",
            "99:99:99,999 --> 00:00:00,000\n", "WEBVTT\n\n"],
}  # fmt: skip
RAW = [
    b"\0",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\x1b$B",
    b"PK\3\4",
    b"%PDF-1.7",
    b"\x1f\x8b",
]
_KINDS = {"html": "html", "docx": "xml", "pptx": "xml", "xlsx": "xml", "epub": "xml", "rss": "xml", "atom": "xml",
          "pdf": "pdf", "eml": "mail", "mbox": "mail"}  # fmt: skip


@cache
def seeds() -> dict[str, bytes]:
    """A real small document for each reader, by name."""
    return samples()


def tokens_of(name: str) -> st.SearchStrategy[bytes]:
    """What an attacker would put into a file of this kind."""
    words = TOKENS[_KINDS.get(name.rpartition(".")[2], "text")]
    return st.sampled_from([*(word.encode() for word in words), *RAW]) | st.binary(max_size=12)


@st.composite
def damaged(draw: st.DrawFn, content: bytes, token: st.SearchStrategy[bytes]) -> bytes:
    """`content` with bytes changed, lost, doubled, moved, cut off, or tokens put in between."""
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        part = content[at : min(end, at + 400)]
        match draw(st.sampled_from(["flip", "cut", "lose", "double", "move", "put", "repeat"])):
            case "flip":
                flipped = bytes([content[at] ^ (1 << draw(st.integers(0, 7)))]) if at < len(content) else b""
                content = content[:at] + flipped + content[at + 1 :]
            case "cut":
                content = content[:end]
            case "lose":
                content = content[:at] + content[at + len(part) :]
            case "double":
                content = content[:at] + part * draw(st.sampled_from([2, 3, 50])) + content[at + len(part) :]
            case "move":
                content = content[:at] + content[at + len(part) :] + part
            case "put":
                content = content[:at] + draw(token) + content[at:]
            case _:
                content = content[:at] + draw(token) * draw(st.sampled_from([2, 100, 3000])) + content[at:]
    return content


@st.composite
def damaged_files(draw: st.DrawFn) -> Document:
    """A damaged seed; of an archive also a whole archive with one damaged member, or two seeds spliced."""
    name = draw(st.sampled_from(sorted(seeds())))
    content, token = seeds()[name], tokens_of(name)
    if content.startswith(b"PK") and draw(st.integers(0, 3)):
        return Document(name, draw(_damaged_inside(content, token)))
    if not draw(st.integers(0, 7)):
        other = seeds()[draw(st.sampled_from(sorted(seeds())))]
        at, behind = draw(st.integers(0, len(content))), draw(st.integers(0, len(other)))
        return Document(name, content[:at] + other[behind:])
    return Document(name, draw(damaged(content, token)))


@st.composite
def _damaged_inside(draw: st.DrawFn, content: bytes, token: st.SearchStrategy[bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    return zipped(members | {name: draw(damaged(members[name], token))})


def _pages() -> st.SearchStrategy[str]:
    """HTML of nested elements with the attributes and texts that readers look at."""
    tag = st.sampled_from(
        "p div article section table tr td ul li h1 h2 pre code a time span header nav aside main figure "
        "blockquote br script style template select svg math dl dd".split()
    )
    attribute = st.sampled_from(
        ["", " hidden", " class=cookie", " id=a", ' datetime="2024-05-03"', " href=x", ' style="display:none"']
    )
    return st.recursive(
        PROSE | SHORT,
        lambda inner: st.builds(
            lambda name, attr, inside, closed: f"<{name}{attr}>{''.join(inside)}" + f"</{name}>" * closed,
            tag,
            attribute,
            st.lists(inner, max_size=4),
            st.booleans(),
        ),
        max_leaves=25,
    ).map(lambda body: f"<html><head><title>T</title></head><body>{body}</body></html>")


def _values() -> st.SearchStrategy[object]:
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | SHORT
    keys = st.sampled_from(["text", "title", "date", "id", "body", "content", "articles", "url", ""]) | SHORT
    return st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5), max_leaves=20
    )


def _mails() -> st.SearchStrategy[str]:
    head = st.sampled_from(["Subject", "From", "Date", "Content-Type", "Content-Transfer-Encoding", "To", "List-Id"])
    value = SHORT.map(lambda text: " ".join(text.split())[:80]) | st.sampled_from(
        [
            "text/plain; charset=utf-8",
            "text/html",
            "multipart/mixed; boundary=x",
            "multipart/alternative; boundary=x",
            "base64",
            "quoted-printable",
            "Fri, 3 May 2024 10:00:00 +0200",
            "message/rfc822",
            "=?utf-8?q?=41=?=",
        ]
    )
    heads = st.lists(st.tuples(head, value), max_size=6).map(lambda pairs: "".join(f"{a}: {b}\n" for a, b in pairs))
    part = st.tuples(heads, SHORT).map("\n".join)
    return st.builds(
        lambda top, parts: top + "\n" + "\n--x\n".join(parts) + "\n--x--\n", heads, st.lists(part, max_size=3)
    )


def _feeds() -> st.SearchStrategy[str]:
    field = st.tuples(
        st.sampled_from(["title", "description", "pubDate", "link", "guid", "content:encoded", "x"]), SHORT
    )
    item = st.lists(field, max_size=4).map(lambda all_: "".join(f"<{a}><![CDATA[{b}]]></{a}>" for a, b in all_))
    return st.lists(item, max_size=4).map(
        lambda items: f"<rss version='2.0'><channel>{''.join(f'<item>{i}</item>' for i in items)}</channel></rss>"
    )


def _cues() -> st.SearchStrategy[str]:
    stamp = st.builds(
        lambda h, m, s, ms, mark: f"{h:02}:{m:02}:{s:02}{mark}{ms:03}",
        *[st.integers(0, 99)] * 3,
        st.integers(0, 999),
        st.sampled_from(",."),
    )
    cue = st.builds(lambda n, a, b, said: f"{n}\n{a} --> {b}\n{said}\n", st.integers(), stamp, stamp, SHORT)
    return st.builds(
        lambda head, cues: head + "\n".join(cues), st.sampled_from(["", "WEBVTT\n\n"]), st.lists(cue, max_size=5)
    )


def _tables() -> st.SearchStrategy[str]:
    cell = SHORT.map(lambda text: text[:60]) | st.sampled_from(["text", "title", "date", "id", "", "NULL", "<b>x</b>"])
    quoted = cell.map(lambda text: '"' + text.replace('"', '""') + '"')
    separator = st.sampled_from([",", ";", "\t", "|"])
    return st.builds(
        lambda rows, sign: "\n".join(sign.join(row) for row in rows),
        st.lists(st.lists(cell | quoted, max_size=5), max_size=6),
        separator,
    )


def _notes() -> st.SearchStrategy[str]:
    front = st.sampled_from(
        ["", "---\ntitle: One\n---\n", "---\n- a\n---\n", "+++\nx = 1\n+++\n", "---\ndate: 2024-13-45\n"]
    )
    line = st.builds(
        "".join, st.tuples(st.sampled_from(["", "# ", "- ", "> ", "| ", "    ", "1. ", "```\n", "By "]), SHORT)
    )
    return st.builds(lambda top, lines: top + "\n".join(lines), front, st.lists(line, max_size=10))


def _named(name: str, text: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    codec = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "utf-32", "latin-1", "cp1252", "shift_jis"])
    content = st.builds(
        lambda said, how: said.encode(how, "replace" if how != "utf-8" else "surrogatepass"), text, codec
    )
    return content.map(lambda data: Document(name, data))


BUILT = st.one_of(
    _named("a.txt", SOUP),
    _named("a.html", _pages()),
    _named("a.eml", _mails()),
    _named("a.rss", _feeds()),
    _named("a.srt", _cues()),
    _named("a.vtt", _cues()),
    _named("a.csv", _tables()),
    _named("a.tsv", _tables()),
    _named("a.md", _notes()),
    _named("a", _pages() | _mails() | _notes()),
    _named("a.json", _values().map(json.dumps)),
    _named("a.jsonl", st.lists(_values(), max_size=4).map(lambda rows: "\n".join(map(json.dumps, rows)))),
    st.dictionaries(
        SHORT.map(lambda text: "a" + text[:12].encode("utf-8", "replace").decode()),
        SHORT.map(lambda text: text.encode("utf-8", "replace")),
        max_size=4,
    ).map(lambda members: Document("a.zip", zipped(members))),
)
DOCUMENTS = damaged_files() | BUILT
