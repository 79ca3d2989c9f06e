"""The one road: an article is read, something is proposed, every claim is checked, a result comes out."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask, Engine, Heard, Proposal
from summarizer.engines.verifying import ModelVerifier
from summarizer.errors import InputError, ModelTimeout, Spent
from summarizer.grounding import Checker, Failure, Grounded, Grounder
from summarizer.loop import deadline
from summarizer.models.providers import cost
from summarizer.reader import Reader, load_reader
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run, Status, Usage
from summarizer.settings import Policy
from summarizer.streaming import Tell, listening
from summarizer.tasks.base import Product, Task


@dataclass(frozen=True)
class Reading:
    """How articles are read: who proposes, who checks, and what is done with a claim that does not hold.

    `seconds` is the deadline of one article, re-asks included; `verifier` gives a second opinion, where there is one.
    """

    engine: Engine
    checker: Checker = field(default_factory=Checker)
    policy: Policy = Policy.REASK
    seconds: float = 60.0
    verifier: ModelVerifier | None = None

    def analysis(self, article: Article) -> Analysis:
        """What code finds in an article, with the reader's help where the engine drafts by code."""
        if not self.engine.by_code:
            return analysis_of(article)
        return analysis_of(article, self.checker.reader or load_reader())  # type: ignore[arg-type]  # has an identity

    @property
    def choosing(self) -> Reading:
        """The same where others are left to choose from: no sentence need stand in for a claim that fails."""
        return replace(self, policy=Policy.DROP) if self.policy is Policy.REASK else self

    async def aclose(self) -> None:
        """Close the models."""
        await self.engine.aclose()
        if self.verifier:
            await self.verifier.aclose()

    def grounder(self, ask: Ask, analysis: Analysis, proposal: Proposal | None = None, place: str = "") -> Grounder:
        """Who grounds the claims of the part of a proposal that stands at `place`, or of none in particular."""
        proposal = proposal or Proposal({})
        pointers = proposal.by_model.get(ask.task.name)
        if pointers is not None and place:
            pointers = frozenset(one.removeprefix(place) for one in pointers if one.startswith(place))
        language = getattr(ask.options, "language", None)
        return Grounder(
            analysis, self.checker, self.policy, by_model=pointers, language=language, opinions=proposal.opinions
        )


async def read(
    article: Article,
    asks: Sequence[Ask],
    reading: Reading,
    *,
    analysis: Analysis | None = None,
    asked: Sequence[Ask] | None = None,
    tell: Tell | None = None,
) -> tuple[Result[Any], ...]:
    """Everything asked of one article that is shown whole: a result for each product of each ask, in order.

    `asked` is what of `asks` is worth a request, where that is known already; `tell` hears of each claim of a single
    ask while the model still writes, already checked.
    """
    began, analysis = time.monotonic(), analysis or reading.analysis(article)
    asked = await asyncio.to_thread(worth_asking, analysis, asks) if asked is None else asked
    proposal = Proposal({})
    if asked:
        hearing: AbstractAsyncContextManager[Heard] = nullcontext()
        if tell and len(asked) == 1:
            hearing = listening(replace(reading, policy=Policy.DROP).grounder(asked[0], analysis), tell)
        async with in_time(reading), hearing as heard:
            proposal = await reading.engine.propose(analysis, asked, heard=heard)
            proposal = await revised(proposal, analysis, asked, reading)
    return await results(analysis, asks, proposal, reading, time.monotonic() - began)


@asynccontextmanager
async def in_time(reading: Reading) -> AsyncIterator[None]:
    """A deadline whose end is an error of ours."""
    try:
        async with deadline(reading.seconds):
            yield
    except TimeoutError as late:
        raise ModelTimeout(f"no answer within {reading.seconds:g} s", model=reading.engine.name) from late


def worth_asking(analysis: Analysis, asks: Sequence[Ask]) -> tuple[Ask, ...]:
    """What is worth a request: a question that the article has no word of is not sent."""
    if not analysis.article.sentences:
        raise InputError(analysis.article.source or "article", "it has no sentence to read")
    left = ((ask, task_of(ask).worth_asking(analysis, ask.options)) for ask in asks)
    return tuple(replace(ask, options=options) for ask, options in left if options is not None)


async def revised(proposal: Proposal, analysis: Analysis, asks: Sequence[Ask], reading: Reading) -> Proposal:
    """A proposal judged by the second opinion and asked for again where the policy says so."""
    if reading.verifier is None and reading.policy is not Policy.REASK:
        return proposal
    failed = await _failures(proposal, asks, analysis, reading)
    if reading.verifier and failed:
        opinions = await reading.verifier.opinions([one for _, one in failed], analysis.article)
        proposal = replace(proposal, opinions=opinions)
        failed = await _failures(proposal, asks, analysis, reading)
    if reading.policy is not Policy.REASK or proposal.reasked or not failed:
        return proposal
    revision = await reading.engine.revise(proposal, failed, analysis)
    return revision.applied_to(proposal) if revision else proposal


async def _failures(
    proposal: Proposal, asks: Sequence[Ask], analysis: Analysis, reading: Reading
) -> list[tuple[str, Failure]]:
    """The claims that do not hold, by task, each with its pointer in the whole form."""
    tried = replace(reading, policy=Policy.DROP)

    def failures() -> list[tuple[str, Failure]]:
        return [
            (ask.task.name, replace(failure, where=product.place + failure.where))
            for ask, product, outcome in outcomes(asks, proposal, analysis, tried)
            for failure in outcome.failures
        ]

    return await asyncio.to_thread(failures)


def outcomes(
    asks: Sequence[Ask], proposal: Proposal, analysis: Analysis, reading: Reading
) -> Iterator[tuple[Ask, Product, Grounded[Any]]]:
    """Every product of every ask, in order, and what it comes to when its claims are checked."""
    for ask in asks:
        task = task_of(ask)
        for product in task.products(proposal.drafts.get(task.name), ask.options):
            grounder = reading.grounder(ask, analysis, proposal, product.place)
            value = None if product.draft is None else task.settle(product.draft, product.options, grounder)
            yield ask, product, grounder.grounded(value)


def task_of(ask: Ask) -> Task[Any, Any, Any]:
    """The task of an ask, with all that is done behind the engine."""
    assert isinstance(ask.task, Task)
    return ask.task


async def results(
    analysis: Analysis, asks: Sequence[Ask], proposal: Proposal, reading: Reading, seconds: float
) -> tuple[Result[Any], ...]:
    """The results of a proposal, off the event loop: checking is the processor's work."""

    def made() -> tuple[Result[Any], ...]:
        spent, dollars = _spending(reading, proposal)
        run = run_of(reading, spent, cost_usd=dollars, seconds=seconds)
        return tuple(
            _result(ask, outcome, analysis.article, proposal, run)
            for ask, _, outcome in outcomes(asks, proposal, analysis, reading)
        )

    return await asyncio.to_thread(made)


def _result(ask: Ask, outcome: Grounded[Any], article: Article, proposal: Proposal, run: Run) -> Result[Any]:
    sentences = len(article.sentences)
    read = sentences if proposal.read is None else proposal.read
    read_with = (Issue(code="reading", where="", message=notice, action="none") for notice in article.notices)
    unmet = proposal.unmet.get(ask.task.name, ())
    issues = [*read_with, *proposal.issues, *unmet, *proposal.opinions.issues, *outcome.issues]
    status: Status = "complete" if read == sentences else "incomplete"
    if outcome.value is None:
        status = "failed"
        issues.append(Issue(code="no_value", where="", message="nothing could be kept", action="none"))
    prompt, schema = proposal.prompts.get(ask.task.name), task_of(ask).schema_fingerprint
    return Result(
        task=ask.task.name,
        status=status,
        value=outcome.value,
        issues=issues,
        coverage=Coverage(sentences=sentences, read=read),
        article=reference(article),
        run=run.model_copy(update={"prompt": prompt, "schema_": schema, "decided": outcome.decided}),
    )


@lru_cache(maxsize=4)
def analysis_of(article: Article, reader: Reader | None = None) -> Analysis:
    """What code finds in an article; of the last few it is kept, so that many questions on one read it once."""
    return Analysis(article, reader)


def reference(article: Article) -> ArticleRef:
    """What a result says of its article."""
    return ArticleRef(
        id=article.id,
        source=article.source,
        title=article.title,
        published=article.published,
        characters=len(article.text),
        fields=dict(article.fields),
    )


def run_of(reading: Reading, spent: Spent, *, cost_usd: float | None, seconds: float) -> Run:
    """The facts of a run that its results share; each result adds its prompt, its schema and what was decided."""
    return Run(
        id=uuid.uuid4().hex[:12],
        model=reading.engine.name,
        prompt=None,
        schema="",
        version=library_version(),
        level=reading.checker.level,
        checker=reading.checker.name,
        requests=spent.requests,
        decided=0,
        usage=Usage(**{kind: getattr(spent, kind) for kind in Usage.model_fields}),
        cost_usd=cost_usd,
        seconds=round(seconds, 3),
    )


def _spending(reading: Reading, proposal: Proposal) -> tuple[Spent, float | None]:
    spent, dollars, second = proposal.spent, cost(reading.engine.name, proposal.spent), proposal.opinions
    if not second.by:
        return spent, dollars
    more = cost(second.by, second.spent)
    return spent + second.spent, None if dollars is None or more is None else dollars + more


@lru_cache(maxsize=1)
def library_version() -> str:
    """The version of this library, `unknown` where it is not installed."""
    try:
        return version("grounded-summarizer")
    except PackageNotFoundError:
        return "unknown"
