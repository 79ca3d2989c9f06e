"""What was asked for, product by product: settled, and its failing claims worded anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Engine, Proposal
from summarizer.grounding.checker import Checker
from summarizer.grounding.grounder import Failure, Grounded, Grounder
from summarizer.grounding.settle import settle
from summarizer.models.retrying import total
from summarizer.schemas.answer import AnswersDraft
from summarizer.schemas.entities import EntitiesDraft
from summarizer.schemas.evidence import DraftClaim
from summarizer.settings import Level, Policy
from summarizer.shape import shaped
from summarizer.task import Options


@dataclass(frozen=True)
class Product:
    """One thing to settle: a task's draft or, for answers, the draft of one question.

    `number` is the question's, from 1; `place` is where its answer stands among the draft's answers: a model may leave
    questions out, or turn them around.
    """

    ask: Ask
    draft: BaseModel | None
    question: str | None = None
    number: int = 0
    place: int = 0


def products_of(asks: Sequence[Ask], drafts: Mapping[str, BaseModel | None]) -> list[Product]:
    """One product for each ask, and for answers one for each question."""
    products: list[Product] = []
    for ask in asks:
        draft = drafts.get(ask.task.name)
        if not ask.questions:
            products.append(Product(ask, draft))
            continue
        answers = draft.answers if isinstance(draft, AnswersDraft) else []
        places = {one.question: place for place, one in enumerate(answers)}
        for number, question in enumerate(ask.questions, 1):
            place = places.get(number)
            products.append(Product(ask, None if place is None else answers[place], question, number, place or 0))
    return products


def settled(product: Product, proposal: Proposal, analysis: Analysis, engine: Engine, policy: Policy) -> Grounded[Any]:
    """What a product comes to when it is checked.

    Raises:
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    options = {**product.ask.task.options, **product.ask.options}
    by_model = _by_model(product, proposal)
    checker = Checker(Level(engine.level))
    grounder = Grounder(analysis, checker, Policy(policy), by_model, asked_language(options), proposal.opinions)
    return shaped(settle(product.draft, grounder, product.question), options)


def asked_language(options: Options) -> str | None:
    """The language the options ask for, if any."""
    language = options.get("language")
    return str(language) if language else None


def _by_model(product: Product, proposal: Proposal) -> frozenset[str] | None:
    """The pointers of the fields the model set; an answer's own begin at the answer."""
    pointers = proposal.by_model.get(product.ask.task.name)
    if pointers is None or product.question is None:
        return pointers
    place = f"/answers/{product.place}"
    return frozenset(one.removeprefix(place) for one in pointers if one.startswith(f"{place}/"))


async def revised(
    proposal: Proposal, asks: Sequence[Ask], analysis: Analysis, engine: Engine, policy: Policy
) -> Proposal:
    """The proposal with its failing claims worded anew, where the policy and the engine allow one re-ask.

    What the engine's verifier supports is not asked for again.
    """
    proposal = await _judged(proposal, asks, analysis, engine)
    if policy != "reask" or proposal.reasked:
        return proposal
    failures: dict[str, list[Failure]] = {}
    for product in products_of(asks, proposal.drafts):
        if isinstance(product.draft, EntitiesDraft):
            continue  # names and roles stand in the text or not: nothing of them is worded anew
        failed = settled(product, proposal, analysis, engine, "drop").failures
        failures.setdefault(product.ask.task.name, []).extend(_placed(failed, product))
    failures = {task: failed for task, failed in failures.items() if failed}
    revision = await engine.revise(proposal, failures, analysis) if failures else None
    if revision is None:
        return proposal
    drafts = {task: corrected(draft, task, revision.claims) for task, draft in proposal.drafts.items()}
    return replace(proposal, drafts=drafts, spent=total([proposal.spent, revision.spent]), reasked=True)


async def _judged(proposal: Proposal, asks: Sequence[Ask], analysis: Analysis, engine: Engine) -> Proposal:
    """The proposal with a second opinion on the claims that the check cannot decide, where one was wanted."""
    if engine.verifier is None:
        return proposal
    products = products_of(asks, proposal.drafts)
    failed = [one for product in products for one in settled(product, proposal, analysis, engine, "drop").failures]
    return replace(proposal, opinions=await engine.verifier.opinions(failed, analysis.article))


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
    return [replace(failure, where=f"/answers/{product.place}{failure.where}") for failure in failures]
