"""Intervals: they hold the value, narrow with more articles, and repeat."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.evaluation.comparison import Draws, ratio

SUMS = st.lists(st.tuples(st.integers(0, 5), st.integers(5, 9)), min_size=2, max_size=12)


@settings(max_examples=50, deadline=None)
@given(SUMS)
def test_an_interval_is_within_the_extremes(sums: list[tuple[float, float]]) -> None:
    """No resample leaves the range of single articles, and the same seed gives the same interval."""
    found = Draws(len(sums), 50).estimate(sums)
    single = [up / down for up, down in sums]
    assert found.low is not None
    assert found.high is not None
    assert min(single) - 1e-9 <= found.low <= found.high <= max(single) + 1e-9
    assert found == Draws(len(sums), 50).estimate(sums)


def test_coverage_of_a_known_case() -> None:
    """Of 400 fair coins the interval is near one half, plus and minus twice 0.025."""
    coins = [(float(n % 2), 1.0) for n in range(400)]
    found = Draws(400, 1000).estimate(coins)
    assert found.value == 0.5
    assert found.low is not None
    assert found.high is not None
    assert abs(found.low - 0.451) < 0.01
    assert abs(found.high - 0.549) < 0.01


def test_differences_are_paired() -> None:
    """A model that is always a little better is surely better, however much articles differ."""
    first = [(float(n), 20.0) for n in range(20)]
    second = [(up + 1, down) for up, down in first]
    found = Draws(20, 200).difference(second, first)
    assert (0.05, 0.05, 0.05) == tuple(round(value or 0, 9) for value in (found.value, found.low, found.high))


def test_what_cannot_be_told_is_unknown() -> None:
    """No denominator, no value; one article, no interval."""
    assert ratio([(0, 0), (0, 0)]) is None
    assert Draws(2).estimate([(0, 0), (0, 0)]).value is None
    assert (0.5, None, None) == ((one := Draws(1).estimate([(1, 2)])).value, one.low, one.high)
