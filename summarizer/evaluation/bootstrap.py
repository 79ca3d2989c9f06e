"""Intervals by the bootstrap: articles are drawn again with replacement, the same draws for every model.

The percentile interval of Efron (1979). Articles are the unit, because the claims of one article are not independent.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

Sums = Sequence[tuple[float, float]]
"""For each article what it adds to numerator and denominator."""

RESAMPLES, SEED, COVERED = 1000, 20, 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval; None where the sample cannot tell. `of` is the denominator: how much it rests on."""

    value: float | None
    low: float | None = None
    high: float | None = None
    of: float = 0


class Draws:
    """Samples of article numbers, the same for everything that is asked of them."""

    def __init__(self, articles: int, resamples: int = RESAMPLES, seed: int = SEED) -> None:
        chance = random.Random(seed)  # noqa: S311 - a statistic, not a secret
        self._draws = [chance.choices(range(articles), k=articles) for _ in repeat(None, resamples)] if articles else []

    def estimate(self, sums: Sums) -> Estimate:
        """The ratio of the sums, with its interval."""
        low, high = self._interval(_ratios(sums, self._draws))
        return Estimate(ratio(sums), low, high, of=sum(below for _, below in sums))

    def difference(self, one: Sums, other: Sums) -> Estimate:
        """How much higher the ratio of `one` is than that of `other`, drawn together."""
        first, second = ratio(one), ratio(other)
        if first is None or second is None:
            return Estimate(None)
        pairs = zip(_ratios(one, self._draws), _ratios(other, self._draws), strict=True)
        return Estimate(first - second, *self._interval([a - b for a, b in pairs if a is not None and b is not None]))

    def _interval(self, values: Sequence[float | None]) -> tuple[float | None, float | None]:
        known = sorted(value for value in values if value is not None)
        if not known or len(self._draws[0]) < 2:
            return None, None
        tail = (1 - COVERED) / 2
        return known[int(tail * (len(known) - 1))], known[round((1 - tail) * (len(known) - 1))]


def ratio(sums: Sums) -> float | None:
    """Sum of numerators over sum of denominators; None where there is nothing to divide by."""
    under = sum(down for _, down in sums)
    return sum(up for up, _ in sums) / under if under else None


def _ratios(sums: Sums, draws: Sequence[Sequence[int]]) -> list[float | None]:
    """The ratio in each draw."""
    up, down = ([float(pair[side]) for pair in sums] for side in (0, 1))
    pairs = ((sum(map(up.__getitem__, draw)), sum(map(down.__getitem__, draw))) for draw in draws)
    return [above / below if below else None for above, below in pairs]
