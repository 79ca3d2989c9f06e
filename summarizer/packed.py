"""An article as compressed bytes for a store, and back: all of it, whatever its text holds."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from datetime import date
from typing import Any

from summarizer.article import Article, Place

_FIELDS = tuple(field.name for field in fields(Article))


def packed(article: Article) -> bytes:
    """The article as bytes. JSON in ASCII holds NUL and lone surrogates too, which UTF-8 and SQLite do not."""
    data = {name: getattr(article, name) for name in _FIELDS}
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
