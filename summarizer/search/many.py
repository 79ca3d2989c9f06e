"""Answers from one article, or from many: the index finds the nearest, each is asked, they are set side by side.

Two articles contradict each other where their short answers differ and the claim of one, with the other's short answer
put in place of its own, holds in the other's sentences: then both speak of the same thing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from summarizer import long
from summarizer.analysis import Analysis
from summarizer.analysis.words import words
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.errors import ModelError, Spent
from summarizer.extractive.questions import Kind, understand
from summarizer.grounding import Checker
from summarizer.models.providers import cost
from summarizer.pipeline import Reading, reference, run_of, task_of
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run
from summarizer.search.agreement import Fact, compatible, facts, of_article, says_too
from summarizer.search.full_text import Passage
from summarizer.search.index import Index

PASSAGES = 4
"""Sentences looked at for each article that may be asked."""
NEAR = 0.5
"""Of the best passage's score and of its share of the question, what another article has at least to be asked too: a
higher one leaves the right article out (benchmarks/answers)."""
CLOSEST = 3
COMPARED: frozenset[Kind] = frozenset(("date", "number", "person", "place"))


async def answered(about: Any, ask: Ask, reading: Reading) -> tuple[Result[Answer], ...]:
    """An answer to each question of `ask`, from an article, from several, or from an index of many.

    Of several articles an index is made in memory; a question goes to the few that are nearest to it.
    """
    if isinstance(about, Article):
        return await long.read(about, [ask], reading)
    if not isinstance(about, Index):
        with closing(await asyncio.to_thread(Index.of, about)) as index:
            return await answered(index, ask, reading)
    each = [Ask(ask.task, options) for options in task_of(ask).each(ask.options)]
    return tuple([await _Many(about, one, reading).result() for one in each])


@dataclass(frozen=True)
class _Many:
    """One question on its way through the nearest articles."""

    index: Index
    ask: Ask
    reading: Reading

    @property
    def question(self) -> str:
        return task_of(self.ask).sought(self.ask.options)[0]

    async def result(self) -> Result[Answer]:
        began = time.monotonic()
        passages = await asyncio.to_thread(self.index.search, self.question, PASSAGES * (self.index.most + 1))
        near = nearest_articles(passages)
        given = await asyncio.gather(*map(self._asked, near[: self.index.most]))
        sides = [one for one in given if isinstance(one, Side)]
        failed = [one for one in given if isinstance(one, ModelError)]
        if failed and not sides:
            raise failed[0]
        answering = [side for side in sides if side.found]
        value = await asyncio.to_thread(self._value, answering, passages)
        read = [side.result.coverage for side in sides]
        complete = not failed and all(side.result.status == "complete" for side in sides)
        return Result[Answer](
            task=self.ask.task.name,
            status="complete" if complete else "incomplete",
            value=value,
            issues=[*_issues(answering or sides, failed, passages), *self._left(near)],
            coverage=Coverage(sentences=sum(one.sentences for one in read), read=sum(one.read for one in read)),
            article=value.articles[0] if value.articles else of_several(self.index.name),
            run=self._run([side.result.run for side in sides], failed, time.monotonic() - began),
        )

    async def _asked(self, nearest: Passage) -> Side | ModelError:
        article = self.index.article(nearest.article)
        assert article is not None
        analysis = self.reading.analysis(article)
        try:
            (result,) = await long.read(article, [self.ask], self.reading, analysis=analysis)
        except ModelError as error:
            return error
        return Side(analysis, result)

    def _left(self, near: Sequence[Passage]) -> list[Issue]:
        """That other articles are about as near to the question as those that were asked."""
        most = self.index.most
        if len(near) <= most:
            return []
        told = f"{most} of {len(self.index):,} articles were asked, the nearest; others are about as near: raise `most`"
        return [Issue(code="nearest_articles", where="/found", message=told, action="unread")]

    def _value(self, sides: Sequence[Side], passages: Sequence[Passage]) -> Answer:
        value = self._answer(*sides) if sides else Answer(question=self.question, found=False, claims=[], short=None)
        closest = [] if sides else [Span.of(one.sentence, one.article) for one in passages[:CLOSEST]]
        claims = [*value.claims, *(claim for group in value.conflicts for claim in group)]
        ids = dict.fromkeys(span.article for span in [span for one in claims for span in one.evidence] + closest)
        found = (self.index.article(one) for one in ids if one)
        refs = [reference(article) for article in found if article]
        return value.model_copy(update={"closest": closest, "articles": refs})

    def _answer(self, best: Side, *others: Side) -> Answer:
        """The best article's answer, with what others add to it and what contradicts it.

        Code alone takes the nearest sentence of any article for an answer, so that another article adds to it only
        where both give the same short answer or a list is asked for; a model that was asked has judged for itself.
        """
        question, by_code = self.question, self.reading.engine.window is None
        against = [other for other in others if contradict(question, best, other, self.reading.checker)]
        for_it = [other for other in others if other not in against]
        if by_code and not understand(question).is_list:
            for_it = [other for other in for_it if same(question, best, other)]
        claims = [claim for side in (best, *for_it) for claim in side.claims]
        conflicts = [[best.claims[0], other.claims[0]] for other in against]
        return Answer(question=question, found=True, claims=claims, short=best.short or None, conflicts=conflicts)

    def _run(self, runs: Sequence[Run], failed: Sequence[ModelError], seconds: float) -> Run:
        lost = sum((error.spent for error in failed), Spent())
        costs = [*(run.cost_usd for run in runs), cost(self.reading.engine.name, lost)]
        known = None if None in costs else sum(one for one in costs if one is not None)
        spent = sum((Spent(run.requests, **run.usage.model_dump()) for run in runs), lost)
        facts = {
            "prompt": next((run.prompt for run in runs if run.prompt), None),
            "schema_": task_of(self.ask).schema_fingerprint,
            "decided": sum(run.decided for run in runs),
        }
        return run_of(self.reading, spent, cost_usd=known, seconds=seconds).model_copy(update=facts)


def of_several(source: str) -> ArticleRef:
    """The reference of a result that is of no one article."""
    return ArticleRef(id="", source=source, title=None, published=None, characters=0)


def nearest_articles(passages: Sequence[Passage]) -> list[Passage]:
    """The best passage of each article worth asking, the nearest first."""
    of_each: dict[str, Passage] = {}
    for one in passages:
        if one.score >= NEAR * passages[0].score and one.coverage >= NEAR * passages[0].coverage:
            of_each.setdefault(one.article, one)
    return list(of_each.values())


def _issues(sides: Sequence[Side], failed: Sequence[ModelError], passages: Sequence[Passage]) -> list[Issue]:
    issues = list(dict.fromkeys(issue for side in sides for issue in side.result.issues))
    if not passages:
        message = "no word of the question stands in any article; no model was asked"
        issues.append(Issue(code="no_evidence", where="/found", message=message, action="none"))
    return issues + [Issue(code="model_failed", where="", message=str(error), action="unread") for error in failed]


@dataclass(frozen=True)
class Side:
    """What one of several articles answered."""

    analysis: Analysis
    result: Result[Answer]

    @property
    def found(self) -> bool:
        """Whether it says anything to the question."""
        return self.result.value is not None and self.result.value.found

    @cached_property
    def claims(self) -> list[Claim]:
        """Its claims, the article's id on each piece of evidence."""
        value, identity = self.result.value, self.analysis.article.id
        return [of_article(claim, identity) for claim in value.claims] if value else []

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
    # A figure with its unit: "5 million" beside "6 million pounds".
    ours, theirs = ((side.facts[0].text if len(side.facts) == 1 else side.short) for side in (one, other))
    exchanged = one.claims[0].text.replace(ours, theirs)
    return says_too(exchanged, other.claims[0].evidence, other.analysis, checker)
