"""The one road: article, proposal, check, result."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask, Engine, Proposal
from summarizer.engines.evidence import Sifted, has_evidence, is_foreign
from summarizer.engines.llm import LLMEngine
from summarizer.engines.retrieval import retrieve
from summarizer.errors import InputError, ModelTimeout, Spent
from summarizer.grounding.settling import Settled
from summarizer.long.reading import propose
from summarizer.models.prices import cost
from summarizer.models.retrying import total
from summarizer.products import Product, products_of, settled
from summarizer.schemas.answer import Answer
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run, Status, Usage
from summarizer.settings import Level, Policy

CLOSEST = 3


async def read_through(
    article: Article,
    asks: Sequence[Ask],
    engine: Engine,
    *,
    policy: Policy = "reask",
    seconds: float = 60.0,
    analysis: Analysis | None = None,
    tell: Callable[[Claim], None] | None = None,
) -> tuple[Result[Any], ...]:
    """Everything asked of one article, checked: a result for each ask, and for answers one for each question.

    Args:
        article: what is read.
        asks: what is wanted; the engine may serve them all by one request.
        engine: who proposes.
        policy: what happens to a claim that does not hold.
        seconds: the deadline for all of it.
        analysis: what code found in the article already, in another process for instance.
        tell: hears of a summary's points, or an answer's claims, while the model still writes, each already checked.

    Raises:
        InputError: the article has no sentence.
        ModelError: the engine could propose nothing.
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    if not article.sentences:
        raise InputError(article.source or "article", "it has no sentence to read")
    began, analysis = time.monotonic(), analysis or analysis_of(article)
    try:
        proposal = await _proposal(analysis, asks, engine, policy=policy, seconds=seconds, tell=tell)
    except TimeoutError as error:
        raise ModelTimeout(f"no answer within {seconds:g} s", model=engine.name) from error
    run = _run(engine, proposal, time.monotonic() - began)
    return tuple(
        _result(product, _settled(product, proposal, analysis, engine, policy), article, proposal, run)
        for product in products_of(asks, proposal.drafts)
    )


@lru_cache(maxsize=4)
def analysis_of(article: Article) -> Analysis:
    """What code finds in an article; of the last few it is kept, so that many questions on one read it once."""
    return Analysis(article)


async def _proposal(
    analysis: Analysis,
    asks: Sequence[Ask],
    engine: Engine,
    *,
    policy: Policy,
    seconds: float,
    tell: Callable[[Claim], None] | None,
) -> Proposal:
    """What the engine proposes; it is not asked what the article has no word of."""
    sifted = Sifted.of(analysis, asks)
    if not sifted.asked:
        return Proposal({})
    return sifted.completed(await propose(analysis, sifted.asked, engine, policy=policy, seconds=seconds, tell=tell))


def _settled(product: Product, proposal: Proposal, analysis: Analysis, engine: Engine, policy: Policy) -> Settled[Any]:
    outcome = settled(product, proposal, analysis, engine, policy)
    if isinstance(outcome.value, Answer) and not outcome.value.found:
        value = outcome.value.model_copy(update={"closest": nearest_to(outcome.value.question, analysis)})
        return replace(outcome, value=value, issues=(*outcome.issues, *_why_not(value, analysis, engine)))
    return outcome


def _why_not(answer: Answer, analysis: Analysis, engine: Engine) -> Iterator[Issue]:
    """What the reader should know of a question that was not answered."""
    if not has_evidence(analysis, answer.question):
        message = "no word of the question stands in the article; no model was asked"
        yield Issue(code="no_evidence", where="/found", message=message, action="none")
    if not isinstance(engine, LLMEngine) and is_foreign(answer.question, analysis):
        message = "the question is not in the article's language; only names and numbers could be looked for"
        yield Issue(code="question_language", where="/found", message=message, action="none")


def nearest_to(question: str, analysis: Analysis) -> list[Span]:
    """The passages nearest to a question that the article does not answer."""
    return [Span.of(passage.sentence) for passage in retrieve(analysis, question, CLOSEST).passages]


def _result(product: Product, outcome: Settled[Any], article: Article, proposal: Proposal, run: Run) -> Result[Any]:
    task, sentences = product.ask.task, len(article.sentences)
    read = sentences if proposal.read is None else proposal.read
    issues = [*proposal.issues, *proposal.opinions.issues, *outcome.issues]
    status: Status = "complete" if read == sentences else "incomplete"
    if outcome.value is None:
        status = "failed"
        issues.append(Issue(code="no_value", where="", message="nothing could be kept", action="none"))
    return Result(
        task=task.name,
        status=status,
        value=outcome.value,
        issues=issues,
        coverage=Coverage(sentences=sentences, read=read),
        article=reference(article),
        run=run.model_copy(
            update={"prompt": task.prompt_fingerprint, "schema_": task.schema_fingerprint, "decided": outcome.decided}
        ),
    )


def reference(article: Article) -> ArticleRef:
    """What a result says of its article."""
    return ArticleRef(
        id=article.id,
        source=article.source,
        title=article.title,
        published=article.published,
        characters=len(article.text),
    )


def _run(engine: Engine, proposal: Proposal, seconds: float) -> Run:
    opinions = proposal.opinions
    spent: Spent = total([proposal.spent, opinions.spent])
    costs = cost(engine.name, proposal.spent), cost(opinions.by, opinions.spent)
    known = None if None in costs else sum(one for one in costs if one is not None)
    return run_of(engine.name, engine.level, spent, cost_usd=known, seconds=seconds)


def run_of(model: str, level: Level, spent: Spent, *, cost_usd: float | None, seconds: float = 0.0) -> Run:
    """The facts of a run that its results share; each result adds its prompt, its schema and what was decided."""
    return Run(
        id=uuid.uuid4().hex[:12],
        model=model,
        prompt="",
        schema="",
        version=library_version(),
        level=level,
        requests=spent.requests,
        decided=0,
        usage=Usage(
            input_tokens=spent.input_tokens,
            cached_tokens=spent.cached_tokens,
            output_tokens=spent.output_tokens,
            reasoning_tokens=spent.reasoning_tokens,
        ),
        cost_usd=cost_usd,
        seconds=round(seconds, 3),
    )


def library_version() -> str:
    """The version of this library, `unknown` where it is not installed."""
    try:
        return version("grounded-summarizer")
    except PackageNotFoundError:
        return "unknown"
