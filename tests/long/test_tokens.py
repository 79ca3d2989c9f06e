"""Tokens: an estimate that is not too low."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.long.budget import estimate
from summarizer.models.providers import window_of

# Counted with the tables of cl100k_base and o200k_base; the greater of the two.
LINES = Path(__file__).with_name("token_counts.txt").read_text("utf-8").splitlines()
COUNTED = {text: int(tokens) for tokens, _, text in (line.partition("\t") for line in LINES)}


@pytest.mark.parametrize("text", COUNTED)
def test_the_estimate_is_not_too_low(text: str) -> None:
    """Prose of any script has no more tokens than estimated, and not less than a third."""
    assert COUNTED[text] <= estimate(text) <= 3 * COUNTED[text]


@given(st.text(), st.text())
def test_parts_cost_no_less_than_the_whole(one: str, other: str) -> None:
    """What is counted line by line does not come out too low; lone surrogates are counted too."""
    assert estimate(one + other) <= estimate(one) + estimate(other) + 1


def test_windows_that_are_published_are_known() -> None:
    """Known models have their window, Ollama its default, and what is not published is unknown."""
    assert (128_000, 4096, None) == (window_of("openai/gpt-4o"), window_of("ollama/llama3.2"), window_of("vllm/mine"))
