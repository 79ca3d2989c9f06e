"""A summary as long as it was asked for: what goes beyond that is left out, last points first, and the reader told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from summarizer.analysis.words import words
from summarizer.grounding.grounder import Grounded
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Issue
from summarizer.schemas.summary import Summary
from summarizer.task import Options


def shaped(outcome: Grounded[Any], options: Options) -> Grounded[Any]:
    """At most `points` points and `words` words. A headline that alone has more words stays as it is."""
    summary = outcome.value
    if not isinstance(summary, Summary):
        return outcome
    points, most = options.get("points"), options.get("words")
    kept = summary.points[:points] if isinstance(points, int) else summary.points
    if isinstance(most, int):
        kept = _within(kept, most - _count(summary.headline))
    left_out = len(summary.points) - len(kept)
    if not left_out:
        return outcome
    wanted = [f"{points} points"] if isinstance(points, int) else []
    wanted += [f"{most} words"] if isinstance(most, int) else []
    message = f"the last {left_out} of {len(summary.points)} points went: at most {' and '.join(wanted)} were asked for"
    issue = Issue(code="shortened", where="/points", message=message, action="dropped")
    value = summary.model_copy(update={"points": kept})
    return replace(outcome, value=value, issues=(*outcome.issues, issue), decided=min(outcome.decided, 1 + len(kept)))


def _within(points: list[Claim], left: int) -> list[Claim]:
    kept: list[Claim] = []
    for point in points:
        left -= _count(point)
        if left < 0:
            break
        kept.append(point)
    return kept


def _count(claim: Claim) -> int:
    return sum(1 for _ in words(claim.text))
