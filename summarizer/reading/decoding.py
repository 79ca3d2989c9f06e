"""Bytes into text, exactly: no line end is translated, nothing is stripped but the mark of the encoding."""

from __future__ import annotations

import codecs
import logging
import re

from summarizer.errors import InputError

log = logging.getLogger("summarizer.reading")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as text or PDF"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
    (b"PK\x03\x04", "an archive within archives; unpack it"),
    (b"BZh", "a bzip2 archive; unpack it"),
    (b"\xfd7zXZ", "an xz archive; unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it"),
)
_BINARY = "not text: a binary file; give a text, Markdown, HTML or PDF file"
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """The text of `data`.

    In order: the mark at its head, UTF-16 without a mark, strict UTF-8, UTF-8 with a few invalid bytes (each becomes
    U+FFFD and is reported with its place in the log), the encoding that was declared, a guess by charset-normalizer.
    A text with few non-ASCII bytes is taken for Windows-1252, since a guess would have nothing to go by.

    Args:
        data: the bytes.
        name: where they come from, for the messages.
        charset: the encoding somebody declared; used only where it fits.

    Raises:
        InputError: it is not text.

    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data, encoding, name)
    _refuse_known(data, name)
    wide = _wide(data)
    if wide is not None:
        return wide
    if data.count(0) > max(32, len(data) // 10):
        raise InputError(name, _BINARY)
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    if len(_CONTROL.findall(data[:65_536])) > len(data[:65_536]) // 100:
        raise InputError(name, _BINARY)
    if _is_mostly_utf8(data):
        return _forgiving(data, "utf-8", name)
    texts = (_strict(data, encoding) for encoding in _candidates(data, charset))
    return next((text for text in texts if text is not None), data.decode("latin-1"))


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _candidates(data: bytes, charset: str | None) -> list[str]:
    declared = [] if charset is None or charset.lower().replace("-", "").startswith("utf") else [charset]
    # Every browser reads Latin-1 as Windows-1252: its 27 further signs are the quotes and dashes that writers use.
    declared = [
        "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
        for name in declared
    ]
    return [*declared, *_guesses(data), "cp1252"]


def _guesses(data: bytes) -> list[str]:
    high = len(_HIGH.findall(data[:100_000]))
    if high < 24 and high * 3 < len(data):
        return []
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return [best.encoding] if best else []


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether nearly all that is not ASCII forms UTF-8 sequences: then the rest is damage, not another encoding."""
    high = len(_HIGH.findall(data))
    formed = sum(len(sequence) for sequence in _SEQUENCE.findall(data))
    return formed >= 0.75 * high and formed >= 6


def _forgiving(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        count = data.decode(encoding, "replace").count("\ufffd")
        log.warning(
            "%s: %d invalid %s byte sequence(s), the first is byte 0x%02x at %d; each is shown as U+FFFD",
            name, count, encoding.removesuffix("-sig").upper(), data[error.start], error.start,
        )  # fmt: skip
        return data.decode(encoding, "replace")


def _wide(data: bytes) -> str | None:
    """The text of UTF-16 without its mark, which shows as a zero in every second byte."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) < 8 or len(data) % 2 or max(even, odd) <= len(data) // 5 or min(even, odd) > len(data) // 50:
        return None
    return _strict(data, "utf-16-le" if odd > even else "utf-16-be")


def _refuse_known(data: bytes, name: str) -> None:
    for magic, kind in _KINDS:
        if data.startswith(magic) and _CONTROL.search(data[:4096]):
            raise InputError(name, f"not text: {kind}")
