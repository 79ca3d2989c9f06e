"""What a reader is given, and what a reader is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from summarizer.article import Article
from summarizer.errors import InputError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One item of many that could not be read; the others are not lost by it."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of a table or of JSON lines that hold an article; None means: find out and say so in the log."""

    text: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Document:
    """Bytes with a name, not yet understood.

    Args:
        name: where it came from, as the user would say it: a path, a URL, `-`, `archive.zip/member`.
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

    @cached_property
    def data(self) -> bytes:
        """All bytes.

        Raises:
            InputError: the file cannot be read.

        """
        if self.content is not None:
            return self.content
        with self.open() as file:
            return file.read()

    @cached_property
    def head(self) -> bytes:
        """The first bytes, enough to tell a kind of file by."""
        if self.content is not None:
            return self.content[:4096]
        with self.open() as file:
            return file.read(4096)

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; "" where there is none or the name is a URL's."""
        return Path((self.inner or self.name).partition("?")[0]).suffix.lower()

    def open(self) -> BinaryIO:
        """The bytes as a stream.

        Raises:
            InputError: the file cannot be opened.

        """
        if self.path is None:
            return BytesIO(self.content or b"")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise unopened(self.name, error) from error


class Reader(Protocol):
    """One kind of document. The registry is a list of these; the first that detects a document reads it."""

    def detect(self, document: Document) -> bool:
        """Whether this reader understands `document`."""

    def read(self, document: Document, published: date | None, columns: Columns) -> Iterator[Article | Unreadable]:
        """The articles in it. `published` overrides what the document says.

        Raises:
            InputError: nothing in the document can be read.

        """


def unopened(name: str, error: OSError) -> InputError:
    """The error for a file that the system does not give us."""
    if isinstance(error, FileNotFoundError):
        return InputError(name, "no such file or folder")
    if isinstance(error, PermissionError):
        return InputError(name, "cannot be read: permission denied")
    return InputError(name, f"cannot be read: {error.strerror or error}")
