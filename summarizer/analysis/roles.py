"""What an article says a named person or body is: "Kremlin spokesperson", "foreign minister", taken word by word.

Looked for before a name ("foreign minister, Choe Sun Hui"), in the apposition after it ("Pak Thae Song, chairman
of the committee"), after "is a", and directly behind the name of a body or a place. A phrase counts only when its
head is a known kind of role; else there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from summarizer.analysis import name_words
from summarizer.analysis.clusters import Cluster
from summarizer.analysis.mentions import Names
from summarizer.analysis.name_spans import Name
from summarizer.analysis.words import Token
from summarizer.schemas.evidence import Claim, Span

_Range = tuple[int, int]
"""First and last token of a phrase in its sentence."""

_IsHead = Callable[[str], bool]
_HEADS: dict[str, _IsHead] = {
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
_LONGEST = 24
_BEFORE = 8


def role_of(cluster: Cluster, kind: str, found: Names) -> Claim | None:
    """The role of an entity in the words of the article, with its sentence as evidence; None when not sure."""
    heads = _HEADS.get(kind)
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
    end = next((n for n, word in enumerate(words) if n >= first and word in _STOPS), len(words))
    head = next((n for n in range(first, end) if words[n] in name_words.PREPOSITIONS), end) - 1
    if head < first or end - first >= _LONGEST or not heads(words[head]) or words[head] in name_words.NO_ROLES:
        return None
    if name_words.DETERMINERS & set(words[first:head]) or (closed and end < len(words) and words[end] not in _CLOSERS):
        return None
    last = next(n for n in range(end - 1, head - 1, -1) if n == head or words[n] not in name_words.PREPOSITIONS)
    return at + first, at + last


def _before(name: Name, tokens: Sequence[Token], heads: _IsHead) -> _Range | None:
    """The words before a name, as far as they belong to one noun phrase that ends in a role."""
    texts = ["", "", *(token.text for token in tokens[: name.first])]
    if texts[-1] == "the" and texts[-2] in _DASHES:  # "The regulator, the Transit Board, ..."
        texts.pop()
    label = texts[-1] == ":" and len(texts) == 4
    linked = texts[-1] in _DASHES or label or (texts[-1] == "of" and heads is _HEADS["place"])
    last = len(texts) - 3 - linked
    head = texts[last + 2].lower()
    is_name = heads is not name_words.is_person_role and last > 0 and not tokens[last].text.islower()
    if last < 0 or not (heads(head) or heads(head.removesuffix("s"))) or head in name_words.NO_ROLES or is_name:
        return None
    first = _phrase_start(tokens, last)
    if linked and heads is name_words.is_person_role:  # "Counsel for the respondent, Fiona Reid": no respondent
        at = next((n for n in range(first - 1, 0, -1) if tokens[n].text.lower() not in name_words.DETERMINERS), 0)
        if at and tokens[at].text in {"for", "of", "to"} and heads(tokens[at - 1].text.lower()):
            first = _phrase_start(tokens, at - 1)
    while first < last and tokens[first].text.lower() in name_words.DETERMINERS | _POSSESSIVE | {"-", "–", "and"}:
        first += 1
    return first, last


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
    return first


def _modifies(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token can stand inside a noun phrase before its head: a capitalised word, a hyphen, a modifier."""
    token, following = tokens[at], tokens[at + 1]
    word = token.text
    if word in _POSSESSIVE or (word == "-" and token.glued) or (following.text == "-" and following.glued):
        return True
    if word.lower() in _NO_MODIFIERS:
        return False
    return word[0].isupper() or word in name_words.ROLE_MODIFIERS or word in name_words.COMPASS
