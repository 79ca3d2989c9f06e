"""What tokens cost: known prices to the cent, unknown ones as None, never as nothing."""

from __future__ import annotations

import pytest

from summarizer.errors import Spent
from summarizer.models.providers import cost

MILLION = Spent(1, 1_000_000, 0, 1_000_000)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("openai/gpt-4o-mini", 0.15 + 0.60),
        ("openai/gpt-4o-mini-2024-07-18", 0.15 + 0.60),
        ("azure/gpt-4o-mini", 0.15 + 0.60),
        ("openrouter/openai/gpt-4o-mini", 0.15 + 0.60),
    ],
)
def test_a_published_price_is_used(model: str, expected: float) -> None:
    """A million tokens in and a million out; a dated name costs what its family costs."""
    assert expected == pytest.approx(cost(model, MILLION))


def test_cached_tokens_cost_less() -> None:
    """Tokens of a cached prefix are billed at their own price."""
    assert 0.075 + 0.60 == pytest.approx(cost("openai/gpt-4o-mini", Spent(1, 1_000_000, 1_000_000, 1_000_000)))


@pytest.mark.parametrize("model", ["openai/my-fine-tune-x", "ollama/llama3.2", "vllm/x", "mine/gpt-4o", "unheard-of"])
def test_an_unknown_price_is_none(model: str) -> None:
    """A guess would be worse than no figure."""
    assert cost(model, MILLION) is None


def test_answers_of_unknown_size_have_no_known_cost() -> None:
    """An answer without usage may have cost anything."""
    assert cost("openai/gpt-4o-mini", Spent(2, 100, 0, 10, uncounted=1)) is None


def test_counts_that_contradict_themselves_have_no_known_cost() -> None:
    """More cached tokens than tokens: the server's counts cannot be trusted."""
    assert cost("openai/gpt-4o-mini", Spent(1, 10, 100, 10)) is None


@pytest.mark.parametrize("model", ["extractive", "fake", "local/smollm2-135m", "local/models/x.gguf"])
def test_what_runs_on_this_machine_is_free(model: str) -> None:
    """Nobody bills code or a local model."""
    assert cost(model, MILLION) == 0.0


def test_no_request_costs_nothing() -> None:
    """Whatever the model, nothing was asked."""
    assert 0.0 == cost("openai/unheard-of", Spent())


def test_a_provider_is_priced_under_its_own_name() -> None:
    """genai-prices calls some otherwise than we do."""
    assert cost("gemini/gemini-2.5-flash", MILLION)
