"""A digest: several articles on one matter read as one, every claim checked in the article it is from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from summarizer import long
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.code import CodeEngine
from summarizer.engines.engine import Ask
from summarizer.errors import InputError, UsageError
from summarizer.models.providers import cost
from summarizer.pipeline import Reading, analysis_of, reference, run_of, task_of
from summarizer.schemas.digest import Digest
from summarizer.schemas.entities import Entities
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Coverage, Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline
from summarizer.search.agreement import Told, compared, contradictions, of_article, says
from summarizer.search.many import of_several
from summarizer.search.merging import merged_entities, merged_events
from summarizer.search.together import GroupReader, Pool
from summarizer.tasks import registry

_ENDS = (".", "!", "?", "…", '"', "”", "’", ")")
WORDS = 30
"""Of a statement that is taken from an article, on an average."""


async def digest(articles: Iterable[Article], ask: Ask, reading: Reading) -> Result[Digest]:
    """Several articles as one.

    A model reads a few articles a request and says what they share and where they differ; without one code takes the
    points of each. Either way each claim is checked in its own article, and what other articles have for or against it
    is found by the same check. Names and events are found by code.

    Raises:
        UsageError: there are not two different articles.
        InputError: one has no sentence.
        ModelError: the model could read none of them.
        Ungrounded: a claim does not hold and the policy is `fail`.

    """
    different = list({article.id: article for article in articles}.values())
    if len(different) < 2:
        raise UsageError("a digest is of two different articles or more")
    if empty := next((article for article in different if not article.sentences), None):
        raise InputError(empty.source or "article", "it has no sentence to read")
    return await _Digesting(ask, reading, tuple(map(analysis_of, different))).result()


@dataclass(frozen=True)
class _Digesting:
    """One digest on its way."""

    ask: Ask
    reading: Reading
    analyses: tuple[Analysis, ...]

    async def result(self) -> Result[Digest]:
        """Read, compare, put together."""
        began = time.monotonic()
        by_code = replace(self.reading, engine=CodeEngine())
        found = [await self._by_code(analysis, by_code) for analysis in self.analyses]
        if self.reading.engine.window is None:
            pool, reading = Pool(told=tuple(_points(found, self.analyses))), by_code
        else:
            pool, reading = await GroupReader(self.ask, self.reading, self.analyses).pool(), self.reading
        value = await asyncio.to_thread(self._value, pool, found)
        price = cost(reading.engine.name, pool.spent)
        run = run_of(reading, pool.spent, cost_usd=price, seconds=time.monotonic() - began)
        facts = {"prompt": pool.prompt, "schema_": task_of(self.ask).schema_fingerprint}
        sentences = sum(len(one.article.sentences) for one in self.analyses)
        return Result[Digest](
            task=self.ask.task.name,
            status="incomplete" if pool.unread else "complete",
            value=value,
            issues=list(pool.issues),
            coverage=Coverage(sentences=sentences, read=sentences - pool.unread),
            article=of_several(f"{len(self.analyses):,} articles"),
            run=run.model_copy(update=facts),
        )

    async def _by_code(self, analysis: Analysis, reading: Reading) -> list[Any]:
        points = self.ask.options.values()["points"]
        length = {"points": points, "words": WORDS * points}
        asks = [
            task.ask(**{name: value for name, value in length.items() if name in task.options.model_fields})
            for task in registry.tasks_of("brief")
        ]
        return [one.value for one in await long.read(analysis.article, asks, reading, analysis=analysis)]

    def _value(self, pool: Pool, found: Sequence[Sequence[Any]]) -> Digest:
        checker = self.reading.checker
        against, left = contradictions(compared(pool.told, self.analyses, checker), pool.against)
        entities, ids = merged_entities([_of(one, Entities) for one in found], self.analyses)
        timelines = [_of(one, Timeline) for one in found]
        return Digest(
            agreed=[one.whole for one in left if len(one.evidence) > 1],
            contradictions=against,
            single=[one.whole for one in left if len(one.evidence) == 1],
            entities=entities,
            timeline=merged_events(timelines, ids, self.analyses, partial(says, checker=checker)),
            articles=[reference(one.article) for one in self.analyses],
        )


def _points(found: Sequence[Sequence[Any]], analyses: Sequence[Analysis]) -> list[Told]:
    """The points of each summary, and its headline where no point says as much."""
    told: list[Told] = []
    for at, values in enumerate(found):
        summary, taken = _of(values, Summary), set[int]()
        for claim in [*summary.points, summary.headline] if summary else ():
            numbers = {span.sentence for span in claim.evidence}
            if not numbers <= taken:
                taken |= numbers
                told.append(Told(_ended(claim), {at: of_article(claim, analyses[at].article.id).evidence}))
    return told


def _ended(claim: Claim) -> Claim:
    """A claim with a full stop: a headline has none, and stands here among points."""
    return claim if claim.text.endswith(_ENDS) else claim.model_copy(update={"text": f"{claim.text}."})


def _of(values: Sequence[Any], form: type[Any]) -> Any:
    return next((value for value in values if isinstance(value, form)), None)
