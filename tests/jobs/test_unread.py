"""A long article that could not be read to its end: the next run asks for what is missing, and for nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import Summarizer
from summarizer.models import around
from tests.long_texts import article
from tests.part_server import PartServer

MODEL = "ollama/tiny"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts at a broken server that do not wait."""
    monkeypatch.setattr(around.RetryingModel, "_wait", lambda self, state: 0.0)


def run(server: PartServer, text: Article, store: Path) -> Any:
    """The result of a job of one article."""
    with Summarizer(MODEL, base_url=server.base_url) as client:
        (result,) = client.batch([text], store=store)
    return result


def test_the_next_run_asks_for_the_unread_parts_only(tmp_path: Path) -> None:
    """What was read is in the store; when the server is well again the result is complete."""
    text, store = article(1200), tmp_path / "job.sqlite"
    with PartServer(broken=frozenset({700})) as server:
        first = run(server, text, store)
        server.shown.clear()
        still = run(server, text, store)
        asked_while_broken, server.broken = {tuple(part) for part in server.shown}, frozenset()
        server.shown.clear()
        second = run(server, text, store)
        asked, settled = list(server.shown), len(server.bodies)
        run(server, text, store)

    assert ("incomplete", "incomplete", "complete") == (first.status, still.status, second.status)
    missing = first.coverage.sentences - first.coverage.read
    assert [missing] == [len(part) for part in asked]
    assert {tuple(part) for part in asked} == asked_while_broken
    assert 1200 == second.coverage.read
    assert settled == len(server.bodies)
