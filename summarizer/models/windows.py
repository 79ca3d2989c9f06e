"""How many tokens a hosted model takes at once, as far as that is published."""

from __future__ import annotations

from functools import lru_cache

DEFAULT_WINDOW = 32_768
"""Tokens taken for granted where nothing is known: nearly every hosted model has them. A server that has fewer says
so, and the text is split further."""

# Ollama cuts what is too long without a word, and this is what it takes unless its owner set more.
_OLLAMA_WINDOW = 4096

# Where genai-prices calls a provider otherwise than we do.
_CALLED = {"gemini": "google"}


@lru_cache(maxsize=64)
def window_of(model_name: str) -> int | None:
    """Tokens that prompt and answer of `provider/name` may have together; None where it is not published.

    The figures are those shipped with the package genai-prices: none are fetched.
    """
    provider, _, model = model_name.partition("/")
    if provider == "ollama":
        return _OLLAMA_WINDOW
    if not model or provider == "local":
        return None
    from genai_prices.data_snapshot import get_snapshot

    try:
        _, found = get_snapshot().find_provider_model(model, None, _CALLED.get(provider, provider), None)
    except LookupError:
        return None
    return found.context_window
