"""Intervals by the bootstrap: articles are drawn again with replacement, the same draws for every model.

The percentile interval of Efron (1979). Articles are the unit, because the claims of one article are not independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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
    """How often each article is in each sample, the same for everything that is asked of them."""

    def __init__(self, articles: int, resamples: int = RESAMPLES, seed: int = SEED) -> None:
        self._times = np.random.default_rng(seed).multinomial(articles, np.full(articles, 1 / articles), resamples)

    def estimate(self, sums: Sums) -> Estimate:
        """The ratio of the sums, with its interval."""
        return Estimate(ratio(sums), *self._interval(self._ratios(sums)), of=sum(below for _, below in sums))

    def difference(self, one: Sums, other: Sums) -> Estimate:
        """How much higher the ratio of `one` is than that of `other`, drawn together."""
        first, second = ratio(one), ratio(other)
        if first is None or second is None:
            return Estimate(None)
        return Estimate(first - second, *self._interval(self._ratios(one) - self._ratios(other)))

    def _ratios(self, sums: Sums) -> npt.NDArray[np.float64]:
        """The ratio in each draw, NaN where there is nothing to divide by."""
        up, down = (self._times @ np.array(sums, float)).T
        ratios = np.full(len(up), np.nan)
        np.divide(up, down, out=ratios, where=down > 0)
        return ratios

    def _interval(self, ratios: npt.NDArray[np.float64]) -> tuple[float | None, float | None]:
        known = ratios[~np.isnan(ratios)]
        if not known.size or self._times.shape[1] < 2:
            return None, None
        low, high = np.quantile(known, [(1 - COVERED) / 2, (1 + COVERED) / 2])
        return float(low), float(high)


def ratio(sums: Sums) -> float | None:
    """Sum of numerators over sum of denominators; None where there is nothing to divide by."""
    under = sum(down for _, down in sums)
    return sum(up for up, _ in sums) / under if under else None
