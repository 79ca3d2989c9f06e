"""Articles and a server for jobs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs.reading_server import ReadingServer


@pytest.fixture
def readers() -> Iterator[ReadingServer]:
    """A server that reads any article."""
    with ReadingServer() as server:
        yield server


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of no worth."""
    monkeypatch.setenv("OPENAI_API_KEY", "none")
