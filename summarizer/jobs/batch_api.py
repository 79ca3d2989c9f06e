"""A provider's Batch API: the same requests in a file, at half the price, answered within a day.

What comes back is laid into the store beside the request it answers. The job then runs as ever: a request whose answer
is there is not sent, and an answer that does not fit is asked for again at once, as any other would be.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.llm import LLMEngine
from summarizer.errors import Spent, UsageError
from summarizer.jobs.answering import Work
from summarizer.jobs.budget import Budget
from summarizer.jobs.database import Database
from summarizer.jobs.kept_answers import request_key
from summarizer.jobs.orders import Order, asks_for
from summarizer.jobs.paced import input_tokens
from summarizer.jobs.runner import missing_works
from summarizer.json_text import json_text
from summarizer.models.hosted import HostedModel
from summarizer.models.hosted.answers import spent_on
from summarizer.models.hosted.failures import translated
from summarizer.models.model import Request, T

if TYPE_CHECKING:
    from openai.types import Batch as Submitted

    from summarizer.jobs.batch import Batch

# The interface takes 50,000 requests and 200 MB a file.
MOST_REQUESTS, MOST_BYTES = 50_000, 180_000_000
FIRST_LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.2, 60.0
PRICE = 0.5
ENDPOINT = "/v1/chat/completions"
_OVER = ("completed", "expired", "cancelled", "failed")


# A batch is noted by the digest of its file before it is made: a run killed in between finds it at the provider.
@dataclass(frozen=True)
class Line:
    """One request of a batch: its key, its line in the file, and its size in tokens."""

    key: str
    text: str
    size: Spent


class _Written(Exception):  # it is no error: it carries a request out of an engine before it is sent
    def __init__(self, request: Request[BaseModel]) -> None:
        self.request = request


class _Writer:
    """A model that is never asked: it hands out the first request an engine would send."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.window = None

    async def complete(self, request: Request[T]) -> NoReturn:
        raise _Written(request)

    async def aclose(self) -> None:
        """Nothing to free."""


async def finish_by_batch_api(batch: Batch, articles: Iterable[Article]) -> None:
    """Submit what is missing, wait for it, and run the job on what came back. Killed, it goes on where it was.

    Raises:
        UsageError: the model has no Batch API.
        BudgetReached: nothing more fits under the cap.
        ModelUnavailable: the provider cannot be reached, or will not take a batch.

    """
    if batch.hosted is None or batch.budget is None:
        raise UsageError(f"{batch.order.model} has no Batch API; use --engine here")
    office = _Office(batch.hosted, batch.database, batch.budget)
    await batch.run.enter(articles)
    with translated(batch.order.model):
        await office.find_lost()
        await office.submit(missing_works(batch.store, batch.job), batch.order)
        await office.wait(batch)
    if not batch.run.stopping:
        await batch.run.settle()


class _Office:
    """Takes requests to the provider and brings back the answers."""

    def __init__(self, model: HostedModel, database: Database, budget: Budget) -> None:
        self._model, self._database, self._budget = model, database, budget

    async def submit(self, works: Iterable[Work], order: Order) -> None:
        """Send the first request of each article, in files as large as the provider takes."""
        keys, dollars = list[str](), 0.0
        with tempfile.TemporaryFile() as file:
            for work in works:
                line = await self._line(work, order)
                if line is None:
                    continue
                dollars += self._budget.price(line.size) or 0.0
                if not self._budget.has(dollars * PRICE):
                    break
                file.write(line.text.encode() + b"\n")
                keys.append(line.key)
                if len(keys) == MOST_REQUESTS or file.tell() > MOST_BYTES:
                    await self._send(file, keys)
                    file.truncate(0)
                    keys = []
            await self._send(file, keys)

    async def find_lost(self) -> None:
        """Batches that a killed run made and could not note any more, found by the digest they carry."""
        lost = {digest for (digest,) in self._database.rows("SELECT digest FROM batches WHERE id IS NULL")}
        if not lost:
            return
        async for made in self._model.client.batches.list(limit=100):
            digest = (made.metadata or {}).get("digest")
            if digest in lost:
                self._database.execute("UPDATE batches SET id = ? WHERE digest = ?", [made.id, digest])
        with self._database.transaction():
            self._database.execute(
                "DELETE FROM batch_rows WHERE digest IN (SELECT digest FROM batches WHERE id IS NULL)"
            )
            self._database.execute("DELETE FROM batches WHERE id IS NULL")

    async def wait(self, batch: Batch) -> None:
        """Look after the batches until all are over, and collect each one that is."""
        pause = FIRST_LOOK_SECONDS
        while identifiers := self._open():
            for identifier in identifiers:
                made = await self._model.client.batches.retrieve(identifier)
                counts = made.request_counts
                if made.status in _OVER:
                    await self._collect(made)
                elif counts:
                    batch.tell(f"batch {identifier}: {made.status}, {counts.completed:,} of {counts.total:,}")
            if batch.run.stopping or not self._open():
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_LOOK_SECONDS)

    def _open(self) -> list[str]:
        return [row[0] for row in self._database.rows("SELECT id FROM batches WHERE NOT collected")]

    async def _line(self, work: Work, order: Order) -> Line | None:
        """The first request for an article, None where it is with the provider or answered already."""
        request = await _request(work, order)
        key = request_key(order.model, request)
        if self._database.rows("SELECT 1 FROM batch_rows WHERE request = ?", [key]):
            return None
        row = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": self._model.body(request)}
        return Line(key, json_text(row), Spent(1, input_tokens(request), 0, request.max_tokens))

    async def _send(self, file: Any, keys: list[str]) -> None:
        if not keys:
            return
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        with self._database.transaction():
            self._database.execute("INSERT OR REPLACE INTO batches (digest) VALUES (?)", [digest])
            for key in keys:
                self._database.execute("INSERT INTO batch_rows (request, digest) VALUES (?, ?)", [key, digest])
        file.seek(0)
        files, batches = self._model.client.files, self._model.client.batches
        uploaded = await files.create(file=("requests.jsonl", file), purpose="batch")
        made = await batches.create(
            input_file_id=uploaded.id,
            endpoint=ENDPOINT,  # type: ignore[arg-type]
            completion_window="24h",
            metadata={"digest": digest},
        )
        self._database.execute("UPDATE batches SET id = ? WHERE digest = ?", [made.id, digest])

    async def _collect(self, made: Submitted) -> None:
        """Keep the answers of a batch that is over; requests without one are asked live."""
        for file in (made.output_file_id, made.error_file_id):
            if not file:
                continue
            content = await self._model.client.files.content(file)
            rows = [json.loads(line) for line in content.text.splitlines() if line.strip()]
            with self._database.transaction():
                for row in rows:
                    self._keep(row)
        self._database.execute("UPDATE batches SET collected = 1 WHERE id = ?", [made.id])

    def _keep(self, row: dict[str, Any]) -> None:
        response = row.get("response") or {}
        body = response.get("body")
        if response.get("status_code") != 200 or not isinstance(body, dict):
            return
        changed = self._database.execute(
            "UPDATE batch_rows SET answer = ? WHERE request = ? AND answer IS NULL", [json_text(body), row["custom_id"]]
        )
        # A file that is read again after a kill is not paid again.
        if changed.rowcount:
            self._budget.charge(spent_on(body.get("usage")), PRICE)


async def _request(work: Work, order: Order) -> Request[BaseModel]:
    engine, asks = LLMEngine(_Writer(order.model)), asks_for(order.wants_of(work.missing))
    try:
        await engine.propose(Analysis(work.article), asks, seconds=order.seconds)
    except _Written as written:
        return written.request
    raise AssertionError("an engine that asks nothing")
