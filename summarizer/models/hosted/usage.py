"""What one answer cost in tokens, whatever its server calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from summarizer.errors import Spent

MOST_TOKENS = 100_000_000
"""No request has more: a larger count, or one below nothing, is a fault, and what was spent is unknown."""

# What a count of tokens is called: by OpenAI, by Anthropic, by Google.
_SENT = ("prompt_tokens", "input_tokens", "prompt_token_count")
_RECEIVED = ("completion_tokens", "output_tokens", "candidates_token_count")
_CACHED = ("prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens", "cached_content_token_count")
_DETAILS = ("prompt_tokens_details", "completion_tokens_details", "input_tokens_details", "output_tokens_details")
# Not among the input or output tokens that Anthropic and Google tell: paid on top.
_SENT_BESIDE = ("cache_read_input_tokens", "cache_creation_input_tokens")
_RECEIVED_BESIDE = ("thoughts_token_count",)


def spent_on(source: Any) -> Spent:
    """What one answer cost, by a response or its usage, as an object or as JSON.

    Usage that is missing, or has a count below nothing, without end or beyond reason, is unknown: one uncounted
    request, never a figure.
    """
    if isinstance(known := getattr(source, "spent", None), Spent):
        return known
    usage = _plain(source)
    usage = _plain(usage.get("usage") or usage.get("usage_metadata") or usage)
    usage |= {name: value for inner in _DETAILS for name, value in _plain(usage.get(inner)).items()}
    sent, received = _count(usage, _SENT), _count(usage, _RECEIVED)
    sent_beside = [_count(usage, (name,)) for name in _SENT_BESIDE if usage.get(name)]
    received_beside = [_count(usage, (name,)) for name in _RECEIVED_BESIDE if usage.get(name)]
    if not sent or received is None or None in (*sent_beside, *received_beside):
        return Spent(1, uncounted=1)
    sent, received = sent + sum(filter(None, sent_beside)), received + sum(filter(None, received_beside))
    cached, thought = _count(usage, _CACHED), _count(usage, ("reasoning_tokens", *_RECEIVED_BESIDE))
    return Spent(1, sent, min(sent, cached or 0), received, min(received, thought or 0))


def _plain(source: Any) -> dict[str, Any]:
    if isinstance(source, BaseModel):
        return source.model_dump(warnings=False)
    return dict(source) if isinstance(source, Mapping) else {}


def _count(usage: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    """The first count of these names that is there; None where there is none, or it cannot be one."""
    found = next((usage[name] for name in names if usage.get(name) is not None), None)
    if not isinstance(found, (int, float)) or isinstance(found, bool) or not 0 <= found <= MOST_TOKENS:
        return None  # neither is what is no number
    return int(found)
