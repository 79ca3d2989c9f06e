"""`python -m benchmarks.evaluation [-m MODEL]... [--only WORD]`: `eval` on the evaluation data and our gold."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.evaluation.adapters import gold_files
from summarizer.evaluation import Comparison, Gold, compare, read_by_model, read_gold
from summarizer.evaluation.comparison import Estimate

OWN = Path(__file__).parents[1] / "gold" / "gold.jsonl"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one Markdown table a set."""
    parser = argparse.ArgumentParser()
    parser.add_argument("-m", "--model", action="append", help="may be given several times; extractive by default")
    parser.add_argument("--only", default="", help="only sets with this in their name")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in {"the gold set of this repository": OWN, **gold_files(Path(folder))}.items():
            if options.only in name:
                print(f"\n### {name}\n\n{_table(read_gold(path), options.model or ['extractive'])}", flush=True)


def _table(gold: list[Gold], models: list[str]) -> str:
    readings = [asyncio.run(read_by_model(gold, model)) for model in models]
    comparison = compare(gold, readings)
    rows = [
        [metric, *(_cell(model.metrics.get(metric)) for model in comparison.models)] for metric in comparison.metrics
    ]
    rows += _costs(comparison)
    head = [f"{comparison.articles} articles", *(model.model for model in comparison.models)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---", *["---:"] * len(models)], *rows])


def _cell(found: Estimate | None) -> str:
    if found is None or found.value is None:
        return "–"
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})" if found.low is not None else f"{found.value:.3f}"


def _costs(comparison: Comparison) -> list[list[str]]:
    models = comparison.models
    return [
        ["requests", *(str(model.requests) for model in models)],
        ["seconds", *(f"{model.seconds:.1f}" for model in models)],
        ["failures", *(str(len(model.failures)) for model in models)],
    ]


if __name__ == "__main__":
    main()
