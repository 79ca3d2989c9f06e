"""What tokens cost in US dollars, by the published prices of each provider."""

from __future__ import annotations

from functools import lru_cache

from summarizer.errors import Spent

# Run by this library on this machine: nobody sends a bill.
FREE = ("extractive", "fake", "local")


def cost(model_name: str, spent: Spent) -> float | None:
    """US dollars that `spent` cost at `model_name` (`provider/name`); None where the price or the tokens are not known.

    Prices are those shipped with the package genai-prices: none are fetched.
    """
    provider, _, model = model_name.partition("/")
    if not spent.requests or provider in FREE:
        return 0.0
    if spent.uncounted:
        return None
    if not (spent.input_tokens or spent.output_tokens):
        return 0.0 if priced(model_name) else None
    return _price(provider, model, spent)


@lru_cache(maxsize=64)
def priced(model_name: str) -> bool:
    """Whether the price of a model is known, so that a budget can be kept."""
    provider, _, model = model_name.partition("/")
    return provider in FREE or _price(provider, model, Spent(1, 1, 0, 1)) is not None


def _price(provider: str, model: str, spent: Spent) -> float | None:
    from genai_prices import Usage, calc_price

    usage = Usage(
        input_tokens=spent.input_tokens, cache_read_tokens=spent.cached_tokens, output_tokens=spent.output_tokens
    )
    try:
        return float(calc_price(usage, model, provider_id=provider).total_price)
    except (LookupError, ValueError):
        return None
