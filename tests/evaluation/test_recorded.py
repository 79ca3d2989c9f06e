"""The embedded model on a gold article, offline: its answers are recordings of the real model."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.evaluation import compare, read_by_model, read_gold
from summarizer.models.local import LocalModel

pytest.importorskip("rouge_score", reason="eval needs it")

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold" / "gold.jsonl"


@pytest.mark.vcr
async def test_two_models_offline(embedded: LocalModel) -> None:
    """Both are measured on the same article; the one that is asked has requests and tokens to show."""
    gold = read_gold(GOLD)[3:4]
    readings = [await read_by_model(gold, "extractive"), await read_by_model(gold, embedded)]
    code, model = compare(gold, readings, resamples=10).models

    assert (0, 0) == (code.requests, code.input_tokens)
    assert model.requests > 0
    assert model.input_tokens > 0
    assert () == model.failures
    assert 1 == model.metrics["claims grounded"].value
    assert set(code.metrics) == set(model.metrics)
