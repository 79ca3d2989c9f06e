"""One figure from 0 to 1 for how likely a reader would call a claim supported.

A logistic regression over a few features that can be read: how much of the claim's wording runs on as in the
sentences, and how many problems each room of the check found. The weights are data, fitted by
`benchmarks/grounding/train.py` on human judgements of machine summaries (QAGS, Wang, Cho and Lewis, ACL 2020).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from summarizer.grounding.coverage import Coverage

FEATURES = ("pairs", "run", "facts", "calendar", "names", "polarity", "order")
MOST_PROBLEMS = 2
"""More problems of one kind than this say nothing more."""


def features(covered: Coverage, problems: Mapping[str, int]) -> list[float]:
    """The features in the order of `FEATURES`; `problems` counts those of each room."""
    counts = [float(min(problems.get(name, 0), MOST_PROBLEMS)) for name in FEATURES[2:]]
    return [covered.pairs, covered.run, *counts]


def score(covered: Coverage, problems: Mapping[str, int]) -> float:
    """The probability, from 0 to 1."""
    weights = _weights()
    total = weights["bias"] + sum(weights[n] * x for n, x in zip(FEATURES, features(covered, problems), strict=True))
    return 1.0 / (1.0 + math.exp(-total))


def threshold() -> float:
    """The least score of an acceptable claim."""
    return _weights()["threshold"]


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(files("summarizer.grounding").joinpath("data/score.json").read_text("utf-8"))
    return loaded
