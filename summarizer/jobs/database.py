"""One SQLite file: opened by one run at a time, and its failures told as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from summarizer.errors import InputError

_ADVICE = {
    "disk is full": "the disk is full; everything finished so far is kept, make room and run again",
    "readonly": "cannot be written: the file or its folder is read-only",
    "unable to open": "cannot be opened or made; is its folder there, and may it be written?",
    "not a database": "is not a store of this program",
    "disk I/O": "cannot be written (disk error); everything finished so far is kept",
}
EDITION = 3
_TABLES = """
PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;
CREATE TABLE IF NOT EXISTS articles (key TEXT PRIMARY KEY, article BLOB);
CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, whole INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS wants (job INTEGER, place INTEGER, want TEXT, PRIMARY KEY (job, place)) WITHOUT ROWID;
-- `origin` is where an article came from: its source and the other columns of its row, as JSON.
CREATE TABLE IF NOT EXISTS inputs (job INTEGER, position INTEGER, article TEXT, origin TEXT,
  PRIMARY KEY (job, position)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS inputs_by_article ON inputs (job, article);
CREATE TABLE IF NOT EXISTS results (article TEXT, want TEXT, task TEXT, status TEXT, abstained INTEGER,
  again INTEGER, attempts INTEGER, origin TEXT, json TEXT, PRIMARY KEY (article, want));
CREATE VIEW IF NOT EXISTS found AS
  SELECT job, position, place, inputs.origin AS here, results.origin AS there, task, status, abstained, json
  FROM inputs JOIN wants USING (job) JOIN results ON results.article = inputs.article AND results.want = wants.want;
-- A failure that may pass is tried `again` times more before it is settled; what went partly unread, in each run.
CREATE VIEW IF NOT EXISTS settled AS
  SELECT article, want FROM results WHERE NOT (status IN ('failed', 'incomplete') AND again AND attempts <= again);
-- Answers as they came, by all that was asked.
CREATE TABLE IF NOT EXISTS answers (request TEXT PRIMARY KEY, text TEXT);
-- `cost` counts against a cap from before a request is sent: at first the most that it can cost, then what it came to.
-- A row that a killed run left open was probably billed, and keeps counting.
CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, requests INTEGER, input_tokens INTEGER,
  cached_tokens INTEGER, output_tokens INTEGER, cost REAL, open INTEGER);
-- A provider's batch is noted by the digest of its file, with the money set aside for it, before it is made: a run
-- killed in between finds it at the provider.
CREATE TABLE IF NOT EXISTS batches (digest TEXT PRIMARY KEY, id TEXT, hold INTEGER, over INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS batch_rows (request TEXT PRIMARY KEY, digest TEXT, answer TEXT);
"""
_FOREIGN = "is a store of another edition, or of another program; name a new one with --store, this one stays as it is"


class StoreUnusable(InputError):
    """The store cannot be read or written: no fault of any article."""


class Database:
    """A connection in write-ahead mode: what is committed survives a kill of the process at any moment.

    A power cut may take the last commits with it, never more: the file itself stays whole. Without a path it is a
    temporary one that leaves with the process. Where it is `exclusive` other runs are kept out; readers are let in.
    """

    def __init__(self, path: Path | None, *, exclusive: bool = True) -> None:
        self._name = str(path) if path else "temporary store"
        self._lock = self._locked(path.with_name(path.name + ".lock")) if path and exclusive else None
        try:
            with self._told():
                # An empty name is SQLite's temporary file on disk, so that memory stays flat without a store too.
                self._connection = sqlite3.connect(str(path) if path else "", isolation_level=None)
                self._check_edition()
                self._connection.executescript(_TABLES)
        except BaseException:
            self.close()
            raise

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a statement; outside a transaction it is committed at once."""
        with self._told():
            return self._connection.execute(statement, values)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; ask for a bounded number."""
        with self._told():
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the body or nothing of it."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    def close(self) -> None:
        """Close the file and let others in; closing twice is harmless."""
        for connection in (getattr(self, "_connection", None), self._lock):
            if connection:
                connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _check_edition(self) -> None:
        edition, tables = self.rows(
            "SELECT user_version, (SELECT COUNT(*) FROM sqlite_master) FROM pragma_user_version"
        )[0]
        if tables and edition != EDITION:
            raise StoreUnusable(self._name, _FOREIGN)
        if not tables:
            self.execute(f"PRAGMA user_version={EDITION}")

    def _locked(self, path: Path) -> sqlite3.Connection:
        """A file that holds SQLite's own lock: it works everywhere, and a killed process lets go of it."""
        lock = None
        try:
            lock = sqlite3.connect(path, isolation_level=None, timeout=0)
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if lock:
                lock.close()
            in_use = "another run is using it; wait for it or name another"
            raise StoreUnusable(self._name, in_use if "locked" in str(error) else _explained(error)) from error
        return lock

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreUnusable(self._name, _explained(error)) from error


def _explained(error: sqlite3.Error) -> str:
    said = str(error)
    return next((advice for sign, advice in _ADVICE.items() if sign in said), f"cannot be used: {said}")
