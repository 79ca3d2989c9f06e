"""A comparison as a picture: a point and its interval for each metric and model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from summarizer.errors import InputError, UsageError
from summarizer.evaluation.bootstrap import Estimate
from summarizer.evaluation.comparison import Comparison, Measured

FORMS = (".png", ".svg", ".pdf")


def plot(comparison: Comparison, file: Path) -> None:
    """Write the picture to `file`, as PNG, SVG or PDF by its ending; the same comparison gives the same bytes.

    Raises:
        UsageError: the ending is another, or matplotlib is not installed.
        InputError: the file cannot be written.

    """
    if file.suffix.lower() not in FORMS:
        raise UsageError(f"{file}: end it in {', '.join(FORMS)}")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("plots need `pip install 'grounded-summarizer[eval]'`") from error
    metrics = list(comparison.metrics)
    with mpl.rc_context({"svg.hashsalt": "summarizer", "font.size": 9}):
        figure = Figure(figsize=(8, 0.34 * len(metrics) + 1.3), layout="constrained")
        axes = figure.add_subplot()
        for number, model in enumerate(comparison.models):
            _draw(axes, model, metrics, _shift(number, len(comparison.models)))
        _finish(axes, metrics, comparison)
        try:
            figure.savefig(file, dpi=150, metadata=_metadata(file))
        except OSError as error:
            raise InputError(str(file), f"cannot be written: {error.strerror or error}") from error


def _draw(axes: Any, model: Measured, metrics: list[str], shift: float) -> None:
    rows = [(n + shift, *_whiskers(model.metrics[name])) for n, name in enumerate(metrics) if name in model.metrics]
    known = [(height, value, low, high) for height, value, low, high in rows if value is not None]
    heights, values, below, above = zip(*known, strict=True) if known else ((), (), (), ())
    axes.errorbar(values, heights, xerr=(below, above), fmt="o", markersize=4, capsize=2.5, label=model.model)


def _whiskers(found: Estimate) -> tuple[float | None, float, float]:
    """The value, and how far the interval reaches below and above it."""
    if found.value is None or found.low is None or found.high is None:
        return found.value, 0.0, 0.0
    return found.value, max(0.0, found.value - found.low), max(0.0, found.high - found.value)


def _finish(axes: Any, metrics: list[str], comparison: Comparison) -> None:
    axes.set_yticks(range(len(metrics)), metrics)
    axes.invert_yaxis()
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", color="0.9")
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"{comparison.articles} articles, {comparison.covered:.0%} intervals")
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.4, 1.0), ncols=len(comparison.models), frameon=False, borderaxespad=-2
    )


def _shift(number: int, of: int) -> float:
    """Models beside each other on the line of a metric."""
    return 0.5 * ((number + 0.5) / of - 0.5)


def _metadata(file: Path) -> dict[str, Any]:
    """No date: it would make every run a change."""
    match file.suffix.lower():
        case ".svg":
            return {"Date": None}
        case ".pdf":
            return {"CreationDate": None}
        case _:
            return {"Software": None}
