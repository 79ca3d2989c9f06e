"""Which sentences say the most."""

from __future__ import annotations

from summarizer.analysis import Analysis
from summarizer.article import Sentence


def select(analysis: Analysis, points: int, *, words: int | None = None, focus: str | None = None) -> tuple[Sentence, ...]:
    """The chosen sentences in order of the article."""
    return analysis.article.sentences[:points]


def headline(analysis: Analysis) -> Sentence:
    """The sentence that stands for the article."""
    return analysis.article.sentences[0]
