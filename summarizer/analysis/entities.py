"""Names gathered into entities: one entity, all its mentions, its aliases and its type; `roles` says what it is.

Adjectives of nationality ("North Korean") are not entities; the name of a people ("Kurds", "the Dutch said") is a
group, and that of a language ("in French,") something other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.analysis import name_words
from summarizer.analysis.clusters import Cluster, clusters, key_of
from summarizer.analysis.mentions import Names, find_names
from summarizer.analysis.name_spans import Name
from summarizer.analysis.roles import role_of
from summarizer.article import Article
from summarizer.schemas.entities import Entity, EntityType
from summarizer.schemas.evidence import Mention

if TYPE_CHECKING:
    from summarizer.reader import Name as Heard

_TYPES: dict[str, EntityType] = {"person": "person", "organisation": "organisation", "place": "place"}
_HEADS: dict[EntityType, frozenset[str]] = {
    "event": name_words.EVENT_HEADS,
    "product": name_words.PRODUCT_HEADS,
    "work": name_words.WORK_HEADS,
    "group": name_words.GROUP_HEADS,
}
_NO_NOUNS = (name_words.PREPOSITIONS | name_words.CLAUSE_WORDS | set(".;:!?)")) - {"and"}
_LANGUAGE = frozenset({"in", "into", "from", "speak", "speaks", "spoke", "learn", "learned", "learnt"})
_BEFORE_NOUNS = _LANGUAGE | {"of", "the"}
_BEFORE_ADJECTIVES = frozenset(
    "a an are as be became become been being half is more most non not or partly than very was were -".split()
)


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity as code sees it. `certainty` (0 to 1) is of its type: a model is asked where it is low."""

    entity: Entity
    certainty: float


def find_entities(article: Article, heard: Sequence[Heard] = ()) -> tuple[FoundEntity, ...]:
    """The named things of `article` in order of first mention, with ids e1, e2 and so on.

    Args:
        article: the article.
        heard: what the learned reader takes for names in it, see `find_names`.

    """
    found = find_names(article, heard)
    listed = [name for name in found.names if name.kind != "nationality" or _is_noun(name, found)]
    gathered = clusters(listed, article.text)
    return tuple(_entity(f"e{number}", cluster, found) for number, cluster in enumerate(gathered, 1))


def _entity(number: str, cluster: Cluster, found: Names) -> FoundEntity:
    kind, best = cluster.kind, _canonical(cluster)
    entity = Entity(
        id=number,
        name=best.text,
        type=_type(cluster, found),
        aliases=_aliases(cluster, best, found.article),
        role=role_of(cluster, kind, found),
        mentions=[Mention(sentence=n.sentence, start=n.start, end=n.end, text=n.text) for n in cluster.names],
    )
    return FoundEntity(entity, round(cluster.kinds[kind], 3))


def _is_noun(name: Name, found: Names) -> bool:
    """Whether a word of nationality names a people or a language: nothing that it could describe follows it."""
    word = name.text.lower()
    if word.endswith("men") or (word.endswith("s") and word[:-1] in name_words.NATIONALITIES):
        return True
    before, after = found.beside(name)
    if after in {",", "and"}:
        return before.lower() in (_BEFORE_NOUNS if after == "," else _LANGUAGE)
    return after.lower() in _NO_NOUNS and before.lower() not in _BEFORE_ADJECTIVES


def _canonical(cluster: Cluster) -> Name:
    """The fullest name: most words, the first of them; a place goes by its most frequent name."""
    if cluster.kind == "place":
        count = Counter(key_of(name.text) for name in cluster.names)
        return max(cluster.names, key=lambda n: (count[key_of(n.text)], not n.text.isupper(), len(n.text), -n.start))
    return max(cluster.names, key=lambda n: (len(key_of(n.text)), not n.text.isupper(), -n.start))


def _aliases(cluster: Cluster, best: Name, article: Article) -> list[str]:
    """The other names in order of the article, as they stand there; "Mr Kim" beside "Kim"."""
    found: list[str] = []
    for name in cluster.names:
        if name.titles and len(key_of(name.text)) == 1:
            found.append(article.text[name.titled_start : name.end])
        found.append(name.text)
    return [" ".join(text.split()) for text in dict.fromkeys(found) if text != best.text]


def _type(cluster: Cluster, found: Names) -> EntityType:
    """The type for the user: what the tagger calls "other" is told apart by the words in and before the name."""
    kind, beside = cluster.kind, [found.beside(name) for name in cluster.names]
    if kind in _TYPES:
        return _TYPES[kind]
    if kind == "nationality":
        return "other" if all(before.lower() in _LANGUAGE for before, _ in beside) else "group"
    for name, (before, _) in zip(cluster.names, beside, strict=True):
        for entity_type, heads in _HEADS.items():
            if _head(name) in heads or (entity_type in {"work", "event"} and before.lower() in heads):
                return entity_type
    return "work" if all(before in set('“"‘') and after in set('”"’,') for before, after in beside) else "other"


def _head(name: Name) -> str:
    """The word that says what it is: the one before "of", else the last that is no number."""
    words = [word.lower() for word in name.words]
    while len(words) > 1 and set(words[-1]) <= set("0123456789ivx"):
        words.pop()
    return words[words.index("of") - 1] if "of" in words[1:] else words[-1]
