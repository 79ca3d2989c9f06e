"""A comparison as a picture: a point and its interval for each metric and model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.errors import InputError, UsageError
from summarizer.evaluation.bootstrap import Estimate
from summarizer.evaluation.comparison import Comparison

# No date in the file: it would make every run a change.
METADATA = {".png": {"Software": None}, ".svg": {"Date": None}, ".pdf": {"CreationDate": None}}


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
        try:
            figure.savefig(file, dpi=150, metadata=METADATA[file.suffix.lower()])
        except OSError as error:
            raise InputError(str(file), f"cannot be written: {error.strerror or error}") from error


def _whiskers(found: Estimate) -> tuple[float, float, float]:
    """The value, and how far the interval reaches below and above it."""
    value = found.value or 0.0
    if found.low is None or found.high is None:
        return value, 0.0, 0.0
    return value, max(0.0, value - found.low), max(0.0, found.high - value)


def check_plot(file: Path) -> None:
    """Refuse now what could not be drawn after the models were paid."""
    from importlib.util import find_spec

    if file.suffix.lower() not in METADATA:
        raise UsageError(f"{file}: end it in {', '.join(METADATA)}")
    if find_spec("matplotlib") is None:
        raise UsageError("plots need matplotlib; pip install 'grounded-summarizer[eval]'")
