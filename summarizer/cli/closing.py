"""How a job ended: for machines, for a person, and as an exit status; and what one would take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from summarizer.__main__ import INTERRUPTED
from summarizer.cli.output import INCOMPLETE, MODEL_FAILED, NOT_ANSWERED, worst
from summarizer.errors import InputError
from summarizer.views.wording import money, seconds

if TYPE_CHECKING:
    from summarizer.jobs.batch import Batch
    from summarizer.jobs.estimate import Estimate


def closing(batch: Batch, **known: Any) -> dict[str, Any]:
    """The end of a run, as `--summary-json` writes it; `known` is what the command line knows of it.

    Counts of results are of the whole job, requests, tokens, cost and seconds of this run. `cost_usd` is null where the
    price is not known; `stopped` says why a job did not come to its end, `bottleneck` what it waited for where that is
    not the model.
    """
    tally, counts = batch.run.tally, batch.store.counts(batch.job)
    tokens = ("requests", "input_tokens", "cached_tokens", "output_tokens")
    return {
        "model": batch.order.model,
        "articles": tally.entered,
        "all_read": tally.whole,
        "kept": tally.kept,
        "done": tally.done,
        **{name: counts.get(name, 0) for name in ("complete", "incomplete", "failed", "abstained")},
        "failures": batch.store.failures(batch.job),
        **{name: getattr(tally.spent, name) for name in tokens},
        "cost_usd": tally.cost,
        "seconds": round(tally.seconds, 3),
        "bottleneck": tally.bottleneck(),
        **known,
    }


def status(end: Mapping[str, Any]) -> int:
    """The exit status: the most severe outcome, Ctrl-C above all."""
    if end["interrupted"]:
        return INTERRUPTED
    by_count = {"unreadable": InputError.exit_status, "failed": MODEL_FAILED, "incomplete": INCOMPLETE}
    by_count["abstained"] = NOT_ANSWERED
    return worst([status for name, status in by_count.items() if end[name]])


def told(end: Mapping[str, Any]) -> list[str]:
    """The closing lines for a person."""
    articles = f"{end['articles']:,} articles: {end['done']:,} read now, {end['kept']:,} kept from before"
    if left := end["articles"] - end["done"] - end["kept"]:
        articles += f", {left:,} not read yet"
    if end["unreadable"]:
        articles += f", {end['unreadable']:,} unreadable"
    results = f"{end['complete']:,} results complete, {end['incomplete']:,} incomplete, {end['failed']:,} failed"
    if end["failures"]:
        results += f" ({', '.join(f'{count:,} {code}' for code, count in end['failures'].items())})"
    if end["abstained"]:
        results += f", {end['abstained']:,} questions the article does not answer"
    cost = f"{end['requests']:,} requests, {_spent(end['input_tokens'], end['output_tokens'], end['cost_usd'])}"
    cost += f", {seconds(end['seconds'])}"
    if end["done"] and end["seconds"]:
        cost += f" ({end['done'] / end['seconds']:.1f} articles/s)"
    slow = [end["bottleneck"]] if end["bottleneck"] else []
    return [articles, results, cost, *slow, f"{end['written']:,} results written to {end['out']}"]


def told_before(found: Estimate) -> str:
    """What a job would take, for a person."""
    articles = f"{found.articles:,} articles, {found.kept:,} kept from before, {found.identical:,} identical to another"
    cost = _spent(found.input_tokens, found.output_tokens, found.cost_usd)
    return f"{articles}\n{found.requests:,} requests, about {cost}; nothing was sent"


def _spent(given: int, made: int, cost: float | None) -> str:
    return f"{given:,} + {made:,} tokens, {money(cost)}"
