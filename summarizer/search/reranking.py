"""Passages ordered by meaning too, with an embedding model of the user's own: an option, never needed.

Ranks by words and by meaning are joined by reciprocal rank fusion (Cormack, Clarke and Buettcher 2009), so that scores
of different kinds need not be compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from operator import mul
from typing import Protocol

from summarizer.schemas.answer import LONGEST_QUESTION
from summarizer.search.full_text import Passage

CANDIDATES = 50
"""How many passages that share words with a question are looked at; what shares no word is not found."""

_SMOOTHING = 60


class Embedder(Protocol):
    """Turns texts into vectors of one length: a hosted or a local embedding model."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a text, in order."""


def reranked(found: Sequence[Passage], question: str, embedder: Embedder) -> tuple[Passage, ...]:
    """The passages, given best first by words, put in order by words and meaning; scores are fused ranks.

    The question and all passages are embedded in one call.
    """
    if not found:
        return ()
    asked, *vectors = embedder.embed([question[:LONGEST_QUESTION], *(passage.sentence.text for passage in found)])
    near = [_cosine(asked, vector) for vector in vectors]
    by_meaning = sorted(range(len(found)), key=lambda place: -near[place])
    fused = [
        replace(found[place], score=1 / (_SMOOTHING + place) + 1 / (_SMOOTHING + rank))
        for rank, place in enumerate(by_meaning)
    ]
    # The sort is stable: of two that come out even the one nearer in meaning is first.
    return tuple(sorted(fused, key=lambda passage: -passage.score))


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(map(mul, one, other)) / lengths if lengths else 0.0
