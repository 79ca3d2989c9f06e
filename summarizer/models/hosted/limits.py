"""What a server's headers say of its rate limits."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# OpenAI, Azure, Groq, vLLM's proxies; then Anthropic; then Mistral; then OpenRouter. The first that is there counts.
_NAMES = {
    "requests": """x-ratelimit-limit-requests anthropic-ratelimit-requests-limit x-ratelimit-limit-req-minute
        x-ratelimit-limit""",
    "requests_left": """x-ratelimit-remaining-requests anthropic-ratelimit-requests-remaining
        x-ratelimit-remaining-req-minute x-ratelimit-remaining""",
    "requests_reset": "x-ratelimit-reset-requests anthropic-ratelimit-requests-reset x-ratelimit-reset",
    "tokens": "x-ratelimit-limit-tokens anthropic-ratelimit-tokens-limit x-ratelimit-limit-tokens-minute",
    "tokens_left": """x-ratelimit-remaining-tokens anthropic-ratelimit-tokens-remaining
        x-ratelimit-remaining-tokens-minute""",
    "tokens_reset": "x-ratelimit-reset-tokens anthropic-ratelimit-tokens-reset",
}
_HEADERS = {field: tuple(names.split()) for field, names in _NAMES.items()}
_UNITS = {"d": 86_400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "us": 1e-6, "ns": 1e-9}
_DURATION = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)(ms|us|ns|d|h|m|s)")
_YEAR_2001 = 978_307_200.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What is left of an account's limits at one model; None where the server does not say.

    `requests` and `tokens` may be sent in a period, often a minute; so many of them are `left`; after `reset` seconds
    they are all there again.
    """

    requests: float | None = None
    requests_left: float | None = None
    requests_reset: float | None = None
    tokens: float | None = None
    tokens_left: float | None = None
    tokens_reset: float | None = None


def limits_of(headers: Mapping[str, str]) -> Limits:
    """The limits as the headers of one answer (names in any case) tell them."""
    told = {field: next(filter(None, map(headers.get, names)), "") for field, names in _HEADERS.items()}
    return Limits(**{field: (seconds if field.endswith("_reset") else _number)(said) for field, said in told.items()})


def retry_after(headers: Mapping[str, str]) -> float | None:
    """How many seconds the server wants to be left alone: its Retry-After, else the reset of a limit used up."""
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    if said := headers.get("retry-after"):
        number = _number(said)  # a plain one is never a time: 10^9 would be a day in 2001, and no patience at all
        return seconds(said) if number is None else number
    limits = limits_of(headers)
    told = ((limits.requests_left, limits.requests_reset), (limits.tokens_left, limits.tokens_reset))
    return max((reset for left, reset in told if left == 0 and reset is not None), default=None)


def seconds(said: str) -> float | None:
    """Seconds from now: of `20`, `6m0s`, `17ms`, an ISO or HTTP date, or a Unix time; None where it cannot be read."""
    said = said.strip()
    number = _number(said)
    if number is not None:
        return _until(number / 1000 if number > _YEAR_2001 * 100 else number) if number > _YEAR_2001 else number
    parts = _DURATION.findall(said)
    if parts and "".join(map("".join, parts)) == said:
        return sum(float(amount) * _UNITS[unit] for amount, unit in parts)
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError):
            moment = read(said)
            return _until((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    return None


def _until(moment: float) -> float:
    return max(0.0, moment - datetime.now(UTC).timestamp())


def _number(said: str) -> float | None:
    with suppress(ValueError):
        number = float(said)
        return number if math.isfinite(number) and number >= 0 else None
    return None
