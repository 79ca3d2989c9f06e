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
_SEARCHED = 50
_LISTED_SHARE = 0.4
_WORTH_OF_A_NAME = 1.0
_NAMED_BEFORE = 0.2
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
    retrieved = retrieve(analysis, question, _SEARCHED if asked.is_list else _LISTED)
    closest = tuple(Span.of(passage.sentence) for passage in retrieved.passages[:_CLOSEST])
    if not answers(analysis, asked, retrieved):
        return Found(AnswerDraft(question=number, found=False, claims=[], short=None), closest)
    sentences = _cited(analysis, asked, retrieved.passages)
    claims = [DraftClaim(evidence=[Span.of(sentence)], text=sentence.text) for sentence in sentences]
    short = trusted(analysis, asked, retrieved.passages[0].sentence)
    return Found(AnswerDraft(question=number, found=True, claims=claims, short=short), closest)


def _cited(analysis: Analysis, asked: Question, passages: Sequence[Passage]) -> list[Sentence]:
    """The first sentence; to a question that asks for several things those that name most of them, in order."""
    if not asked.is_list:
        return [passages[0].sentence]
    named = {passage.sentence: _names(analysis, asked, passage.sentence) for passage in passages}
    if not any(named.values()):
        return [passages[0].sentence]
    worth = {passage.sentence: passage.score + _WORTH_OF_A_NAME * named[passage.sentence] for passage in passages}
    most = max(worth[sentence] for sentence in named if named[sentence])
    listing = [sentence for sentence in named if named[sentence] and worth[sentence] >= _LISTED_SHARE * most]
    best = sorted(listing, key=lambda sentence: -worth[sentence])[:_LISTED]
    return sorted(best, key=lambda sentence: sentence.number)


def _names(analysis: Analysis, asked: Question, sentence: Sentence) -> float:
    """How many different things of the type asked for a sentence has; one that it brings up first counts fully."""
    pieces = {piece.names or frozenset({piece.text}): piece.is_first for piece in fitting(analysis, asked, sentence)}
    return sum(1.0 if is_first else _NAMED_BEFORE for is_first in pieces.values())
