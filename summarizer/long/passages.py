"""For questions on a text too long for one request: the sentences nearest to them, with their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from summarizer.analysis import Analysis
from summarizer.engines.part import Part
from summarizer.extractive.retrieval import retrieve
from summarizer.long.budget import Costs

MOST_TOKENS = 8000
"""What a model reads well at once; more passages would cost more and answer no better."""

_PASSAGES = 60


def passages(analysis: Analysis, questions: Sequence[str], costs: Costs) -> Part:
    """The nearest sentences of each question in turn, each between its neighbours, as many as there is room for."""
    ranked = [[one.sentence.number for one in retrieve(analysis, asked, _PASSAGES).passages] for asked in questions]
    last, left = len(analysis.article.sentences), min(costs.room, MOST_TOKENS)
    taken: set[int] = set()
    for number in (number for turn in zip_longest(*ranked) for number in turn if number):
        new = {near for near in (number - 1, number, number + 1) if 0 < near <= last} - taken
        cost = sum(costs.lines[near - 1] for near in new)
        if cost > left:
            break
        taken |= new
        left -= cost
    return Part.of(analysis.article, sorted(taken))
