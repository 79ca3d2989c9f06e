"""`python -m benchmarks.answers.shelves [--files N] [--rows N]`: the index of real files, from first look to answer.

Each step runs in a process of its own, so that times hold nothing warm and memory is the step's. An answer's seconds
are those of the processor: nothing is waited for.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.answers.rows import SHARED

ASKED = 50


def made(count: int) -> Iterator[dict[str, Any]]:
    """Articles of the corpus script, each with a question."""
    spec = importlib.util.spec_from_file_location("make_corpus", SHARED / "bench" / "make_corpus.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield from module.articles(count)


def step(source: str, questions: Sequence[str]) -> dict[str, Any]:
    """Open the index and ask; what it took."""
    from summarizer.client import Summarizer
    from summarizer.search.index import Index

    begun = time.perf_counter()
    with Summarizer("extractive") as client, Index.kept([source]) as index:
        opened = time.perf_counter() - begun
        seconds, found = [], []
        for question in questions:
            begun = time.process_time()
            result = client.ask(index, question)
            seconds.append(time.process_time() - begun)
            found.append(
                [span.text for claim in result.value.claims for span in claim.evidence] if result.value else []
            )
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"articles": len(index), "opened": opened, "seconds": seconds, "found": found, "memory": memory}


def _run(source: Path, cache: Path, questions: Sequence[str]) -> dict[str, Any]:
    import os

    command = [sys.executable, "-m", "benchmarks.answers.shelves", "--step", str(source)]
    environment = {**os.environ, "SUMMARIZER_CACHE_DIR": str(cache)}
    done = subprocess.run(
        command, input=json.dumps(list(questions)), capture_output=True, text=True, check=True, env=environment
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(name: str, source: Path, asked: Sequence[tuple[str, str]], *, told: bool) -> None:
    """A row of the table: `asked` are questions with their answers; `told` is whether only one article has each."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        first = _run(source, cache, [])
        later = _run(source, cache, [question for question, _ in asked])
        size = sum(file.stat().st_size for file in cache.rglob("*.db")) / 1e6
    seconds = later["seconds"]
    right = sum(any(answer in text for text in texts) for (_, answer), texts in zip(asked, later["found"], strict=True))
    print(
        f"| {name} | {first['articles']:,} | {first['opened']:.1f} | {first['memory']:.0f} | {size:.1f} "
        f"| {later['opened']:.2f} | {sum(seconds) / len(seconds):.2f} | {max(seconds):.2f} | {later['memory']:.0f} "
        f"| {f'{right / len(asked):.2f}' if told else '-'} |"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--step", help="one step, in a process of its own")
    options = parser.parse_args(arguments)
    if options.step:
        print(json.dumps(step(options.step, json.load(sys.stdin))))
        return
    print("| sources | articles | first look s | MB | index MB | later look s | CPU s an answer | worst | MB | right |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        if options.files:
            rows = list(made(options.files))
            for n, row in enumerate(rows):
                (Path(folder) / f"{n}.txt").write_text(f"{row['title']}\n\n{row['text']}", "utf-8")
            measure("a folder of files", Path(folder), _asked(rows), told=True)
        if options.rows:
            file, rows = Path(folder) / "rows.jsonl", []
            with file.open("w", encoding="utf-8") as out:
                for row in made(options.rows):
                    out.write(json.dumps({"title": row["title"], "text": row["text"]}) + "\n")
                    rows.append({"question": row["question"], "answer": row["answer"]})
            measure("a file of JSON lines", file, _asked(rows), told=False)


def _asked(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Questions that only one article answers; where there are so many that each is asked twice, any."""
    seen: dict[str, int] = {}
    for row in rows:
        seen[row["question"]] = seen.get(row["question"], 0) + 1
    only = [(row["question"], row["answer"]) for row in rows if seen[row["question"]] == 1] or [
        (row["question"], row["answer"]) for row in rows
    ]
    return only[:: max(1, len(only) // ASKED)][:ASKED]


if __name__ == "__main__":
    main()
