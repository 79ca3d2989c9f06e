"""One article of any length: whole where it fits a request, else in parts that are merged by their task."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from summarizer import pipeline
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask, Proposal
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompting import Part
from summarizer.engines.verifying import joined
from summarizer.errors import AnswerTruncated, ModelError, Spent, WindowExceeded
from summarizer.long.budget import Costs, candidate_tokens, costs_of, halved, passages, split
from summarizer.long.mapping import Mapping, way_of_halves
from summarizer.long.merging import Merger
from summarizer.pipeline import Reading, task_of, worth_asking
from summarizer.schemas.result import Issue, Result
from summarizer.settings import Policy
from summarizer.streaming import Tell

SHARE_OF_TIME, SHARE_FOR_CHOOSING = 0.85, 0.12
"""Of the time allowed: what the parts may take, and what choosing among their claims may take after that."""


async def read(
    article: Article,
    asks: Sequence[Ask],
    reading: Reading,
    *,
    analysis: Analysis | None = None,
    tell: Tell | None = None,
) -> tuple[Result[Any], ...]:
    """Everything asked of one article of any length; see `pipeline.read`, which reads what fits one request.

    What stays unread is named in the issues, and the results are `incomplete`. An article that fits costs at most
    `engines.llm.MOST_REQUESTS`.
    """
    if reading.engine.window is None:
        return await pipeline.read(article, asks, reading, analysis=analysis, tell=tell)
    assert isinstance(reading.engine, LLMEngine)
    analysis = analysis or reading.analysis(article)
    asked = await asyncio.to_thread(worth_asking, analysis, asks)
    long = _Long(analysis, asks, asked, reading, reading.engine)
    if long.asked and not reading.engine.surely_holds(article.text):
        costs = await asyncio.to_thread(costs_of, analysis, long.asked, reading.engine)
        if not costs.fits:
            return await long.by_length(costs)
    few = replace(reading, engine=reading.engine.limited())
    try:
        return await pipeline.read(article, asks, few, analysis=analysis, asked=asked, tell=tell)
    except (WindowExceeded, AnswerTruncated) as error:
        parts = halved(Part.whole(article), article)
        if len(parts) < 2:
            raise
        # A longer text than the server takes is long after all; an answer that does not end costs no more for that.
        way = way_of_halves(few if isinstance(error, AnswerTruncated) else reading, error)
        halves = Mapping(analysis, long.asked, way or reading, [error.spent])
        await halves.over(parts, long.left)
        return await long.results(await long.merged(halves))


@dataclass
class _Long:
    """A reading by a model with a window; `asked` is what of `asks` is worth a request."""

    analysis: Analysis
    asks: Sequence[Ask]
    asked: Sequence[Ask]
    reading: Reading
    engine: LLMEngine
    began: float = field(default_factory=time.monotonic)

    async def by_length(self, costs: Costs) -> tuple[Result[Any], ...]:
        """The results of what does not fit: by the nearest passages where something is sought, else in parts."""
        sought = task_of(self.asked[0]).sought(self.asked[0].options) if len(self.asked) == 1 else ()
        if sought:
            near = await asyncio.to_thread(passages, self.analysis, sought, costs)
            return await self.results(await self._by_passages(costs, near))
        parts = await asyncio.to_thread(self._parts, costs, range(1, len(costs.lines) + 1))
        return await self.results(await self.merged(await self._read(self.asked, parts)))

    async def merged(self, *mappings: Mapping) -> Proposal:
        """One proposal of all parts that were read."""
        parts = [part for mapping in mappings for part in mapping.in_order]
        if not parts:
            raise _failure(mappings)
        opinions = joined(mapping.opinions for mapping in mappings)
        whole = replace(parts[0], opinions=opinions, issues=(), reasked=True)
        issues = [issue for mapping in mappings for issue in mapping.issues]
        drafts, spent = {}, [mapping.total for mapping in mappings]
        for ask in self.asked:
            found = [draft for part in parts if (draft := part.drafts.get(ask.task.name))]
            merger = Merger(self.analysis, ask, mappings[0].reading, whole, self.reading.seconds * SHARE_FOR_CHOOSING)
            drafts[ask.task.name] = await task_of(ask).merge(found, ask.options, merger) if found else None
            spent += merger.spent
            issues += merger.issues
        read = len(frozenset[int]().union(*(mapping.sentences_read for mapping in mappings)))
        return replace(whole, drafts=drafts, spent=sum(spent, Spent()), issues=tuple(issues), read=read)

    async def results(self, proposal: Proposal) -> tuple[Result[Any], ...]:
        """The results of all that was asked."""
        seconds = time.monotonic() - self.began
        return await pipeline.results(self.analysis, self.asks, proposal, self.reading, seconds)

    @property
    def left(self) -> float:
        """Seconds the parts may still take. What they brought is merged after that, however long it takes."""
        return max(0.0, self.began + self.reading.seconds * SHARE_OF_TIME - time.monotonic())

    async def _by_passages(self, costs: Costs, near: Part) -> Proposal:
        """By the passages nearest to what is sought; what they do not answer is asked of all the rest."""
        ask = self.asked[0]
        first = await self._read([ask], [near] if near.pieces else [])
        proposal = next(iter(first.in_order), Proposal({}))
        left = await asyncio.to_thread(self._unanswered, ask, proposal)
        if left is None:
            return replace(proposal, spent=first.total, issues=(self._shown(near),), reasked=True)
        others = [n for n in range(1, len(costs.lines) + 1) if n not in first.sentences_read]
        parts = await asyncio.to_thread(self._parts, costs, others)
        rest = await self._read([replace(ask, options=left)], parts)
        first.unread.clear()  # what of it stays unread is among the rest's
        return await self.merged(first, rest)

    async def _read(self, asks: Sequence[Ask], parts: Sequence[Part]) -> Mapping:
        mapping = Mapping(self.analysis, asks, self.reading)
        await mapping.over(parts, self.left)
        return mapping

    def _parts(self, costs: Costs, numbers: Sequence[int]) -> list[Part]:
        """These sentences in parts that fit, what a model chooses from beside them."""
        candidates = partial(candidate_tokens, self.analysis, self.asked)
        return split(self.analysis.article, costs, numbers, candidates)

    def _unanswered(self, ask: Ask, proposal: Proposal) -> Any:
        """The options that ask again for what was not found, or does not hold; None where nothing is left."""
        tried = replace(self.reading, policy=Policy.DROP)
        found = pipeline.outcomes([ask], proposal, self.analysis, tried)
        return task_of(ask).unanswered(ask.options, [outcome.value for _, _, outcome in found])

    def _shown(self, near: Part) -> Issue:
        every = len(self.analysis.article.sentences)
        message = f"answered from the {len(near.numbers)} of {every} sentences that are nearest to what was asked"
        return Issue(code="passages", where="", message=message, action="none")


def _failure(mappings: Sequence[Mapping]) -> ModelError:
    """Why no part at all was read, with what all attempts cost."""
    error = mappings[-1].failure
    error.spent = sum((mapping.total for mapping in mappings), Spent())
    return error
