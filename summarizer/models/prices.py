"""What is published of hosted models: what their tokens cost in US dollars, and how many they take at once.

Prices and windows are those shipped with the package genai-prices: none are fetched.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.errors import Spent

# Run by this library on this machine: nobody sends a bill.
FREE = ("extractive", "fake", "local")

DEFAULT_WINDOW = 32_768
"""Tokens taken for granted where nothing is known: nearly every hosted model has them. A server that has fewer says
so, and the text is split further."""

# Ollama cuts what is too long without a word, and this is what it takes unless its owner set more.
_OLLAMA_WINDOW = 4096

# Where genai-prices calls a provider otherwise than we do.
_CALLED = {"gemini": "google"}


def cost(model_name: str, spent: Spent) -> float | None:
    """US dollars that `spent` cost at `model_name` (`provider/name`); None where price or tokens are not known."""
    if not spent.requests or model_name.partition("/")[0] in FREE:
        return 0.0
    if spent.uncounted:
        return None
    from genai_prices import Usage, calc_price

    provider, _, model = model_name.partition("/")
    usage = Usage(
        input_tokens=spent.input_tokens, cache_read_tokens=spent.cached_tokens, output_tokens=spent.output_tokens
    )
    try:
        return float(calc_price(usage, model, provider_id=_CALLED.get(provider, provider)).total_price)
    except (LookupError, ValueError):
        return None


@lru_cache(maxsize=64)
def window_of(model_name: str) -> int | None:
    """Tokens that prompt and answer of `provider/name` may have together; None where it is not published."""
    provider, _, model = model_name.partition("/")
    if provider == "ollama":
        return _OLLAMA_WINDOW
    if not model or provider in FREE:
        return None
    from genai_prices.data_snapshot import get_snapshot

    try:
        return get_snapshot().find_provider_model(model, None, _CALLED.get(provider, provider), None)[1].context_window
    except LookupError:
        return None
