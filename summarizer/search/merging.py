"""Entities and events of several articles as one list each, every mention with the id of its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold
from summarizer.grounding import Checker
from summarizer.schemas.entities import Entities, Entity
from summarizer.schemas.evidence import Claim
from summarizer.schemas.timeline import Event, Timeline
from summarizer.search.agreement import says

Ids = dict[tuple[int, str], str]


def merged_entities(values: Sequence[Entities | None], analyses: Sequence[Analysis]) -> tuple[list[Entity], Ids]:
    """Each thing once, the most often named first; and its new id by article and old id.

    Two are one where they are of a type and one's full name is among the other's names.
    """
    groups: list[list[tuple[int, Entity]]] = []
    for at, value in enumerate(values):
        for one in value.entities if value else ():
            same = next((group for group in groups if any(_same(one, other) for _, other in group)), None)
            if same is None:
                groups.append([(at, one)])
            else:
                same.append((at, one))
    groups.sort(key=lambda group: -sum(len(one.mentions) for _, one in group))
    ids = {(at, one.id): f"e{number}" for number, group in enumerate(groups, 1) for at, one in group}
    return [_entity(f"e{number}", group, analyses) for number, group in enumerate(groups, 1)], ids


@dataclass(frozen=True)
class EventMerger:
    """Events of several articles as one list. `ids` are the new ids of entities."""

    analyses: Sequence[Analysis]
    ids: Ids
    checker: Checker

    def merged(self, values: Sequence[Timeline | None]) -> list[Event]:
        """Each event once: of two on one day and of one certainty those that say the same, by the check, are one."""
        kept: list[tuple[int, Event]] = []
        for at, value in enumerate(values):
            for event in value.events if value else ():
                new = self._of_article(event, at)
                same = next((n for n, (other, known) in enumerate(kept) if self._says(new, at, known, other)), None)
                if same is None:
                    kept.append((at, new))
                else:
                    kept[same] = kept[same][0], _joined(kept[same][1], new)
        return [event for _, event in kept]

    def _of_article(self, event: Event, at: int) -> Event:
        who = [self.ids[at, one] for one in event.participants if (at, one) in self.ids]
        return event.model_copy(update={"claim": of_article(event.claim, self.analyses[at]), "participants": who})

    def _says(self, new: Event, at: int, known: Event, other: int) -> bool:
        """Whether a new event's sentences say a known one: then they are further evidence for it."""
        if other == at or not new.when or (known.when, known.certainty) != (new.when, new.certainty):
            return False
        return says(new.claim.evidence, known.claim.text, self.analyses[at], self.checker)


def _joined(known: Event, new: Event) -> Event:
    claim = known.claim.model_copy(update={"evidence": [*known.claim.evidence, *new.claim.evidence]})
    who = list(dict.fromkeys([*known.participants, *new.participants]))
    return known.model_copy(update={"claim": claim, "participants": who})


def of_article(claim: Claim, analysis: Analysis) -> Claim:
    """The claim with the article's id on its evidence."""
    spans = [span.model_copy(update={"article": analysis.article.id}) for span in claim.evidence]
    return claim.model_copy(update={"evidence": spans})


def _same(one: Entity, other: Entity) -> bool:
    if one.type != other.type:
        return False
    names, others = set(map(fold, (one.name, *one.aliases))), set(map(fold, (other.name, *other.aliases)))
    return fold(one.name) in others or fold(other.name) in names


def _entity(identity: str, group: Sequence[tuple[int, Entity]], analyses: Sequence[Analysis]) -> Entity:
    names = Counter({name: 1 for _, one in group for name in (one.name, *one.aliases)})
    for _, one in group:
        names[one.name] += len(one.mentions)
    name = max(names, key=lambda name: (name in {one.name for _, one in group}, len(name.split()), names[name]))
    role = next((of_article(one.role, analyses[at]) for at, one in group if one.role), None)
    mentions = [(analyses[at].article.id, mention) for at, one in group for mention in one.mentions]
    return Entity(
        id=identity,
        name=name,
        type=group[0][1].type,
        aliases=[other for other in names if other != name],
        role=role,
        mentions=[mention.model_copy(update={"article": article}) for article, mention in mentions],
    )
