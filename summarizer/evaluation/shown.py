"""A comparison shown: as a table for a terminal, and as a picture with a point and its interval for each metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizer.errors import UsageError, require
from summarizer.evaluation.comparison import Comparison, Estimate, Measured
from summarizer.output import whole_file
from summarizer.views.wording import count, money, seconds

# No date in the file: it would make every run a change.
METADATA = {".png": {"Software": None}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}


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


def plot(comparison: Comparison, file: Path) -> None:
    """Write the picture to `file`, as PNG, SVG or PDF by its ending; the same comparison gives the same bytes."""
    check_plot(file)
    import matplotlib as mpl
    from matplotlib.figure import Figure

    metrics = comparison.metrics
    with mpl.rc_context({"svg.hashsalt": "summarizer", "font.size": 9}):
        figure = Figure(figsize=(8, 0.34 * len(metrics) + 1.3), layout="constrained")
        axes: Any = figure.add_subplot()
        for number, model in enumerate(comparison.models):
            # Models stand beside each other on the line of a metric.
            shift = 0.5 * ((number + 0.5) / len(comparison.models) - 0.5)
            known = [(at + shift, *_whiskers(model.metrics[name])) for at, name in enumerate(metrics)
                     if name in model.metrics and model.metrics[name].value is not None]  # fmt: skip
            heights, values, below, above = zip(*known, strict=True) if known else ((), (), (), ())
            axes.errorbar(values, heights, xerr=(below, above), fmt="o", markersize=4, capsize=2.5, label=model.model)
        axes.set(xlim=(-0.02, 1.02), xlabel=f"{comparison.articles} articles, {comparison.covered:.0%} intervals")
        axes.set_yticks(range(len(metrics)), metrics)
        axes.invert_yaxis()
        axes.grid(axis="x", color="0.9")
        figure.legend(loc="outside upper center", ncols=len(comparison.models), frameon=False)
        ending = file.suffix.lower()
        with whole_file(file) as part:
            figure.savefig(part, format=ending.removeprefix("."), dpi=150, metadata=METADATA[ending])


def _whiskers(found: Estimate) -> tuple[float, float, float]:
    value = found.value or 0.0
    if found.low is None or found.high is None:
        return value, 0.0, 0.0
    return value, max(0.0, value - found.low), max(0.0, found.high - value)


def check_plot(file: Path) -> None:
    """Refuse now what could not be drawn after the models were paid."""
    if file.suffix.lower() not in METADATA:
        raise UsageError(f"{file}: end it in {', '.join(METADATA)}")
    require("matplotlib", "plots need matplotlib", "eval")
