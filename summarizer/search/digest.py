"""A digest: several articles on one matter read as one, every claim checked in the article it is from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarizer import long
from summarizer.analysis import Analysis
from summarizer.analysis.calendar_values import in_order
from summarizer.article import Article
from summarizer.engines.code import CodeEngine
from summarizer.engines.engine import Ask
from summarizer.errors import InputError, UsageError
from summarizer.models.prices import cost
from summarizer.pipeline import Reading, analysis_of, reference, run_of, task_of
from summarizer.schemas.digest import Digest
from summarizer.schemas.entities import Entities
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import ArticleRef, Coverage, Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline
from summarizer.search.agreement import Told, compared, contradictions
from summarizer.search.merging import EventMerger, merged_entities
from summarizer.search.together import GroupReader, Pool
from summarizer.tasks import registry

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
            article=ArticleRef(
                id="", source=f"{len(self.analyses):,} articles", title=None, published=None, characters=0
            ),
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
        told = compared(pool.told, self.analyses, checker)
        against, left = contradictions(told)
        known = _places(side for one in pool.contradictions for side in one.sides)
        further = [one for one in against if not _places(one.sides) & known]
        claims = [claim for one in left if not _places([claim := one.whole]) <= known]
        entities, ids = merged_entities([_of(one, Entities) for one in found], self.analyses)
        events = EventMerger(self.analyses, ids, checker).merged([_of(one, Timeline) for one in found])
        return Digest(
            agreed=[claim for claim in claims if _articles(claim) > 1],
            contradictions=[*pool.contradictions, *further],
            single=[claim for claim in claims if _articles(claim) == 1],
            entities=entities,
            timeline=sorted(events, key=lambda event: in_order(event.when)),
            articles=[reference(one.article) for one in self.analyses],
        )


def _points(found: Sequence[Sequence[Any]], analyses: Sequence[Analysis]) -> list[Told]:
    """The points of each summary, and its headline where no point says as much."""
    told: list[Told] = []
    for at, values in enumerate(found):
        summary = _of(values, Summary)
        claims = [] if summary is None else [*summary.points, summary.headline]
        taken: set[int] = set()
        for claim in claims:
            if taken.issuperset(span.sentence for span in claim.evidence):
                continue
            taken |= {span.sentence for span in claim.evidence}
            identity = analyses[at].article.id
            spans = [span.model_copy(update={"article": identity}) for span in claim.evidence]
            told.append(Told(claim, {at: spans}))
    return told


def _of(values: Sequence[Any], form: type[Any]) -> Any:
    return next((value for value in values if isinstance(value, form)), None)


def _articles(claim: Claim) -> int:
    return len({span.article for span in claim.evidence})


def _places(claims: Iterable[Claim]) -> set[tuple[str | None, int]]:
    """Article and sentence of all evidence."""
    return {(span.article, span.sentence) for claim in claims for span in claim.evidence}
