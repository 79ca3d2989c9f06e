"""Articles that questions are asked of together: an index that finds passages, kept up to date between runs."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from summarizer.article import Article
from summarizer.engines.extractive.corpus import Corpus, CorpusPassage
from summarizer.errors import InputError
from summarizer.reading import Unreadable
from summarizer.reading.document import Columns, Document
from summarizer.reading.locating import locate
from summarizer.reading.registry import read_located
from summarizer.reading.web import fetch, is_url
from summarizer.settings import get_settings

if TYPE_CHECKING:
    from types import TracebackType

    from summarizer.engines.extractive.meaning import Embedder

FOLDER = "indexes"


@dataclass(frozen=True)
class Shelf:
    """An index of articles with a name for people. Use it as a context manager, or call `close` when done.

    With an `embedder` the passages that share words with a question are put in order by meaning as well.
    """

    corpus: Corpus
    name: str
    embedder: Embedder | None = None

    @classmethod
    def of(cls, articles: Iterable[Article], *, embedder: Embedder | None = None) -> Shelf:
        """An index in memory, of articles at hand."""
        corpus = Corpus.open(":memory:")
        corpus.update(articles)
        return cls(corpus, f"{len(corpus):,} articles", embedder)

    @classmethod
    def kept(
        cls,
        sources: Sequence[str],
        *,
        published: date | None = None,
        columns: Columns = Columns(),  # noqa: B008  frozen, so safe to share
        allow_private: bool = False,
        embedder: Embedder | None = None,
        tell: Callable[[str], None] = lambda line: None,
        complain: Callable[[Unreadable], None] = lambda item: None,
    ) -> Shelf:
        """The index of these files, folders, patterns and addresses, kept in the cache folder for the next time.

        Only what changed since is read again: a file by its time and size, anything else by its content. `tell` is
        told in a line what was read, `complain` of each item that cannot be read.

        Raises:
            InputError: a source cannot be read at all, or the cache folder cannot be written.

        """
        path = _place(sources, published, columns)
        corpus = _opened(path)
        try:
            update = _Update(corpus, path.with_suffix(".json"), published, columns, allow_private, complain)
            update.run(sources, tell)
        except BaseException:
            corpus.close()
            raise
        return cls(corpus, f"{', '.join(sources)} ({len(corpus):,} articles)", embedder)

    def search(self, question: str, limit: int) -> tuple[CorpusPassage, ...]:
        """At most `limit` sentences nearest to the question, best first."""
        if self.embedder is None:
            return self.corpus.search(question, limit)
        from summarizer.engines.extractive.meaning import ByMeaning

        return ByMeaning(self.corpus, self.embedder).search(question, limit)

    def article(self, identity: str) -> Article | None:
        """The article of that id, or None."""
        return self.corpus.article(identity)

    def __len__(self) -> int:
        return len(self.corpus)

    def close(self) -> None:
        """Release the index."""
        self.corpus.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _place(sources: Sequence[str], published: date | None, columns: Columns) -> Path:
    """The file for a set of sources: the same for the same sources, in whatever order they are named."""
    whole = sorted({source if is_url(source) else os.path.abspath(source) for source in sources})  # noqa: PTH100  patterns
    everything = "\0".join([*whole, str(published), str(columns)]).encode("utf-8", "surrogatepass")
    key = hashlib.sha256(everything).hexdigest()[:16]
    folder = get_settings().cache_dir / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), f"the index cannot be kept there: {error.strerror or error}") from error
    return folder / f"{key}.db"


def _opened(path: Path) -> Corpus:
    """The index in the file; one that cannot be used is only a copy, and is begun anew."""
    try:
        return Corpus.open(path)
    except InputError:
        for file in (path, path.with_suffix(".json")):
            file.unlink(missing_ok=True)
        return Corpus.open(path)


@dataclass
class _Update:
    """One look at the sources: what is new or changed is read, what is gone is dropped.

    The stamps of the documents stand beside the index and are written last. A run that was killed reads again what it
    had read, and finds it there.
    """

    corpus: Corpus
    stamps_file: Path
    published: date | None
    columns: Columns
    allow_private: bool
    complain: Callable[[Unreadable], None]
    fresh: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    failed: list[Unreadable] = field(default_factory=list)

    def run(self, sources: Sequence[str], tell: Callable[[str], None]) -> None:
        begun, before = time.monotonic(), self._stamps()
        done = self.corpus.update(self._articles(sources, before))
        gone = set(before) - set(self.fresh)
        dropped = done.dropped + sum(self.corpus.forget(source) for source in self._stale(gone))
        if before != self.fresh:
            with suppress(OSError):
                self.stamps_file.write_text(json.dumps(self.fresh), "utf-8")
        if done.added or dropped:
            tell(
                f"indexed {done.added:,} articles in {time.monotonic() - begun:.1f} s, dropped {dropped:,};"
                f" {len(self.corpus):,} in the index"
            )
        if not len(self.corpus):
            raise InputError(", ".join(sources), "no article could be read")

    def _stamps(self) -> dict[str, str]:
        try:
            found = json.loads(self.stamps_file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(stamp) for name, stamp in found.items()} if isinstance(found, dict) else {}

    def _articles(self, sources: Sequence[str], before: dict[str, str]) -> Iterator[Article]:
        for source in sources:
            for document in self._located(source):
                if isinstance(document, Unreadable):
                    self._fault(document)
                elif (stamp := _stamp(document)) and before.get(document.name) == stamp:
                    self.fresh[document.name] = stamp
                else:
                    yield from self._read(document, stamp)

    def _located(self, source: str) -> Iterator[Document | Unreadable]:
        try:
            yield from (
                iter([fetch(source, allow_private=self.allow_private)]) if is_url(source) else locate(source).documents
            )
        except InputError as error:
            yield _unreadable(error)

    def _read(self, document: Document, stamp: str) -> Iterator[Article]:
        self.changed.add(document.name)
        faults = len(self.failed)
        try:
            for item in read_located(document, self.published, self.columns):
                if isinstance(item, Unreadable):
                    self._fault(item)
                else:
                    self.seen.add(item.source)
                    yield item
        except InputError as error:
            self._fault(_unreadable(error))
        if len(self.failed) == faults:  # what has a fault is read, and told of, again
            self.fresh[document.name] = stamp

    def _fault(self, item: Unreadable) -> None:
        self.failed.append(item)
        self.complain(item)

    def _stale(self, gone: set[str]) -> list[str]:
        """Sources in the index whose document is gone, or was read again without them."""
        looked_at = self.changed | gone
        return [
            source
            for source in (self.corpus.sources() if looked_at else ())
            if source not in self.seen and _document_of(source, looked_at)
        ]


def _document_of(source: str, documents: set[str]) -> bool:
    """Whether the article came from one of these documents, as `rows.jsonl:7` and `old.zip/a.txt` do by their names."""
    if source in documents:
        return True
    cuts = (place for place, sign in enumerate(source) if sign in ":/")
    return any(source[:cut] in documents for cut in cuts)


def _unreadable(error: InputError) -> Unreadable:
    return Unreadable(error.source, str(error).removeprefix(f"{error.source}: "))


def _stamp(document: Document) -> str:
    if document.path is None:
        return hashlib.sha256(document.data).hexdigest()
    try:
        found = document.path.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}:{found.st_size}"
