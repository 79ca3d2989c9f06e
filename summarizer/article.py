"""An article: its text exactly as decoded, and the sentences in it, numbered from 1.

Offsets are code points into `text`, end exclusive: `text[start:end]` is always the thing meant.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any

from summarizer.errors import UsageError
from summarizer.sentences import split


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered sentence, from 1. `text` equals `article.text[start:end]`, in code points, `end` exclusive."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a range of the text stood in its source: `name` is "page 3" or "paragraph 12"."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Article:
    """What is read. Immutable; everything else is derived from it.

    Args:
        text: the text exactly as decoded; nothing is stripped.
        title: the title, where the text or its metadata gives one.
        published: the day it was published; dates such as "Sunday" are resolved against it.
        source: where it came from: a path, a URL, `-` for standard input, or "" for text given in Python.
        metadata: ranges of `text` that are not news (a byline, a date line, markup); no sentence covers them.
        places: where ranges of the text stood in a PDF or a web page; none where the text is the source itself.
        fields: the other columns of the row it came from, such as its id; they come out with every result.
        notices: what a reader of the article should know about how it was read: parts that were left out.

    """

    text: str
    title: str | None = None
    published: date | None = None
    source: str = ""
    metadata: tuple[tuple[int, int], ...] = ()
    places: tuple[Place, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    notices: tuple[str, ...] = field(default=(), hash=False)

    def __post_init__(self) -> None:
        """Refuse what is no text and no day.

        Raises:
            UsageError: the text is not a `str`, or `published` not a `date`.

        """
        if not isinstance(self.text, str):
            raise UsageError(f"the text of an article is a str, decoded, not {type(self.text).__name__}")
        if self.published is not None and not isinstance(self.published, date):
            raise UsageError(f"published={self.published!r} cannot be used; it is a datetime.date or None")

    def __repr__(self) -> str:
        """Without the text: it would fill every message that an article gets into."""
        return f"<Article {self.source or self.title or self.id[:12]!r} of {len(self.text):,} characters>"

    @cached_property
    def id(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order of the text. They do not overlap."""
        ranges = split(self.text, self.metadata)
        return tuple(Sentence(n, start, end, self.text[start:end]) for n, (start, end) in enumerate(ranges, 1))

    def sentence(self, number: int) -> Sentence | None:
        """The sentence of that number, or None where there is none."""
        return self.sentences[number - 1] if 0 < number <= len(self.sentences) else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers the code point at `offset`, or None."""
        found = self.sentence(bisect_right(self.sentences, offset, key=lambda sentence: sentence.start))
        return found if found and offset < found.end else None

    def place_of(self, offset: int) -> str | None:
        """The page or element that the code point at `offset` stood in, such as "page 3"; None where nobody knows."""
        at = bisect_right(self.places, offset, key=lambda place: place.start) - 1
        return self.places[at].name if at >= 0 and offset < self.places[at].end else None


def checked(given: object) -> Article:
    """What was given, where it is an article; else raise `UsageError`."""
    if isinstance(given, Article):
        return given
    hint = "make one by Article(text=…) for a text, read(…) for a file or an address"
    raise UsageError(f"an Article is read, not {type(given).__name__}; {hint}")


def packed(article: Article) -> bytes:
    """All of an article as bytes. JSON in ASCII holds NUL and lone surrogates too, which UTF-8 and SQLite do not."""
    data = {one.name: getattr(article, one.name) for one in fields(article)}
    data["published"] = article.published and article.published.isoformat()
    data["places"] = [(one.start, one.end, one.name) for one in article.places]
    return zlib.compress(json.dumps(data | {"fields": dict(article.fields)}).encode("ascii"))


def unpacked(data: bytes, **other: Any) -> Article:
    """The article of these bytes; `other` are fields that are to differ."""
    found = json.loads(zlib.decompress(data)) | other
    published, metadata, places = found.pop("published"), found.pop("metadata"), found.pop("places")
    return Article(
        published=published and date.fromisoformat(published),
        metadata=tuple((start, end) for start, end in metadata),
        places=tuple(Place(*one) for one in places),
        notices=tuple(found.pop("notices")),
        **found,
    )
