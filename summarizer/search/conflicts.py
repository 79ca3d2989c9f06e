"""Whether two articles contradict each other in what they answer to one question.

They do where their short answers differ and the claim of one, with the other's short answer put in place of its own,
holds in the other's sentences: then both speak of the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.analysis import Analysis
from summarizer.analysis.words import words
from summarizer.article import Article
from summarizer.extractive.questions import Kind, understand
from summarizer.grounding import Checker
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.search.agreement import Fact, compatible, facts, of_article, says_too

COMPARED: frozenset[Kind] = frozenset(("date", "number", "person", "place"))


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
    def claims(self) -> list[Claim]:
        """Its claims, the article's id on each piece of evidence."""
        return [of_article(claim, self.article.id) for claim in self.result.value.claims] if self.result.value else []

    @property
    def short(self) -> str:
        """Its short answer; empty where it gives none."""
        return (self.result.value and self.result.value.short) or ""

    @cached_property
    def facts(self) -> list[Fact]:
        """The figures and days that the short answer is, or is part of."""
        found = facts(self.analysis, self.claims[0].evidence)
        return [fact for fact in found if fact.text in self.short or self.short in fact.text]


def same(question: str, one: Side, other: Side) -> bool | None:
    """Whether two short answers are the same; None where that cannot be told, or both may be right."""
    asked = understand(question)
    if not one.short or not other.short or asked.is_list or asked.kind not in COMPARED:
        return None
    if asked.kind in ("person", "place"):  # Kim and Kim Jong Un
        ours, theirs = ({word.folded for word in words(text) if word.is_content} for text in (one.short, other.short))
        return ours <= theirs or theirs <= ours
    if one.short.casefold() == other.short.casefold():
        return True
    alike = [compatible(ours, theirs) for ours in one.facts for theirs in other.facts if ours.kind == theirs.kind]
    return any(alike) if alike else None


def contradict(question: str, one: Side, other: Side, checker: Checker) -> bool:
    """Whether two articles give different answers to the same question."""
    if same(question, one, other) is not False:
        return False
    return any(_holds_exchanged(ours, theirs, checker) for ours, theirs in ((one, other), (other, one)))


def _holds_exchanged(one: Side, other: Side, checker: Checker) -> bool:
    """Whether the one's claim, with the other's answer in place of its own, holds in the other's sentences."""
    # A figure with its unit: "5 million" beside "6 million pounds".
    ours, theirs = ((side.facts[0].text if len(side.facts) == 1 else side.short) for side in (one, other))
    exchanged = one.claims[0].text.replace(ours, theirs)
    return says_too(exchanged, other.claims[0].evidence, other.analysis, checker)
