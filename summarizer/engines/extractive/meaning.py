"""Passages ordered by meaning too, with an embedding model of the user's own: an option, never needed.

It wraps an index and has its interface. Ranks by words and by meaning are joined by reciprocal rank fusion (Cormack,
Clarke and Buettcher 2009), so that scores of different kinds need not be compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import Protocol

from summarizer.engines.extractive.corpus import CorpusPassage
from summarizer.engines.questions import LONGEST

_SMOOTHING = 60
_CANDIDATES = 50


class Embedder(Protocol):
    """Turns texts into vectors of one length: a hosted or a local embedding model."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a text, in order."""


class Searchable(Protocol):
    """An index of passages, such as `Corpus`."""

    def search(self, question: str, limit: int = 5) -> tuple[CorpusPassage, ...]:
        """At most `limit` passages, best first."""


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """An index whose best passages are put in order by words and meaning together.

    It looks at the passages that share words with the question, and embeds those and the question in one call for
    each question. What shares no word is not found.
    """

    index: Searchable
    embedder: Embedder

    def search(self, question: str, limit: int = 5) -> tuple[CorpusPassage, ...]:
        """At most `limit` passages, best first; scores are fused ranks."""
        found = self.index.search(question, max(limit, _CANDIDATES))
        if not found:
            return ()
        asked, *vectors = self.embedder.embed([question[:LONGEST], *(passage.sentence.text for passage in found)])
        near = [_cosine(asked, vector) for vector in vectors]
        by_meaning = sorted(range(len(found)), key=lambda place: -near[place])
        fused = [
            replace(found[place], score=1 / (_SMOOTHING + place) + 1 / (_SMOOTHING + rank))
            for rank, place in enumerate(by_meaning)
        ]
        # The sort is stable: of two that come out even the one nearer in meaning is first.
        return tuple(sorted(fused, key=lambda passage: -passage.score)[:limit])


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(map(mul, one, other)) / lengths if lengths else 0.0
