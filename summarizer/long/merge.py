"""Drafts of parts made one draft, by type: names by what they mean, events by their day, answers by their question.

Evidence passes through untouched: the parts cite the article's own sentence numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any, TypeVar

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems, fold
from summarizer.grounding import check
from summarizer.schemas.answer import AnswerDraft, AnswersDraft
from summarizer.schemas.entities import EntitiesDraft, EntityDraft
from summarizer.schemas.evidence import DraftClaim
from summarizer.schemas.timeline import EventDraft, TimelineDraft
from summarizer.settings import Level

T = TypeVar("T", bound=BaseModel)

_COMPARED = 12
_ALIKE = 0.6


def merged(drafts: Sequence[BaseModel], analysis: Analysis, level: Level) -> BaseModel:
    """One draft of the same schema. `drafts` are those of the parts, in order; there is at least one.

    A schema of a user's own is merged field by field: lists are joined without repetition, and of other fields the
    first that has something counts.
    """
    match drafts[0]:
        case EntitiesDraft():
            return EntitiesDraft(entities=merged_entities(_all(drafts, EntitiesDraft, "entities")))
        case TimelineDraft():
            return TimelineDraft(events=merged_events(_all(drafts, TimelineDraft, "events"), analysis, level))
        case AnswersDraft():
            return AnswersDraft(answers=merged_answers(_all(drafts, AnswersDraft, "answers")))
        case first:
            return _by_field(type(first), drafts)


def merged_entities(parts: Sequence[Sequence[EntityDraft]]) -> list[EntityDraft]:
    """Each thing once: drafts that share a candidate are one, unless more parts keep two candidates apart than join.

    Names that are no candidate are one where they are the same but for letter case.
    """
    group_of = _groups(parts)
    found: dict[object, list[EntityDraft]] = {}
    for proposed in (one for part in parts for one in part):
        keys: list[object] = [*sorted({group_of[number] for number in proposed.ids})]
        # A role given to two at once: whose it is, is not known.
        mine = proposed.model_copy(update={"role": None, "evidence": []}) if len(keys) > 1 else proposed
        for key in keys or [fold(proposed.name or "")]:
            found.setdefault(key, []).append(mine)
    members: dict[object, list[int]] = {}
    for number, key in group_of.items():
        members.setdefault(key, []).append(number)
    return [_one_entity(drafts, sorted(members.get(key, ()))) for key, drafts in found.items()]


def _groups(parts: Sequence[Sequence[EntityDraft]]) -> dict[int, int]:
    """Candidate -> the smallest candidate of those that mean the same, by the votes of the parts that saw both."""
    joined: Counter[tuple[int, int]] = Counter()
    where: dict[int, dict[int, int]] = {}
    for number, part in enumerate(parts):
        for at, proposed in enumerate(part):
            ids = sorted(set(proposed.ids))
            joined.update(combinations(ids, 2) if len(ids) <= _COMPARED else pairwise(ids))
            for one in ids:
                where.setdefault(one, {})[number] = at
    group = {one: one for one in where}
    for (one, other), votes in joined.items():
        both = where[one].keys() & where[other].keys()
        apart = sum(where[one][part] != where[other][part] for part in both)
        if votes > apart:
            _join(group, one, other)
    return {one: _root(group, one) for one in group}


def _join(group: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_root(group, one), _root(group, other)))
    group[second] = first


def _root(group: dict[int, int], one: int) -> int:
    while group[one] != one:
        group[one] = group[group[one]]
        one = group[one]
    return one


def _one_entity(drafts: Sequence[EntityDraft], ids: list[int]) -> EntityDraft:
    """The type most parts give, and the first role that any gives."""
    kind = Counter(draft.type for draft in drafts).most_common(1)[0][0]
    told = next((draft for draft in drafts if draft.role), drafts[0])
    return EntityDraft(ids=ids, name=None if ids else drafts[0].name, type=kind, evidence=told.evidence, role=told.role)


def merged_events(parts: Sequence[Sequence[EventDraft]], analysis: Analysis, level: Level) -> list[EventDraft]:
    """Every event once. Of two on one date the later goes when the sentences of the earlier say all that it says."""
    kept: list[EventDraft] = []
    told: dict[tuple[str | None, str], list[int]] = {}
    for event in (one for part in parts for one in part):
        stems = set(content_stems(event.text))
        shared = Counter(n for stem in stems for n in told.get((event.when, stem), ()))
        alike = [n for n, count in shared.most_common(_COMPARED) if count >= _ALIKE * len(stems)]
        if any(_says_all(kept[n], event, analysis, level) for n in alike):
            continue
        for stem in stems:
            told.setdefault((event.when, stem), []).append(len(kept))
        kept.append(event)
    return kept


def _says_all(known: EventDraft, new: EventDraft, analysis: Analysis, level: Level) -> bool:
    if known.certainty != new.certainty:
        return False
    evidence = [span for span in known.evidence if span.resolved]
    return bool(evidence) and check(new.text, evidence, level=Level(level), article=analysis).supported is True


def merged_answers(parts: Sequence[Sequence[AnswerDraft]]) -> list[AnswerDraft]:
    """One answer a question: all that the parts found. A short answer stays where no two parts give different ones."""
    by_question: dict[int, list[AnswerDraft]] = {}
    for answer in (one for part in parts for one in part):
        by_question.setdefault(answer.question, []).append(answer)
    return [_one_answer(number, answers) for number, answers in sorted(by_question.items())]


def _one_answer(number: int, answers: Sequence[AnswerDraft]) -> AnswerDraft:
    found = [answer for answer in answers if answer.found]
    claims: dict[str, DraftClaim] = {}
    for claim in (one for answer in found for one in answer.claims):
        claims.setdefault(fold(claim.text), claim)
    shorts = {fold(answer.short): answer.short for answer in found if answer.short}
    short = next(iter(shorts.values())) if len(shorts) == 1 else None
    return AnswerDraft(question=number, found=bool(found), claims=list(claims.values()), short=short)


def _all(drafts: Sequence[BaseModel], schema: type[T], field: str) -> list[list[Any]]:
    return [list(getattr(draft, field)) for draft in drafts if isinstance(draft, schema)]


def _by_field(schema: type[T], drafts: Iterable[BaseModel]) -> T:
    every = [{name: getattr(draft, name) for name in schema.model_fields} for draft in drafts]
    joined: dict[str, Any] = {}
    for name in schema.model_fields:
        values = [draft[name] for draft in every]
        if all(isinstance(value, list) for value in values):
            joined[name] = _distinct(item for value in values for item in value)
        else:
            joined[name] = next((value for value in values if value not in (None, "", [], {})), values[0])
    return schema.model_construct(**joined)


def _distinct(items: Iterable[Any]) -> list[Any]:
    seen: dict[str, Any] = {}
    for item in items:
        key = item.model_dump_json() if isinstance(item, BaseModel) else repr(item)
        seen.setdefault(key, item)
    return list(seen.values())
