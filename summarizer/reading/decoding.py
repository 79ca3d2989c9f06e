"""Bytes into text, exactly: no line end is translated, nothing is stripped but the mark of the encoding."""

from __future__ import annotations

import codecs
import logging
import re

from summarizer.errors import InputError, printable

log = logging.getLogger("summarizer.reading")

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_KINDS = {
    "a PNG picture": (b"\x89PNG\r\n",),
    "a JPEG picture": (b"\xff\xd8\xff",),
    "a GIF picture": (b"GIF8",),
    "a TIFF picture": (b"II*\0", b"MM\0*"),
    "a sound, film or WebP file": (b"RIFF", b"ID3", b"OggS"),
    "a program": (b"\x7fELF", b"MZ"),
    "a database": (b"SQLite format 3",),
    "an old Office document; save it as text or PDF": (b"\xd0\xcf\x11\xe0",),
    "an archive that is not read; unpack it": (
        b"7z\xbc\xaf",
        b"Rar!",
        b"PK\x03\x04",
        b"BZh",
        b"\xfd7zXZ",
        b"\x28\xb5\x2f\xfd",
    ),
}
_BINARY = "not text: a binary file; give a text, Markdown, HTML or PDF file"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of `data`, the bytes of `name`.

    In order: the mark at its head, UTF-16 without a mark, strict UTF-8, UTF-8 with a few invalid bytes (each becomes
    U+FFFD and is reported with its place in the log), the encoding that was declared, a guess by charset-normalizer.
    A text with few non-ASCII bytes is taken for Windows-1252, since a guess would have nothing to go by.
    """
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    if marked:
        return _forgiving(data, marked, name)
    known = next((kind for kind, heads in _KINDS.items() if data.startswith(heads)), None)
    if known and _CONTROL.search(data[:4096]):
        raise InputError(name, f"not text: {known}")
    if (wide := _wide(data)) is not None:
        return wide
    if data.count(0) > max(32, len(data) // 10):
        raise InputError(name, _BINARY)
    if (text := _strict(data, "utf-8")) is not None:
        return text
    if len(_CONTROL.findall(data[:65_536])) > len(data[:65_536]) // 100:
        raise InputError(name, _BINARY)
    high = len(_HIGH.findall(data))
    formed = sum(map(len, _SEQUENCE.findall(data)))
    if formed >= 0.75 * high and formed >= 6:  # nearly all forms UTF-8: the rest is damage, not another encoding
        return _forgiving(data, "utf-8", name)
    texts = (_strict(data, encoding) for encoding in (*_declared(charset), *_guesses(data), "cp1252"))
    return next((text for text in texts if text is not None), data.decode("latin-1"))


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _declared(charset: str | None) -> list[str]:
    if charset is None or charset.lower().startswith("utf"):
        return []
    # Every browser reads Latin-1 as Windows-1252: its 27 further signs are the quotes and dashes that writers use.
    return ["cp1252" if charset.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else charset]


def _guesses(data: bytes) -> list[str]:
    high = len(_HIGH.findall(data[:100_000]))
    if high < 24 and high * 3 < len(data):
        return []
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return [best.encoding] if best else []


def _forgiving(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        kind, lost = encoding.removesuffix("-sig").upper(), text.count("\ufffd")
        fault = f"the first is byte 0x{data[error.start]:02x} at {error.start}; each is shown as U+FFFD"
        log.warning("%s: %d invalid %s byte sequence(s), %s", printable(name), lost, kind, fault)
        return text


def _wide(data: bytes) -> str | None:
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) < 8 or len(data) % 2 or max(even, odd) <= len(data) // 5 or min(even, odd) > len(data) // 50:
        return None
    return _strict(data, "utf-16-le" if odd > even else "utf-16-be")
