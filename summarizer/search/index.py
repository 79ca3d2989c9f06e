"""An index of many articles: finds the passages nearest to a question, in memory or kept up to date between runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from summarizer.article import Article, checked
from summarizer.errors import UsageError
from summarizer.reading import Unreadable
from summarizer.reading.document import Columns
from summarizer.search.full_text import FullText, Passage

MOST_ARTICLES = 3


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
        from summarizer.search.sources import Sources

        texts = Sources(tuple(sources), published, columns, allow_private, complain).indexed(tell)
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
