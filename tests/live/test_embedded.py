"""The real embedded model: the recordings are genuine, it takes part, and nothing is left running."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openai
import pytest
import yaml

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.models.catalog import EMBEDDED
from summarizer.models.local import ChildServer, LocalModel
from summarizer.models.local.weights import SMOLLM2
from tests.conftest import ROOT, SEED, weights
from tests.test_embedded import assert_true_places

pytestmark = pytest.mark.live

RECORDINGS = sorted((ROOT / "tests" / "cassettes").rglob("*.yaml"))
SAMPLE = 12


@pytest.fixture
def real_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line finds the real weights."""
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", os.environ["REAL_CACHE_DIR"])


def recorded(path: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Requests and answers of a recording."""
    played = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["interactions"]
    return [(json.loads(one["request"]["body"]), json.loads(one["response"]["body"]["string"])) for one in played]


def said(answer: dict[str, Any]) -> Any:
    """What an answer comes to: its text, or the word it expects most."""
    choice = answer["choices"][0]
    return choice["message"]["content"]


def test_the_recordings_are_what_the_real_model_says() -> None:
    """A sample of the recorded requests, asked again, brings the same answers.

    Another processor may round otherwise and change a close call: one in six may differ, no more.
    """
    server = ChildServer(weights(), alias=f"{SMOLLM2.name}-instruct", window=SMOLLM2.window)
    base_url, key = server.address()
    everything = [pair for path in RECORDINGS for pair in recorded(path)]
    sample = random.Random(0).sample(everything, min(SAMPLE, len(everything)))
    try:
        with openai.OpenAI(base_url=base_url, api_key=key, max_retries=0) as client:
            again = [client.chat.completions.create(**request).model_dump() for request, _ in sample]
    finally:
        server.stop()

    same = sum(said(answer) == said(new) for (_, answer), new in zip(sample, again, strict=True))
    assert same >= len(sample) * 5 // 6


async def test_every_article_is_read_by_the_real_model(any_article: Article) -> None:
    """The same road as the recorded tests, with nothing recorded."""
    model = LocalModel(
        EMBEDDED,
        ChildServer(weights(), alias=f"{SMOLLM2.name}-instruct", window=SMOLLM2.window),
        alias=f"{SMOLLM2.name}-instruct",
        window=SMOLLM2.window,
    )
    async with AsyncSummarizer(model) as client:
        results = await client.brief(any_article)

    assert {"complete"} == {result.status for result in results}
    assert_true_places(results, any_article)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "summarizer", *arguments]


@pytest.mark.usefixtures("real_cache")
def test_the_embedded_model_is_named_to_be_used() -> None:
    """`auto` takes the article's own sentences although weights and llama.cpp are here; named, the model reads."""
    auto, named = (
        subprocess.run(command("brief", str(SEED), *more), capture_output=True, text=True, cwd=ROOT, check=True)
        for more in ((), ("-m", EMBEDDED))
    )

    assert "read by extractive" in auto.stderr
    assert "read by local/smollm2-135m" in named.stderr + named.stdout


def heed_interrupts() -> None:
    """A shell that runs this in the background has told its children to ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children_serving() -> set[int]:
    """Process ids of llama.cpp servers of ours."""
    found = subprocess.run(
        ["pgrep", "-f", "summarizer.models.local.serve"], capture_output=True, text=True, check=False
    )
    return {int(line) for line in found.stdout.split()}


def gone(pids: set[int], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not pids & children_serving():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.usefixtures("real_cache")
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda blow: blow.name)
def test_no_child_outlives_its_parent(blow: signal.Signals) -> None:
    """Interrupted, ended or killed while the model runs: its process goes as well."""
    before = children_serving()
    parent = subprocess.Popen(
        command("brief", *[str(SEED)] * 20, "-m", EMBEDDED),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=heed_interrupts,  # noqa: PLW1509  no other thread runs here
    )
    until = time.monotonic() + 60
    while not (mine := children_serving() - before) and time.monotonic() < until:
        time.sleep(0.05)
    assert mine

    parent.send_signal(blow)
    _, errors = parent.communicate(timeout=30)

    assert gone(mine)
    assert "Traceback" not in errors
    if blow is signal.SIGINT:
        assert 130 == parent.returncode


async def test_a_crash_of_the_child_is_survived(seed: Article) -> None:
    """The model's process is killed between two readings: the next one starts it again."""
    server = ChildServer(weights(), alias=f"{SMOLLM2.name}-instruct", window=SMOLLM2.window)
    model = LocalModel(EMBEDDED, server, alias=f"{SMOLLM2.name}-instruct", window=SMOLLM2.window)
    before = children_serving()
    async with AsyncSummarizer(model) as client:
        await client.summarize(seed)
        (child,) = children_serving() - before
        os.kill(child, signal.SIGKILL)
        result = await client.summarize(seed)

    assert "complete" == result.status
    assert result.run.requests > 0


@pytest.mark.usefixtures("real_cache")
def test_pulling_what_is_there_replaces_it_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged weights are refused with status 5 and the mend; pulling mends them."""
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    damaged = tmp_path / "models" / Path(SMOLLM2.file).name
    damaged.parent.mkdir()
    damaged.write_bytes(b"GGUF" + bytes(SMOLLM2.size - 4))

    refused = subprocess.run(
        command("brief", str(SEED), "-m", EMBEDDED), capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert 5 == refused.returncode
    assert "damaged; run `summarizer models pull smollm2-135m`" in refused.stderr
    assert "Traceback" not in refused.stderr

    subprocess.run(command("models", "pull", "smollm2-135m"), capture_output=True, text=True, cwd=ROOT, check=True)
    subprocess.run(
        command("summarize", str(SEED), "-m", EMBEDDED), capture_output=True, text=True, cwd=ROOT, check=True
    )
