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
from typing import TYPE_CHECKING, Any

from summarizer.article import Article
from summarizer.engines.llm import ANSWER_TOKENS
from summarizer.errors import Spent, UsageError
from summarizer.jobs.answering import Work
from summarizer.jobs.database import Database
from summarizer.jobs.middleware import MeteredModel, asked_anew, request_key
from summarizer.jobs.runner import missing_works
from summarizer.jobs.wants import first_request
from summarizer.models.around import AroundModel
from summarizer.models.hosted.failures import translated
from summarizer.models.hosted.usage import spent_on
from summarizer.models.model import Completion, Request, T
from summarizer.output import json_text

if TYPE_CHECKING:
    from summarizer.jobs.batch import Batch

# The interface takes 50,000 requests and 200 MB a file.
MOST_REQUESTS, MOST_BYTES = 50_000, 180_000_000
FIRST_LOOK_SECONDS, LONGEST_LOOK_SECONDS = 0.2, 60.0
PRICE = 0.5
ENDPOINT = "/v1/chat/completions"
_OVER = ("completed", "expired", "cancelled", "failed")


class Collected(AroundModel):
    """Gives the answer a batch brought; what no batch brought is asked of `live`, which asks `model`."""

    def __init__(self, model: Any, live: MeteredModel, database: Database) -> None:
        super().__init__(live)
        self.model, self.live, self._database = model, live, database

    async def complete(self, request: Request[T]) -> Completion[T]:
        """The collected answer, which may not fit, or a new one; see `ChatModel.complete`."""
        key = request_key(self.name, request)
        found = self._database.rows("SELECT answer FROM batch_rows WHERE request = ? AND answer IS NOT NULL", [key])
        if not found or asked_anew.get():
            return await self._inner.complete(request)
        done: Completion[T] = self.model.read(request, json.loads(found[0][0]))
        return done


async def finish_by_batch_api(batch: Batch, articles: Iterable[Article]) -> None:
    """Submit what is missing, wait for it, and run the job on what came back. Killed, it goes on where it was."""
    if batch.collected is None:
        raise UsageError(f"{batch.order.model} has no Batch API; use --engine here")
    office = _Office(batch, batch.collected)
    await batch.run.enter(articles)
    batch.run.check()
    with translated(batch.order.model):
        await office.find_lost()
        await office.submit(missing_works(batch.store, batch.job))
        await office.wait()
    await batch.run.settle()
    batch.run.check()


class _Office:
    """Takes requests to the provider and brings back the answers."""

    def __init__(self, batch: Batch, collected: Collected) -> None:
        self._batch, self._model, self._meter = batch, collected.model, collected.live
        self._budget, self._transaction = batch.budget, batch.database.transaction
        self._execute, self._rows = batch.database.execute, batch.database.rows

    async def submit(self, works: Iterable[Work]) -> None:
        """Send the first request of each article, in files as large as the provider takes and the cap allows."""
        order, longest = self._batch.order, getattr(self._batch.reading.engine, "answer_tokens", ANSWER_TOKENS)
        keys, most, dollars = list[str](), Spent(), 0.0
        with tempfile.TemporaryFile() as file:
            for work in works:
                request = first_request(work.article, order.wants_of(work.missing), order.prompts, longest)
                key = request and request_key(order.model, request)
                # It may be with the provider, or answered already.
                if not (request and key) or self._rows("SELECT 1 FROM batch_rows WHERE request = ?", [key]):
                    continue
                could_take = self._meter.most(request)
                price = (self._meter.price(could_take) or 0.0) * PRICE
                if dollars + price > self._budget.left:
                    break
                row = {"custom_id": key, "method": "POST", "url": ENDPOINT, "body": self._model.body(request)}
                file.write(json_text(row).encode() + b"\n")
                keys.append(key)
                most, dollars = most + could_take, dollars + price
                if len(keys) == MOST_REQUESTS or file.tell() > MOST_BYTES:
                    await self._send(file, keys, most, dollars)
                    keys, most, dollars = [], Spent(), 0.0
            if keys:
                await self._send(file, keys, most, dollars)

    async def _send(self, file: Any, keys: list[str], most: Spent, dollars: float) -> None:
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        with self._transaction():
            hold = self._budget.set_aside(most, dollars)
            self._execute("INSERT INTO batches (digest, hold) VALUES (?, ?)", [digest, hold.row])
            for key in keys:
                self._execute("INSERT INTO batch_rows (request, digest) VALUES (?, ?)", [key, digest])
        file.seek(0)
        files, batches = self._model.client.files, self._model.client.batches
        uploaded = await files.create(file=("requests.jsonl", file), purpose="batch")
        made = await batches.create(
            input_file_id=uploaded.id, endpoint=ENDPOINT, completion_window="24h", metadata={"digest": digest}
        )
        self._execute("UPDATE batches SET id = ? WHERE digest = ?", [made.id, digest])
        file.seek(0)
        file.truncate()

    async def find_lost(self) -> None:
        """Batches that a killed run made and could not note any more, found by the digest they carry."""
        lost = dict(self._rows("SELECT digest, hold FROM batches WHERE id IS NULL"))
        if not lost:
            return
        async for made in self._model.client.batches.list(limit=100):
            digest = (made.metadata or {}).get("digest")
            if lost.pop(digest, None):
                self._execute("UPDATE batches SET id = ? WHERE digest = ?", [made.id, digest])
        for digest, hold in lost.items():
            with self._transaction():
                self._execute("DELETE FROM batch_rows WHERE digest = ?", [digest])
                self._execute("DELETE FROM batches WHERE digest = ?", [digest])
                self._settle(hold, Spent())

    async def wait(self) -> None:
        """Look after the batches until all are over, and collect each one that is."""
        pause, run = FIRST_LOOK_SECONDS, self._batch.run
        while under_way := self._rows("SELECT id, hold FROM batches WHERE NOT over"):
            for identifier, hold in under_way:
                made = await self._model.client.batches.retrieve(identifier)
                counts = made.request_counts
                if made.status in _OVER:
                    await self._collect(made, hold)
                elif counts:
                    told = f"batch {identifier}: {made.status}, {counts.completed:,} of {counts.total:,}"
                    self._batch.plan.progress(told)
            if run.stopping or not self._rows("SELECT 1 FROM batches WHERE NOT over LIMIT 1"):
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_LOOK_SECONDS)

    async def _collect(self, made: Any, hold: int) -> None:
        """Keep the answers of a batch that is over, and pay for them; requests without one are asked live."""
        rows: list[dict[str, Any]] = []
        for file in (made.output_file_id, made.error_file_id):
            if file:
                content = await self._model.client.files.content(file)
                rows += [json.loads(line) for line in content.text.splitlines() if line.strip()]
        answers = {row["custom_id"]: body for row in rows if (body := _body(row))}
        with self._transaction():
            for key, body in answers.items():
                self._execute("UPDATE batch_rows SET answer = ? WHERE request = ?", [json_text(body), key])
            self._settle(hold, sum((spent_on(body.get("usage")) for body in answers.values()), Spent()))
            self._execute("UPDATE batches SET over = 1 WHERE id = ?", [made.id])

    def _settle(self, row: int, spent: Spent) -> None:
        def price(spent: Spent) -> float | None:
            full = self._meter.price(spent)
            return None if full is None else full * PRICE

        hold = self._budget.set_aside_before(row)
        hold.settle(spent)
        self._budget.close(hold, price)


def _body(row: dict[str, Any]) -> dict[str, Any] | None:
    response = row.get("response") or {}
    body = response.get("body")
    return body if response.get("status_code") == 200 and isinstance(body, dict) else None
