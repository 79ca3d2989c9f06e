"""Entities and events of several articles as one list each, every mention with the id of its article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.schemas.entities import Entities, Entity
from summarizer.schemas.evidence import Claim, Span
from summarizer.schemas.timeline import Event, Timeline
from summarizer.search.agreement import of_article
from summarizer.values.calendar_values import in_order

Ids = dict[tuple[int, str], str]


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
    values: Sequence[Timeline | None],
    ids: Ids,
    analyses: Sequence[Analysis],
    says: Callable[[Sequence[Span], str, Analysis], bool],
) -> list[Event]:
    """Each event once, in order of time: of two on one day and of one certainty those that say the same are one.

    `ids` are the new ids of entities; `says` tells whether sentences of an article say a text.
    """
    kept: list[tuple[int, Event]] = []
    for at, value in enumerate(values):
        for event in value.events if value else ():
            claim = of_article(event.claim, analyses[at].article.id)
            who = [ids[at, one] for one in event.participants if (at, one) in ids]
            for place, (other, known) in enumerate(kept):
                alike = event.when and (known.when, known.certainty) == (event.when, event.certainty)
                if alike and other != at and says(claim.evidence, known.claim.text, analyses[at]):
                    kept[place] = other, _with(known, claim, who)
                    break
            else:
                kept.append((at, event.model_copy(update={"claim": claim, "participants": who})))
    return sorted((event for _, event in kept), key=lambda event: in_order(event.when))


def _with(known: Event, claim: Claim, who: Sequence[str]) -> Event:
    """A known event with the evidence and the participants of another article."""
    evidence = [*known.claim.evidence, *claim.evidence]
    participants = list(dict.fromkeys([*known.participants, *who]))
    return known.model_copy(
        update={"claim": known.claim.model_copy(update={"evidence": evidence}), "participants": participants}
    )


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
