"""Many articles in one file, and the sentences in them that are nearest to a question.

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

from summarizer.analysis.words import Word
from summarizer.article import Article, Sentence, packed, unpacked
from summarizer.errors import InputError
from summarizer.extractive.questions import Question, understand
from summarizer.extractive.retrieval import nearest, sentence_index

_FORMAT = 3
_WAIT = 30.0
_ARTICLES_READ = 20
_RAREST_OF_COMMON = 1.0
_TITLE_WEIGHT = 2.0
_SENTENCE = 2.0
_NEAREST = 0.3

_TABLES = """
CREATE TABLE documents (name TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE articles (key INTEGER PRIMARY KEY, document TEXT NOT NULL, id TEXT NOT NULL, source TEXT NOT NULL,
  article BLOB NOT NULL);
CREATE UNIQUE INDEX place ON articles (document, source, id);
CREATE INDEX identity ON articles (id);
CREATE VIRTUAL TABLE terms USING fts5(title, text, content='', tokenize='porter unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one of many articles. `article` is its id; scores of one question compare with each other only."""

    article: str
    sentence: Sentence
    score: float
    coverage: float


class FullText:
    """Many articles, by the documents they came from, in the SQLite file at `path`; `:memory:` keeps them in memory.

    The file holds the articles themselves (compressed), so that passages are found without reading the sources again.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = str(path)
        with self._told():
            self._connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
            _prepare(self._connection)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def __len__(self) -> int:
        return self._count("SELECT count(*) FROM articles")

    @contextmanager
    def updating(self) -> Iterator[None]:
        """All changes of the body or none of them."""
        with self._told(), self._connection:
            yield

    def stamps(self) -> dict[str, str]:
        """The documents that are held, with what was noted of each."""
        return dict(self._connection.execute("SELECT name, stamp FROM documents").fetchall())

    def take_in(self, document: str, articles: Iterable[Article], stamp: str = "") -> tuple[int, int]:
        """Hold exactly these articles of a document; how many were added, and how many were dropped."""
        before = set(self._keys("SELECT key FROM articles WHERE document = ?", document))
        now = {self._put(document, article) for article in articles}
        self._drop(before - now)
        self.stamp(document, stamp)
        return len(now - before), len(before - now)

    def stamp(self, document: str, stamp: str) -> None:
        """Note of a document what tells later whether it changed."""
        self._connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?)", (document, stamp))

    def forget(self, document: str) -> int:
        """Drop a document and its articles; gives how many there were."""
        _, dropped = self.take_in(document, ())
        self._connection.execute("DELETE FROM documents WHERE name = ?", (document,))
        return dropped

    def article(self, identity: str) -> Article | None:
        """The article of that id, or None."""
        found = self._connection.execute("SELECT article FROM articles WHERE id = ? LIMIT 1", (identity,)).fetchone()
        return unpacked(found[0]) if found else None

    def search(self, question: str, limit: int = 5) -> tuple[Passage, ...]:
        """At most `limit` sentences nearest to the question, from all articles, best first."""
        asked = understand(question)
        with self._told():
            rarity = self._rarity(asked)
            keys = self._ranked(rarity, max(_ARTICLES_READ, limit))
            ranked = [(_unpacked(self._connection, key), rank) for key, rank in keys]
        found = (one for article, rank in ranked for one in _passages(article, asked, rank, rarity, limit))
        return tuple(sorted(found, key=lambda passage: -passage.score)[:limit])

    def _put(self, document: str, article: Article) -> int:
        """The key of the article, which may be there already."""
        here = "SELECT key FROM articles WHERE document = ? AND source = ? AND id = ?"
        for key in self._keys(here, document, _clean(article.source), article.id):
            return key
        values = (document, article.id, _clean(article.source), packed(article))
        cursor = self._connection.execute(
            "INSERT INTO articles (document, id, source, article) VALUES (?, ?, ?, ?)", values
        )
        self._connection.execute(
            "INSERT INTO terms (rowid, title, text) VALUES (?, ?, ?)", (cursor.lastrowid, *_terms(article))
        )
        return cursor.lastrowid or 0

    def _drop(self, keys: Iterable[int]) -> None:
        for key in keys:
            # A contentless FTS5 table forgets a row only when told what it held.
            values = (key, *_terms(_unpacked(self._connection, key)))
            self._connection.execute("INSERT INTO terms (terms, rowid, title, text) VALUES ('delete', ?, ?, ?)", values)
            self._connection.execute("DELETE FROM articles WHERE key = ?", (key,))

    def _keys(self, query: str, *values: str) -> list[int]:
        return [key for (key,) in self._connection.execute(query, values)]

    def _count(self, query: str, *values: str) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def _rarity(self, asked: Question) -> dict[Word, float]:
        """The question's words with their inverse article frequency; a word of no article is told by infinity."""
        different, total = {word.folded: word for word in asked.telling}, len(self)
        query = "SELECT count(*) FROM terms WHERE terms MATCH ?"
        counts = {word: self._count(query, _quoted(word)) for word in different.values()}
        return {word: math.log(1 + (total - n + 0.5) / (n + 0.5)) if n else math.inf for word, n in counts.items()}

    def _ranked(self, rarity: dict[Word, float], limit: int) -> list[tuple[int, float]]:
        """The keys of at most `limit` articles that FTS5 finds nearest, best first, with their BM25."""
        match = " OR ".join(map(_quoted, _telling(rarity)))
        query = "SELECT rowid, -bm25(terms, ?, 1.0) AS rank FROM terms WHERE terms MATCH ? ORDER BY rank DESC, rowid"
        values = (_TITLE_WEIGHT, match, limit)
        return self._connection.execute(f"{query} LIMIT ?", values).fetchall() if match else []

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise InputError(self._path, f"the index of articles cannot be used: {error}") from error


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
        yield Passage(article.id, passage.sentence, score, retrieved.coverage)


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
    return '"' + _clean(word.folded).replace('"', '""') + '"'


def _unpacked(connection: sqlite3.Connection, key: int) -> Article:
    return unpacked(connection.execute("SELECT article FROM articles WHERE key = ?", (key,)).fetchone()[0])


def _terms(article: Article) -> tuple[str, str]:
    return _clean(article.title or ""), _clean(article.text)


def _clean(text: str) -> str:
    """Text without NUL and lone surrogates, which SQLite's UTF-8 cannot hold."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
