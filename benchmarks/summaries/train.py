"""Fit the weights of `summarizer.extractive.selection`: `python -m benchmarks.summaries.train`.

`marks.jsonl` says of articles which four sentences an editor would make points of (`best`) and which others would do
(`good`). Logistic regression with a ridge, by Newton's method; folds are of whole articles, so that a figure is never
of an article that was fitted on. Articles of the shared data are left out where that is absent.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.logistic import fitted
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.extractive import selection
from summarizer.reading import read

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("SUMMARIZER_SHARED", ROOT.parent / "shared"))
MARKS = Path(__file__).with_name("marks.jsonl")
NAMES = tuple(selection.WEIGHTS)
GOOD, RIDGE, FOLDS, POINTS = 0.7, 3.0, 10, 4


@dataclass(frozen=True)
class Marked:
    """An article, the numbers of its sentences that matter, and what is fitted to that.

    `rows` are (sentences, features and a constant), `worth` (sentences,).
    """

    analysis: Analysis
    source: str
    best: frozenset[int]
    good: frozenset[int]
    rows: Any
    worth: Any


def main() -> None:
    """Print the weights, and how many of four points are marked: now, and by weights fitted on other articles."""
    marked = list(_marked())
    print({name: round(weight, 2) for name, weight in zip(NAMES, _fitted(marked), strict=True)})
    now, folded = defaultdict(list), defaultdict(list)
    for one in marked:
        now[one.source].append(_right(one))
    for fold in range(FOLDS):
        weights = _fitted([one for n, one in enumerate(marked) if n % FOLDS != fold])
        selection.WEIGHTS.update(zip(NAMES, map(float, weights), strict=True))
        for one in marked[fold::FOLDS]:
            folded[one.source].append(_right(one))
    print("| articles | | points marked, as shipped | fitted on nine tenths, measured on the rest |\n|---|---|---|---|")
    for source, counts in now.items():
        shares = [f"{sum(some) / POINTS / len(some):.3f}" for some in (counts, folded[source])]
        print(f"| {source} | {len(counts)} | {' | '.join(shares)} |")


def _marked() -> Iterator[Marked]:
    shared, seen = dict(_shared()), set[str]()
    for line in MARKS.read_text("utf-8").splitlines():
        row = json.loads(line)
        name = row["article"].partition("/")[0]
        article = shared.get(row["article"]) if name in ("sd", "gum") else read(ROOT / row["article"])
        if article is None or article.id in seen:
            continue
        seen.add(article.id)
        best, good = frozenset(row["best"]), frozenset(row["good"])
        found = selection.features(article)
        worth = [1.0 if n + 1 in best else GOOD if n + 1 in good else 0.0 for n in found]
        rows = np.array([[*(seen_of[name] for name in NAMES), 1.0] for seen_of in found.values()])
        source = {"sd": "news", "gum": "news, interviews, biographies, how-tos of GUM"}.get(name, "our own, all kinds")
        yield Marked(Analysis(article), source, best, good, rows, np.array(worth))


def _shared() -> Iterator[tuple[str, Article]]:
    for kind, file, text in (("sd", "summaries_dev.jsonl", "article"), ("gum", "entities_dev.jsonl", "text")):
        path = SHARED / "data" / file
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            row = json.loads(line)
            yield f"{kind}/{row['id']}", Article(row[text])


def _fitted(marked: list[Marked]) -> Any:
    """The weights in the order of `NAMES`; the constant goes."""
    rows, worth = np.concatenate([one.rows for one in marked]), np.concatenate([one.worth for one in marked])
    return fitted(rows, worth, RIDGE, constant=len(NAMES))[:-1]


def _right(one: Marked) -> int:
    chosen = {sentence.number for sentence in selection.select(one.analysis, POINTS)}
    return len(chosen & (one.best | one.good))


if __name__ == "__main__":
    main()
