"""An index of many articles: finds the passages nearest to a question, in memory or kept up to date between runs."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Self

from summarizer.article import Article, checked
from summarizer.errors import InputError, UsageError
from summarizer.reading import Unreadable
from summarizer.reading.document import Columns, Document, tolerant
from summarizer.reading.locating import locate
from summarizer.reading.registry import read_located
from summarizer.reading.web import is_url
from summarizer.search.full_text import FullText, Passage
from summarizer.settings import get_settings

MOST_ARTICLES = 3
FOLDER = "indexes"
_UNREAD = ""
"""The stamp of a document that is to be read, and its faults told, again."""


@dataclass(frozen=True)
class Index:
    """Articles that questions are asked of together. Use it as a context manager, or call `close` when done.

    Made by `Index.of` or `Index.kept`. `most` is how many articles a question is put to, those nearest to it; an
    answer tells when others are about as near.
    """

    texts: FullText
    name: str
    most: int = MOST_ARTICLES

    @classmethod
    def of(cls, articles: Iterable[Article], *, most: int = MOST_ARTICLES) -> Index:
        """An index in memory, of articles at hand.

        Args:
            articles: the articles.
            most: how many of them a question is put to at most.

        Raises:
            UsageError: they are no articles, or none.

        """
        listed = isinstance(articles, Iterable) and not isinstance(articles, (str, bytes))
        texts = FullText(":memory:")
        with texts.updating():
            texts.take_in("", map(checked, articles if listed else [articles]))
        if not len(texts):
            raise UsageError("there is no article to ask")
        return cls(texts, f"{len(texts):,} articles", most)

    @classmethod
    def kept(
        cls,
        sources: Sequence[str],
        *,
        published: date | None = None,
        columns: Columns = Columns(),  # noqa: B008  frozen, so safe to share
        allow_private: bool = False,
        most: int = MOST_ARTICLES,
        tell: Callable[[str], None] = lambda line: None,
        complain: Callable[[Unreadable], None] = lambda item: None,
    ) -> Index:
        """The index of these files, folders, patterns and addresses, kept in the cache folder for the next time.

        Only what changed since is read again: a file by its time and size, anything else by its content. `most` is how
        many articles a question is put to at most; `tell` is told in a line what was read, `complain` of each item that
        cannot be read.

        Raises:
            InputError: a source cannot be read at all, or the cache folder cannot be written.

        """
        texts = _Sources(tuple(sources), published, columns, allow_private, complain).indexed(tell)
        return cls(texts, f"{', '.join(sources)} ({len(texts):,} articles)", most)

    def search(self, question: str, limit: int = 5) -> tuple[Passage, ...]:
        """At most `limit` sentences nearest to the question, from all articles, best first."""
        return self.texts.search(question, limit)

    def article(self, identity: str) -> Article | None:
        """The article of that id, or None."""
        return self.texts.article(identity)

    def __len__(self) -> int:
        return len(self.texts)

    def close(self) -> None:
        """Release the index; closing twice is harmless."""
        self.texts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


@dataclass(frozen=True)
class _Sources:
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
        for source in self.names:
            for found in tolerant(self._located(source)):
                if isinstance(found, Document):
                    yield found
                else:
                    self.complain(found)

    def _located(self, source: str) -> Iterator[Document | Unreadable]:
        yield from locate(source, allow_private=self.allow_private).documents

    def _articles(self, document: Document, faults: list[Unreadable]) -> Iterator[Article]:
        for item in tolerant(read_located(document, self.published, self.columns)):
            if isinstance(item, Article):
                yield item
            else:
                faults.append(item)
                self.complain(item)


def _opened(path: Path) -> FullText:
    """The index in the file; one that cannot be used is only a copy, and is begun anew."""
    try:
        return FullText(path)
    except InputError:
        path.unlink(missing_ok=True)
        return FullText(path)


def _stamp(document: Document) -> str:
    if document.path is None:
        return hashlib.sha256(document.data).hexdigest()
    try:
        found = document.path.stat()
    except OSError:
        return _UNREAD
    return f"{found.st_mtime_ns}:{found.st_size}"
