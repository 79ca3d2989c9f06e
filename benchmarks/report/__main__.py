"""Measure a report on 500 articles: `python -m benchmarks.report`; the last two rows need Chromium, node and npm."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.report.synthetic import library
from summarizer.views.html import render_html
from tests.browser.chromium import Chromium


def main() -> None:
    """Print a table of size, time to write, and time to open."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--sentences", type=int, default=30, help="sentences of an article")
    parser.add_argument("--runs", type=int, default=5, help="times each thing is measured; the median is shown")
    chosen = parser.parse_args()
    print(f"| {chosen.articles} articles of {chosen.sentences} sentences | |\n| --- | ---: |")
    for name, value in _measure(chosen.articles, chosen.sentences, chosen.runs):
        print(f"| {name} | {value} |", flush=True)


def _measure(size: int, sentences: int, runs: int) -> Iterator[tuple[str, str]]:
    results, articles = library(size, sentences=sentences)
    times, document = [], ""
    for _ in range(runs):
        started = perf_counter()
        document = render_html(results, articles)
        times.append(perf_counter() - started)
    yield "text of the articles", f"{sum(len(a.text) for a in articles.values()) / 1e6:.1f} MB"
    yield "size of the report", f"{len(document.encode()) / 1e6:.1f} MB"
    yield "time to write it", f"{median(times):.2f} s"
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        report.write_text(document, encoding="utf-8")
        chromium = Chromium(Path(folder) / "modules")
        seen = [chromium.play("paint", report)["saw"] for _ in range(runs)]
    yield "first contentful paint", f"{median(one['paint'] for one in seen):.0f} ms"
    yield "first article drawn and ready", f"{median(one['ready'] for one in seen):.0f} ms"


if __name__ == "__main__":
    main()
