"""What is inside a gzip or zip file."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from summarizer.errors import InputError
from summarizer.reading.document import Document, Unreadable
from summarizer.reading.locating import SUFFIXES, Located

LARGEST = 512 * 2**20
"""Bytes one file may have when it is unpacked: a small archive can hold more than any memory."""

_OFFICE = ("word/", "xl/", "ppt/", "META-INF/", "mimetype", "[Content_Types].xml")


def is_archive(document: Document) -> bool:
    """Whether `document` is a file that holds files. A single one with an ending of its own stays what it says."""
    return document.head.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"))


def unpack(document: Document) -> Located:
    """The documents in an archive.

    Raises:
        InputError: it is damaged, too large, or an office document.

    """
    if document.head.startswith(b"\x1f\x8b"):
        return Located(iter([_gunzipped(document)]), many=False)
    return Located(_unzipped(document), many=True)


def _gunzipped(document: Document) -> Document:
    try:
        with document.open() as packed, gzip.GzipFile(fileobj=packed) as file:
            content = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(document.name, f"a damaged gzip file: {error}") from error
    if len(content) > LARGEST:
        raise InputError(document.name, f"larger than {LARGEST >> 20} MB when unpacked")
    return Document(document.name, content, media_type="", inner=document.name.removesuffix(".gz"))


def _unzipped(document: Document) -> Iterator[Document | Unreadable]:
    try:
        with document.open() as file, zipfile.ZipFile(file) as archive:
            for entry in _wanted(archive, document.name):
                yield _member(archive, entry, f"{document.name}/{entry.filename}")
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(document.name, f"a damaged zip file: {error}") from error


def _wanted(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
    if any(entry.filename.startswith(_OFFICE) for entry in entries):
        raise InputError(name, "an office document or e-book; save it as text, HTML or PDF")
    wanted = [entry for entry in entries if _is_wanted(entry)]
    if not wanted:
        raise InputError(name, "no articles in this archive")
    return wanted


def _is_wanted(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not entry.is_dir() and not hidden and path.suffix.lower() in SUFFIXES


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Document | Unreadable:
    try:
        with archive.open(entry) as file:
            content = file.read(LARGEST + 1)
    except RuntimeError:
        return Unreadable(name, "protected by a password")
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        return Unreadable(name, f"cannot be unpacked: {error}")
    if len(content) > LARGEST:
        return Unreadable(name, f"larger than {LARGEST >> 20} MB when unpacked")
    return Document(name, content)
