"""Names gathered into entities: one entity, all its mentions, its aliases, its type and role.

Adjectives of nationality ("North Korean") are not entities; the name of a people ("Kurds", "the Dutch said") is a
group, and that of a language ("in French,") something other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.analysis import name_words
from summarizer.analysis.clusters import Cluster, clusters, key_of
from summarizer.analysis.mentions import Heard, Names, find_names
from summarizer.analysis.name_spans import Name
from summarizer.analysis.roles import role_of
from summarizer.analysis.words import fold
from summarizer.article import Article
from summarizer.schemas.entities import Entity, EntityType
from summarizer.schemas.evidence import Mention

_TITLES_FOR_ANYONE = ("mr", "mrs", "ms", "dr")
_TYPES: dict[str, EntityType] = {"person": "person", "organisation": "organisation", "place": "place"}
_HEADS: tuple[tuple[EntityType, frozenset[str]], ...] = (
    ("event", name_words.EVENT_HEADS),
    ("product", name_words.PRODUCT_HEADS),
    ("work", name_words.WORK_HEADS),
    ("group", name_words.GROUP_HEADS),
)


_NO_NOUNS = (name_words.PREPOSITIONS | name_words.CLAUSE_WORDS | frozenset(".;:!?)")) - {"and"}
_LANGUAGE = frozenset({"in", "into", "from", "speak", "speaks", "spoke", "learn", "learned", "learnt"})
_BEFORE_NOUNS = _LANGUAGE | {"of", "the"}
_BEFORE_ADJECTIVES = frozenset(
    "a an are as be became become been being half is more most non not or partly than very was were -".split()
)


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity as code sees it. `certainty` (0 to 1) is of its type: a model is asked where it is low.

    `kinds` are the probabilities of `person`, `organisation`, `place` and `other`, which holds all finer types.
    """

    entity: Entity
    certainty: float
    kinds: Mapping[EntityType, float]


def find_entities(article: Article, heard: Sequence[Heard] = ()) -> tuple[FoundEntity, ...]:
    """The named things of `article` in order of first mention, with ids e1, e2 and so on."""
    found = find_names(article, heard)
    listed = [name for name in found.names if name.kind != "nationality" or _is_noun(name, found)]
    gathered = clusters(listed, article.text)
    return tuple(_entity(number, cluster, found) for number, cluster in enumerate(gathered, 1))


def aliases_of(entities: Sequence[FoundEntity]) -> Mapping[str, str]:
    """Which folded names mean which entity, by its id.

    Every name and alias of the article is there. A person is also found by the lone first or last word of the name, and
    by "Mr", "Mrs", "Ms" or "Dr" before it, where that means nobody else. A name two entities share means the one that
    bears it more often in the article, the first one on a tie.
    """
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for found in entities:
        entity = found.entity
        for text in (entity.name, *entity.aliases, *(mention.text for mention in entity.mentions)):
            uses[fold(text)][entity.id] += 1
    known = {name: count.most_common(1)[0][0] for name, count in uses.items()}
    for part, ids in _parts(entities).items():
        owner = known.get(part) or (next(iter(ids)) if len(ids) == 1 else None)
        if owner in ids:
            for name in (part, *(f"{title}{point} {part}" for title in _TITLES_FOR_ANYONE for point in ("", "."))):
                known.setdefault(name, owner)
    return known


def _parts(entities: Sequence[FoundEntity]) -> dict[str, set[str]]:
    """The first and last words of the persons' names, folded, with the ids of who bears them."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in (found.entity for found in entities):
        words = fold(entity.name).split()
        if entity.type == "person" and words:
            for part in {words[0], words[-1]}:
                found[part].add(entity.id)
    return found


def _is_noun(name: Name, found: Names) -> bool:
    """Whether a word of nationality names a people or a language: nothing that it could describe follows it."""
    word = name.text.lower()
    if word.endswith("men") or (word.endswith("s") and word[:-1] in name_words.NATIONALITIES):
        return True
    before, after = _around(name, found)
    if after in {",", "and"}:
        return before in (_BEFORE_NOUNS if after == "," else _LANGUAGE)
    return after in _NO_NOUNS and before not in _BEFORE_ADJECTIVES


def _around(name: Name, found: Names) -> tuple[str, str]:
    """The folded tokens before and behind a name in its sentence."""
    tokens = found.sentences[name.sentence - 1]
    before = tokens[name.first - 1].text.lower() if name.first else "."
    return before, tokens[name.last + 1].text.lower() if name.last + 1 < len(tokens) else "."


def _entity(number: int, cluster: Cluster, found: Names) -> FoundEntity:
    kinds = cluster.kinds
    kind = cluster.kind
    best = _canonical(cluster, kind)
    return FoundEntity(
        entity=Entity(
            id=f"e{number}",
            name=best.text,
            type=_type(cluster, kind, found),
            aliases=_aliases(cluster, best, found.article),
            role=role_of(cluster, kind, found),
            mentions=[Mention(sentence=n.sentence, start=n.start, end=n.end, text=n.text) for n in cluster.names],
        ),
        certainty=round(kinds[kind], 3),
        kinds=_coarse(kinds),
    )


def _coarse(kinds: Mapping[str, float]) -> dict[EntityType, float]:
    found: dict[EntityType, float] = dict.fromkeys((*_TYPES.values(), "other"), 0.0)
    for kind, value in kinds.items():
        found[_TYPES.get(kind, "other")] += value
    return found


def _canonical(cluster: Cluster, kind: str) -> Name:
    """The fullest name: most words, the first of them; a place goes by its most frequent name."""
    if kind == "place":
        count = Counter(key_of(name.text) for name in cluster.names)
        return max(cluster.names, key=lambda n: (count[key_of(n.text)], not n.text.isupper(), len(n.text), -n.start))
    return max(cluster.names, key=_fullness)


def _fullness(name: Name) -> tuple[bool, int, bool, int]:
    """What makes a name better than another: "Bulls" than "Bulls team", "Kim Jong Un" than "KIM JONG UN"."""
    common = name.kind != "person" and name.text.split()[-1][0].islower()
    return not common, len(key_of(name.text)), not name.text.isupper(), -name.start


def _aliases(cluster: Cluster, best: Name, article: Article) -> list[str]:
    """The other names in order of the article, as they stand there; "Mr Kim" beside "Kim"."""
    found: dict[str, None] = {}
    for name in cluster.names:
        if name.titles and len(key_of(name.text)) == 1:
            found[article.text[name.titled_start : name.end]] = None
        found[name.text] = None
    return [" ".join(text.split()) for text in found if text != best.text]


def _type(cluster: Cluster, kind: str, found: Names) -> EntityType:
    """The type for the user: what the tagger calls "other" is told apart by the words in and before the name."""
    if kind in _TYPES:
        return _TYPES[kind]
    if kind == "nationality":
        return "other" if all(_around(name, found)[0] in _LANGUAGE for name in cluster.names) else "group"
    for name in cluster.names:
        head = _head_word(name)
        before = found.sentences[name.sentence - 1][name.first - 1].text if name.first else ""
        for entity_type, words in _HEADS:
            if head in words:
                return entity_type
        if before.lower() in name_words.WORK_HEADS:
            return "work"
        if before.lower() in name_words.EVENT_HEADS:
            return "event"
    return "work" if all(_quoted(name, found.article.text) for name in cluster.names) else "other"


def _head_word(name: Name) -> str:
    """The word that says what it is: the one before "of", else the last that is no number."""
    words = [word.lower() for word in name.words]
    while len(words) > 1 and set(words[-1]) <= set("0123456789ivx"):
        words.pop()
    return words[words.index("of") - 1] if "of" in words[1:] else words[-1]


def _quoted(name: Name, text: str) -> bool:
    return text[name.start - 1 : name.start] in {"“", '"', "‘"} and text[name.end : name.end + 1] in {
        "”",
        '"',
        "’",
        ",",
    }
