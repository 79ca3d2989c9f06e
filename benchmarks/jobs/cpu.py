"""Where the CPU of an article goes: `python -m benchmarks.jobs.cpu [--bench DIR]`, one process, no latency."""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

from benchmarks.jobs.bench import MODEL, ROOT, THREE, Bench, serving

CLOCK = time.thread_time


def main() -> None:
    """300 articles, three products, after ten that warm everything up."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(os.environ.get("SUMMARIZER_SHARED", ROOT.parent / "shared")) / "bench"
    parser.add_argument("--bench", type=Path, default=default)
    parser.add_argument("--work", type=Path, default=Path("/tmp"))
    asked = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "none"
    bench = Bench(asked.bench, asked.work)
    spent: Counter[str] = Counter()
    _watch(spent)
    from summarizer.client import Summarizer
    from summarizer.reading import read_all

    with serving(bench) as server, Summarizer(MODEL, base_url=f"{server.url}/v1") as client:
        server.reset(latency_ms=0)
        list(client.batch(read_all(str(bench.articles(10))), THREE.split(","), concurrency=32))
        spent.clear()
        begun = time.process_time()
        list(client.batch(read_all(str(bench.articles(300))), THREE.split(","), concurrency=32))
        whole = time.process_time() - begun
    rest = whole - sum(spent.values())
    print("| ms an article | " + " | ".join([*spent, "all else", "whole"]) + " |")
    print("| | " + " | ".join(f"{1000 * one / 300:.1f}" for one in [*spent.values(), rest, whole]) + " |")


def _watch(spent: Counter[str]) -> None:
    from summarizer import pipeline
    from summarizer.analysis import Analysis

    for name in ("entities", "dates", "quantities"):
        kept: cached_property[Any] = vars(Analysis)[name]
        kept.func = _timed(kept.func, "analysis", spent)
    outcomes = pipeline.outcomes
    pipeline.outcomes = _timed(lambda *given: list(outcomes(*given)), "checking", spent)


def _timed(function: Callable[..., Any], name: str, spent: Counter[str]) -> Callable[..., Any]:
    depth = 0

    @wraps(function)
    def timed(*arguments: Any, **more: Any) -> Any:
        nonlocal depth
        if depth or _inside:
            return function(*arguments, **more)
        depth, begun = 1, CLOCK()
        _inside.append(name)
        try:
            return function(*arguments, **more)
        finally:
            depth = 0
            _inside.pop()
            spent[name] += CLOCK() - begun

    return timed


_inside: list[str] = []


if __name__ == "__main__":
    main()
