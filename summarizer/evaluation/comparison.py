"""Models side by side: every metric with its interval, differences, tokens, cost and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from summarizer.evaluation.bootstrap import COVERED, RESAMPLES, SEED, Draws, Estimate
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.metrics import METRICS, Tally, tally
from summarizer.evaluation.runner import Reading


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
    def metrics(self) -> Iterator[str]:
        """The metrics that apply to the gold set, in order."""
        return (name for name in METRICS if any(name in model.metrics for model in self.models))

    def plain(self) -> dict[str, Any]:
        """The comparison as plain JSON, with what each metric means."""
        return {**asdict(self), "meaning": {name: METRICS[name] for name in self.metrics if METRICS[name]}}


def compare(
    gold: Sequence[Gold], readings: Sequence[Reading], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Comparison:
    """Score the readings of one gold set. The same draws serve all, so that differences are paired."""
    draws = Draws(len(gold), resamples, seed)
    tallies = [
        [tally(one, results) for one, results in zip(gold, reading.results, strict=True)] for reading in readings
    ]
    measured = tuple(_measured(reading, own, tallies[0], draws) for reading, own in zip(readings, tallies, strict=True))
    return Comparison(len(gold), resamples, seed, COVERED, measured)


def _measured(reading: Reading, own: Sequence[Tally], first: Sequence[Tally], draws: Draws) -> Measured:
    runs = reading.runs
    costs = [run.cost_usd for run in runs]
    present = [name for name in METRICS if any(name in one.sums for one in own)]
    return Measured(
        model=reading.name,
        metrics={name: draws.estimate(_sums(own, name)) for name in present},
        differences={} if own is first else {n: draws.difference(_sums(own, n), _sums(first, n)) for n in present},
        requests=sum(run.requests for run in runs),
        input_tokens=sum(run.usage.input_tokens for run in runs),
        output_tokens=sum(run.usage.output_tokens for run in runs),
        cost_usd=None if None in costs else sum(cost for cost in costs if cost is not None),
        seconds=round(sum(run.seconds for run in runs), 3),
        failures=tuple(reading.failures),
    )


def _sums(tallies: Sequence[Tally], metric: str) -> list[tuple[float, float]]:
    return [one.sums.get(metric, (0.0, 0.0)) for one in tallies]
