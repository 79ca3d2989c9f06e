"""The one road: article, proposal, check, result."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.deadline import deadline
from summarizer.engines.engine import Ask, Engine, Proposal
from summarizer.engines.extractive.retrieval import retrieve
from summarizer.errors import InputError, ModelTimeout, Spent
from summarizer.grounding.settle import settle
from summarizer.grounding.settling import Failure, Settled, Settling
from summarizer.models.prices import cost
from summarizer.models.retrying import total
from summarizer.schemas.answer import Answer, AnswersDraft
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.result import ArticleRef, Coverage, Issue, Result, Run, Status, Usage
from summarizer.settings import Policy

CLOSEST = 3


@dataclass(frozen=True)
class Product:
    """One thing to settle: a task's draft or, for answers, the draft of one question."""

    ask: Ask
    draft: BaseModel | None
    question: str | None = None
    number: int = 0


async def read_through(
    article: Article,
    asks: Sequence[Ask],
    engine: Engine,
    *,
    policy: Policy = "reask",
    seconds: float = 60.0,
    analysis: Analysis | None = None,
) -> tuple[Result[Any], ...]:
    """Everything asked of one article, checked: a result for each ask, and for answers one for each question.

    Args:
        article: what is read.
        asks: what is wanted; the engine may serve them all by one request.
        engine: who proposes.
        policy: what happens to a claim that does not hold.
        seconds: the deadline for all of it.
        analysis: what code found in the article already, in another process for instance.

    Raises:
        InputError: the article has no sentence.
        ModelError: the engine could propose nothing.
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    if not article.sentences:
        raise InputError(article.source or "article", "it has no sentence to read")
    began, analysis = time.monotonic(), analysis or Analysis(article)
    try:
        async with deadline(seconds):
            proposal = await engine.propose(analysis, asks, seconds=seconds)
            proposal = await _revised(proposal, asks, analysis, engine, policy)
    except TimeoutError as error:
        raise ModelTimeout(f"no answer within {seconds:g} s", model=engine.name) from error
    run = _run(engine, proposal, time.monotonic() - began)
    return tuple(
        _result(product, _settled(product, proposal, analysis, engine, policy), article, proposal, run)
        for product in _products(asks, proposal.drafts)
    )


async def _revised(
    proposal: Proposal, asks: Sequence[Ask], analysis: Analysis, engine: Engine, policy: Policy
) -> Proposal:
    """The proposal with its failing claims worded anew, where the policy and the engine allow one re-ask."""
    if policy != "reask":
        return proposal
    failures: dict[str, list[Failure]] = {}
    for product in _products(asks, proposal.drafts):
        failed = _settled(product, proposal, analysis, engine, "drop").failures
        failures.setdefault(product.ask.task.name, []).extend(_placed(failed, product))
    failures = {task: failed for task, failed in failures.items() if failed}
    revision = await engine.revise(proposal, failures, analysis) if failures else None
    if revision is None:
        return proposal
    drafts = {task: corrected(draft, task, revision.claims) for task, draft in proposal.drafts.items()}
    return replace(proposal, drafts=drafts, spent=total([proposal.spent, revision.spent]), reasked=True)


def corrected(draft: BaseModel | None, task: str, claims: Mapping[tuple[str, str], DraftClaim]) -> BaseModel | None:
    """`draft` with the evidence and text of the claims at their pointers."""
    mine = {where: claim for (name, where), claim in claims.items() if name == task}
    if draft is None or not mine:
        return draft
    data = draft.model_dump()
    for where, claim in mine.items():
        place: Any = data
        for step in where.strip("/").split("/"):
            place = place[int(step)] if isinstance(place, list) else place[step]
        place.update(evidence=[span.model_dump() for span in claim.evidence], text=claim.text)
    return type(draft).model_validate(data)


def _products(asks: Sequence[Ask], drafts: Mapping[str, BaseModel | None]) -> list[Product]:
    products: list[Product] = []
    for ask in asks:
        draft = drafts.get(ask.task.name)
        if not ask.questions:
            products.append(Product(ask, draft))
            continue
        by_number = {one.question: one for one in draft.answers} if isinstance(draft, AnswersDraft) else {}
        products += [Product(ask, by_number.get(n), question, n) for n, question in enumerate(ask.questions, 1)]
    return products


def _placed(failures: Sequence[Failure], product: Product) -> list[Failure]:
    """Failures by their pointer in the whole draft: an answer's own pointers begin at the answer."""
    if product.question is None:
        return list(failures)
    return [replace(failure, where=f"/answers/{product.number - 1}{failure.where}") for failure in failures]


def _settled(product: Product, proposal: Proposal, analysis: Analysis, engine: Engine, policy: Policy) -> Settled[Any]:
    court = Settling(analysis, engine.level, policy, proposal.by_model.get(product.ask.task.name))
    settled = settle(product.draft, court, product.question)
    if isinstance(settled.value, Answer) and not settled.value.found:
        closest = nearest_to(settled.value.question, analysis)
        return replace(settled, value=settled.value.model_copy(update={"closest": closest}))
    return settled


def nearest_to(question: str, analysis: Analysis) -> list[Span]:
    """The passages nearest to a question that the article does not answer."""
    return [Span.of(passage.sentence) for passage in retrieve(analysis, question, CLOSEST).passages]


def _result(product: Product, settled: Settled[Any], article: Article, proposal: Proposal, run: Run) -> Result[Any]:
    task, read = product.ask.task, len(article.sentences)
    issues = [*proposal.issues, *settled.issues]
    status: Status = "complete"
    if settled.value is None:
        status = "failed"
        issues.append(Issue(code="no_value", where="", message="nothing could be kept", action="none"))
    return Result(
        task=task.name,
        status=status,
        value=settled.value,
        issues=issues,
        coverage=Coverage(sentences=len(article.sentences), read=read),
        article=ArticleRef(
            id=article.id,
            source=article.source,
            title=article.title,
            published=article.published,
            characters=len(article.text),
        ),
        run=run.model_copy(
            update={"prompt": task.prompt_fingerprint, "schema_": task.schema_fingerprint, "decided": settled.decided}
        ),
    )


def _run(engine: Engine, proposal: Proposal, seconds: float) -> Run:
    spent: Spent = proposal.spent
    return Run(
        id=uuid.uuid4().hex[:12],
        model=engine.name,
        prompt="",
        schema="",
        version=library_version(),
        requests=spent.requests,
        decided=0,
        usage=Usage(
            input_tokens=spent.input_tokens,
            cached_tokens=spent.cached_tokens,
            output_tokens=spent.output_tokens,
            reasoning_tokens=spent.reasoning_tokens,
        ),
        cost_usd=cost(engine.name, spent),
        seconds=round(seconds, 3),
    )


def library_version() -> str:
    """The version of this library, `unknown` where it is not installed."""
    try:
        return version("grounded-summarizer")
    except PackageNotFoundError:
        return "unknown"
