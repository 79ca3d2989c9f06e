"""An index over many articles in one file, and the passages in them that are nearest to a question.

SQLite's FTS5 (in Python's standard library) ranks the articles by BM25, then their sentences are ranked. It needs no
package, updates article by article, and finds among 100,000 without loading them; bm25s and rank_bm25 build their
index whole and in memory, tantivy is a compiled package that does nothing more for us.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from summarizer.analysis.words import Word
from summarizer.article import Article, Sentence
from summarizer.extractive.questions import Question, understand
from summarizer.extractive.retrieval import nearest
from summarizer.extractive.sentence_index import sentence_index
from summarizer.errors import InputError
from summarizer.search.records import INSERT, SELECT, article_of, clean, indexed, row_of

_FORMAT = 2
_WAIT = 30.0
_ARTICLES_READ = 20
_RAREST_OF_COMMON = 1.0
_TITLE_WEIGHT = 2.0
_SENTENCE = 2.0
_NEAREST = 0.3

_TABLES = """
CREATE TABLE articles (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, title TEXT, published TEXT,
    more TEXT NOT NULL, text BLOB NOT NULL
);
CREATE UNIQUE INDEX place ON articles (source, id);
CREATE INDEX identity ON articles (id);
CREATE VIRTUAL TABLE terms USING fts5(title, text, content='', tokenize='porter unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one of many articles. `article` is its id; scores of one question compare with each other only."""

    article: str
    source: str
    sentence: Sentence
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Updated:
    """How many articles an update added, replaced or dropped, and how many stood already."""

    added: int
    dropped: int
    unchanged: int


class FullText:
    """Many articles in one SQLite file. Open it with `FullText.open`; it is a context manager.

    The file holds the articles themselves (compressed), so that passages are found without reading the sources again.
    """

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection, self._path = connection, path

    @classmethod
    def open(cls, path: Path | str) -> FullText:
        """Open the index at `path`, or begin one; `:memory:` keeps it in memory.

        Raises:
            InputError: the file is not such an index, or cannot be opened.

        """
        with _as_input_error(str(path)):
            connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
            _prepare(connection)
        return cls(connection, str(path))

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        (count,) = self._connection.execute("SELECT count(*) FROM articles").fetchone()
        return int(count)

    def update(self, articles: Iterable[Article]) -> Updated:
        """Take in articles. Of each source given exactly these articles stay: a changed file replaces its past.

        An error leaves the index as it was.
        """
        added = unchanged = 0
        given: dict[str, set[str]] = {}
        with _as_input_error(self._path), self._connection:
            for article in articles:
                given.setdefault(article.source, set()).add(article.id)
                if self._put(article):
                    added += 1
                else:
                    unchanged += 1
            dropped = sum(self._drop_others(source, ids) for source, ids in given.items() if source)
        return Updated(added, dropped, unchanged)

    def forget(self, source: str) -> int:
        """Drop the articles of a source that is gone; gives how many there were."""
        with self._connection:
            return self._drop_others(source, set())

    def sources(self) -> Iterator[str]:
        """Each source once."""
        for (source,) in self._connection.execute("SELECT DISTINCT source FROM articles"):
            yield source

    def article(self, identity: str) -> Article | None:
        """The article of that id, or None."""
        row = self._connection.execute(f"{SELECT} WHERE id = ? LIMIT 1", (identity,)).fetchone()
        return article_of(row) if row else None

    def search(self, question: str, limit: int = 5) -> tuple[Passage, ...]:
        """At most `limit` sentences nearest to the question, from all articles, best first."""
        asked = understand(question)
        with _as_input_error(self._path):
            rarity = self._rarity(asked)
            found = [
                passage
                for article, rank in self._ranked(rarity)
                for passage in _passages(article, asked, rank, rarity, limit)
            ]
        return tuple(sorted(found, key=lambda passage: -passage.score)[:limit])

    def _put(self, article: Article) -> bool:
        here = (article.source, article.id)
        if self._connection.execute("SELECT 1 FROM articles WHERE source = ? AND id = ?", here).fetchone():
            return False
        cursor = self._connection.execute(INSERT, row_of(article))
        self._connection.execute(
            "INSERT INTO terms (rowid, title, text) VALUES (?, ?, ?)", (cursor.lastrowid, *indexed(article))
        )
        return True

    def _drop_others(self, source: str, keep: set[str]) -> int:
        rows = self._connection.execute(f"{SELECT} WHERE source = ?", (source,)).fetchall()
        gone = [row for row in rows if row[1] not in keep]
        for row in gone:
            # A contentless FTS5 table forgets a row only when told what it held.
            values = (row[0], *indexed(article_of(row)))
            self._connection.execute("INSERT INTO terms (terms, rowid, title, text) VALUES ('delete', ?, ?, ?)", values)
            self._connection.execute("DELETE FROM articles WHERE key = ?", (row[0],))
        return len(gone)

    def _rarity(self, asked: Question) -> dict[Word, float]:
        """The question's words with their inverse article frequency; a word of no article is told by infinity."""
        different = {word.folded: word for word in asked.telling}
        counts = {word: self._count(word) for word in different.values()}
        total = len(self)
        return {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) if n else math.inf for word, n in counts.items()}

    def _count(self, word: Word) -> int:
        query = "SELECT count(*) FROM terms WHERE terms MATCH ?"
        (count,) = self._connection.execute(query, (_quoted(word),)).fetchone()
        return int(count)

    def _ranked(self, rarity: dict[Word, float]) -> Iterator[tuple[Article, float]]:
        """The articles that FTS5 finds nearest, best first, with their BM25."""
        query = """
            SELECT rowid, -bm25(terms, ?, 1.0) AS rank FROM terms WHERE terms MATCH ? ORDER BY rank DESC, rowid LIMIT ?
        """
        match = " OR ".join(map(_quoted, _telling(rarity)))
        if not match:
            return
        for key, rank in self._connection.execute(query, (_TITLE_WEIGHT, match, _ARTICLES_READ)).fetchall():
            row = self._connection.execute(f"{SELECT} WHERE key = ?", (key,)).fetchone()
            yield article_of(row), float(rank)


def _telling(rarity: dict[Word, float]) -> list[Word]:
    """The words that stand somewhere. Those of very many articles cost time and tell nothing while others are left."""
    present = {word: value for word, value in rarity.items() if value < math.inf}
    return [word for word, value in present.items() if value >= _RAREST_OF_COMMON] or list(present)


def _passages(
    article: Article, asked: Question, rank: float, rarity: dict[Word, float], limit: int
) -> Iterator[Passage]:
    """Sentences of one article: how near the article is, how much of the question it has, how near the sentence is."""
    index = sentence_index(article)
    where = {word: index.occurrences(word) for word in rarity}
    covered = sum(value for word, value in rarity.items() if value < math.inf and where[word])
    retrieved = nearest(article, asked.text, limit)
    for passage in retrieved.passages:
        number = passage.sentence.number - 1
        shared = sum(number in places for places in where.values()) / len(where)
        score = rank + covered * (1 + _SENTENCE * shared) + _NEAREST * passage.score
        yield Passage(article.id, article.source, passage.sentence, score, retrieved.coverage)


@contextmanager
def _as_input_error(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(path, f"the index of articles cannot be used: {error}") from error


def _prepare(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == _FORMAT:
        return
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version or tables:
        raise sqlite3.DatabaseError("another program's file, or another version's")
    connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORMAT}; COMMIT;")


def _quoted(word: Word) -> str:
    """A word as an FTS5 string: nothing in it can be an operator."""
    return '"' + clean(word.folded).replace('"', '""') + '"'
