"""From an entity draft to entities whose names and roles stand in the article."""

from __future__ import annotations

from summarizer.analysis.consistency import find_conflicts
from summarizer.analysis.entities import FoundEntity
from summarizer.article import Article
from summarizer.grounding.grounder import Grounded, Grounder
from summarizer.grounding.phrases import stands_in
from summarizer.schemas.entities import Entities, EntitiesDraft, Entity, EntityDraft
from summarizer.schemas.evidence import Claim, Mention

SURE = 0.9


def settle_entities(draft: EntitiesDraft, grounder: Grounder) -> Grounded[Entities]:
    """Entities as the model chose among the candidates of code, with the dates and quantities code found.

    A candidate the model left out stays when code is sure of it or it is named more than once.
    """
    candidates = grounder.analysis.entities
    taken: set[int] = set()
    chosen: list[Entity] = []
    for number, proposed in enumerate(draft.entities):
        where = f"/entities/{number}"
        members = [n for n in proposed.ids if 0 < n <= len(candidates) and n not in taken]
        taken.update(members)
        entity = (
            _merged([candidates[n - 1] for n in members], proposed, where, grounder)
            if members
            else _named(proposed, where, grounder)
        )
        if entity:
            chosen.append(entity)
    left = [found for n, found in enumerate(candidates, 1) if n not in taken]
    chosen += [found.entity for found in left if found.certainty >= SURE or len(found.entity.mentions) > 1]
    chosen.sort(key=lambda entity: entity.mentions[0].start)
    analysis = grounder.analysis
    grounder.issues.extend(find_conflicts(analysis.article, analysis.quantities, analysis.dates))
    return grounder.grounded(
        Entities(entities=chosen, dates=list(analysis.dates), quantities=list(analysis.quantities))
    )


def _merged(found: list[FoundEntity], proposed: EntityDraft, where: str, grounder: Grounder) -> Entity:
    first, *others = [one.entity for one in found]
    names = dict.fromkeys([*first.aliases, *(name for other in others for name in (other.name, *other.aliases))])
    names.pop(first.name, None)
    mentions = sorted((m for one in found for m in one.entity.mentions), key=lambda mention: mention.start)
    grounder.count(f"{where}/type")
    known_role = next((one.entity.role for one in found if one.entity.role), None)
    role = _role(proposed, where, grounder) or known_role
    return first.model_copy(update={"type": proposed.type, "aliases": list(names), "mentions": mentions, "role": role})


def _named(proposed: EntityDraft, where: str, grounder: Grounder) -> Entity | None:
    """An entity code had not found: it enters only where its name stands in a sentence of the article."""
    name = (proposed.name or "").strip()
    mentions = _mentions(name, grounder.analysis.article) if name else []
    if not mentions:
        grounder.note(
            "unknown_name", where, f"{name!r} is nowhere in the article" if name else "it names nothing", "dropped"
        )
        return None
    known = {mention.start for found in grounder.analysis.entities for mention in found.entity.mentions}
    if any(mention.start in known for mention in mentions):
        grounder.note("duplicate", where, f"{name!r} is another entity's name", "dropped")
        return None
    grounder.count(f"{where}/type")
    number = len(grounder.analysis.entities) + int(where.rpartition("/")[2]) + 1
    return Entity(
        id=f"e{number}",
        name=name,
        type=proposed.type,
        aliases=[],
        role=_role(proposed, where, grounder),
        mentions=mentions,
    )


def _mentions(name: str, article: Article) -> list[Mention]:
    mentions, start = [], article.text.find(name)
    while start >= 0:
        end = start + len(name)
        sentence = article.sentence_at(start)
        whole = not (article.text[start - 1 : start].isalnum() or article.text[end : end + 1].isalnum())
        if sentence and end <= sentence.end and whole:
            mentions.append(Mention(sentence=sentence.number, start=start, end=end, text=name))
        start = article.text.find(name, end)
    return mentions


def _role(proposed: EntityDraft, where: str, grounder: Grounder) -> Claim | None:
    """A role must be words of a sentence it cites."""
    role = " ".join((proposed.role or "").split())
    if not role:
        return None
    cited = [span for span in proposed.evidence if span.resolved]
    if telling := [span for span in cited if stands_in(role, span.text)]:
        grounder.count(f"{where}/role")
        return Claim(text=role, evidence=telling[:1], support="verbatim")
    flagged = grounder.policy == "flag" and bool(cited)
    message = f"{role!r} is not in the cited sentences"
    grounder.amend("ungrounded", f"{where}/role", message, "flagged" if flagged else "dropped")
    return Claim(text=role, evidence=cited, support="unchecked") if flagged else None
