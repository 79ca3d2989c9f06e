"""What a reader is given, and what a reader is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from summarizer.article import Article
from summarizer.errors import InputError, printable

T = TypeVar("T")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHATTY = ("trafilatura", "htmldate", "courlan", "justext", "pdfminer", "mammoth", "pptx", "openpyxl")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One item of many that could not be read, or was skipped; the others are not lost by it.

    `source` is for people: what could harm a terminal is shown in it as an escape, such as `\\x1b`.
    """

    source: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", printable(self.source))


def tolerant(items: Iterable[T]) -> Iterator[T | Unreadable]:
    """The items; what cannot be read at all is one of them, as an `Unreadable`."""
    try:
        yield from items
    except InputError as error:
        yield Unreadable(error.source, error.message)


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of a table or of JSON lines that hold an article; None means: find out and say so in the log."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    id: str | None = None


@dataclass(frozen=True)
class Document:
    """Bytes with a name, not yet understood.

    Args:
        name: where it came from, by which it can be opened again: a path, a URL, `-`, `archive.zip/member`; only halves
            of surrogate pairs, which no result can hold, are escaped in it.
        content: the bytes, or None where they are in the file `path`.
        path: the file.
        media_type: what the server called it, in lower case and without parameters; "" where nobody said.
        charset: the encoding the server declared.
        inner: the name without the ending of its packing, by which its kind is told; "" where it is `name`.

    """

    name: str
    content: bytes | None = None
    path: Path | None = None
    media_type: str = ""
    charset: str | None = None
    inner: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", _SURROGATE.sub(lambda half: printable(half[0]), self.name))

    @cached_property
    def data(self) -> bytes:
        """All bytes."""
        with self.open() as file:
            return file.read()

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to tell a kind of file by."""
        with self.open() as file:
            return file.read(4096)

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; "" where there is none or the name is a URL's."""
        return Path((self.inner or self.name).partition("?")[0]).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes as a stream."""
        if self.path is None:
            return BytesIO(self.content or b"")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise unopened(self.name, error) from error


class Reader(Protocol):
    """One kind of document. The registry is a list of these; the first that detects a document reads it.

    A package adds its own by the entry point `summarizer.readers`, which names the class. Whatever a reader raises
    becomes one `Unreadable` for its document.
    """

    def detect(self, document: Document) -> bool:
        """Whether this reader understands `document`."""

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """The articles in it. `published` overrides what the document says.

        Raises:
            InputError: nothing in the document can be read.

        """


def harmless(text: str) -> str:
    """Text of as many code points in which a half of a surrogate pair, which no file can hold, is U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def reason(error: BaseException) -> str:
    """Why something failed, in one short line."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, MemoryError):
        return "too large for the memory of this machine"
    return printable(" ".join(str(error).split()))[:200] or type(error).__name__


@contextmanager
def needed(name: str, kind: str, extra: str) -> Iterator[None]:
    """Around the import of a library: the one line that says which extra a kind of file needs.

    The warnings of the library stay with itself where the application has not asked for them: we say what matters.
    """
    for logger in map(logging.getLogger, _CHATTY):
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.CRITICAL)
    try:
        yield
    except ImportError as error:
        raise InputError(name, f"{kind}; to read it: pip install 'grounded-summarizer[{extra}]'") from error


def unopened(name: str, error: OSError) -> InputError:
    """The error for a file that the system does not give us."""
    if isinstance(error, FileNotFoundError):
        return InputError(name, "no such file or folder")
    if isinstance(error, PermissionError):
        return InputError(name, "cannot be read: permission denied")
    return InputError(name, f"cannot be read: {error.strerror or error}")
