"""Names gathered into entities: one entity, all its mentions, its aliases, its type, and what the article says it is.

Adjectives of nationality ("North Korean") are not entities; the name of a people ("Kurds", "the Dutch said") is a
group, and that of a language ("in French,") something other. A role is taken word by word: from before a name ("foreign
minister, Choe Sun Hui"), from the apposition after it ("Pak Thae Song, chairman of the committee"), after "is a", and
from directly behind the name of a body. A phrase counts only when its head is a known kind of role; else there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarizer.analysis import name_words
from summarizer.analysis.clusters import Cluster, clusters, key_of
from summarizer.analysis.mentions import Names, find_names
from summarizer.analysis.name_spans import Name
from summarizer.analysis.words import Token
from summarizer.article import Article
from summarizer.schemas.entities import Entity, EntityType
from summarizer.schemas.evidence import Claim, Mention, Span

if TYPE_CHECKING:
    from summarizer.reader import Reader

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

_Range = tuple[int, int]
"""First and last token of a phrase in its sentence."""

_IsHead = Callable[[str], bool]
_ROLES: dict[str, _IsHead] = {
    "person": name_words.is_person_role,
    "organisation": name_words.ORGANISATION_ROLES.__contains__,
    "place": name_words.PLACE_ROLES.__contains__,
}
_STOPS = name_words.CLAUSE_WORDS | set(',.;:()–—!?"“”')
_CLOSERS = frozenset({",", ".", ";", ")", "–", "—", "who", "which", "that", "whose"})
_DASHES = frozenset({",", "–", "—"})
_POSSESSIVE = frozenset({"'s", "’s"})
# "If Mayor Osei agrees", "Asked what he received, Chief Holm declined"
_NO_MODIFIERS = (
    name_words.OPENERS
    | name_words.CLAUSE_WORDS
    | name_words.PREPOSITIONS
    | frozenset(
        """if although though because once unless until without both either neither yesterday today tomorrow monday
        tuesday wednesday thursday friday saturday sunday asked under let like another more most all some many
        several""".split()
    )
)
_NEW_CLAUSE = frozenset("he she it they we i is was are were has had have will would can could said".split())
_LONGEST = 24
_BEFORE = 8


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity as code sees it. `certainty` (0 to 1) is of its type: a model is asked where it is low."""

    entity: Entity
    certainty: float


def find_entities(article: Article, reader: Reader | None = None) -> tuple[FoundEntity, ...]:
    """The named things of `article` in order of first mention, with ids e1, e2 and so on.

    Args:
        article: the article.
        reader: has a vote on types, see `find_names`.

    """
    found = find_names(article, reader)
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


def role_of(cluster: Cluster, kind: str, found: Names) -> Claim | None:
    """The role of an entity in the words of the article, with its sentence as evidence; None when not sure."""
    heads = _ROLES.get(kind)
    if heads is None:
        return None
    roles = [
        (found.article.sentences[name.sentence - 1], tokens[first], tokens[last])
        for name in cluster.names
        for tokens in [found.sentences[name.sentence - 1]]
        for first, last in _roles(name, tokens, heads)
    ]
    if not roles:
        return None
    sentence, first, last = next((role for role in roles if role[1] != role[2]), roles[0])
    text = found.article.text[first.start : last.end]
    return Claim(text=text, evidence=[Span.of(sentence)], support="verbatim")


def _roles(name: Name, tokens: Sequence[Token], heads: _IsHead) -> Iterator[_Range]:
    at = name.last + 1
    following, next_word = (*(token.text for token in tokens[at : at + 2]), "", "")[:2]
    found = []
    if following in _DASHES | {"("}:
        found.append(_phrase(at + 1, tokens, heads, closed=True))
    found.append(_before(name, tokens, heads))
    if following in {"is", "was"} and next_word in {"a", "an", "the"}:
        found.append(_phrase(at + 1, tokens, heads, closed=False))
    found.append(_behind(at, tokens, heads))
    return (role for role in found if role)


def _behind(at: int, tokens: Sequence[Token], heads: _IsHead) -> _Range | None:
    """The lower-case words directly behind the name of a body: "TASS news agency"."""
    end = at
    while end < len(tokens) and (heads(tokens[end].text) or tokens[end].text in name_words.ROLE_MODIFIERS):
        end += 1
    follows = tokens[end].text if end < len(tokens) else "."
    ends = end > at and heads(tokens[end - 1].text) and follows in _STOPS | name_words.PREPOSITIONS
    return (at, end - 1) if ends and heads is not name_words.is_person_role else None


def _phrase(at: int, tokens: Sequence[Token], heads: _IsHead, *, closed: bool) -> _Range | None:
    """The noun phrase that starts at `at`, when its head, the last word before a preposition, is in `heads`.

    `closed` asks for a sign or a relative clause behind it: otherwise "John, head office ..." would count.
    """
    words = [token.text.lower() for token in tokens[at : at + _LONGEST + 2]]
    first = next((n for n, word in enumerate(words) if word not in name_words.DETERMINERS), len(words))
    ends = (n for n, word in enumerate(words) if n >= first and (word in _STOPS or _begins_a_clause(words[n : n + 2])))
    end = next(ends, len(words))
    head = next((n for n in range(first, end) if words[n] in name_words.PREPOSITIONS), end) - 1
    if head < first or end - first >= _LONGEST or not heads(words[head]) or words[head] in name_words.NO_ROLES:
        return None
    if name_words.DETERMINERS & set(words[first:head]) or (closed and end < len(words) and words[end] not in _CLOSERS):
        return None
    last = next(n for n in range(end - 1, head - 1, -1) if n == head or words[n] not in name_words.PREPOSITIONS)
    return at + first, at + last


def _begins_a_clause(words: Sequence[str]) -> bool:
    """Whether "and" goes on with another clause: "an engineer in Munich and she"."""
    return words[0] == "and" and not _NEW_CLAUSE.isdisjoint(words[1:])


def _before(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Range | None:
    """The words before a name, as far as they belong to one noun phrase that ends in a role."""
    texts = ["", "", *(token.text for token in tokens[: name.first])]
    if texts[-1] == "the" and texts[-2] in _DASHES:  # "The regulator, the Transit Board, ..."
        texts.pop()
    label = texts[-1] == ":" and len(texts) == 4
    linked = (
        texts[-1] in _DASHES
        or label
        or _is_told(name, texts, tokens, heads)
        or (texts[-1] == "of" and heads is _ROLES["place"])
    )
    last = len(texts) - 3 - linked
    head = texts[last + 2].lower()
    is_name = heads is not name_words.is_person_role and last > 0 and not tokens[last].text.islower()
    if last < 0 or not heads(head) or head in name_words.NO_ROLES or is_name:
        return _of_something(name, tokens, heads) if linked else None
    first = _phrase_start(tokens, last)
    if linked and heads is name_words.is_person_role:  # "Counsel for the respondent, Fiona Reid": no respondent
        at = next((n for n in range(first - 1, 0, -1) if tokens[n].text.lower() not in name_words.DETERMINERS), 0)
        if at and tokens[at].text in {"for", "of", "to"} and heads(tokens[at - 1].text.lower()):
            first = _phrase_start(tokens, at - 1)
    while first < last and tokens[first].text.lower() in name_words.DETERMINERS | _POSSESSIVE | {"-", "–", "and"}:
        first += 1
    return first, last


def _is_told(name: Name, texts: Sequence[str], tokens: Sequence[Token], heads: _IsHead) -> bool:
    """Whether the sentence opens by telling who somebody is: "The chef is Tobias Renn, who ...", not "is Tom's"."""
    behind = tokens[name.last + 1].text if name.last + 1 < len(tokens) else "."
    opens = len(texts) > 4 and texts[2].lower() in name_words.DETERMINERS and len(texts) < _BEFORE
    return heads is name_words.is_person_role and opens and texts[-1] in {"is", "was"} and behind in _CLOSERS


def _of_something(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Range | None:
    """The phrase before a comma and a name with a preposition behind its head: "The minister of the day, Ann Lee,"."""
    last, behind = name.first - 2, tokens[name.last + 1].text if name.last + 1 < len(tokens) else "."
    if heads is not name_words.is_person_role or last < 2 or tokens[last + 1].text != "," or behind not in {",", "."}:
        return None
    for n in range(last - 2, max(-1, last - _BEFORE - 1), -1):
        if tokens[n].text in _STOPS:
            return None
        if tokens[n].text.lower() == "the" and (not n or tokens[n - 1].text in _STOPS):
            words = [token.text.lower() for token in tokens[n + 1 : last + 1]]
            head = next((m for m, word in enumerate(words) if word in name_words.PREPOSITIONS), 0) - 1
            return (n + 1, last) if head >= 0 and heads(words[head]) else None
    return None


def _phrase_start(tokens: Sequence[Token], last: int) -> int:
    """The first token of the noun phrase with head `last`: back to a determiner, else as far as words can modify it."""
    for n in range(last - 1, max(-1, last - 5), -1):
        word = tokens[n].text.lower()
        if word in name_words.DETERMINERS | _POSSESSIVE:
            return n + 1
        if not word.isalpha() or word in name_words.PREPOSITIONS | name_words.CLAUSE_WORDS or tokens[n].glued:
            break
    first = last
    while first > max(0, last - _BEFORE) and _modifies(tokens, first - 1):
        first -= 1
    return first - (first == last and tokens[last].text.islower() and _is_noun_between(tokens, last - 1))


def _is_noun_between(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token is a noun, since it stands between a preposition and a role: "by weir keeper Ada Pym"."""
    word, before = tokens[at].text, tokens[at - 1].text if at > 0 else "to"
    known = word in name_words.PREPOSITIONS | name_words.CLAUSE_WORDS or word.lower() in _NO_MODIFIERS
    noun = word.isalpha() and word.islower() and not known and not word.endswith(("ed", "ing"))
    return noun and before in name_words.PREPOSITIONS - {"to", "and"}


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token can stand inside a noun phrase before its head: a capitalised word, a hyphen, a modifier."""
    token, following = tokens[at], tokens[at + 1]
    word = token.text
    if word in _POSSESSIVE or (word == "-" and token.glued) or (following.text == "-" and following.glued):
        return True
    if word.lower() in _NO_MODIFIERS:
        return False
    return word[0].isupper() or word in name_words.ROLE_MODIFIERS or word in name_words.COMPASS
