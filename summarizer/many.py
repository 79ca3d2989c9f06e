"""Answers from many articles: the index finds the nearest, each of those is asked, and they are set side by side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.conflicts import Side, contradict, may_add
from summarizer.engines.engine import Ask, Engine
from summarizer.engines.extractive.corpus import CorpusPassage
from summarizer.engines.llm import LLMEngine
from summarizer.engines.questions import understand
from summarizer.errors import ModelError, Spent
from summarizer.models.prices import cost
from summarizer.models.retrying import total
from summarizer.pipeline import analysis_of, read_through, reference, run_of
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run
from summarizer.settings import Policy
from summarizer.shelf import Shelf
from summarizer.task import Task

MOST_ARTICLES = 3
PASSAGES = 12
NEAR = 0.7
"""Of the best passage's score and of its share of the question, what another article has at least to be asked too."""
CLOSEST = 3


async def answer_from(
    shelf: Shelf, ask: Ask, engine: Engine, *, policy: Policy = "reask", seconds: float = 60.0
) -> tuple[Result[Answer], ...]:
    """An answer to each question of `ask`, from the few articles that are nearest to it.

    Raises:
        ModelError: the engine could propose nothing for any of them.
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    one_each = (replace(ask, questions=(question,)) for question in ask.questions)
    return tuple([await _Many(shelf, one, engine, policy, seconds).result() for one in one_each])


@dataclass(frozen=True)
class _Many:
    """One question on its way through the nearest articles."""

    shelf: Shelf
    ask: Ask
    engine: Engine
    policy: Policy
    seconds: float

    async def result(self) -> Result[Answer]:
        began = time.monotonic()
        passages = self.shelf.search(self.ask.questions[0], PASSAGES)
        given = await self._given(_nearest(passages))
        sides = [one for one in given if isinstance(one, Side)]
        failed = [one for one in given if isinstance(one, ModelError)]
        if failed and not sides:
            raise failed[0]
        return self._joined(sides, failed, passages, time.monotonic() - began)

    async def _given(self, nearest: Sequence[CorpusPassage]) -> list[Side | ModelError]:
        """What each article says: all of them, of a model; of code the first that answers, and what can add to it."""
        if isinstance(self.engine, LLMEngine):
            return list(await asyncio.gather(*map(self._asked, nearest)))
        given: list[Side | ModelError] = []
        answered: str | None = None
        for one in nearest:
            if answered is None or may_add(self.ask.questions[0], answered, one.sentence.text):
                given.append(await self._asked(one))
                if answered is None and isinstance(given[-1], Side) and given[-1].found:
                    answered = one.sentence.text
        return given

    async def _asked(self, nearest: CorpusPassage) -> Side | ModelError:
        article = self.shelf.article(nearest.article)
        assert article is not None
        try:
            (result,) = await read_through(article, [self.ask], self.engine, policy=self.policy, seconds=self.seconds)
        except ModelError as error:
            return error
        return Side(analysis_of(article), result)

    def _joined(
        self, sides: Sequence[Side], failed: Sequence[ModelError], passages: Sequence[CorpusPassage], seconds: float
    ) -> Result[Answer]:
        answering = [side for side in sides if side.found]
        value = _answer(self.ask.questions[0], answering, by_code=not isinstance(self.engine, LLMEngine))
        if not answering:
            nearest = [Span.of(one.sentence, one.article) for one in passages[:CLOSEST]]
            value = value.model_copy(update={"closest": nearest})
        refs = self._references(value, answering or sides)
        issues = [issue for side in answering or sides for issue in side.result.issues]
        issues = [issue for n, issue in enumerate(issues) if issue not in issues[:n]]
        if not passages:
            message = "no word of the question stands in any article; no model was asked"
            issues.append(Issue(code="no_evidence", where="/found", message=message, action="none"))
        issues += [Issue(code="model_failed", where="", message=str(error), action="unread") for error in failed]
        complete = not failed and all(side.result.status == "complete" for side in sides)
        return Result[Answer](
            task=self.ask.task.name,
            status="complete" if complete else "incomplete",
            value=value.model_copy(update={"articles": refs}),
            issues=issues,
            coverage=Coverage(
                sentences=sum(side.result.coverage.sentences for side in sides),
                read=sum(side.result.coverage.read for side in sides),
            ),
            article=refs[0] if refs else _of_all(self.shelf),
            run=_run(self.ask.task, self.engine, [side.result.run for side in sides], failed, seconds),
        )

    def _references(self, value: Answer, sides: Sequence[Side]) -> list[ArticleRef]:
        """The articles the answer points at, the best first."""
        spans = [span for claim in _claims(value) for span in claim.evidence] + value.closest
        known = {side.article.id: side.article for side in sides}
        ids = [*dict.fromkeys(span.article for span in spans if span.article)]
        found = (known.get(one) or self.shelf.article(one) for one in ids)
        return [reference(article) for article in found if article]


def _nearest(passages: Sequence[CorpusPassage]) -> list[CorpusPassage]:
    """The best passage of each article to ask."""
    if not passages:
        return []
    best = passages[0]
    of_each: dict[str, CorpusPassage] = {}
    for one in passages:
        if one.score >= NEAR * best.score and one.coverage >= NEAR * best.coverage:
            of_each.setdefault(one.article, one)
    return list(of_each.values())[:MOST_ARTICLES]


def _answer(question: str, sides: Sequence[Side], *, by_code: bool) -> Answer:
    """The best article's answer, with what others add to it and what contradicts it.

    Code alone takes the nearest sentence of any article for an answer, so that another article adds to it only where
    both give the same short answer or a list is asked for; a model that was asked has judged for itself.
    """
    if not sides:
        return Answer(question=question, found=False, claims=[], short=None)
    best, *others = sides
    against = [other for other in others if contradict(question, best, other)]
    for_it = [other for other in others if other not in against]
    if by_code and not understand(question).is_list:
        for_it = [other for other in for_it if best.says_as(question, other)]
    claims = [claim for side in (best, *for_it) for claim in side.claims]
    conflicts = [[best.claims[0], other.claims[0]] for other in against]
    return Answer(question=question, found=True, claims=claims, short=best.answer.short, conflicts=conflicts)


def _claims(value: Answer) -> list[Claim]:
    return [*value.claims, *(claim for group in value.conflicts for claim in group)]


def _of_all(shelf: Shelf) -> ArticleRef:
    return ArticleRef(id="", source=shelf.name, title=None, published=None, characters=0)


def _run(task: Task, engine: Engine, runs: Sequence[Run], failed: Sequence[ModelError], seconds: float) -> Run:
    """The sum of what the articles cost, those that failed too."""
    lost = total(error.spent for error in failed)
    costs = [*(run.cost_usd for run in runs), *([cost(engine.name, lost)] if lost.requests else [])]
    known = None if None in costs else sum(one for one in costs if one is not None)
    spent = total([*(_spent(run) for run in runs), lost])
    run = run_of(engine.name, engine.level, spent, cost_usd=known, seconds=seconds)
    facts = {"prompt": task.prompt_fingerprint, "schema_": task.schema_fingerprint}
    return run.model_copy(update={**facts, "decided": sum(run.decided for run in runs)})


def _spent(run: Run) -> Spent:
    return Spent(run.requests, **run.usage.model_dump())
