"""The engines that need no chat model: code drafts, and a small embedded model may word what code has chosen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Heard, Proposal, Revision
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompting import Part
from summarizer.engines.prompts import Prompts
from summarizer.engines.writing import Writer
from summarizer.errors import NeedsModel, Spent
from summarizer.grounding import Failure
from summarizer.loop import seconds_left
from summarizer.models.catalog import EXTRACTIVE
from summarizer.models.model import ChatModel
from summarizer.reader import load_reader

WRITING_SECONDS = 6.0
"""The most time the writer takes of a run, however much there is: code's own texts are good enough."""
SHARE_OF_TIME = 0.8


class CodeEngine:
    """Takes every task's own draft; nothing is sent anywhere."""

    by_code = True
    window = None

    @property
    def name(self) -> str:
        return EXTRACTIVE

    async def propose(
        self, analysis: Analysis, asks: Sequence[Ask], *, part: Part | None = None, heard: Heard = None
    ) -> Proposal:
        """A draft for each ask."""
        return await asyncio.to_thread(_drafted, analysis, asks)

    async def revise(
        self, proposal: Proposal, failures: Sequence[tuple[str, Failure]], analysis: Analysis
    ) -> Revision | None:
        """Code would say the same again, and a small model no better: the sentence itself stands in."""
        return None

    async def aclose(self) -> None:
        """Nothing to free."""


def _drafted(analysis: Analysis, asks: Sequence[Ask]) -> Proposal:
    drafts = {ask.task.name: ask.task.propose(analysis, ask.options) for ask in asks}
    unmet = {ask.task.name: tuple(ask.task.unmet(analysis, ask.options)) for ask in asks}
    return Proposal(drafts, by_model={name: frozenset() for name in drafts}, unmet=unmet)


@dataclass(frozen=True)
class WritingEngine(CodeEngine):
    """Code's drafts with what a small model words in them while there is time; where it fails, code's stands.

    A task that code has no draft for is filled in by a model as a whole: the one that `open_whole` opens, once and only
    then, for a model with the writer's adapter fills in no other form; by default the same one.
    """

    model: ChatModel
    prompts: Prompts
    open_whole: Callable[[], ChatModel] | None = None

    @cached_property
    def whole(self) -> ChatModel:
        """The model that fills in whole forms, opened where it was not."""
        return self.open_whole() if self.open_whole else self.model

    @property
    def name(self) -> str:
        return self.model.name

    async def propose(
        self, analysis: Analysis, asks: Sequence[Ask], *, part: Part | None = None, heard: Heard = None
    ) -> Proposal:
        """Code's drafts, worded where that holds. A slow or broken model is an issue of the proposal."""
        began, whole = time.monotonic(), seconds_left()
        try:
            proposal = await super().propose(analysis, asks)
        except NeedsModel:
            return await LLMEngine(self.whole, self.prompts).propose(analysis, asks)
        left = WRITING_SECONDS if whole is None else whole * SHARE_OF_TIME - (time.monotonic() - began)
        writer = Writer(self.model, self.prompts, analysis.reader or load_reader(), min(WRITING_SECONDS, left))
        for ask in asks:
            proposal = await _written(proposal, ask, analysis, writer)
        return replace(proposal, spent=sum(writer.spent, Spent()), issues=(*proposal.issues, *writer.issues))

    async def aclose(self) -> None:
        """Close the models that were opened."""
        await self.model.aclose()
        if "whole" in vars(self):
            await self.whole.aclose()


async def _written(proposal: Proposal, ask: Ask, analysis: Analysis, writer: Writer) -> Proposal:
    name, draft = ask.task.name, proposal.drafts.get(ask.task.name)
    if draft is None:
        return proposal
    before = set(writer.decided)
    written = await ask.task.write(draft, analysis, ask.options, writer)
    decided = frozenset(writer.decided - before)
    return replace(proposal, drafts={**proposal.drafts, name: written}, by_model={**proposal.by_model, name: decided})
