"""Answers by code."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.article import Sentence
from summarizer.schemas.answer import AnswerDraft


@dataclass(frozen=True)
class Found:
    """An answer's draft and the nearest passages."""

    draft: AnswerDraft
    closest: tuple[Sentence, ...]


def answer(analysis: Analysis, question: str) -> Found:
    """The answer to a question."""
    return Found(AnswerDraft(question=1, found=False, claims=[], short=None), analysis.article.sentences[:2])
