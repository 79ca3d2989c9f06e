"""What an article says a named person or body is: "Kremlin spokesperson", "foreign minister", taken word by word.

Looked for before a name ("foreign minister, Choe Sun Hui"), in the apposition after it ("Pak Thae Song, chairman
of the committee"), after "is a", and directly behind the name of a body or a place. A phrase counts only when its
head is a known kind of role; else there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.analysis import name_words
from summarizer.analysis.clusters import Cluster
from summarizer.analysis.mentions import Names
from summarizer.analysis.name_spans import Name
from summarizer.analysis.words import Token
from summarizer.schemas.evidence import Claim, Span

_IsHead = Callable[[str], bool]
_HEADS: dict[str, _IsHead] = {
    "person": name_words.is_person_role,
    "organisation": name_words.ORGANISATION_ROLES.__contains__,
    "place": name_words.PLACE_ROLES.__contains__,
}
_SIGNS = frozenset(',.;:()–—!?"“”')
_STOPS = name_words.CLAUSE_WORDS | _SIGNS
_CLOSERS = frozenset({",", ".", ";", ")", "–", "—", "who", "which", "that", "whose"})
_DASHES = frozenset({",", "–", "—"})
# "If Mayor Osei agrees", "Asked what he received, Chief Holm declined"
_OPENING_WORDS = frozenset(
    """if although though because once unless until without both either neither yesterday today tomorrow monday tuesday
    wednesday thursday friday saturday sunday asked under let like another more most all some many several""".split()
)
_LONGEST = 24
_BEFORE = 8


@dataclass(frozen=True, slots=True)
class _Role:
    """A candidate: tokens `first` to `last` of a sentence."""

    sentence: int
    first: int
    last: int


def role_of(cluster: Cluster, kind: str, found: Names) -> Claim | None:
    """The role of an entity in the words of the article, with its sentence as evidence; None when not sure."""
    heads = _HEADS.get(kind)
    if heads is None:
        return None
    roles: list[_Role] = []
    for name in cluster.names:
        tokens = found.sentences[name.sentence - 1]
        found_here = (find(name, tokens, heads) for find in (_after, _before, _copula, _behind))
        roles += [role for role in found_here if role]
    if not roles:
        return None
    best = next((role for role in roles if role.last > role.first), roles[0])
    return _claim(best, found)


def _claim(role: _Role, found: Names) -> Claim | None:
    tokens = found.sentences[role.sentence - 1]
    sentence = found.article.sentence(role.sentence)
    if sentence is None:
        return None
    text = found.article.text[tokens[role.first].start : tokens[role.last].end]
    return Claim(text=text, evidence=[Span.of(sentence)], support="verbatim")


def _after(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Role | None:
    """The apposition behind a name, up to the comma or clause that ends it."""
    at = name.last + 1
    if at >= len(tokens) or tokens[at].text not in {",", "–", "—", "("}:
        return None
    return _phrase(name.sentence, at + 1, tokens, heads, closed=True)


def _copula(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Role | None:
    at = name.last + 1
    if at + 1 >= len(tokens) or tokens[at].text not in {"is", "was"} or tokens[at + 1].text not in {"a", "an", "the"}:
        return None
    return _phrase(name.sentence, at + 1, tokens, heads, closed=False)


def _behind(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Role | None:
    """The lower-case words directly behind the name of a body: "TASS news agency"."""
    first = end = name.last + 1
    if heads is name_words.is_person_role:
        return None
    while end < len(tokens) and (heads(tokens[end].text) or tokens[end].text in name_words.ROLE_MODIFIERS):
        end += 1
    follows = tokens[end].text if end < len(tokens) else "."
    if end == first or not heads(tokens[end - 1].text) or follows not in _STOPS | name_words.PREPOSITIONS:
        return None
    return _Role(name.sentence, first, end - 1)


def _phrase(number: int, at: int, tokens: Sequence[Token], heads: _IsHead, *, closed: bool) -> _Role | None:
    """The noun phrase that starts at `at`, when its head, the last word before a preposition, is in `heads`.

    `closed` asks for a sign or a relative clause behind it: otherwise "John, head office ..." would count.
    """
    while at < len(tokens) and tokens[at].text.lower() in name_words.DETERMINERS:
        at += 1
    end, head = at, -1
    while end < len(tokens) and end - at < _LONGEST and tokens[end].text.lower() not in _STOPS:
        if head < 0 and tokens[end].text.lower() in name_words.PREPOSITIONS:
            head = end - 1
        end += 1
    if end == at or end - at >= _LONGEST:
        return None
    head = end - 1 if head < 0 else head
    words = [token.text.lower() for token in tokens[at : head + 1]]
    if not words or not heads(words[-1]) or words[-1] in name_words.NO_ROLES or name_words.DETERMINERS & set(words):
        return None
    if closed and end < len(tokens) and tokens[end].text not in _CLOSERS:
        return None
    last = end - 1
    while last > head and tokens[last].text.lower() in name_words.PREPOSITIONS:
        last -= 1
    return _Role(number, at, last)


def _before(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Role | None:
    """The words before a name, as far as they belong to one noun phrase that ends in a role."""
    last = name.first - 1
    if last >= 1 and tokens[last].text == "the" and tokens[last - 1].text in _DASHES:
        last -= 1  # "The regulator, the Transit Board, ..."
    linked = last >= 1 and (
        tokens[last].text in _DASHES
        or (tokens[last].text == ":" and last == 1)
        or (tokens[last].text == "of" and heads is _HEADS["place"])
    )
    last -= linked
    if last < 0:
        return None
    head = tokens[last].text.lower()
    plural = head.endswith("s") and heads(head[:-1])
    is_name = heads is not name_words.is_person_role and last > 0 and not tokens[last].text.islower()
    if not (heads(head) or plural) or head in name_words.NO_ROLES or is_name:
        return None
    first = _phrase_start(tokens, last)
    if linked:
        first = _with_head_before(tokens, first, heads)
    while first < last and tokens[first].text.lower() in {*name_words.DETERMINERS, "'s", "’s", "-", "–", "and"}:
        first += 1
    return _Role(name.sentence, first, last)


def _with_head_before(tokens: Sequence[Token], first: int, heads: _IsHead) -> int:
    """`first`, or where the phrase begins that this one only completes: "Counsel for the respondent, Fiona Reid"."""
    at = first - 1
    while at > 0 and tokens[at].text.lower() in name_words.DETERMINERS:
        at -= 1
    if at < 1 or tokens[at].text not in {"for", "of", "to"} or not heads(tokens[at - 1].text.lower()):
        return first
    return _phrase_start(tokens, at - 1)


def _phrase_start(tokens: Sequence[Token], last: int) -> int:
    """The first token of the noun phrase with head `last`: back to a determiner, else as far as words can modify it."""
    for first in range(last - 1, max(-1, last - 5), -1):
        word = tokens[first].text.lower()
        if word in name_words.DETERMINERS or word in {"'s", "’s"}:
            return first + 1
        if not word.isalpha() or word in name_words.PREPOSITIONS | name_words.CLAUSE_WORDS or tokens[first].glued:
            break
    first = last
    while first > 0 and last - first < _BEFORE and _modifies(tokens, first - 1):
        first -= 1
    return first


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token can stand inside a noun phrase before its head: a capitalised word, a hyphen, a modifier."""
    token = tokens[at]
    word = token.text
    following = tokens[at + 1]
    if word in {"'s", "’s"} or (word == "-" and token.glued) or (following.text == "-" and following.glued):
        return True
    if word.lower() in name_words.OPENERS | name_words.CLAUSE_WORDS | name_words.PREPOSITIONS | _OPENING_WORDS:
        return False
    if word[0].isupper():
        return True
    return word in name_words.ROLE_MODIFIERS or word in name_words.COMPASS
