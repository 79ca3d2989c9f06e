"""Which word of the sentences each word of a claim takes up."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from summarizer.grounding.lexicon import SYNONYMS
from summarizer.grounding.reading import Reading, Token

_CANDIDATES = 12


@dataclass(frozen=True)
class Alignment:
    """A claim laid over its source. `to[i]` is the index in the source of the claim's token `i`, or None.

    `weak` are the claim's tokens that were matched by meaning or family (bought and purchased), not by form.
    """

    claim: Reading
    source: Reading
    to: tuple[int | None, ...]
    weak: frozenset[int]

    @cached_property
    def back(self) -> dict[int, int]:
        """Index in the source -> index in the claim."""
        return {source: claim for claim, source in enumerate(self.to) if source is not None}

    @cached_property
    def novel(self) -> tuple[int, ...]:
        """Content tokens of the claim that the source does not have."""
        return tuple(at for at in self.claim.content if self.to[at] is None)

    @cached_property
    def coverage(self) -> float:
        """Share of the claim's content tokens that the source has."""
        return 1.0 - len(self.novel) / len(self.claim.content) if self.claim.content else 1.0


def align(claim: Reading, source: Reading) -> Alignment:
    """Lays `claim` over `source`: equal keys, else synonyms, else one word family; neighbours decide between places.

    Linear in the length of the claim: at most 12 places are weighed for a word.
    """
    families = _families(source)
    to: list[int | None] = [None] * len(claim.tokens)
    weak = set()
    used: set[int] = set()
    last = -1
    content = claim.content
    for n, at in enumerate(content):
        token = claim.tokens[at]
        places = source.places.get(token.key)
        if not places and token.kind == "word":
            places = _by_meaning(token, source, families)
            if places:
                weak.add(at)
        if not places:
            continue
        before = claim.tokens[content[n - 1]].key if n else ""
        after = claim.tokens[content[n + 1]].key if n + 1 < len(content) else ""
        best = _best(source, places, _Context(last, before, after, token.form), used)
        to[at] = best
        used.add(best)
        last = best
    return Alignment(claim, source, tuple(to), frozenset(weak))


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a word of the claim stands: behind what is aligned with `last`, between two keys, in this form."""

    last: int
    before: str
    after: str
    form: str


def _best(source: Reading, places: list[int], context: _Context, used: set[int]) -> int:
    if len(places) == 1:
        return places[0]
    last, before, after = context.last, context.before, context.after
    middle = bisect_left(places, last + 1)
    near = places[max(0, middle - _CANDIDATES // 2) : middle + _CANDIDATES // 2] or places[:_CANDIDATES]

    def worth(place: int) -> tuple[float, float]:
        left, right = _neighbours(source, place, -1), _neighbours(source, place, 1)
        score = 0.0
        if before:
            score += 2.0 if before in left else 1.5 if before in right else 0.0
        if after:
            score += 2.0 if after in right else 1.5 if after in left else 0.0
        score += 1.0 if place > last else 0.0
        score += 0.5 if source.tokens[place].form == context.form else 0.0
        score -= 1.5 if place in used else 0.0
        return score, -abs(place - last - 1)

    return max(near, key=worth)


def _neighbours(source: Reading, place: int, step: int) -> set[str]:
    """Keys of the nearest two content tokens on one side."""
    found: set[str] = set()
    at = place + step
    while 0 <= at < len(source.tokens) and len(found) < 2 and abs(at - place) < 7:
        if source.tokens[at].content:
            found.add(source.tokens[at].key)
        at += step
    return found


def _families(source: Reading) -> dict[str, list[int]]:
    table = source.memo.get("families")
    if table is None:
        made: dict[str, list[int]] = {}
        for key, places in source.places.items():
            if len(key) >= 5 and key.isalpha():
                made.setdefault(key[:5], []).extend(places)
        table = source.memo["families"] = made
    return table  # type: ignore[return-value]


def _by_meaning(token: Token, source: Reading, families: dict[str, list[int]]) -> list[int] | None:
    for other in _synonym_keys(token):
        if other in source.places:
            return source.places[other]
    if len(token.key) < 5 or token.capital:
        return None
    for place in families.get(token.key[:5], ())[:_CANDIDATES]:
        if _same_family(token.key, source.tokens[place].key):
            return [place]
    return None


def _synonym_keys(token: Token) -> list[str]:
    from summarizer.grounding.reading import word_key

    words = SYNONYMS.get(token.form) or SYNONYMS.get(token.key) or frozenset()
    return sorted({word_key(word, False) for word in words} - {token.key})


def _same_family(one: str, other: str) -> bool:
    """arrival and arrive, production and produce: at least four fifths of the longer is shared from the start."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 5 and shared >= 0.8 * max(len(one), len(other))
