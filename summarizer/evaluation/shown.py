"""A comparison shown as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from summarizer.evaluation.comparison import Comparison, Estimate, Measured
from summarizer.views.wording import count, money, seconds


def print_table(comparison: Comparison, console: Console) -> None:
    """Metrics by model, each with its interval; with several models the difference to the first where it is sure."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for model in comparison.models:
        table.add_column(model.model, justify="right", overflow="fold")
    for metric in comparison.metrics:
        table.add_row(metric, *(_cell(model, metric) for model in comparison.models))
    for label, *cells in _costs(comparison.models):
        table.add_row(label, *cells, style="dim")
    console.print(table)
    console.print(_note(comparison), style="dim")


def _cell(model: Measured, metric: str) -> str:
    found = model.metrics.get(metric)
    if found is None or found.value is None:
        return "–"
    interval = "" if found.low is None else f" [dim]{found.low:.3f} to {found.high:.3f}[/dim]"
    return f"{found.value:.3f}{interval}{_mark(model.differences.get(metric))}"


def _mark(difference: Estimate | None) -> str:
    """An arrow where the interval of the difference leaves zero out."""
    if difference is None or difference.low is None or difference.high is None:
        return ""
    return " ▲" if difference.low > 0 else " ▼" if difference.high < 0 else "  "


def _costs(models: Sequence[Measured]) -> Iterator[tuple[str, ...]]:
    yield "requests", *(f"{model.requests:,}" for model in models)
    yield "tokens in, out", *(f"{model.input_tokens:,}, {model.output_tokens:,}" for model in models)
    yield "cost", *(money(model.cost_usd) if model.requests else "–" for model in models)
    yield "time", *(seconds(model.seconds) for model in models)
    if any(model.failures for model in models):
        yield "failures", *(f"{len(model.failures):,}" for model in models)


def _note(comparison: Comparison) -> str:
    drawn = f"articles drawn {comparison.resamples:,} times (seed {comparison.seed})"
    arrows = "; ▲▼ surely above or below the first model" if len(comparison.models) > 1 else ""
    return f"{count(comparison.articles, 'article')}; {comparison.covered:.0%} intervals, {drawn}{arrows}"
