"""The store: articles, the inputs of a job in their order, and one row for each validated result."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.article import Article, packed, unpacked
from summarizer.jobs.answering import Answered
from summarizer.jobs.database import Database
from summarizer.jobs.wants import article_key, origin_of
from summarizer.output import json_text
from summarizer.schemas.result import Result

_PAGE = 64


@dataclass(frozen=True)
class Job:
    """One list of inputs read for the same wants."""

    id: int
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """A result as it is stored, as JSON. Identical articles share one, told with the source and the fields of each."""

    task: str
    text: str

    def result(self, tasks: Mapping[str, Any]) -> Result[Any]:
        """The result with the value of its task, where that is among `tasks` by name; else with plain data."""
        task = tasks.get(self.task)
        kind: Any = Result.__class_getitem__(task.value if task else Any)
        result: Result[Any] = kind.model_validate(json.loads(self.text))
        return result


class Store:
    """What is known so far. Every method that writes commits before it returns."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def new_job(self, keys: Sequence[str]) -> Job:
        """Begin a list of inputs."""
        with self.database.transaction():
            job = int(self.database.execute("INSERT INTO jobs DEFAULT VALUES").lastrowid or 0)
            for place, want in enumerate(keys):
                self.database.execute("INSERT INTO wants VALUES (?, ?, ?)", [job, place, want])
                # The answers for the parts that were read are kept: only the others are asked for, and paid.
                self.database.execute(
                    "UPDATE results SET again = 1, attempts = 1 WHERE status = 'incomplete' AND want = ?", [want]
                )
        return Job(job, tuple(keys))

    def last_job(self) -> Job | None:
        """The newest job whose inputs were read to their end."""
        found = self.database.rows("SELECT MAX(id) FROM jobs WHERE whole")
        if found[0][0] is None:
            return None
        keys = self.database.rows("SELECT want FROM wants WHERE job = ? ORDER BY place", found[0])
        return Job(found[0][0], tuple(want for (want,) in keys))

    def finish_reading(self, job: Job) -> None:
        """All inputs of the job are there; those of older jobs leave, results and articles stay."""
        with self.database.transaction():
            self.database.execute("UPDATE jobs SET whole = 1 WHERE id = ?", [job.id])
            self.database.execute("DELETE FROM inputs WHERE job < ?", [job.id])
            self.database.execute("DELETE FROM wants WHERE job < ?", [job.id])
            self.database.execute("DELETE FROM jobs WHERE id < ?", [job.id])

    def enter(self, job: Job, position: int, article: Article) -> bool:
        """Note an article as the input at that position; whether it is settled already."""
        key = article_key(article)
        with self.database.transaction():
            self.database.execute("INSERT OR IGNORE INTO articles VALUES (?, ?)", [key, packed(article)])
            self.database.execute("INSERT INTO inputs VALUES (?, ?, ?, ?)", [job.id, position, key, origin_of(article)])
        return not self.missing(key, job.keys)

    def article(self, key: str, origin: str) -> Article:
        """The article of that key, with the source and the fields of an input."""
        source, fields = json.loads(origin)
        data = self.database.rows("SELECT article FROM articles WHERE key = ?", [key])[0][0]
        return unpacked(data, source=source, fields=fields)

    def missing(self, key: str, wants: Sequence[str]) -> tuple[str, ...]:
        """Those of `wants` that have no settled result for this article."""
        settled = {want for (want,) in self.database.rows("SELECT want FROM settled WHERE article = ?", [key])}
        return tuple(want for want in wants if want not in settled)

    def pending(self, job: Job, after: int, limit: int = _PAGE) -> list[tuple[int, str, str]]:
        """The next inputs behind position `after` with something missing: position, article's key, origin."""
        return self.database.rows(
            "SELECT position, article, origin FROM inputs WHERE job = ? AND position > ? AND EXISTS"
            " (SELECT 1 FROM wants WHERE wants.job = inputs.job AND NOT EXISTS (SELECT 1 FROM settled"
            " WHERE settled.article = inputs.article AND settled.want = wants.want)) ORDER BY position LIMIT ?",
            [job.id, after, limit],
        )

    def save(self, answered: Answered) -> None:
        """Keep what came of an article, all of it or nothing."""
        origin, again = answered.origin, answered.again
        with self.database.transaction():
            for row in answered.rows:
                self.database.execute(
                    "INSERT INTO results VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?)"
                    " ON CONFLICT (article, want) DO UPDATE SET status = excluded.status,"
                    " abstained = excluded.abstained, again = excluded.again, attempts = attempts + 1,"
                    " origin = excluded.origin, json = excluded.json",
                    [answered.key, row.want, row.task, row.status, row.abstained, again, origin, row.text],
                )

    def tried(self, key: str, wants: Sequence[str]) -> bool:
        """Whether one of these wants has failed for this article before."""
        rows = self.database.rows("SELECT want FROM results WHERE article = ? AND status = 'failed'", [key])
        return any(want in wants for (want,) in rows)

    def forget(self, job: Job) -> None:
        """Drop the kept results of the job's wants, whatever job they were made for, and all kept answers."""
        self.database.execute("DELETE FROM results WHERE want IN (SELECT want FROM wants WHERE job = ?)", [job.id])
        self.database.execute("DELETE FROM answers")

    def retry_failed(self, job: Job) -> None:
        """Let every failure of the job's wants be asked again, from the first try."""
        self.database.execute(
            "UPDATE results SET again = 1, attempts = 0 WHERE status = 'failed' AND want IN"
            " (SELECT want FROM wants WHERE job = ?)",
            [job.id],
        )

    def places(self, job: Job, key: str) -> int:
        """How many inputs are this article."""
        found = self.database.rows("SELECT COUNT(*) FROM inputs WHERE job = ? AND article = ?", [job.id, key])
        return int(found[0][0])

    def kept(self, job: Job, after: int = -1, until: int | None = None) -> Iterator[Kept]:
        """The stored results of a job, in the order of its inputs and wants, a page at a time."""
        last = until
        if last is None:
            last = self.database.rows("SELECT COALESCE(MAX(position), -1) FROM inputs WHERE job = ?", [job.id])[0][0]
        for position in range(after, last, _PAGE):
            rows = self.database.rows(
                "SELECT here, there, task, json FROM found WHERE job = ? AND position > ? AND position <= ?"
                " ORDER BY position, place",
                [job.id, position, min(position + _PAGE, last)],
            )
            for here, there, task, text in rows:
                yield Kept(task, text if here == there else _of_origin(here, text))

    def is_settled(self, job: Job, position: int) -> bool:
        """Whether the input at that position has all its results."""
        found = self.database.rows("SELECT article FROM inputs WHERE job = ? AND position = ?", [job.id, position])
        return bool(found) and not self.missing(found[0][0], job.keys)

    def counts(self, job: Job) -> dict[str, int]:
        """How many results of the job are complete, incomplete, failed and, of the complete ones, abstained."""
        counted = "SELECT status, COUNT(*), SUM(abstained) FROM found WHERE job = ? GROUP BY status"
        rows = self.database.rows(counted, [job.id])
        return {status: number for status, number, _ in rows} | {"abstained": sum(row[2] or 0 for row in rows)}

    def failures(self, job: Job) -> dict[str, int]:
        """How many results of the job failed, by the code of the reason, the most frequent first."""
        rows = self.database.rows(
            "SELECT json_extract(json, '$.issues[#-1].code') AS code, COUNT(*) FROM found"
            " WHERE job = ? AND status = 'failed' GROUP BY code ORDER BY COUNT(*) DESC",
            [job.id],
        )
        return dict(rows)


def _of_origin(origin: str, text: str) -> str:
    data = json.loads(text)
    data["article"]["source"], data["article"]["fields"] = json.loads(origin)
    return json_text(data)
