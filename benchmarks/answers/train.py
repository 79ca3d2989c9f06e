"""Fit the weights of `summarizer.extractive.spans`: `python -m benchmarks.answers.train`.

Candidates are the spans of the SQuAD sample, of its questions asked of other texts, and of the questions to our own
articles (`benchmarks/reading/articles`). A candidate is right from a word F1 of .6. Logistic regression with a ridge,
by Newton's method; folds are of whole questions, so that a figure is never of a question that was fitted on.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.answers.rows import off_topic, rows
from benchmarks.logistic import fitted
from summarizer.analysis import Analysis
from summarizer.extractive import spans
from summarizer.extractive.questions import understand
from summarizer.extractive.retrieval import CENTRES, retrieve
from summarizer.reader import load_reader
from summarizer.reading import read
from summarizer.tasks.scoring import word_f1

ARTICLES = Path(__file__).parents[1] / "reading" / "articles"
NOT_SAID = ("the article does not say", "", None)
RIGHT, RIDGE, FOLDS, SHOWN = 0.6, 1.0, 10, 0.6
NAMES = tuple(spans.WEIGHTS)


@dataclass(frozen=True)
class Asked:
    """A question's candidates: `seen` is (candidates, weights), `right` (candidates,); whether the text answers it."""

    source: str
    seen: Any
    right: Any
    answered: bool


def main() -> None:
    """Print the weights, and how well they tell right from wrong on questions they were not fitted on."""
    found = [one for one in _asked() if len(one.right)]
    print({name: round(float(weight), 2) for name, weight in zip(NAMES, _fitted(found), strict=True)})
    order = list(range(len(found)))
    random.Random(1).shuffle(order)
    best: dict[int, tuple[float, bool]] = {}
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = _fitted([found[n] for n in order if n not in held])
        for n in held:
            scores = found[n].seen @ weights
            best[n] = (float(scores.max()), bool(found[n].right[scores.argmax()]))
    print(f"| questions | answered: first right | of the surest {SHOWN} right | not answered: below those |")
    print("|---|---|---|---|")
    for source in dict.fromkeys(one.source for one in found):
        _print(source, [(*best[n], one.answered) for n, one in enumerate(found) if one.source == source])


def _print(source: str, best: Sequence[tuple[float, bool, bool]]) -> None:
    answered = sorted((one for one in best if one[2]), reverse=True)
    others = [one for one in best if not one[2]]
    if not answered:
        return
    surest = answered[: int(SHOWN * len(answered))]
    first, right = (sum(one[1] for one in some) / len(some) for some in (answered, surest))
    below = sum(one[0] < surest[-1][0] for one in others) / max(1, len(others))
    print(f"| {source} | {first:.3f} of {len(answered)} | {right:.3f} | {below:.3f} of {len(others)} |")


def _asked() -> Iterator[Asked]:
    sample = rows()
    for source, some in (("SQuAD", sample), ("off topic", off_topic(sample, 1))):
        for row in some:
            yield _candidates(source, row.analysis, row.question, row.texts)
    analyses: dict[str, Analysis] = {}
    for line in (ARTICLES / "questions.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["article"] not in analyses:
            analyses[one["article"]] = Analysis(read(next(ARTICLES.glob(f"{one['article']}.*"))))
        golds = [] if one["answer"] in NOT_SAID else [one["answer"]]
        yield _candidates("our own", analyses[one["article"]], one["question"], golds)


def _candidates(source: str, analysis: Analysis, question: str, golds: Sequence[str]) -> Asked:
    asked = understand(question)
    if asked.kind == "yes_no" or asked.is_list:
        return Asked(source, np.zeros((0, len(NAMES))), np.zeros(0), bool(golds))
    found = spans.spans(analysis, asked, retrieve(analysis, question, CENTRES), load_reader())
    seen = np.array([[one.seen[name] for name in NAMES] for one in found]).reshape(len(found), len(NAMES))
    texts = [analysis.article.text[one.start : one.end] for one in found]
    right = [max((word_f1(text, [gold]) for gold in golds), default=0.0) >= RIGHT for text in texts]
    return Asked(source, seen, np.array(right, dtype=float), bool(golds))


def _fitted(found: Sequence[Asked]) -> Any:
    """The weights in the order of `NAMES`."""
    seen, right = np.concatenate([one.seen for one in found]), np.concatenate([one.right for one in found])
    spread = np.where(seen.std(axis=0) > 0, seen.std(axis=0), 1.0)
    return fitted(seen / spread, right, RIDGE, constant=NAMES.index("")) / spread


if __name__ == "__main__":
    main()
