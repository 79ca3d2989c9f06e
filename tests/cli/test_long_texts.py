"""A long text against a server that fails for good for a tenth of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.models import around
from tests.cli.conftest import Outcome
from tests.long_texts import article
from tests.part_server import PartServer

SENTENCES = 1200


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries that do not wait."""
    monkeypatch.setattr(around.Patience, "__init__", lambda self, **_: _hurry(self))


def _hurry(patience: around.Patience) -> None:
    for name, value in {"attempts": 2, "first": 0.001, "longest": 0.001, "refused": 1}.items():
        object.__setattr__(patience, name, value)


def test_unread_ranges_are_named_and_the_exit_status_is_4(
    run: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is read and kept, every attempt is counted, and the ranges tell exactly what is missing."""
    text, file = article(SENTENCES), tmp_path / "long.txt"
    file.write_text(text.text, "utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with PartServer(broken=frozenset({700})) as server:
        outcome = run(
            "summarize", str(file), "-m", "ollama/tiny", "--base-url", server.base_url, "-f", "json", "--quiet"
        )

    result = json.loads(outcome.out)
    assert (4, "incomplete") == (outcome.status, result["status"])
    (issue,) = [issue for issue in result["issues"] if issue["action"] == "unread"]
    first, last = map(int, issue["where"].removeprefix("sentences ").split("-"))
    (missing,) = {tuple(numbers) for numbers in server.shown if 700 in numbers}
    assert tuple(range(first, last + 1)) == missing
    assert {"sentences": SENTENCES, "read": SENTENCES - len(missing)} == result["coverage"]
    assert len(server.shown) + 1 == result["run"]["requests"]
    points = [result["value"]["headline"], *result["value"]["points"]]
    spans = [span for point in points for span in point["evidence"]]
    assert all(text.text[span["start"] : span["end"]] == span["text"] for span in spans)
