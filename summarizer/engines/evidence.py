"""Which questions an article has any word of. The others are answered without a model: it does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Proposal
from summarizer.engines.questions import ASKING, AUXILIARIES, LONGEST, understand
from summarizer.engines.retrieval import retrieve
from summarizer.errors import UsageError
from summarizer.grounding.common import common_words
from summarizer.grounding.language import is_english
from summarizer.grounding.reading import word_key
from summarizer.schemas.answer import AnswersDraft

FEWEST_WORDS, FEWEST_TELLING = 4, 2
COMMON = 0.6


def checked_question(question: str) -> str:
    """The question without white space around it.

    Raises:
        UsageError: it is empty, or longer than any question is; a model is not paid to read it.

    """
    stripped = question.strip()
    if not stripped:
        raise UsageError("the question is empty")
    if len(stripped) > LONGEST:
        raise UsageError(f"a question has at most {LONGEST:,} characters; this one has {len(stripped):,}")
    return stripped


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
    common = sum(word_key(word, capital=False) in common_words() for word in folded)
    return any(word in ASKING or word in AUXILIARIES for word in folded) or common >= COMMON * len(folded)


@dataclass(frozen=True)
class Sifted:
    """What is asked of the engine, and what code answers by itself: the questions of each ask that have no evidence."""

    asks: tuple[Ask, ...]
    without: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, analysis: Analysis, asks: Sequence[Ask]) -> Sifted:
        """Sift the questions of every ask."""
        without = tuple(
            tuple(n for n, question in enumerate(ask.questions, 1) if not has_evidence(analysis, question))
            for ask in asks
        )
        return cls(tuple(asks), without)

    @property
    def asked(self) -> tuple[Ask, ...]:
        """What is left for the engine; an ask without a question left is not asked."""
        left = (
            replace(ask, questions=tuple(q for n, q in enumerate(ask.questions, 1) if n not in gone))
            for ask, gone in zip(self.asks, self.without, strict=True)
        )
        return tuple(ask for ask, whole in zip(left, self.asks, strict=True) if ask.questions or not whole.questions)

    def completed(self, proposal: Proposal) -> Proposal:
        """The engine's proposal with its answers by their numbers among all questions; the others have no draft."""
        drafts, by_model = dict(proposal.drafts), dict(proposal.by_model)
        for ask, gone in zip(self.asks, self.without, strict=True):
            draft = drafts.get(ask.task.name)
            if gone and isinstance(draft, AnswersDraft):
                kept = [n for n in range(1, len(ask.questions) + 1) if n not in gone]
                known = [one for one in draft.answers if 0 < one.question <= len(kept)]
                answers = [one.model_copy(update={"question": kept[one.question - 1]}) for one in known]
                drafts[ask.task.name] = AnswersDraft(answers=answers)
                if ask.task.name in by_model:
                    by_model[ask.task.name] = frozenset(_moved(one, kept) for one in by_model[ask.task.name])
        return replace(proposal, drafts=drafts, by_model=by_model)


def _moved(pointer: str, kept: Sequence[int]) -> str:
    """A pointer such as `/answers/0/short`, by the number of the question among all."""
    head, number, rest = pointer.lstrip("/").split("/", 2)
    return f"/{head}/{kept[int(number)] - 1}/{rest}"
