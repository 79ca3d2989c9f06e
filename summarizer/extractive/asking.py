"""Which questions an article has any word of. The others are answered without a model: it does not say."""

from __future__ import annotations

from summarizer.analysis import Analysis
from summarizer.analysis.words import STOP_WORDS
from summarizer.extractive.questions import ASKING, AUXILIARIES, understand
from summarizer.extractive.retrieval import retrieve
from summarizer.grounding.language import is_english

FEWEST_WORDS, FEWEST_TELLING = 4, 2


def has_evidence(analysis: Analysis, question: str) -> bool:
    """Whether any sentence shares a word with the question or has what it measures, or code cannot tell.

    It cannot tell by one word alone ("What was on the agenda?"), for which another may stand, nor across languages.
    """
    asked = understand(question)
    if len(asked.telling) < FEWEST_TELLING or retrieve(analysis, question, 1).passages:
        return True
    return is_foreign(question, analysis) or any(quantity.kind in asked.measure for quantity in analysis.quantities)


def is_foreign(question: str, analysis: Analysis) -> bool:
    """Whether the question is in another language than the article. Of very few words nobody can tell."""
    if len(understand(question).words) < FEWEST_WORDS:
        return False
    return _is_english(question) != is_english(analysis.article.text)


def _is_english(question: str) -> bool:
    """A question is short: small words that two languages share ("in", "die") decide nothing without one that asks."""
    if not is_english(question):
        return False
    folded = [word.folded for word in understand(question).words]
    return any(word in ASKING or word in AUXILIARIES or word in STOP_WORDS for word in folded)
