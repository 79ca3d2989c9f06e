"""What a job would take, told without a key, weights or a request."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.client import Summarizer
from summarizer.configuration import Configuration
from summarizer.jobs.estimate import estimate
from summarizer.jobs.wants import wanted
from tests.jobs.reading_server import ReadingServer
from tests.jobs.stories import story

MODEL = "openai/gpt-4o-mini"


def test_what_is_kept_or_identical_costs_nothing(readers: ReadingServer, tmp_path: Path) -> None:
    """Of five articles one is read already and one is there twice: three requests at a price."""
    store, configuration = tmp_path / "job.sqlite", Configuration(MODEL)
    with Summarizer(MODEL, base_url=readers.base_url) as client:
        list(client.batch([story(1)], store=store))
    found = estimate([story(n) for n in (1, 2, 3, 3, 4)], wanted(["summary"], (), configuration), configuration, store)
    assert (5, 1, 1, 3) == (found.articles, found.identical, found.kept, found.requests)
    assert (True, 3 * 20) == (found.input_tokens > 1000, found.output_tokens)
    assert found.cost_usd == pytest.approx(found.input_tokens * 0.15e-6 + found.output_tokens * 0.6e-6)
    assert 1 == readers.asked.total()


def test_code_alone_asks_nothing() -> None:
    """No model, no requests, no cost; and without a key a hosted one can still be estimated."""
    configuration = Configuration("extractive")
    found = estimate([story(1)], wanted(["brief"], (), configuration), configuration, None)
    assert (1, 0, 0, 0.0) == (found.articles, found.requests, found.input_tokens, found.cost_usd)
