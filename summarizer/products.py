"""What was asked for, product by product: settled, and its failing claims worded anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Engine, Proposal
from summarizer.grounding.settle import settle
from summarizer.grounding.settling import Failure, Settled, Settling
from summarizer.models.retrying import total
from summarizer.schemas.answer import AnswersDraft
from summarizer.schemas.evidence import DraftClaim
from summarizer.settings import Policy


@dataclass(frozen=True)
class Product:
    """One thing to settle: a task's draft or, for answers, the draft of one question."""

    ask: Ask
    draft: BaseModel | None
    question: str | None = None
    number: int = 0


def products_of(asks: Sequence[Ask], drafts: Mapping[str, BaseModel | None]) -> list[Product]:
    """One product for each ask, and for answers one for each question."""
    products: list[Product] = []
    for ask in asks:
        draft = drafts.get(ask.task.name)
        if not ask.questions:
            products.append(Product(ask, draft))
            continue
        by_number = {one.question: one for one in draft.answers} if isinstance(draft, AnswersDraft) else {}
        products += [Product(ask, by_number.get(n), question, n) for n, question in enumerate(ask.questions, 1)]
    return products


def settled(product: Product, proposal: Proposal, analysis: Analysis, engine: Engine, policy: Policy) -> Settled[Any]:
    """What a product comes to when it is checked.

    Raises:
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    court = Settling(analysis, engine.level, policy, _by_model(product, proposal))
    return settle(product.draft, court, product.question)


def _by_model(product: Product, proposal: Proposal) -> frozenset[str] | None:
    """The pointers of the fields the model set; an answer's own begin at the answer."""
    pointers = proposal.by_model.get(product.ask.task.name)
    if pointers is None or product.question is None:
        return pointers
    place = f"/answers/{product.number - 1}"
    return frozenset(one.removeprefix(place) for one in pointers if one.startswith(f"{place}/"))


async def revised(
    proposal: Proposal, asks: Sequence[Ask], analysis: Analysis, engine: Engine, policy: Policy
) -> Proposal:
    """The proposal with its failing claims worded anew, where the policy and the engine allow one re-ask."""
    if policy != "reask" or proposal.reasked:
        return proposal
    failures: dict[str, list[Failure]] = {}
    for product in products_of(asks, proposal.drafts):
        failed = settled(product, proposal, analysis, engine, "drop").failures
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
    for where, claim in mine.items():
        draft = _put(draft, where.strip("/").split("/"), claim)
    return draft


def _put(node: Any, steps: Sequence[str], claim: DraftClaim) -> Any:
    """`node` with a claim at the place the steps lead to; a place that is bare text takes the claim's text."""
    if not steps:
        change = {"evidence": list(claim.evidence), "text": claim.text}
        return node.model_copy(update=change) if isinstance(node, BaseModel) else claim.text
    if isinstance(node, BaseModel):
        return node.model_copy(update={steps[0]: _put(getattr(node, steps[0]), steps[1:], claim)})
    at = int(steps[0])
    return [*node[:at], _put(node[at], steps[1:], claim), *node[at + 1 :]]


def _placed(failures: Sequence[Failure], product: Product) -> list[Failure]:
    """Failures by their pointer in the whole draft: an answer's own pointers begin at the answer."""
    if product.question is None:
        return list(failures)
    return [replace(failure, where=f"/answers/{product.number - 1}{failure.where}") for failure in failures]
