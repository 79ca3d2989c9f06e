"""On a terminal points are shown as they arrive; in a pipe nothing but the result is written."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from summarizer.article import Article
from summarizer.cli.reading import arriving
from summarizer.client import Summarizer
from tests.cli.conftest import Outcome
from tests.streaming_server import StreamingServer

TEXT = "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds."
DRAFT = {
    "headline": {"evidence": [1], "text": "The council of Harwick opened the bridge on Monday."},
    "points": [
        {"evidence": [2], "text": "It cost 5.2 million pounds."},
        {"evidence": [2], "text": "It cost 9 pounds."},
    ],
}
MODEL = "openai/gpt-4o-mini"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of no worth."""
    monkeypatch.setenv("OPENAI_API_KEY", "none")


def test_what_arrives_is_shown_and_wiped_away() -> None:
    """Claims that hold are drawn with their sentences; one that does not never is; at the end the lines are erased."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, color_system=None)
    with (
        StreamingServer(DRAFT, pause=-1) as server,
        Summarizer(MODEL, base_url=server.base_url, on_ungrounded="drop") as client,
    ):
        result = arriving(client.stream(Article(TEXT)), console)

    drawn = screen.getvalue()
    assert "• It cost 5.2 million pounds.  [2]" in drawn
    assert "9 pounds" not in drawn
    assert drawn.rstrip().endswith("\x1b[2K")
    assert 1 == len(result.value.points)


def test_a_pipe_gets_the_result_only(run: Callable[..., Outcome], tmp_path: Path) -> None:
    """No stream is asked for, and nothing is drawn twice."""
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    with StreamingServer(DRAFT, pause=-1) as server:
        outcome = run("summarize", str(file), "-m", MODEL, "--base-url", server.base_url, "--on-ungrounded", "drop")

    assert "stream" not in server.requests[0]
    assert (1, 0) == (outcome.out.count("It cost 5.2"), outcome.out.count("\x1b"))
