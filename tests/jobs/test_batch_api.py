"""The provider's Batch API, by a real server that speaks it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.configuration import Configuration
from summarizer.jobs.batch import Batch, Plan
from summarizer.jobs.batch_api import finish_by_batch_api
from summarizer.jobs.wants import wanted
from summarizer.models.providers import cost
from tests.jobs.reading_server import ReadingServer, answer_to, mark_of
from tests.jobs.stories import story

BAD = {"story-1": "Sure! Here you are", "story-2": None}


class Provider:
    """Files and batches beside a `ReadingServer`, which gets what is asked live."""

    def __init__(self, live: ReadingServer) -> None:
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.looks = 0
        self.looked_at = Event()
        self.held = False
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, live))
        self.http.daemon_threads = True

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    def make(self, asked: dict[str, Any]) -> dict[str, Any]:
        """A batch, answered at once but shown as under way at the first look."""
        rows = [self.row(json.loads(line)) for line in self.files[asked["input_file_id"]].splitlines()]
        output = f"out-{len(self.batches)}"
        self.files[output] = "\n".join(json.dumps(row) for row in rows if row).encode()
        made = {
            "id": f"batch-{len(self.batches)}",
            "object": "batch",
            "status": "completed",
            "created_at": 1,
            "endpoint": asked["endpoint"],
            "completion_window": "24h",
            "input_file_id": asked["input_file_id"],
            "output_file_id": output,
            "metadata": asked["metadata"],
        }
        self.batches[str(made["id"])] = made
        return made

    def row(self, line: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to one line: good, prose, or none."""
        mark = mark_of(line["body"])
        body = answer_to(line["body"]).body
        if mark in BAD:
            if BAD[mark] is None:
                return None
            body["choices"][0]["message"]["content"] = BAD[mark]
        return {"custom_id": line["custom_id"], "error": None, "response": {"status_code": 200, "body": body}}

    def shown(self, identifier: str) -> dict[str, Any]:
        """A batch as it looks now."""
        self.looks += 1
        self.looked_at.set()
        made = self.batches[identifier]
        return {**made, "status": "in_progress"} if self.held or self.looks == 1 else made


def _handler(provider: Provider, live: ReadingServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.path.endswith("/files"):
                found = re.search(rb'filename="requests.jsonl".*?\r\n\r\n(.*?)\r\n--', body, re.DOTALL)
                assert found is not None
                name = f"in-{len(provider.files)}"
                provider.files[name] = found[1].strip()
                self._send({"id": name, "object": "file", "purpose": "batch"})
            elif self.path.endswith("/batches"):
                self._send(provider.make(json.loads(body)))
            else:
                self._send(live.reply(json.loads(body)).body)

        def do_GET(self) -> None:
            last = self.path.split("?")[0].rstrip("/").split("/")
            if last[-1] == "content":
                self._send(provider.files[last[-2]])
            elif last[-1] == "batches":
                self._send({"object": "list", "data": list(provider.batches.values()), "has_more": False})
            else:
                self._send(provider.shown(last[-1]))

        def _send(self, data: Any) -> None:
            raw = data if isinstance(data, bytes) else json.dumps(data).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the name is the base class's
            """Keep the test's output clean."""

    return Handler


@pytest.fixture
def provider(readers: ReadingServer) -> Iterator[Provider]:
    """A provider with a Batch API."""
    made = Provider(readers)
    Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield made
    made.http.shutdown()
    made.http.server_close()


def opened(provider: Provider, store: Path, **plan: Any) -> Batch:
    """A job by the provider."""
    configuration = Configuration("openai/gpt-4o-mini", provider.base_url)
    asks = wanted(["summary", "timeline"], (), configuration)
    return Batch(asks, configuration, Plan(store, batch_api=True, **plan))


async def test_answers_come_by_file_and_bad_ones_are_asked_live(
    provider: Provider, readers: ReadingServer, tmp_path: Path
) -> None:
    """Four articles in one batch: two good, one prose and one missing; only the last two cost a live request."""
    async with opened(provider, tmp_path / "job.sqlite") as batch:
        await finish_by_batch_api(batch, [story(n) for n in (0, 1, 2, 3, 0)])
        assert {"complete": 10, "abstained": 0} == batch.store.counts(batch.job)
        by_file, live = 3, readers.asked.total()
        assert by_file + live == batch.budget.spent.requests
    assert {"story-1": 1, "story-2": 1} == dict(readers.asked)
    assert (1, 4) == (len(provider.batches), len(provider.files["in-0"].splitlines()))


async def submit_and_die(provider: Provider, batch: Batch, articles: list[Article]) -> None:
    """Run until the provider has the batch under way, then go without a word."""
    provider.held = True
    task = asyncio.create_task(finish_by_batch_api(batch, articles))
    await asyncio.to_thread(provider.looked_at.wait, 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    provider.held = False


async def test_another_process_collects_what_one_submitted(
    provider: Provider, readers: ReadingServer, tmp_path: Path
) -> None:
    """Ended while the batch is under way: the next run waits for the same batch and submits nothing."""
    articles = [story(0), story(3)]
    async with opened(provider, tmp_path / "job.sqlite") as batch:
        await submit_and_die(provider, batch, articles)
    async with opened(provider, tmp_path / "job.sqlite") as batch:
        await finish_by_batch_api(batch, articles)
        assert {"complete": 4, "abstained": 0} == batch.store.counts(batch.job)
    assert (1, 0) == (len(provider.batches), readers.asked.total())


async def test_a_batch_a_killed_run_could_not_note_is_found_again(
    provider: Provider, readers: ReadingServer, tmp_path: Path
) -> None:
    """The provider has it, the store knows only its digest: it is not paid twice."""
    async with opened(provider, tmp_path / "job.sqlite") as batch:
        await submit_and_die(provider, batch, [story(0)])
        batch.database.execute("UPDATE batches SET id = NULL")
    async with opened(provider, tmp_path / "job.sqlite") as batch:
        await finish_by_batch_api(batch, [story(0)])
        assert {"complete": 2, "abstained": 0} == batch.store.counts(batch.job)
    assert (1, 0) == (len(provider.batches), readers.asked.total())


async def test_half_the_price_is_charged(provider: Provider, tmp_path: Path) -> None:
    """What came by file costs half of the same tokens asked live."""
    async with opened(provider, tmp_path / "job.sqlite") as batch:
        await finish_by_batch_api(batch, [story(0)])
        full = cost("openai/gpt-4o-mini", batch.budget.spent)
        assert full is not None
        assert batch.budget.cost == pytest.approx(full / 2)
