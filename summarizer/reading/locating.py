"""Where documents are: standard input, a file, a folder, a pattern, an archive."""

from __future__ import annotations

import glob
import gzip
import logging
import os
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from summarizer.errors import InputError, printable
from summarizer.reading.document import Document, Unreadable, reason, unopened
from summarizer.reading.web import fetch, is_url

log = logging.getLogger("summarizer.reading")

SUFFIXES = frozenset(
    """.txt .text .md .markdown .mdown .mkd .rst .html .htm .xhtml .pdf .jsonl .ndjson .json .csv .tsv .parquet .gz .zip
    .docx .pptx .xlsx .epub .rss .atom .eml .mbox .srt .vtt""".split()
)
"""What is read from a folder; a file that is named is read whatever its ending."""

LARGEST = 512 * 2**20
"""Bytes that an archive may have when it is unpacked, all its files and the archives in it together."""

_MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class Located:
    """The documents of one source. `many`: a fault of one must not hide the others."""

    documents: Iterator[Document | Unreadable]
    many: bool


def locate(source: str, *, allow_private: bool = False) -> Located:
    """What `source` stands for; see `read_all`."""
    path = Path(source)
    try:
        if is_url(source):
            document = fetch(source, allow_private=allow_private)
        elif source == "-":
            document = Document("-", sys.stdin.buffer.read())
        elif path.is_dir():
            return Located(iter(_folder(path)), many=True)
        elif not path.exists() and any(sign in source for sign in "*?["):
            return Located(iter(_pattern(source)), many=True)
        elif path.is_fifo():
            document = Document(source, path.read_bytes())  # it can be read only once
        elif path.exists() and not path.is_file():
            raise InputError(source, "neither a file nor a folder")
        else:
            path.stat()
            document = Document(source, path=path)
    except (OSError, ValueError) as error:
        raise _missing(source, error) from error
    return Located(iter([document]), many=False)


def _missing(source: str, error: OSError | ValueError) -> InputError:
    if "\n" in source or len(source) > 1000:
        return InputError(f"{source[:40].strip()}…", "no such file; to read a text itself, use Article(text=...)")
    return unopened(source, error) if isinstance(error, OSError) else InputError(source, f"no file name: {error}")


def _folder(folder: Path) -> list[Document | Unreadable]:
    """All files below, in order of their names; hidden ones and links to folders are left out."""
    found: list[Document | Unreadable] = []
    left: list[str] = []
    for here, folders, files in os.walk(folder, onerror=_report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(here, name) for name in sorted(files) if not name.startswith(".")]
        found += [_checked(path, folder.resolve()) for path in paths if path.suffix.lower() in SUFFIXES]
        left += [path.suffix.lower() for path in paths if path.suffix.lower() not in SUFFIXES]
    if not found:
        raise InputError(str(folder), f"no articles in this folder (looked for {', '.join(sorted(SUFFIXES))})")
    _tell_left_out(str(folder), left)
    return found


def _tell_left_out(name: str, endings: list[str]) -> None:
    """One line for all pictures and programs among the articles: nothing is passed over unsaid."""
    if endings:
        kinds = ", ".join(
            f"{number} {ending or 'without ending'}" for ending, number in Counter(endings).most_common(5)
        )
        log.warning("%s: left out, as no kind of text: %s", printable(name), printable(kinds))


def _report(error: OSError) -> None:
    log.warning("%s: skipped: %s", printable(str(error.filename)), error.strerror)


def _checked(path: Path, folder: Path | None = None) -> Document | Unreadable:
    """The file as a document; not a pipe that would wait for ever, nor what a link fetches from outside `folder`."""
    if folder is not None and path.is_symlink() and not path.resolve().is_relative_to(folder):
        return Unreadable(str(path), "skipped: a link that leads out of the folder")
    if path.exists() and not path.is_file():
        return Unreadable(str(path), "skipped: a pipe, socket or device, not a file")
    return Document(str(path), path=path)


def _pattern(pattern: str) -> list[Document | Unreadable]:
    files = sorted(path for path in map(Path, glob.glob(pattern, recursive=True)) if not path.is_dir())  # noqa: PTH207  absolute patterns
    if not files:
        raise InputError(pattern, "no file matches")
    return [_checked(path) for path in files]


@dataclass
class Room:
    """Bytes that may still be unpacked, counted over an archive and the archives in it."""

    left: int

    def take(self, file: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
        """All of `file`."""
        content = file.read(self.left + 1)
        if len(content) > self.left:
            raise InputError(name, f"the archive is larger than {LARGEST >> 20} MB when unpacked")
        self.left -= len(content)
        return content


def is_archive(document: Document) -> bool:
    """Whether `document` is a file that holds files; an office document is one too, but read as one."""
    return document.head.startswith(b"\x1f\x8b") or (_is_zip(document) and not office_kind(document))


def _is_zip(document: Document) -> bool:
    return document.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def office_kind(document: Document) -> str:
    """What a zip file is to its program: "word", "ppt", "xl" or "epub"; "" where it is files and nothing more."""
    if not _is_zip(document):
        return ""
    if b"application/epub+zip" in document.head[:128]:
        return "epub"
    try:
        with document.open() as file, zipfile.ZipFile(file) as archive:
            names = {entry.filename.partition("/")[0] for entry in archive.infolist()[:_MOST_FILES]}
    except Exception:  # noqa: BLE001  whoever unpacks it says what is wrong
        return ""
    return next((kind for kind in ("word", "ppt", "xl") if {kind, "[Content_Types].xml"} <= names), "")


def unpack(document: Document, room: Room) -> Located:
    """The documents in an archive."""
    if _is_zip(document):
        return Located(_unzipped(document, room), many=True)
    try:
        with document.open() as packed, gzip.GzipFile(fileobj=packed) as file:
            content = room.take(file, document.name)
    except InputError:
        raise
    except Exception as error:
        raise InputError(document.name, f"a damaged gzip file: {reason(error)}") from error
    return Located(iter([Document(document.name, content, inner=document.name.removesuffix(".gz"))]), many=False)


def _unzipped(document: Document, room: Room) -> Iterator[Document | Unreadable]:
    if b"opendocument" in document.head[:128]:
        raise InputError(document.name, "an OpenDocument file; save it as DOCX, PDF or HTML")
    try:
        with document.open() as file, zipfile.ZipFile(file) as archive:
            inside = [entry for entry in archive.infolist() if _is_shown(entry)]
            entries = sorted(filter(_is_text, inside), key=lambda entry: entry.filename)
            if not entries:
                raise InputError(document.name, "no articles in this archive")
            if len(entries) > _MOST_FILES:
                raise InputError(document.name, f"more than {_MOST_FILES:,} files in this archive")
            left = [PurePosixPath(entry.filename).suffix.lower() for entry in inside if not _is_text(entry)]
            _tell_left_out(document.name, left)
            for entry in entries:
                yield _member(archive, entry, f"{document.name}/{entry.filename}", room)
    except InputError:
        raise
    except Exception as error:
        raise InputError(document.name, f"a damaged zip file: {reason(error)}") from error


def _is_shown(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return not entry.is_dir() and not any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _is_text(entry: zipfile.ZipInfo) -> bool:
    return PurePosixPath(entry.filename).suffix.lower() in SUFFIXES


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, room: Room) -> Document | Unreadable:
    if entry.flag_bits & 1:
        return Unreadable(name, "protected by a password")
    try:
        with archive.open(entry) as file:
            return Document(name, room.take(file, name))
    except InputError as error:
        return Unreadable(name, error.message)
    except Exception as error:  # noqa: BLE001  versions, offsets, names, methods: zipfile raises all kinds
        return Unreadable(name, f"cannot be unpacked: {reason(error)}")
