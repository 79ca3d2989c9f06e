"""SQuAD's exact match and word F1 (Rajpurkar et al. 2016)."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable


def exact(given: str, golds: Iterable[str]) -> bool:
    """Whether it is one of the gold answers, but for case, punctuation and articles."""
    return any(_plain(given) == _plain(gold) for gold in golds)


def f1(given: str, golds: Iterable[str]) -> float:
    """Overlap of words with the nearest gold answer, from 0 to 1."""
    return max((_f1(_plain(given).split(), _plain(gold).split()) for gold in golds), default=0.0)


def _plain(text: str) -> str:
    without = "".join(sign for sign in text.lower() if sign not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", without).split())


def _f1(given: list[str], gold: list[str]) -> float:
    common = sum((Counter(given) & Counter(gold)).values())
    return 2 * common / (len(given) + len(gold)) if common else 0.0
