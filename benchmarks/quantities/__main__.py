"""`python -m benchmarks.quantities [--quantulum]`: the table of the tests, and what reading costs."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from summarizer.values.quantities import quantities_in

TABLE = Path(__file__).parents[2] / "tests" / "values" / "quantity_cases.txt"
Places = list[tuple[int, int, float]]


def ours(text: str) -> Places:
    """What `quantities_in` finds."""
    return [(found.start, found.end, float(found.value)) for found in quantities_in(text)]


def quantulum(text: str) -> Places:
    """What quantulum3 finds, its ranges as their middle."""
    from quantulum3 import parser

    return [(*found.span, found.value) for found in parser.parse(text)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quantulum", action="store_true", help="measure quantulum3 too (pip install quantulum3)")
    options = parser.parse_args(arguments)
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    sentences = list(zip(lines[::2], lines[1::2], strict=True))
    print("| system | expressions | found | right value of all | found where none is | ms per 500 words |")
    print("|---|---|---|---|---|---|")
    _measure("summarizer", ours, sentences)
    if options.quantulum:
        _measure("quantulum3", quantulum, sentences)


def _measure(name: str, find: Callable[[str], Places], sentences: Sequence[tuple[str, str]]) -> None:
    total, found, right, spurious, words, seconds = 0, 0, 0, 0, 0, 0.0
    find("warm up: 5 km")
    for sentence, answer in sentences:
        begin = time.perf_counter()
        places = find(sentence)
        seconds += time.perf_counter() - begin
        words += len(sentence.split())
        items = [] if answer.strip() == "none" else [item.partition(" = ") for item in answer.strip().split("; ")]
        spurious += len(places) if not items else 0
        for text, _, rest in items:
            start = sentence.find(text)
            hits = [place for place in places if place[0] < start + len(text) and place[1] > start]
            total += 1
            found += bool(hits)
            right += any(abs(place[2] - float(rest.split()[0])) < 1e-3 * max(1.0, abs(place[2])) for place in hits)
    print(
        f"| {name} | {total} | {found / total:.3f} | {right / total:.3f} | {spurious} "
        f"| {1000 * seconds * 500 / words:.1f} |"
    )


if __name__ == "__main__":
    main()
