"""Hooks: told of every request and its end, whatever they do with it."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from summarizer.models.hooks import Failed, Finished, Hook, Started
from typer.testing import CliRunner

from summarizer.article import Article
from summarizer.cli import app
from summarizer.desk import AsyncSummarizer
from summarizer.errors import ServerFault, Spent
from summarizer.models.fake import FakeModel
from tests.scripted_server import Reply, ScriptedServer, completion

TEXT = "Rain fell on CANARYVILLE. It was wet."
GOOD = {"headline": {"evidence": [1], "text": "Rain fell on CANARYVILLE."}, "points": []}


class Notes:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.events: list[Started | Finished | Failed] = []

    def request_started(self, event: Started) -> None:
        self.events.append(event)

    def request_finished(self, event: Finished) -> None:
        self.events.append(event)

    def request_failed(self, event: Failed) -> None:
        self.events.append(event)


class Broken(Notes):
    """Fails at everything."""

    def request_started(self, event: Started) -> None:
        raise RuntimeError(f"broken {event!r}")

    request_finished: Any = request_started
    request_failed: Any = request_started


async def read(hooks: list[Hook], answers: list[Any]) -> None:
    async with AsyncSummarizer(FakeModel(answers), hooks=hooks) as desk:
        await desk.summarize(Article(TEXT))


async def test_a_hook_is_told_of_a_request_and_its_end() -> None:
    """Model, form, sizes, tokens and seconds; the request itself is there for those who want it, not in the repr."""
    notes = Notes()

    await read([notes], [GOOD])

    started, finished = notes.events
    assert isinstance(started, Started)
    assert isinstance(finished, Finished)
    assert ("fake", "SummaryDraft", 3, 4096) == (started.model, started.form, started.messages, started.max_tokens)
    assert (started, Spent(1)) == (finished.started, finished.spent)
    assert 0 <= finished.seconds < 5
    assert TEXT.split(".", maxsplit=1)[0] in started.request.messages[1].content
    assert "CANARYVILLE" not in repr(notes.events)


async def test_a_failure_is_told() -> None:
    """With the error as it is raised."""
    notes = Notes()

    with pytest.raises(ServerFault):
        await read([notes], [ServerFault("oops")])

    assert [Started, Failed] == [type(event) for event in notes.events]


async def test_retries_are_told_one_by_one(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is two requests, and the limits the server told come along."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    busy = Reply({"error": "busy"}, 429, {"retry-after": "0.01"})
    good = completion(GOOD)
    server.script(busy, Reply(good.body, 200, {"x-ratelimit-remaining-requests": "41"}))
    notes = Notes()
    async with AsyncSummarizer("openai/m", base_url=server.base_url, hooks=[notes]) as desk:
        await desk.summarize(Article(TEXT))

    assert [Started, Failed, Started, Finished] == [type(event) for event in notes.events]
    last = notes.events[-1]
    assert isinstance(last, Finished)
    assert 41 == last.limits.requests_left


async def test_a_broken_hook_costs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """The others are told, the answer comes, and the log names the hook but not what it was told."""
    notes = Notes()

    await read([Broken(), notes], [GOOD])

    assert 2 == len(notes.events)
    assert "hook Broken.request_started failed: RuntimeError" in caplog.text
    assert "CANARYVILLE" not in caplog.text


def test_verbose_shows_each_request_with_its_key_masked(
    server: ScriptedServer, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """`-v` tells address, model, form, sizes, tokens and seconds; neither the key nor a word of the article."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    server.script(completion(GOOD))
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    caplog.set_level(logging.INFO)
    address = server.base_url.replace("//", "//user:pass@")

    done = CliRunner().invoke(app, ["summarize", str(file), "-v", "-m", "openai/gpt-test", "--base-url", address])

    assert 0 == done.exit_code
    assert f"POST {server.base_url}/chat/completions, key ****, model gpt-test, form SummaryDraft" in caplog.text
    assert "answered in" in caplog.text
    for secret in ("sk-canary", "user:pass", "CANARYVILLE"):
        assert secret not in caplog.text + done.stderr
