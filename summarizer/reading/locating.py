"""Where documents are: standard input, a file, a folder, a pattern, an address."""

from __future__ import annotations

import glob
import logging
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import InputError
from summarizer.reading.document import Document, Unreadable, unopened

log = logging.getLogger("summarizer.reading")

SUFFIXES = frozenset(
    """.txt .text .md .markdown .mdown .mkd .rst .html .htm .xhtml .pdf .jsonl .ndjson .json .csv .tsv .parquet .gz .zip
    """.split()
)
"""What is read from a folder; a file that is named is read whatever its ending."""


@dataclass(frozen=True, slots=True)
class Located:
    """The documents of one source. `many`: a fault of one must not hide the others."""

    documents: Iterator[Document | Unreadable]
    many: bool


def locate(source: str) -> Located:
    """What `source` stands for.

    Raises:
        InputError: there is no such thing, or a folder or pattern without articles.

    """
    if source == "-":
        return Located(iter([Document("-", sys.stdin.buffer.read())]), many=False)
    path = Path(source)
    try:
        if path.is_dir():
            return Located(iter(_folder(path)), many=True)
        if not path.exists() and any(sign in source for sign in "*?["):
            return Located(iter(_pattern(source)), many=True)
        if not path.exists():
            raise FileNotFoundError(2, "no such file or folder")
        if path.is_fifo():
            return Located(iter([Document(source, path.read_bytes())]), many=False)  # it can be read only once
        if not path.is_file():
            raise InputError(source, "neither a file nor a folder")
    except (OSError, ValueError) as error:
        raise _missing(source, error) from error
    return Located(iter([Document(source, path=path)]), many=False)


def _missing(source: str, error: OSError | ValueError) -> InputError:
    if "\n" in source or len(source) > 1000:
        return InputError(f"{source[:40].strip()}…", "no such file; to read a text itself, use Article(text=...)")
    return unopened(source, error) if isinstance(error, OSError) else InputError(source, f"no file name: {error}")


def _folder(folder: Path) -> list[Document]:
    files = [path for path in _walk(folder) if _is_wanted(path)]
    if not files:
        raise InputError(str(folder), f"no articles in this folder (looked for {', '.join(sorted(SUFFIXES))})")
    return [Document(str(path), path=path) for path in files]


def _walk(folder: Path) -> Iterator[Path]:
    """All files below, in order of their names; hidden ones and links to folders are left out."""
    for here, folders, files in os.walk(folder, onerror=_report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(files) if not name.startswith("."))


def _report(error: OSError) -> None:
    log.warning("%s: skipped: %s", error.filename, error.strerror)


def _is_wanted(path: Path) -> bool:
    if path.suffix.lower() in SUFFIXES:
        return True
    log.info("%s: skipped: not a kind of file that holds articles", path)
    return False


def _pattern(pattern: str) -> list[Document]:
    files = sorted(path for path in map(Path, glob.glob(pattern, recursive=True)) if path.is_file())  # noqa: PTH207  absolute patterns
    if not files:
        raise InputError(pattern, "no file matches")
    return [Document(str(path), path=path) for path in files]
