"""Whether an article speaks of what a question asks, or has nothing but a few of its words."""

from __future__ import annotations

import math

from summarizer.analysis import Analysis
from summarizer.engines.extractive.candidates import fitting
from summarizer.engines.extractive.questions import Question
from summarizer.engines.extractive.retrieval import Retrieved

# Shares of the question's words that the best two sentences must have. Tuned on XQuAD's English questions, each asked
# of its own article and of others; see benchmarks/answers/README.md.
_NEEDED = 0.25
_NEEDED_MORE_WHEN_TWICE_AS_LONG = 0.03
_NEEDED_WITHOUT_A_NAME = 0.75
_NEEDED_WITHOUT_THE_TYPE = 0.6
_LOOKED_AT = 3


def answers(analysis: Analysis, asked: Question, retrieved: Retrieved) -> bool:
    """Whether the passages have enough of the question.

    More is needed of a longer article, where some sentence has a few of the words by chance; when a name or a number
    of the question stands nowhere; and when a date or a number is asked for and none is near.
    """
    if not retrieved.passages:
        return False
    needed = _NEEDED + _NEEDED_MORE_WHEN_TWICE_AS_LONG * math.log2(len(analysis.article.sentences))
    if retrieved.missing:
        needed = max(needed, _NEEDED_WITHOUT_A_NAME)
    if asked.kind in ("date", "number") and not _has_type(analysis, asked, retrieved):
        needed = max(needed, _NEEDED_WITHOUT_THE_TYPE)
    return retrieved.coverage >= needed


def _has_type(analysis: Analysis, asked: Question, retrieved: Retrieved) -> bool:
    return any(fitting(analysis, asked, passage.sentence) for passage in retrieved.passages[:_LOOKED_AT])
