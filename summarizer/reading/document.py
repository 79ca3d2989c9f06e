"""What a reader is given, and what a reader is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from summarizer.article import Article
from summarizer.errors import InputError

# Control characters, escape sequences, marks that turn the direction of writing, halves of surrogate pairs.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One item of many that could not be read, or was skipped; the others are not lost by it."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of a table or of JSON lines that hold an article; None means: find out and say so in the log."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    id: str | None = None

    @property
    def read(self) -> tuple[str | None, ...]:
        """Those whose values the article has itself."""
        return self.text, self.title, self.date


@dataclass(frozen=True)
class Document:
    """Bytes with a name, not yet understood.

    Args:
        name: where it came from, as the user would say it: a path, a URL, `-`, `archive.zip/member`; what could
            harm a terminal is shown as an escape, such as `\\x1b`.
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
        object.__setattr__(self, "name", printable(self.name))

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


def printable(name: str) -> str:
    """A name that anybody may have chosen, fit for a message: `a\\x1b[2J.txt`."""
    return _HARMFUL.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), name)


def harmless(text: str) -> str:
    """Text of as many code points in which a half of a surrogate pair, which no file can hold, is U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def reason(error: BaseException) -> str:
    """Why something failed, in one short line."""
    kinds: dict[type[BaseException], str] = {
        RecursionError: "nested too deeply",
        MemoryError: "too large for the memory of this machine",
    }
    said = " ".join(printable(" ".join(str(error).split())).split())[:200]
    return kinds.get(type(error)) or said or type(error).__name__


def quiet(*names: str) -> None:
    """Keep the warnings of a library to itself where the application has not asked for them: we say what matters."""
    for name in names:
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.CRITICAL)


def missing(name: str, kind: str, library: str, extra: str = "office") -> InputError:
    """The one line that says which extra a kind of file needs."""
    return InputError(name, f"{kind}; to read it, install {library}: pip install 'grounded-summarizer[{extra}]'")


def unopened(name: str, error: OSError) -> InputError:
    """The error for a file that the system does not give us."""
    if isinstance(error, FileNotFoundError):
        return InputError(name, "no such file or folder")
    if isinstance(error, PermissionError):
        return InputError(name, "cannot be read: permission denied")
    return InputError(name, f"cannot be read: {error.strerror or error}")
