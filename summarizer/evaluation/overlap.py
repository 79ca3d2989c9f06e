"""Overlap of words: SQuAD's exact match and F1, and ROUGE."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from summarizer.errors import UsageError

ROUGE = ("rouge1", "rouge2", "rougeLsum")


def exact(given: str, golds: Iterable[str]) -> bool:
    """Whether it is one of the gold answers, but for case, punctuation and articles (Rajpurkar et al. 2016)."""
    return any(_plain(given) == _plain(gold) for gold in golds)


def word_f1(given: str, golds: Iterable[str]) -> float:
    """Overlap of words with the nearest gold answer, from 0 to 1 (Rajpurkar et al. 2016)."""
    return max((_f1(_plain(given).split(), _plain(gold).split()) for gold in golds), default=0.0)


def rouge(given: str, references: Sequence[str]) -> dict[str, float]:
    """F-measures against the nearest reference, with stemming (Lin 2004, by the package `rouge-score`).

    Raises:
        UsageError: the package is not installed.

    """
    scores = _scorer().score_multi(references, given)
    return {kind: float(scores[kind].fmeasure) for kind in ROUGE}


@cache
def _scorer() -> Any:
    try:
        from rouge_score.rouge_scorer import RougeScorer
    except ImportError as error:
        raise UsageError("ROUGE needs `pip install 'grounded-summarizer[eval]'`") from error
    return RougeScorer(ROUGE, use_stemmer=True)


def _plain(text: str) -> str:
    without = "".join(sign for sign in text.lower() if sign not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", without).split())


def _f1(given: list[str], gold: list[str]) -> float:
    common = sum((Counter(given) & Counter(gold)).values())
    return 2 * common / (len(given) + len(gold)) if common else 0.0
