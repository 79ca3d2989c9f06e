"""Answers by code alone: the sentences that answer, a short answer where it can be trusted, or "it does not say"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.article import Sentence
from summarizer.engines.extractive.abstaining import answers
from summarizer.engines.extractive.candidates import fitting
from summarizer.engines.extractive.questions import Question, understand
from summarizer.engines.extractive.retrieval import Passage, retrieve
from summarizer.engines.extractive.short_answers import trusted
from summarizer.schemas.answer import AnswerDraft
from summarizer.schemas.evidence import DraftClaim, Span

_LISTED = 5
_LISTED_SHARE = 0.5
_CLOSEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A draft answer, and the passages nearest to the question, best first, whether or not they answer it."""

    draft: AnswerDraft
    closest: tuple[Span, ...]


def answer(analysis: Analysis, question: str, *, number: int = 1) -> Found:
    """What the article says to `question`, each claim a sentence of it as it stands.

    `number` is the question's number among those asked together.
    """
    asked = understand(question)
    retrieved = retrieve(analysis, question, _LISTED)
    closest = tuple(Span.of(passage.sentence) for passage in retrieved.passages[:_CLOSEST])
    if not answers(analysis, asked, retrieved):
        return Found(AnswerDraft(question=number, found=False, claims=[], short=None), closest)
    sentences = _cited(analysis, asked, retrieved.passages)
    claims = [DraftClaim(evidence=[Span.of(sentence)], text=sentence.text) for sentence in sentences]
    short = trusted(analysis, asked, retrieved.passages[0].sentence)
    return Found(AnswerDraft(question=number, found=True, claims=claims, short=short), closest)


def _cited(analysis: Analysis, asked: Question, passages: Sequence[Passage]) -> list[Sentence]:
    """The first sentence; to a question that asks for several things all near ones that have such things."""
    first = passages[0]
    if not asked.is_list:
        return [first.sentence]
    others = [
        passage.sentence
        for passage in passages[1:]
        if passage.score >= _LISTED_SHARE * first.score and fitting(analysis, asked, passage.sentence)
    ]
    return sorted([first.sentence, *others], key=lambda sentence: sentence.number)
