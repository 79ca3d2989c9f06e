"""One proposal for an article of any length: whole where it fits, else in parts that are merged by type."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.deadline import deadline
from summarizer.engines.engine import Ask, Engine, Proposal
from summarizer.engines.llm import LLMEngine
from summarizer.engines.part import Part
from summarizer.errors import ModelError, Spent
from summarizer.grounding.opinions import joined
from summarizer.listening import Listener
from summarizer.long.budget import Costs, costs_of, surely_fits
from summarizer.long.mapping import TOO_LONG, Mapping
from summarizer.long.merge import merged, merged_answers
from summarizer.long.passages import passages
from summarizer.long.reduce import Chooser, held
from summarizer.long.split import halved, split
from summarizer.models.retrying import total
from summarizer.products import asked_language, products_of, revised, settled
from summarizer.schemas.answer import Answer, AnswerDraft, AnswersDraft
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Issue
from summarizer.schemas.summary import SummaryDraft
from summarizer.settings import Policy, get_settings

SHARE_OF_TIME, SHARE_FOR_CHOOSING = 0.85, 0.12
"""Of the time allowed: what the parts may take, and what choosing among their claims may take after that."""


async def propose(
    analysis: Analysis,
    asks: Sequence[Ask],
    engine: Engine,
    *,
    policy: Policy,
    seconds: float,
    tell: Callable[[Claim], None] | None = None,
) -> Proposal:
    """What the engine proposes for the whole article, its failing claims asked for once more.

    Engines that read by code take any length as it is. `tell` hears of the points of a summary that is read whole, one
    by one, as soon as they are checked.

    Raises:
        TimeoutError: nothing was proposed in `seconds`.
        ModelError: nothing can be proposed.
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    if not isinstance(engine, LLMEngine):
        async with deadline(seconds):
            return await revised(await engine.propose(analysis, asks, seconds=seconds), asks, analysis, engine, policy)
    return await _Long(analysis, asks, engine, policy, seconds, tell).proposal()


@dataclass
class _Long:
    """A reading by a model with a window."""

    analysis: Analysis
    asks: Sequence[Ask]
    engine: LLMEngine
    policy: Policy
    seconds: float
    tell: Callable[[Claim], None] | None = None
    began: float = field(default_factory=time.monotonic)

    async def proposal(self) -> Proposal:
        """Whole, or by passages, or in parts."""
        if surely_fits(self.analysis, self.asks, self.engine):
            return await self._whole()
        costs = await costs_of(self.analysis, self.asks, self.engine)
        if costs.fits:
            return await self._whole()
        if len(self.asks) == 1 and self.asks[0].questions:
            return await self._answers(costs)
        return await self._in_parts(split(self.analysis.article, costs), [])

    async def _whole(self) -> Proposal:
        try:
            async with deadline(self.seconds):
                proposal = await self.engine.propose(
                    self.analysis, self.asks, seconds=self.seconds, heard=self._listener()
                )
                return await revised(proposal, self.asks, self.analysis, self.engine, self.policy)
        except TOO_LONG as error:
            parts = halved(Part.whole(self.analysis.article), self.analysis.article)
            if len(parts) < 2:
                raise
            return await self._in_parts(parts, [error.spent])

    def _listener(self) -> Listener | None:
        if self.tell is None or len(self.asks) > 1 or self.asks[0].task.schema not in (SummaryDraft, AnswersDraft):
            return None
        return Listener(self.analysis, self.engine.level, asked_language(self.asks[0].options), self.tell)

    async def _in_parts(self, parts: Sequence[Part], before: list[Spent]) -> Proposal:
        mapping = self._mapping(self.asks)
        mapping.spent += before
        await mapping.over(parts, self._left())
        if not mapping.read:
            raise _failure(mapping)
        drafts, issues = {}, mapping.issues(self.seconds)
        for ask in self.asks:
            found = [draft for one in mapping.in_order if (draft := one.drafts.get(ask.task.name))]
            drafts[ask.task.name] = await self._merged(ask, found, mapping, issues) if found else None
        read = len(mapping.sentences_read)
        return Proposal(drafts, mapping.total, issues=tuple(issues), reasked=True, read=read, opinions=mapping.opinions)

    async def _merged(
        self, ask: Ask, drafts: list[BaseModel], mapping: Mapping, issues: list[Issue]
    ) -> BaseModel | None:
        if not isinstance(drafts[0], SummaryDraft):
            return merged(drafts, self.analysis, self.engine.level)
        summaries = [draft for draft in drafts if isinstance(draft, SummaryDraft)]
        found = held(
            summaries, self.analysis, self.engine, self.policy, asked_language(ask.options), opinions=mapping.opinions
        )
        if not found.claims:
            return summaries[0]
        chooser = Chooser(self.engine, self.analysis, ask.options, self.seconds * SHARE_FOR_CHOOSING)
        draft = await chooser.summary(found.claims)
        mapping.spent += chooser.spent
        issues += [*found.issues, *chooser.issues]
        return draft

    async def _answers(self, costs: Costs) -> Proposal:
        """By the passages nearest to the questions; what they do not answer is asked of all the rest."""
        ask = self.asks[0]
        near = passages(self.analysis, ask.questions, costs)
        first = self._mapping(self.asks)
        await first.over([near] if near.pieces else [], self._left())
        proposal = next(iter(first.in_order), Proposal({}))
        unanswered = self._unanswered(proposal)
        if not unanswered:
            return replace(proposal, spent=first.total, issues=(self._shown(near),), reasked=True)
        rest = self._mapping([replace(ask, questions=tuple(ask.questions[n - 1] for n in unanswered))])
        others = (n for n in range(1, len(costs.lines) + 1) if n not in first.sentences_read)
        await rest.over(split(self.analysis.article, costs, others), self._left())
        if not first.read and not rest.read:
            raise _failure(rest)
        answers = [_answers_of(proposal), *(_renumbered(one, unanswered) for one in rest.in_order)]
        return Proposal(
            {ask.task.name: AnswersDraft(answers=merged_answers(answers))},
            total([first.total, rest.total]),
            issues=tuple(rest.issues(self.seconds)),
            reasked=True,
            read=len(first.sentences_read | rest.sentences_read),
            opinions=joined([first.opinions, rest.opinions]),
        )

    def _unanswered(self, proposal: Proposal) -> list[int]:
        """The numbers of the questions to which nothing was found that holds."""
        return [
            product.number
            for product in products_of(self.asks, proposal.drafts)
            if not _found(settled(product, proposal, self.analysis, self.engine, "drop").value)
        ]

    def _shown(self, near: Part) -> Issue:
        every = len(self.analysis.article.sentences)
        message = f"answered from the {len(near.numbers)} of {every} sentences that are nearest to the questions"
        return Issue(code="passages", where="", message=message, action="none")

    def _left(self) -> float:
        """Seconds the parts may still take. What they brought is merged after that, however long it takes."""
        return max(0.0, self.began + self.seconds * SHARE_OF_TIME - time.monotonic())

    def _mapping(self, asks: Sequence[Ask]) -> Mapping:
        return Mapping(self.engine, self.analysis, asks, self.policy, get_settings().concurrency)


def _failure(mapping: Mapping) -> ModelError:
    """Why no part at all was read."""
    error = next((error for error in mapping.unread.values() if error), None)
    if error is None:
        raise TimeoutError
    error.spent = mapping.total
    return error


def _found(value: object) -> bool:
    return isinstance(value, Answer) and value.found


def _answers_of(proposal: Proposal) -> list[AnswerDraft]:
    return [one for draft in proposal.drafts.values() if isinstance(draft, AnswersDraft) for one in draft.answers]


def _renumbered(proposal: Proposal, numbers: Sequence[int]) -> list[AnswerDraft]:
    """Answers to some of the questions, by their numbers among all."""
    known = [one for one in _answers_of(proposal) if 0 < one.question <= len(numbers)]
    return [one.model_copy(update={"question": numbers[one.question - 1]}) for one in known]
