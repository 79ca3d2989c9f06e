"""An index kept between runs: at each look what is new or changed is read, and what is gone is dropped."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import Unreadable
from summarizer.reading.document import Columns, Document
from summarizer.reading.locating import locate
from summarizer.reading.registry import read_located
from summarizer.reading.web import fetch, is_url
from summarizer.search.full_text import FullText
from summarizer.settings import get_settings

FOLDER = "indexes"
_UNREAD = ""
"""The stamp of a document that is to be read, and its faults told, again."""


@dataclass(frozen=True)
class Sources:
    """What is indexed: files, folders, patterns and addresses, and how they are read; `complain` hears of faults."""

    names: tuple[str, ...]
    published: date | None
    columns: Columns
    allow_private: bool
    complain: Callable[[Unreadable], None]

    def indexed(self, tell: Callable[[str], None]) -> FullText:
        """The index of all of them as they are now."""
        texts = _opened(self._place())
        try:
            with texts.updating():
                self._look(texts, tell)
        except BaseException:
            texts.close()
            raise
        return texts

    def _place(self) -> Path:
        """The file of the index: the same for the same sources, in whatever order they are named."""
        whole = sorted({name if is_url(name) else os.path.abspath(name) for name in self.names})  # noqa: PTH100  patterns
        everything = "\0".join([*whole, str(self.published), str(self.columns)]).encode("utf-8", "surrogatepass")
        folder = get_settings().cache_dir / FOLDER
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(str(folder), f"the index cannot be kept there: {error.strerror or error}") from error
        return folder / f"{hashlib.sha256(everything).hexdigest()[:16]}.db"

    def _look(self, texts: FullText, tell: Callable[[str], None]) -> None:
        """Read what changed, drop what is gone."""
        begun, before, there = time.monotonic(), texts.stamps(), set[str]()
        added = dropped = 0
        for document in self._documents():
            there.add(document.name)
            if before.get(document.name) != (stamp := _stamp(document)) or stamp == _UNREAD:
                faults = list[Unreadable]()
                new, gone = texts.take_in(document.name, self._articles(document, faults), stamp)
                added, dropped = added + new, dropped + gone
                if faults:
                    texts.stamp(document.name, _UNREAD)
        dropped += sum(map(texts.forget, before.keys() - there))
        if added or dropped:
            seconds = time.monotonic() - begun
            tell(f"indexed {added:,} articles in {seconds:.1f} s, dropped {dropped:,}; {len(texts):,} in the index")
        if not len(texts):
            raise InputError(", ".join(shorten(name, 80) for name in self.names), "no article could be read")

    def _documents(self) -> Iterator[Document]:
        """Every document there is now."""
        for source in self.names:
            try:
                if is_url(source):
                    yield fetch(source, allow_private=self.allow_private)
                    continue
                for found in locate(source).documents:
                    if isinstance(found, Document):
                        yield found
                    else:
                        self.complain(found)
            except InputError as error:
                self.complain(_unreadable(error))

    def _articles(self, document: Document, faults: list[Unreadable]) -> Iterator[Article]:
        try:
            for item in read_located(document, self.published, self.columns):
                if isinstance(item, Article):
                    yield item
                else:
                    faults.append(item)
        except InputError as error:
            faults.append(_unreadable(error))
        for fault in faults:
            self.complain(fault)


def _opened(path: Path) -> FullText:
    """The index in the file; one that cannot be used is only a copy, and is begun anew."""
    try:
        return FullText(path)
    except InputError:
        path.unlink(missing_ok=True)
        return FullText(path)


def _unreadable(error: InputError) -> Unreadable:
    return Unreadable(error.source, error.message)


def _stamp(document: Document) -> str:
    if document.path is None:
        return hashlib.sha256(document.data).hexdigest()
    try:
        found = document.path.stat()
    except OSError:
        return _UNREAD
    return f"{found.st_mtime_ns}:{found.st_size}"
