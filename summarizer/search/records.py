"""An article as a row of the index, and back."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple
from datetime import date

from summarizer.article import Article, Place

SELECT = "SELECT key, id, source, title, published, more, text FROM articles"
INSERT = "INSERT INTO articles (id, source, title, published, more, text) VALUES (?, ?, ?, ?, ?, ?)"

Row = tuple[int, str, str, str | None, str | None, str, bytes]


def row_of(article: Article) -> tuple[str, str, str | None, str | None, str, bytes]:
    """What is stored of an article, its text compressed."""
    more = json.dumps([article.metadata, [astuple(one) for one in article.places], dict(article.fields)])
    published = article.published.isoformat() if article.published else None
    text = zlib.compress(article.text.encode("utf-8", "surrogatepass"), 6)
    return article.id, article.source, article.title, published, more, text


def article_of(row: Row) -> Article:
    """The article of a row."""
    _, _, source, title, published, more, text = row
    metadata, places, fields = json.loads(more)
    return Article(
        text=zlib.decompress(text).decode("utf-8", "surrogatepass"),
        title=title,
        published=date.fromisoformat(published) if published else None,
        source=source,
        metadata=tuple((start, end) for start, end in metadata),
        places=tuple(Place(*one) for one in places),
        fields=fields,
    )


def indexed(article: Article) -> tuple[str, str]:
    """Title and text as FTS5 takes them: without NUL and lone surrogates, which SQLite's UTF-8 cannot hold."""
    return clean(article.title or ""), clean(article.text)


def clean(text: str) -> str:
    """Text that SQLite takes."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
