"""An index kept between runs: at each look what is new or changed is read, and what is gone is dropped."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

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

Tell = Callable[[str], None]
Complain = Callable[[Unreadable], None]


@dataclass(frozen=True)
class Sources:
    """What is indexed: files, folders, patterns and addresses, and how they are read."""

    names: tuple[str, ...]
    published: date | None
    columns: Columns
    allow_private: bool

    def indexed(self, tell: Tell, complain: Complain) -> FullText:
        """The index of all of them as they are now.

        Raises:
            InputError: nothing can be read, or the cache folder cannot be written.

        """
        path = self._place()
        texts = _opened(path)
        try:
            _Look(self, texts, path.with_suffix(".json"), complain).run(tell)
        except BaseException:
            texts.close()
            raise
        return texts

    def documents(self) -> Iterator[Document | Unreadable]:
        """Every document there is now."""
        for source in self.names:
            try:
                if is_url(source):
                    yield fetch(source, allow_private=self.allow_private)
                else:
                    yield from locate(source).documents
            except InputError as error:
                yield _unreadable(error)

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


def _opened(path: Path) -> FullText:
    """The index in the file; one that cannot be used is only a copy, and is begun anew."""
    try:
        return FullText.open(path)
    except InputError:
        for file in (path, path.with_suffix(".json")):
            file.unlink(missing_ok=True)
        return FullText.open(path)


@dataclass
class _Look:
    """One look at the sources.

    The stamps of the documents stand beside the index and are written last. A run that was killed reads again what it
    had read, and finds it there.
    """

    sources: Sources
    texts: FullText
    stamps_file: Path
    complain: Complain
    fresh: dict[str, str] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    faults: int = 0

    def run(self, tell: Tell) -> None:
        """Read what changed, drop what is gone."""
        begun, before = time.monotonic(), self._stamps()
        done = self.texts.update(self._articles(before))
        dropped = done.dropped + sum(map(self.texts.forget, self._stale(set(before) - set(self.fresh))))
        if before != self.fresh:
            with suppress(OSError):
                self.stamps_file.write_text(json.dumps(self.fresh), "utf-8")
        if done.added or dropped:
            tell(
                f"indexed {done.added:,} articles in {time.monotonic() - begun:.1f} s, dropped {dropped:,};"
                f" {len(self.texts):,} in the index"
            )
        if not len(self.texts):
            raise InputError(", ".join(self.sources.names), "no article could be read")

    def _stamps(self) -> dict[str, str]:
        try:
            found = json.loads(self.stamps_file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(stamp) for name, stamp in found.items()} if isinstance(found, dict) else {}

    def _articles(self, before: dict[str, str]) -> Iterator[Article]:
        for document in self.sources.documents():
            if isinstance(document, Unreadable):
                self._fault(document)
            elif (stamp := _stamp(document)) and before.get(document.name) == stamp:
                self.fresh[document.name] = stamp
            else:
                yield from self._read(document, stamp)

    def _read(self, document: Document, stamp: str) -> Iterator[Article]:
        self.changed.add(document.name)
        faults = self.faults
        try:
            for item in read_located(document, self.sources.published, self.sources.columns):
                if isinstance(item, Unreadable):
                    self._fault(item)
                else:
                    self.seen.add(item.source)
                    yield item
        except InputError as error:
            self._fault(_unreadable(error))
        if self.faults == faults:  # what has a fault is read, and told of, again
            self.fresh[document.name] = stamp

    def _fault(self, item: Unreadable) -> None:
        self.faults += 1
        self.complain(item)

    def _stale(self, gone: set[str]) -> list[str]:
        """Sources in the index whose document is gone, or was read again without them."""
        looked_at = self.changed | gone
        known = list(self.texts.sources()) if looked_at else []
        return [source for source in known if source not in self.seen and _is_of(source, looked_at)]


def _is_of(source: str, documents: set[str]) -> bool:
    """Whether the article came from one of these documents, as `rows.jsonl:7` and `old.zip/a.txt` do by their names."""
    if source in documents:
        return True
    cuts = (place for place, sign in enumerate(source) if sign in ":/")
    return any(source[:cut] in documents for cut in cuts)


def _unreadable(error: InputError) -> Unreadable:
    return Unreadable(error.source, error.message)


def _stamp(document: Document) -> str:
    if document.path is None:
        return hashlib.sha256(document.data).hexdigest()
    try:
        found = document.path.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns}:{found.st_size}"
