"""Models side by side: every metric with its interval, differences, tokens, cost and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.evaluation.bootstrap import COVERED, RESAMPLES, SEED, Draws, Estimate
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.runner import Run
from summarizer.evaluation.sources import Found
from summarizer.evaluation.stored import Stored
from summarizer.evaluation.verify import verify
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.tasks.view import pointed
from summarizer.views.dossier import runs_of

GROUNDED = "claims grounded"
REJECTED = "proposals rejected"

Tally = dict[str, tuple[float, float]]
"""What one article adds: a numerator and a denominator for each metric that applies to it."""


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
