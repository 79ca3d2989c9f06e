"""Read a text of 200,000 words, of twice and of four times as many: `python -m benchmarks.long`.

Each row is a process of its own, so that its memory is its own. `python -m benchmarks.long tokens` compares the
estimate of tokens with the tables of hosted models (needs the package bpe-openai).
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.long.prose import prose
from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.long.budget import estimate
from tests.reading_model import ReadingModel

PARTS = "parts"
HEAD = "| read by | words | sentences | task | CPU s | wall s | memory MB | read | spans exact | status |\n"
LINE = "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |"


def main() -> None:
    """Print the table, a row as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=["read", "tokens", "row"], default="read")
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--models", nargs="+", default=["extractive", PARTS, "local/smollm2-135m"])
    parser.add_argument("--tasks", nargs="+", default=["summarize", "brief"])
    chosen = parser.parse_args()
    match chosen.what:
        case "tokens":
            tokens()
        case "row":
            print(asyncio.run(row(chosen.models[0], chosen.words, chosen.tasks[0])))
        case _:
            print(HEAD + LINE, flush=True)
            for model in chosen.models:
                for task in chosen.tasks:
                    for times in chosen.times:
                        of = ["row", "--models", model, "--tasks", task, "--words", str(chosen.words * times)]
                        subprocess.run([sys.executable, "-m", "benchmarks.long", *of], check=True)


async def row(model: str, words: int, task: str) -> str:
    """One reading. `parts` is a model in this process with a window of 32,768 tokens: what our own code takes."""
    article = Article(prose(words))
    started, cpu = time.monotonic(), time.process_time()
    reader = ReadingModel(window=32_768) if model == PARTS else model
    async with AsyncSummarizer(reader, timeout=3600) as client:
        came = await getattr(client, task)(article)
    results = list(came) if isinstance(came, tuple) else [came]
    wall, used = time.monotonic() - started, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spans = [span for result in results for span in _spans(result.model_dump())]
    exact = sum(article.text[span["start"] : span["end"]] == span["text"] for span in spans)
    coverage, status = results[0].coverage, "/".join(sorted({result.status for result in results}))
    return (
        f"| {model} | {words:,} | {coverage.sentences:,} | {task} | {used:.1f} | {wall:.1f} | {memory:.0f} "
        f"| {coverage.read / coverage.sentences:.0%} | {exact:,} of {len(spans):,} | {status} |"
    )


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    """Every piece of evidence and every mention in a result."""
    if isinstance(value, dict):
        if {"sentence", "start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


def tokens() -> None:
    """How far the estimate is above the true count."""
    import bpe_openai

    tables = {name: bpe_openai.get_encoding(name) for name in ("cl100k_base", "o200k_base")}
    lines = Path("tests/long/token_counts.txt").read_text("utf-8").splitlines()
    print("| text | estimate | " + " | ".join(tables) + " |\n| --- | ---: | ---: | ---: |")
    for text in [*(line.partition("\t")[2] for line in lines), prose(2000)]:
        counted = " | ".join(str(len(table.encode(text))) for table in tables.values())
        print(f"| {text[:24]} | {estimate(text)} | {counted} |".replace("\n", " "))


if __name__ == "__main__":
    main()
