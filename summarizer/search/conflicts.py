"""Whether two articles contradict each other: their short answers to one question are of one type, and differ.

Conservative: only dates, numbers, people and places, only where both were trusted, and only where both sentences have
the same words of the question, so that they speak of the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.analysis import Analysis
from summarizer.analysis.words import stem, words
from summarizer.article import Article
from summarizer.extractive.questions import Kind, Question, understand
from summarizer.extractive.sentence_index import key_of
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Quantity
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result

COMPARED: frozenset[Kind] = frozenset(("date", "number", "person", "place"))
_SHARED = 0.75


@dataclass(frozen=True)
class Side:
    """What one of several articles answered."""

    analysis: Analysis
    result: Result[Answer]

    @property
    def article(self) -> Article:
        """The article that answered."""
        return self.analysis.article

    @property
    def found(self) -> bool:
        """Whether it says anything to the question."""
        return self.result.value is not None and self.result.value.found

    @cached_property
    def answer(self) -> Answer:
        """Its answer."""
        assert self.result.value is not None
        return self.result.value

    @cached_property
    def claims(self) -> list[Claim]:
        """Its claims, the article's id on each piece of evidence."""
        return [
            claim.model_copy(
                update={"evidence": [one.model_copy(update={"article": self.article.id}) for one in claim.evidence]}
            )
            for claim in self.answer.claims
        ]

    def says_as(self, question: str, other: Side) -> bool:
        """Whether both give the same short answer."""
        return same(understand(question), self, other) is True


def may_add(question: str, sentence: str, other: str) -> bool:
    """Whether an article's nearest sentence can add to another's: to a list, or as a second word on the same thing."""
    asked = understand(question)
    return asked.is_list or (asked.kind in COMPARED and of_one_thing(question, sentence, other))


def contradict(question: str, one: Side, other: Side) -> bool:
    """Whether two articles give different answers to the same question."""
    return same(understand(question), one, other) is False and of_one_thing(question, _cited(one), _cited(other))


def same(asked: Question, one: Side, other: Side) -> bool | None:
    """Whether two short answers are the same; None where that cannot be told."""
    if not one.answer.short or not other.answer.short or asked.is_list:
        return None
    match asked.kind:
        case "date":
            return _same_day(_iso(one), _iso(other), one.answer.short, other.answer.short)
        case "number":
            return _same_quantity(_quantity(one), _quantity(other), one.answer.short, other.answer.short)
        case "person" | "place":
            return _same_name(one.answer.short, other.answer.short)
    return None


def _same_day(one: str | None, other: str | None, text: str, other_text: str) -> bool | None:
    """One within the other is the same: 2019 and 2019-05-03."""
    if one is None or other is None:
        return True if text.casefold() == other_text.casefold() else None
    if "/" in one or "/" in other or "W" in one + other:
        return True if one == other else None
    return one.startswith(other) or other.startswith(one)


def _same_quantity(one: Quantity | None, other: Quantity | None, text: str, other_text: str) -> bool | None:
    if one is None or other is None or one.value is None or other.value is None:
        bare = (_bare(text), _bare(other_text))
        return bare[0] == bare[1] if None not in bare else None
    return one.value == other.value if (one.unit, one.kind) == (other.unit, other.kind) else None


def _bare(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def _same_name(one: str, other: str) -> bool:
    """A name that the other one contains is the same: Kim and Kim Jong Un."""
    ours, theirs = ({word.folded for word in words(text) if word.is_content} for text in (one, other))
    return ours <= theirs or theirs <= ours


def _iso(side: Side) -> str | None:
    found = [date for date in side.analysis.dates if any(_is_in(side, m.start, m.end, m.text) for m in date.mentions)]
    isos = {date.iso for date in found}
    return isos.pop() if len(isos) == 1 else None


def _quantity(side: Side) -> Quantity | None:
    found = [one for one in side.analysis.quantities if any(_is_in(side, m.start, m.end, m.text) for m in one.mentions)]
    return found[0] if len(found) == 1 else None


def _is_in(side: Side, start: int, end: int, text: str) -> bool:
    """Whether what code found there is the short answer and stands in the first evidence."""
    short = (side.answer.short or "").casefold()
    where = side.answer.claims[0].evidence[0]
    return where.start <= start and end <= where.end and (short in text.casefold() or text.casefold() in short)


def of_one_thing(question: str, one: str, other: str) -> bool:
    """Whether two sentences have the same words of the question, so that they may speak of the same thing."""
    ours, theirs = _shared(question, one), _shared(question, other)
    return len(ours) > 1 and len(ours & theirs) >= _SHARED * max(len(ours), len(theirs))


def _shared(question: str, sentence: str) -> set[str]:
    asked = understand(question)
    wanted = {stem(key_of(word)) for word in asked.telling if word.folded != asked.noun}
    return wanted & {stem(key_of(word)) for word in words(sentence)}


def _cited(side: Side) -> str:
    return side.answer.claims[0].evidence[0].text
