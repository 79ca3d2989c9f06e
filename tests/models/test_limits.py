"""Rate limits as servers tell them, in every form seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.hosted.limits import Limits, limits_of, retry_after, seconds


def test_openai_headers() -> None:
    """Requests and tokens, left and in all, with durations in Go's form."""
    told = limits_of(
        {
            "x-ratelimit-limit-requests": "500",
            "x-ratelimit-remaining-requests": "499",
            "x-ratelimit-reset-requests": "120ms",
            "x-ratelimit-limit-tokens": "200000",
            "x-ratelimit-remaining-tokens": "198772",
            "x-ratelimit-reset-tokens": "6m1.5s",
        }
    )

    assert Limits(500, 499, 0.12, 200000, 198772, 361.5) == told


def test_anthropic_headers() -> None:
    """The reset is a moment, not a duration."""
    soon = (datetime.now(UTC) + timedelta(seconds=30)).isoformat()
    told = limits_of({"anthropic-ratelimit-requests-remaining": "7", "anthropic-ratelimit-requests-reset": soon})

    assert 7 == told.requests_left
    assert 30 == pytest.approx(told.requests_reset, abs=2)


def test_nothing_told() -> None:
    """No header, no figure: unknown is None."""
    assert Limits() == limits_of({"content-type": "application/json"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [("20", 20.0), ("0.5", 0.5), ("6m0s", 360.0), ("1h2m3s", 3723.0), ("17ms", 0.017), ("soon", None), ("", None),
     ("-3", None), ("nan", None), ("1x", None), ("s", None)],
)  # fmt: skip
def test_durations(said: str, expected: float | None) -> None:
    """Plain seconds or Go's durations; anything else is unknown."""
    assert (None if expected is None else pytest.approx(expected)) == seconds(said)


@pytest.mark.parametrize("scale", [1, 1000])
def test_moments(scale: int) -> None:
    """A Unix time in seconds or milliseconds, or an HTTP date, is a moment from now."""
    later = datetime.now(UTC) + timedelta(seconds=60)
    assert 60 == pytest.approx(seconds(str(int(later.timestamp() * scale))), abs=2)
    assert 60 == pytest.approx(seconds(format_datetime(later)), abs=2)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "1000000000"}, 1e9),  # seconds, not a day in 2001
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 400}, None),
        ({}, None),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "9s"}, 9.0),
        ({"x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "9s"}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], expected: float | None) -> None:
    """Retry-After first; else the reset of the limit that is used up."""
    assert expected == retry_after(headers)


@given(st.text(max_size=40))
def test_no_header_breaks_the_reading(said: str) -> None:
    """Whatever a proxy writes, it is a number of seconds or None."""
    found = seconds(said)

    assert found is None or found >= 0
