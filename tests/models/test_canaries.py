"""A planted key and a planted sentence: found in nothing that is written, however a request ends."""

from __future__ import annotations

import io
import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.article import Article
from summarizer.cli import app
from summarizer.client import AsyncSummarizer
from summarizer.errors import SummarizerError
from summarizer.models.around import RetryingModel
from tests.models.asking import GOOD
from tests.scripted_server import Reply, ScriptedServer, completion

KEY = "sk-canary-9f31c7aa0b"
SENTENCE = "The canary of Tallis Quay sang at noon on the seventh pier"
ARTICLE = Article(f"{SENTENCE}. It rains.")
ECHO = json.dumps({"messages": [{"role": "user", "content": f"[1] {SENTENCE}."}], "key": KEY})
ENDINGS: dict[str, Reply] = {
    "good": completion(GOOD),
    "the key repeated": Reply({"error": {"message": f"Incorrect API key provided: {KEY}"}}, 401),
    "the request repeated": Reply({"error": {"message": f"bad request: {ECHO}"}}, 400),
    "the request repeated by FastAPI": Reply({"detail": [{"loc": ["body"], "msg": "bad", "input": ECHO}]}, 422),
    "the request repeated as text": Reply(ECHO.encode(), 500, {"content-type": "text/plain"}),
    "the article as answer": completion(f"I read: {SENTENCE}."),
    "the article in wrong fields": completion({"headline": SENTENCE, "points": SENTENCE}),
    "the article refused": completion(None, refusal=f"I will not sum up '{SENTENCE}'."),
    "cut off": completion('{"headline": {"text": "' + SENTENCE, finish="length"),
    "200 with an error": Reply({"error": {"message": ECHO, "code": 429}}),
    "the key beside the status": Reply({}, 400, reason=f"No {KEY}"),
    "the key as the kind of content": Reply({}, 400, {"content-type": f"application/json; a={KEY}"}),
    "the request beside the status": Reply({}, 500, reason=SENTENCE),
    "dropped": Reply(drop=True),
}  # fmt: skip


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried again is tried again at once."""
    monkeypatch.setattr(RetryingModel, "_wait", lambda self, state: 0.0)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything any library logs, down to DEBUG, as it would be written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("summarizer", "httpx2", "instructor"))]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers[:3]:
        logger.setLevel(logging.INFO)
    yield written
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_neither_is_in_logs_errors_or_tracebacks(
    server: ScriptedServer, ending: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the server sends back: the whole chain of exceptions, printed, and every log line."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.script(ENDINGS[ending])
    written = ""
    async with AsyncSummarizer("openai/gpt-test", base_url=server.base_url) as client:
        try:
            await client.summarize(ARTICLE)
        except SummarizerError as error:
            written = str(error) + repr(error) + "".join(traceback.format_exception(error))

    assert server.requests
    for secret in (KEY, SENTENCE, SENTENCE[:30]):
        assert secret not in written + log.getvalue()


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_key_is_in_nothing_a_run_writes(
    server: ScriptedServer, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard output and error with `-v`, the result, the recording: the key is in none, whatever happened."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.script(ENDINGS[ending])
    article, out, tape = tmp_path / "in" / "a.txt", tmp_path / "out.json", tmp_path / "tape.yaml"
    article.parent.mkdir()
    article.write_text(ARTICLE.text, "utf-8")
    arguments = ["-m", "openai/gpt-test", "--base-url", server.base_url, "-v", "-f", "json"]

    done = CliRunner().invoke(app, ["summarize", str(article), *arguments, "-o", str(out), "--record", str(tape)])

    files = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert server.requests
    assert KEY not in done.stdout + done.stderr + "".join(files) + str(done.exception)
    assert "Bearer" not in "".join(files)


def test_the_key_is_not_in_a_jobs_store(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file a job remembers in, answers and all."""
    from summarizer.client import Summarizer

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.script(completion(GOOD))
    with Summarizer("openai/gpt-test", base_url=server.base_url) as client:
        list(client.batch([ARTICLE], ["summary"], store=tmp_path / "job.sqlite"))

    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert len(written) > 1000
    assert KEY.encode() not in written
