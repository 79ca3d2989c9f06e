"""Sentence ends against Universal Dependencies: `python -m benchmarks.reading.sentences FILE.conllu...`.

The files are those of UD_English-GUM, -EWT and -PUD; they are not shipped. The text of each document is put together
again, with a blank line where the treebank says that a paragraph begins.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from summarizer.sentences import split


def documents(path: Path) -> Iterator[tuple[str, set[int]]]:
    """The text of each document and the ends of its sentences."""
    text, ends, paragraph, space = "", set[int](), False, False
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.splitlines()
        if any(line.startswith("# newdoc") for line in lines) and text:
            yield text, ends
            text, ends = "", set()
        paragraph = any(line.startswith("# newpar") for line in lines)
        sentence = next((line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")), None)
        if sentence is not None:
            text += ("\n\n" if paragraph else " " if space else "") * bool(text) + sentence
            ends.add(len(text))
            space = not lines[-1].endswith("SpaceAfter=No")
    yield text, ends


def main() -> None:
    """Print precision, recall and F1 of the ends, and the speed."""
    for path in map(Path, sys.argv[1:]):
        hits = found = expected = characters = 0
        seconds = 0.0
        for text, ends in documents(path):
            start = time.perf_counter()
            ours = {end for _, end in split(text)}
            seconds += time.perf_counter() - start
            hits, found, expected = hits + len(ours & ends), found + len(ours), expected + len(ends)
            characters += len(text)
        f1 = 2 * hits / (found + expected)
        speed = characters / seconds / 1e6
        print(f"{path.name:<24} P {hits / found:.3f}  R {hits / expected:.3f}  F1 {f1:.3f}  {speed:.1f} M characters/s")


if __name__ == "__main__":
    main()
