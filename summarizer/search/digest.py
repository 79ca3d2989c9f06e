"""A digest: several articles on one matter read as one, every claim checked in the article it is from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from summarizer import long
from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.article import Article
from summarizer.engines.code import CodeEngine
from summarizer.engines.engine import Ask
from summarizer.errors import InputError, UsageError
from summarizer.grounding import Checker
from summarizer.models.providers import cost
from summarizer.pipeline import Reading, analysis_of, reference, run_of, task_of
from summarizer.schemas.digest import Digest
from summarizer.schemas.entities import Entities, Entity
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Coverage, Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Event, Timeline
from summarizer.search.agreement import Told, compared, contradictions, of_article, says
from summarizer.search.many import of_several
from summarizer.search.together import GroupReader, Pool
from summarizer.tasks import registry
from summarizer.values.calendar_values import in_order

_ENDS = (".", "!", "?", "…", '"', "”", "’", ")")
WORDS = 30
"""Of a statement that is taken from an article, on an average."""

Ids = dict[tuple[int, str], str]
"""The new id of an entity by article and old id."""


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
    began, analyses = time.monotonic(), tuple(map(analysis_of, different))
    by_code = replace(reading, engine=CodeEngine())
    found = [await long.read(one.article, _brief(ask), by_code, analysis=one) for one in analyses]
    values = [[result.value for result in results] for results in found]
    if reading.engine.window is None:
        pool, reading = Pool(told=_points(values, analyses)), by_code
    else:
        pool = await GroupReader(ask, reading, analyses).pool()
    value = await asyncio.to_thread(_value, pool, values, analyses, reading.checker)
    price = cost(reading.engine.name, pool.spent)
    run = run_of(reading, pool.spent, cost_usd=price, seconds=time.monotonic() - began)
    facts = {"prompt": pool.prompt, "schema_": task_of(ask).schema_fingerprint}
    sentences = sum(len(one.article.sentences) for one in analyses)
    return Result[Digest](
        task=ask.task.name,
        status="incomplete" if pool.unread else "complete",
        value=value,
        issues=list(pool.issues),
        coverage=Coverage(sentences=sentences, read=sentences - pool.unread),
        article=of_several(f"{len(analyses):,} articles"),
        run=run.model_copy(update=facts),
    )


def _brief(ask: Ask) -> list[Ask]:
    points = ask.options.values()["points"]
    length = {"points": points, "words": WORDS * points}
    return [
        task.ask(**{name: value for name, value in length.items() if name in task.options.model_fields})
        for task in registry.tasks_of("brief")
    ]


def _value(pool: Pool, found: Sequence[Sequence[Any]], analyses: Sequence[Analysis], checker: Checker) -> Digest:
    against, left = contradictions(compared(pool.told, analyses, checker), pool.against)
    entities, ids = merged_entities([_of(one, Entities) for one in found], analyses)
    timelines = [_of(one, Timeline) for one in found]
    return Digest(
        agreed=[one.whole for one in left if len(one.evidence) > 1],
        contradictions=against,
        single=[one.whole for one in left if len(one.evidence) == 1],
        entities=entities,
        timeline=merged_events(timelines, ids, analyses, checker),
        articles=[reference(one.article) for one in analyses],
    )


def _points(found: Sequence[Sequence[Any]], analyses: Sequence[Analysis]) -> list[Told]:
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


def merged_entities(values: Sequence[Entities | None], analyses: Sequence[Analysis]) -> tuple[list[Entity], Ids]:
    """Each thing once, the most often named first; and its new id by article and old id.

    Two are one where they are of a type and one's full name is among the other's names.
    """
    groups: list[list[tuple[int, Entity]]] = []
    for at, value in enumerate(values):
        for one in value.entities if value else ():
            entity = _of_article(one, analyses[at].article.id)
            same = next((group for group in groups if any(_same(entity, other) for _, other in group)), None)
            if same is None:
                groups.append(same := [])
            same.append((at, entity))
    groups.sort(key=lambda group: -sum(len(one.mentions) for _, one in group))
    ids = {(at, one.id): f"e{number}" for number, group in enumerate(groups, 1) for at, one in group}
    return [_joined(f"e{number}", [one for _, one in group]) for number, group in enumerate(groups, 1)], ids


def merged_events(
    values: Sequence[Timeline | None], ids: Ids, analyses: Sequence[Analysis], checker: Checker
) -> list[Event]:
    """Each event once, in order of time: of two on one day and of one certainty those that say the same are one."""
    kept: list[tuple[int, Event]] = []
    for at, value in enumerate(values):
        for event in value.events if value else ():
            claim = of_article(event.claim, analyses[at].article.id)
            who = [ids[at, one] for one in event.participants if (at, one) in ids]
            for place, (other, known) in enumerate(kept):
                alike = event.when and (known.when, known.certainty) == (event.when, event.certainty)
                if alike and other != at and says(claim.evidence, known.claim.text, analyses[at], checker):
                    kept[place] = other, _with(known, claim, who)
                    break
            else:
                kept.append((at, event.model_copy(update={"claim": claim, "participants": who})))
    return sorted((event for _, event in kept), key=lambda event: in_order(event.when))


def _with(known: Event, claim: Claim, who: Sequence[str]) -> Event:
    both = known.claim.model_copy(update={"evidence": [*known.claim.evidence, *claim.evidence]})
    participants = list(dict.fromkeys([*known.participants, *who]))
    return known.model_copy(update={"claim": both, "participants": participants})


def _of_article(one: Entity, identity: str) -> Entity:
    mentions = [mention.model_copy(update={"article": identity}) for mention in one.mentions]
    return one.model_copy(update={"mentions": mentions, "role": one.role and of_article(one.role, identity)})


def _names(one: Entity) -> tuple[str, ...]:
    return one.name, *one.aliases


def _same(one: Entity, other: Entity) -> bool:
    if one.type != other.type:
        return False
    return fold(one.name) in map(fold, _names(other)) or fold(other.name) in map(fold, _names(one))


def _joined(identity: str, group: Sequence[Entity]) -> Entity:
    """One entity of all; its name is the longest of their names, of those as long the most often used."""
    named = max(group, key=lambda one: (len(one.name.split()), len(one.mentions)))
    aliases = dict.fromkeys(name for one in group for name in _names(one) if name != named.name)
    return Entity(
        id=identity,
        name=named.name,
        type=named.type,
        aliases=list(aliases),
        role=next((one.role for one in group if one.role), None),
        mentions=list(chain.from_iterable(one.mentions for one in group)),
    )
