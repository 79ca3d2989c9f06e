"""Who and what is named, dates and quantities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict

from summarizer.analysis import Analysis
from summarizer.analysis.entities import FoundEntity
from summarizer.analysis.phrases import places_of
from summarizer.analysis.words import fold
from summarizer.article import Article
from summarizer.engines.prompting import Part, shown
from summarizer.grounding import Grounder
from summarizer.schemas.entities import (
    DateMention,
    Entities,
    EntitiesDraft,
    EntitiesOptions,
    Entity,
    EntityDraft,
    EntityType,
    Quantity,
)
from summarizer.schemas.evidence import Mention
from summarizer.tasks.base import Merging, Misread, Task
from summarizer.tasks.scoring import GoldPlace, Score, ranges, score_dates, score_names
from summarizer.tasks.settling import kept, words_of
from summarizer.tasks.view import Line, Section, section
from summarizer.values.spoken import date_in_words, quantity_in_words

SURE = 0.9
SURE_PLACE = 0.95
GROUPS: dict[str, tuple[str, ...]] = {
    "people": ("person",),
    "organisations": ("organisation", "group"),
    "places": ("place",),
    "also named": ("event", "work", "product", "other"),
}


class GoldName(GoldPlace):
    """A name as it stands in the text, with its type."""

    type: EntityType


class GoldDate(GoldPlace):
    """A temporal expression with its value as ISO 8601; null where the article does not tell."""

    iso: str | None


class GoldEntities(BaseModel):
    """The names and dates of an article; `unscored` are names within names, neither right nor wrong."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: list[GoldName] | None = None
    unscored: list[GoldPlace] = []
    dates: list[GoldDate] | None = None


class EntitiesTask(Task[EntitiesDraft, Entities, EntitiesOptions]):
    """See the file's first line."""

    name = "entities"
    phrases = frozenset({"role"})
    draft, value, options = EntitiesDraft, Entities, EntitiesOptions

    def candidates(self, analysis: Analysis, options: EntitiesOptions, part: Part) -> Iterator[str]:
        """The names that code found in a part, by their numbers in the whole article.

        Places code is sure of go without asking: a model has neither another type nor a role to give them.
        """
        named = zip(_handles(analysis.entities), analysis.entities, strict=True)
        for number, (name, found) in enumerate(named, 1):
            sure = found.entity.type == "place" and found.certainty >= SURE_PLACE
            if not sure and any(mention.sentence in part.numbers for mention in found.entity.mentions):
                yield f"{number} {shown(name)}"

    def propose(self, analysis: Analysis, options: EntitiesOptions) -> EntitiesDraft:
        """Every candidate as code found it."""
        found = enumerate(analysis.entities, 1)
        drafts = [EntityDraft(ids=[n], name=None, type=one.entity.type, evidence=[], role=None) for n, one in found]
        return EntitiesDraft(entities=drafts)

    def settle(self, draft: EntitiesDraft, options: EntitiesOptions, grounder: Grounder) -> Entities:
        """Entities as the model chose among the candidates of code, with the dates and quantities code found.

        A candidate the model left out stays when code is sure of it or it is named more than once.
        """
        analysis = grounder.analysis
        taken: set[int] = set()
        chosen = kept(draft.entities, "/entities", partial(_entity, taken), grounder)
        left = [found for n, found in enumerate(analysis.entities, 1) if n not in taken]
        chosen += [found.entity for found in left if found.certainty >= SURE or len(found.entity.mentions) > 1]
        chosen.sort(key=lambda entity: entity.mentions[0].start)
        return Entities(entities=chosen, dates=list(analysis.dates), quantities=list(analysis.quantities))

    async def merge(self, drafts: Sequence[EntitiesDraft], options: EntitiesOptions, merging: Merging) -> EntitiesDraft:
        """Each thing once: candidates that more parts join than keep apart are one, as are names that are none."""
        first = _first_of_each([draft.entities for draft in drafts])
        groups: dict[int | str, list[EntityDraft]] = {}
        for one in (entity for draft in drafts for entity in draft.entities):
            keys: list[int | str] = [*sorted({first[number] for number in one.ids})]
            # A role given to two at once: whose it is, is not known.
            mine = one.model_copy(update={"role": None, "evidence": []}) if len(keys) > 1 else one
            for key in keys or [(one.name or "").casefold()]:
                groups.setdefault(key, []).append(mine)
        members: dict[int | str, list[int]] = {}
        for number, key in sorted(first.items()):
            members.setdefault(key, []).append(number)
        return EntitiesDraft(entities=[_one(group, members.get(key, [])) for key, group in groups.items()])

    def view(self, value: Entities) -> Iterator[Section]:
        """By kind, the most often named first; then dates and quantities."""
        for title, types in GROUPS.items():
            found = sorted((one for one in value.entities if one.type in types), key=lambda one: -len(one.mentions))
            yield from section(title, (_line(entity, rank) for rank, entity in enumerate(found)))
        yield from section("dates", (_figure(one, date_in_words(one.iso, one.text)) for one in value.dates))
        yield from section("quantities", (_figure(one, quantity_in_words(one)) for one in value.quantities))

    def rows(self, value: Entities) -> Iterator[dict[str, Any]]:
        """One row an entity, a date, a quantity."""
        for one in value.entities:
            aliases, role = "; ".join(one.aliases), one.role.text if one.role else None
            yield _row(one.type, one.name, one.mentions, aliases=aliases, role=role)
        for date in value.dates:
            yield _row("date", date.text, date.mentions, value=date.iso)
        for amount in value.quantities:
            yield _row("quantity", amount.text, amount.mentions, value=_measure(amount.value, amount.unit))

    def gold(self) -> type[BaseModel]:
        """Names and dates."""
        return GoldEntities

    def score(self, gold: GoldEntities, values: Sequence[Entities | None], article: Article) -> Iterator[Score]:
        """Names by exact span and type; dates by overlap and value."""
        value = values[0] or Entities(entities=[], dates=[], quantities=[])
        if gold.names is not None:
            wanted_names = {span: name.type for name, span in ranges(gold.names, article.text)}
            ignored = {span for _, span in ranges(gold.unscored, article.text)}
            given = {(m.start, m.end): entity.type for entity in value.entities for m in entity.mentions}
            yield from score_names(wanted_names, {span: kind for span, kind in given.items() if span not in ignored})
        if gold.dates is not None:
            wanted = [(span, one.iso) for one, span in ranges(gold.dates, article.text)]
            yield from score_dates(wanted, [((m.start, m.end), d.iso) for d in value.dates for m in d.mentions])

    def misread(self, value: Entities, grounder: Grounder | None) -> Iterator[Misread]:
        """Names, ids, dates and quantities that are not what the text gives."""
        if grounder:
            analysis = grounder.analysis
            yield from _misread_names(value, analysis)
            yield from _misread("dates", "wrong_date", value.dates, analysis.dates)
            yield from _misread("quantities", "wrong_quantity", value.quantities, analysis.quantities)


def _entity(taken: set[int], proposed: EntityDraft, where: str, grounder: Grounder) -> Entity | None:
    """The entity of the candidates a model joined, or of a name it found itself."""
    candidates = grounder.analysis.entities
    # Places code is sure of are not shown to a model, which may name them all the same.
    known = [n for n, one in enumerate(candidates, 1) if proposed.name in (one.entity.name, *one.entity.aliases)]
    members = [n for n in proposed.ids or known[:1] if 0 < n <= len(candidates) and n not in taken]
    taken.update(members)
    if members:
        return _merged([candidates[n - 1] for n in members], proposed, where, grounder)
    return _named(proposed, where, grounder)


def _merged(found: list[FoundEntity], proposed: EntityDraft, where: str, grounder: Grounder) -> Entity:
    first, *others = [one.entity for one in found]
    names = dict.fromkeys([*first.aliases, *(name for other in others for name in (other.name, *other.aliases))])
    names.pop(first.name, None)
    mentions = sorted((m for one in found for m in one.entity.mentions), key=lambda mention: mention.start)
    grounder.count(f"{where}/type")
    known_role = next((one.entity.role for one in found if one.entity.role), None)
    role = words_of(proposed.role, proposed.evidence, f"{where}/role", grounder) or known_role
    return first.model_copy(update={"type": proposed.type, "aliases": list(names), "mentions": mentions, "role": role})


def _named(proposed: EntityDraft, where: str, grounder: Grounder) -> Entity | None:
    """An entity code had not found: it enters only where its name stands in a sentence of the article."""
    name = (proposed.name or "").strip()
    mentions = places_of(name, grounder.analysis.article) if name else []
    if not mentions:
        message = f"{name!r} is nowhere in the article" if name else "it names nothing"
        grounder.note("unknown_name", where, message, "dropped")
        return None
    candidates = grounder.analysis.entities
    known = {mention.start for found in candidates for mention in found.entity.mentions}
    if any(mention.start in known for mention in mentions):
        grounder.note("duplicate", where, f"{name!r} is another entity's name", "dropped")
        return None
    grounder.count(f"{where}/type")
    return Entity(
        id=f"e{len(candidates) + int(where.rpartition('/')[2]) + 1}",
        name=name,
        type=proposed.type,
        aliases=[],
        role=words_of(proposed.role, proposed.evidence, f"{where}/role", grounder),
        mentions=mentions,
    )


def _handles(entities: Sequence[FoundEntity]) -> list[str]:
    """What each candidate is called in a list: the shortest of its names that can mean no other candidate."""
    called = [(found.entity.name, *found.entity.aliases) for found in entities]
    short = [(*names, *_surname(found)) for found, names in zip(entities, called, strict=True)]
    owners = Counter(part for names in called for part in {part for name in names for part in _parts(name)})
    return [min((name for name in names if owners[name] == 1), key=len, default=names[0]) for names in short]


def _surname(found: FoundEntity) -> tuple[str, ...]:
    """The last of a person's two names; of three or more the family's is not always the last."""
    parts = found.entity.name.split()
    return (parts[1],) if found.entity.type == "person" and len(parts) == 2 else ()


def _parts(name: str) -> Iterator[str]:
    """Every run of whole words in a name."""
    words = name.split()
    return (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def _first_of_each(parts: Sequence[Sequence[EntityDraft]]) -> dict[int, int]:
    """Candidate -> the smallest of those that mean the same, by the votes of the parts that saw both."""
    joined = Counter(pair for part in parts for one in part for pair in pairwise(sorted(set(one.ids))))
    where = [{number: at for at, one in enumerate(part) for number in one.ids} for part in parts]
    first = {number: number for seen in where for number in seen}

    def root(number: int) -> int:
        while first[number] != number:
            number = first[number]
        return number

    for (one, other), votes in joined.items():
        apart = sum(one in seen and other in seen and seen[one] != seen[other] for seen in where)
        if votes > apart:
            low, high = sorted((root(one), root(other)))
            first[high] = low
    return {number: root(number) for number in first}


def _one(group: Sequence[EntityDraft], ids: list[int]) -> EntityDraft:
    """A group as one: all its candidates, the type most parts give, and the first role any of them gives."""
    kind = Counter(one.type for one in group).most_common(1)[0][0]
    told = next((one for one in group if one.role), group[0])
    change = {"ids": ids, "type": kind, "role": told.role, "evidence": told.evidence}
    return group[0].model_copy(update=change)


def _figure(one: DateMention | Quantity, words: str) -> Line:
    """A date or quantity as the article gives it, and in other words where they say more."""
    shown = _plain(one.text)
    return Line(shown, one.mentions[:1], note="" if words == shown else words, minor=True)


def _line(entity: Entity, rank: int) -> Line:
    """A name with what the article calls it and says it is; the seldom named ones further down are minor."""
    note = entity.role.text if entity.role else ""
    also = f"also {', '.join(entity.aliases)}" if entity.aliases else ""
    evidence = entity.role.evidence if entity.role else entity.mentions[:1]
    minor = rank >= 6 or entity.type not in ("person", "organisation")
    label = f"{len(entity.mentions)}×"
    return Line(entity.name, evidence, label=label, note="; ".join(filter(None, (note, also))), minor=minor)


def _row(kind: str, name: str, mentions: Sequence[Mention], **facts: str | None) -> dict[str, Any]:
    """One row; a result from elsewhere may have no mention."""
    places = {"mentions": len(mentions), "sentence": mentions[0].sentence if mentions else None}
    return {"kind": kind, "name": _plain(name), "aliases": "", "role": None, **places, "value": None, **facts}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _measure(value: float | None, unit: str | None) -> str | None:
    return None if value is None else f"{value:g} {unit or ''}".strip()


def _misread_names(value: Entities, analysis: Analysis) -> Iterator[Misread]:
    """Names that the text does not have, mentions that are no name of theirs, ids that are another entity's.

    An entity that code found as well has the id code gave it: participants of events point at it.
    """
    text, found = fold(_plain(analysis.article.text)), [one.entity for one in analysis.entities]
    known = {mention.start: one.id for one in found for mention in one.mentions}
    for number, entity in enumerate(value.entities):
        where, names = f"/entities/{number}", {fold(_plain(name)): name for name in (entity.name, *entity.aliases)}
        for folded, name in names.items():
            if folded not in text:
                yield Misread(where, "unknown_name", f"{name!r} is nowhere in the article")
        for at, mention in enumerate(entity.mentions):
            told = fold(_plain(mention.text))
            if not any(told in name or name in told for name in names):
                message = f"{mention.text!r} is no name of {entity.name!r}"
                yield Misread(f"{where}/mentions/{at}", "wrong_mention", message)
        ids = {known[mention.start] for mention in entity.mentions if mention.start in known}
        if ids and entity.id not in ids:
            message = f"{entity.id!r} is {', '.join(sorted(ids))} in this article"
            yield Misread(f"{where}/id", "wrong_mention", message)


def _misread(
    field: str, code: str, told: Sequence[DateMention | Quantity], right: Sequence[DateMention | Quantity]
) -> Iterator[Misread]:
    """Dates or quantities that are not what code reads where they stand."""
    known = {mention.start: one for one in right for mention in one.mentions}
    for number, one in enumerate(told):
        if one not in right:
            read = known.get(one.mentions[0].start) if one.mentions else None
            message = f"{_meaning(one)} is not read there" + (f"; {_meaning(read)} is" if read else "")
            yield Misread(f"/{field}/{number}", code, message)


def _meaning(one: DateMention | Quantity) -> str:
    facts = one.model_dump(exclude={"text", "mentions"}, exclude_none=True)
    return f"{one.text!r} ({', '.join(f'{name} {fact}' for name, fact in facts.items()) or 'unknown'})"


TASK = EntitiesTask()
