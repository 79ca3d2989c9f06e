"""Runs recorded and played back: the same results, with no key, no network and no secret in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from summarizer.article import Article
from summarizer.cli import app
from summarizer.client import AsyncSummarizer, Summarizer
from summarizer.errors import AuthenticationFailed, InputError, RequestRejected, UsageError
from summarizer.models.recording import recorded_model
from summarizer.schemas.result import Result
from tests.scripted_server import Reply, ScriptedServer, completion

KEY = "sk-canary-3f9a1c"
TEXT = "Bridge opens. The Harwick bridge was opened on Monday by Anna Pell. It cost 5.2 million pounds."
GOOD = {
    "headline": {"evidence": [1], "text": "Bridge opens."},
    "points": [{"evidence": [3], "text": "It cost 5.2 million pounds."}],
}
BUSY = Reply(
    {"error": {"message": f"slow down, {KEY}", "code": None}}, 429, {"retry-after": "0.01", "set-cookie": f"k={KEY}"}
)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that must be found nowhere."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


async def record(server: ScriptedServer, file: Path, *replies: Reply) -> Result[Any]:
    server.script(*(replies or (completion(GOOD),)))
    async with AsyncSummarizer("openai/gpt-4o-mini", base_url=server.base_url, record=file) as client:
        return await client.summarize(Article(TEXT))


def essence(result: Result[Any]) -> tuple[Any, ...]:
    return result.value, result.issues, result.run.model, result.run.usage, result.run.cost_usd, result.run.requests


async def test_a_replay_is_the_run(server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Value, issues, model, tokens, cost and retries are those of the run, with no key and nothing asked."""
    recorded = await record(server, tmp_path / "run.yaml", BUSY, completion(GOOD))
    monkeypatch.delenv("OPENAI_API_KEY")

    for named in (None, "openai/gpt-4o-mini"):
        async with AsyncSummarizer(named, replay=tmp_path / "run.yaml") as client:
            assert essence(recorded) == essence(await client.summarize(Article(TEXT)))

    assert (2, 2) == (recorded.run.requests, len(server.requests))


async def test_a_cassette_holds_no_secret(server: ScriptedServer, tmp_path: Path) -> None:
    """No key, cookie, address, port or machine, even where the server repeats the key."""
    await record(server, tmp_path / "run.yaml", BUSY, completion(GOOD))

    text = (tmp_path / "run.yaml").read_text("utf-8")
    assert "Bridge opens" in text
    for secret in (KEY, "127.0.0.1", "stainless", "Cookie", "cookie", "authorization", "user-agent"):
        assert secret not in text
    for interaction in yaml.safe_load(text)["interactions"]:
        assert {"content-type", "x-summarizer-model"} == set(interaction["request"]["headers"])
        assert {"content-type"} == set(interaction["response"]["headers"])


async def test_what_was_not_recorded_is_said(server: ScriptedServer, tmp_path: Path) -> None:
    """Another article has no answer there; nothing is asked of anyone."""
    await record(server, tmp_path / "run.yaml")
    asked = len(server.requests)

    async with AsyncSummarizer(replay=tmp_path / "run.yaml") as client:
        with pytest.raises(RequestRejected, match="the recording has no answer to this request"):
            await client.summarize(Article("Another article."))

    assert asked == len(server.requests)


async def test_a_failed_run_is_recorded_as_well(server: ScriptedServer, tmp_path: Path) -> None:
    """A refused key plays as a refused key."""
    refused = Reply({"error": {"message": "bad key"}}, 401)
    with pytest.raises(AuthenticationFailed):
        await record(server, tmp_path / "run.yaml", refused)

    async with AsyncSummarizer(replay=tmp_path / "run.yaml") as client:
        with pytest.raises(AuthenticationFailed, match="bad key"):
            await client.summarize(Article(TEXT))


async def test_lessons_are_learned_again(server: ScriptedServer, tmp_path: Path) -> None:
    """A run in which the server taught its manners replays from the beginning, twice in one process."""
    rejected = Reply({"error": {"message": "response_format is not supported"}}, 400)
    recorded = await record(server, tmp_path / "run.yaml", rejected, completion(GOOD))

    for _ in range(2):
        async with AsyncSummarizer(replay=tmp_path / "run.yaml") as client:
            assert essence(recorded) == essence(await client.summarize(Article(TEXT)))


def test_the_command_line_records_and_replays(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--record FILE`, then `--replay FILE` with neither key nor model named."""
    server.script(completion(GOOD))
    article, file = tmp_path / "a.txt", str(tmp_path / "run.yaml")
    article.write_text(TEXT, "utf-8")
    run = ["summarize", str(article), "-f", "json"]

    first = CliRunner().invoke(app, [*run, "-m", "openai/gpt-test", "--base-url", server.base_url, "--record", file])
    monkeypatch.delenv("OPENAI_API_KEY")
    second = CliRunner().invoke(app, [*run, "--replay", file])

    assert (0, 0) == (first.exit_code, second.exit_code)
    assert yaml.safe_load(first.stdout)["value"] == yaml.safe_load(second.stdout)["value"]
    assert "recorded from openai/gpt-test" in second.stderr


@pytest.mark.parametrize("content", [None, "", "interactions: []\nversion: 1\n", "{", "a: 1", b"\xff\xfe\x00"])
def test_a_file_that_is_no_recording_is_named(tmp_path: Path, content: str | bytes | None) -> None:
    """Missing, empty, foreign or broken: an error of input, with the path."""
    file = tmp_path / "run.yaml"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    with pytest.raises(InputError, match=r"run\.yaml"):
        Summarizer(replay=file)
    with pytest.raises(InputError, match=r"run\.yaml"):
        recorded_model(file)


def test_a_run_cannot_be_both() -> None:
    """Recording a replay would be a copy."""
    with pytest.raises(UsageError, match="either recorded or replayed"):
        Summarizer("fake", record="a", replay="b")
