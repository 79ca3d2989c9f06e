"""Models side by side: every metric with its interval, differences, tokens, cost and time.

Intervals are the percentile interval of the bootstrap (Efron 1979): articles are drawn again with replacement, the same
draws for every model. Articles are the unit, because the claims of one article are not independent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from summarizer.evaluation.gold import Gold, Run
from summarizer.evaluation.stored import Found, Stored
from summarizer.evaluation.verify import verify
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.tasks.view import pointed
from summarizer.views.dossier import runs_of

GROUNDED = "claims grounded"
REJECTED = "proposals rejected"

Tally = dict[str, tuple[float, float]]
"""What one article adds: a numerator and a denominator for each metric that applies to it."""

Sums = Sequence[tuple[float, float]]
"""For each article what it adds to numerator and denominator."""

RESAMPLES, SEED, COVERED = 1000, 20, 0.95


@dataclass(frozen=True)
class Measured:
    """One model on the gold set. `cost_usd` is None where a price is not known; `seconds` are those of its runs."""

    model: str
    metrics: dict[str, Estimate]
    differences: dict[str, Estimate]
    requests: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """All models on one gold set; `differences` are to the first of them."""

    articles: int
    resamples: int
    seed: int
    covered: float
    models: tuple[Measured, ...]

    @property
    def metrics(self) -> list[str]:
        """The metrics that apply to the gold set, those of all tasks last."""
        names = list(dict.fromkeys(name for model in self.models for name in model.metrics))
        return sorted(names, key=(GROUNDED, REJECTED).__contains__)


def compare(gold: Sequence[Gold], runs: Sequence[Run], *, resamples: int = RESAMPLES, seed: int = SEED) -> Comparison:
    """Score the runs over one gold set. The same draws serve all, so that differences are paired."""
    draws = Draws(len(gold), resamples, seed)
    tallies = [[tally(one, results) for one, results in zip(gold, run.results, strict=True)] for run in runs]
    measured = tuple(_measured(run, own, tallies[0], draws) for run, own in zip(runs, tallies, strict=True))
    return Comparison(len(gold), resamples, seed, COVERED, measured)


def tally(gold: Gold, results: Sequence[Result[Any]]) -> Tally:
    """What one article adds; a product that is missing or failed counts as wrong, and one nobody asked for not at all.

    Each task scores its own values. Of all claims together: `claims grounded` are those that hold when they are checked
    again, none of them marked unchecked; `proposals rejected` are claims proposed that did not hold and were replaced,
    dropped or flagged.
    """
    own = {part.task.name for part in gold.parts}
    results = [result for result in results if result.task in own]
    found: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for metric, right, of in (*_scored(gold, results), *_claims(gold, results)):
        found[metric] = (found[metric][0] + right, found[metric][1] + of)
    return dict(found)


def _scored(gold: Gold, results: Sequence[Result[Any]]) -> Iterator[tuple[str, float, float]]:
    for part in gold.parts:
        values = [result.value for result in results if result.task == part.task.name]
        yield from part.task.score(part.gold, values or [None], gold.article)


def _claims(gold: Gold, results: Sequence[Result[Any]]) -> Iterator[tuple[str, float, float]]:
    stored = [Stored(number, result) for number, result in enumerate(results, 1)]
    audit = verify(stored, Found({gold.article.id: gold.article}))
    wrong = {(finding.line, finding.where.partition("/evidence/")[0]) for finding in audit.findings}
    for number, result in enumerate(results, 1):
        for where, claim in pointed(result.value, Claim):
            yield GROUNDED, claim.support != "unchecked" and (number, where) not in wrong, 1
    rejected = [issue.action for result in results for issue in result.issues if issue.code == "ungrounded"]
    yield REJECTED, len(rejected), audit.claims + rejected.count("dropped")


def _measured(run: Run, own: Sequence[Tally], first: Sequence[Tally], draws: Draws) -> Measured:
    runs = runs_of(result for results in run.results for result in results)
    costs = [one.cost_usd for one in runs]
    present = list(dict.fromkeys(name for one in own for name in one))
    return Measured(
        model=run.name,
        metrics={name: draws.estimate(_sums(own, name)) for name in present},
        differences={} if own is first else {n: draws.difference(_sums(own, n), _sums(first, n)) for n in present},
        requests=sum(one.requests for one in runs),
        input_tokens=sum(one.usage.input_tokens for one in runs),
        output_tokens=sum(one.usage.output_tokens for one in runs),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        seconds=round(sum(one.seconds for one in runs), 3),
        failures=tuple(run.failures),
    )


def _sums(tallies: Sequence[Tally], metric: str) -> list[tuple[float, float]]:
    return [one.get(metric, (0.0, 0.0)) for one in tallies]


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
