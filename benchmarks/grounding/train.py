"""Fits the weights of `summarizer/grounding/score.py`: python -m benchmarks.grounding.train FOLDER_OF_QAGS

FOLDER holds mturk_cnndm.jsonl and mturk_xsum.jsonl of the QAGS paper's repository (W4ngatang/qags, data/). A claim
is laid over two sentences found by retrieval, and over each alone; the evidence that scores best is the one learned
from, chosen again in each round. Plain Newton steps with a ridge of 1.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

from benchmarks.grounding.faithfulness import Judged, Retrieval, qags
from summarizer.grounding import score
from summarizer.grounding.check import examine

ROUNDS = 4
RIDGE = 1.0
WEIGHTS = Path(score.__file__).parent / "data/score.json"
Row = tuple[list[list[float]], bool, float]


def main(folder: Path) -> None:
    """Reads, fits, writes."""
    rows = qags(folder)
    counts: dict[tuple[str, bool], int] = {}
    for row in rows:
        counts[row.source, row.label] = counts.get((row.source, row.label), 0) + 1
    data = [(_candidates(row), row.label, 100.0 / counts[row.source, row.label]) for row in rows]
    weights = [0.0, 1.0, 1.0, *[-1.0] * (len(score.FEATURES) - 2)]
    for _ in range(ROUNDS):
        chosen = [(max(c, key=lambda x: _dot(weights, x)), label, weight) for c, label, weight in data if c]
        weights = _newton(chosen)
    named = dict(zip(("bias", *score.FEATURES), (round(w, 4) for w in weights), strict=True))
    named["threshold"] = json.loads(WEIGHTS.read_text("utf-8"))["threshold"] if WEIGHTS.exists() else 0.5
    WEIGHTS.write_text(json.dumps(named, indent=1) + "\n", "utf-8")
    print(named)


def _candidates(row: Judged) -> list[list[float]]:
    evidence = Retrieval(row.article).evidence(row.claim)
    return [[1.0, *score.features(*examine(row.claim, sentences, article=row.article))] for sentences in evidence]


def _dot(weights: list[float], x: list[float]) -> float:
    return sum(a * b for a, b in zip(weights, x, strict=True))


def _newton(rows: list[tuple[list[float], bool, float]]) -> list[float]:
    size = len(rows[0][0])
    weights = [0.0] * size
    for _ in range(15):
        gradient = [RIDGE * w if n else 0.0 for n, w in enumerate(weights)]
        hessian = [[RIDGE if i == j and i else 1e-6 * (i == j) for j in range(size)] for i in range(size)]
        for x, label, weight in rows:
            p = 1.0 / (1.0 + math.exp(-_dot(weights, x)))
            for i in range(size):
                gradient[i] += weight * (p - label) * x[i]
                for j in range(size):
                    hessian[i][j] += weight * p * (1 - p) * x[i] * x[j]
        step = _solve(hessian, gradient)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
    return weights


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss elimination with pivots."""
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda n: abs(rows[n][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for n in range(len(rows)):
            if n != i:
                factor = rows[n][i] / rows[i][i]
                rows[n] = [a - factor * b for a, b in zip(rows[n], rows[i], strict=True)]
    return [line[-1] / line[n] for n, line in enumerate(rows)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
