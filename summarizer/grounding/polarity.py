"""Negation: what the claim affirms the sentences affirm, what it denies they deny; opposites are no paraphrase."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from summarizer.grounding.alignment import Alignment
from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import ANTONYMS, GENDERED
from summarizer.grounding.operators import Operator, operators
from summarizer.grounding.reading import Reading, Token, word_key

_OF_VERBS = frozenset({"future", "expected", "possible", "intent"})
_SMALL = (("more", "less"), ("more", "fewer"), ("most", "least"), ("up", "down"), ("above", "below"))
_SMALL_OPPOSITES = (*_SMALL, *((other, one) for one, other in _SMALL))
NEGATIVE = frozenset({"negation", "reversal"})


def problems(case: Case) -> Iterator[str]:
    """Negations that vanished or were added, and words turned into their opposites."""
    lost, added = _unmatched(case)
    yield from (f"negation lost: '{operator.phrase}' is missing" for operator in lost)
    yield from (f"negation added: '{operator.phrase}'" for operator in added)
    yield from _opposites(case.alignment)
    yield from _small_opposites(case.alignment)
    yield from _genders(case.alignment)


def kept(operator: Operator, alignment: Alignment) -> bool:
    """Whether the claim takes up what the operator of the source governs: its head, or half of its reach."""
    if not operator.reach:
        return False
    if operator.reach[0] in alignment.back:
        return True
    words = [place for place in operator.reach if not alignment.source.tokens[place].name_like]
    taken = sum(place in alignment.back for place in words)
    needed = 0.75 if operator.kind in _OF_VERBS else 0.5
    return taken >= 2 and taken >= needed * len(words)


def answers(operator: Operator, source: Operator, alignment: Alignment) -> bool:
    """Whether the claim's `operator` governs what the `source` one governs, or something the source words otherwise."""
    places = {alignment.to[at] for at in operator.reach}
    return bool(places & set(source.reach)) or places <= {None}


def _unmatched(case: Case) -> tuple[list[Operator], list[Operator]]:
    """Negations of the source that the claim takes up without one, and negations of the claim without one behind them.

    Each negation answers one only: "did not stop" has two, "did stop" one.
    """
    theirs = [o for o in operators(case.source) if o.kind in NEGATIVE]
    own = [o for o in operators(case.claim) if o.kind in NEGATIVE]
    for match in (_same_head, _mutual):
        for operator in tuple(own):
            found = next((o for o in theirs if match(operator, o, case.alignment)), None)
            if found is not None:
                own.remove(operator)
                theirs.remove(found)
    return [o for o in theirs if kept(o, case.alignment)], own


def _same_head(operator: Operator, source: Operator, alignment: Alignment) -> bool:
    return bool(operator.reach and source.reach) and alignment.to[operator.reach[0]] == source.reach[0]


def _mutual(operator: Operator, source: Operator, alignment: Alignment) -> bool:
    """Whether each covers the head of the other, as far as the other text has that head at all."""
    if not operator.reach or not source.reach:
        return operator.phrase == source.phrase
    head = alignment.to[operator.reach[0]]
    if head is not None and head not in source.reach:
        return False
    theirs = alignment.back.get(source.reach[0])
    if theirs is not None and theirs not in operator.reach:
        return False
    places = {alignment.to[at] for at in operator.reach} - {None}
    return bool(places & set(source.reach)) or not places


def _opposites(alignment: Alignment) -> Iterator[str]:
    """A new word of the claim whose opposite stands in the source, unused by the claim."""
    for at in alignment.novel:
        token = alignment.claim.tokens[at]
        for opposite in _opposite_of(token, alignment.source):
            if opposite not in alignment.back and _same_place(alignment, at, opposite):
                yield f"'{alignment.source.tokens[opposite].text}' became '{token.text}'"
                break


def _same_place(alignment: Alignment, at: int, place: int) -> bool:
    """Whether a neighbour of the claim's word stands near that place in the source."""
    tokens = alignment.claim.tokens
    near = [alignment.to[n] for n in range(max(0, at - 5), min(len(tokens), at + 6)) if alignment.to[n] is not None]
    return any(other is not None and abs(other - place) <= 6 for other in near)


@lru_cache(maxsize=1)
def _antonym_keys() -> dict[str, frozenset[str]]:
    """Key of a word -> keys of its opposites, so that "increased" meets "decreases"."""
    table: dict[str, frozenset[str]] = {}
    for word, others in ANTONYMS.items():
        key = word_key(word, False)
        keys = {word_key(other, False) for other in others} | ({"#1th"} if "first" in others else set())
        table[key] = table.get(key, frozenset()) | keys
    return table


def _small_opposites(alignment: Alignment) -> Iterator[str]:
    """ "More" may not become "less": words too small to be aligned, of which each text has one."""
    claim = {token.form for token in alignment.claim.tokens}
    source = {token.form for token in alignment.source.tokens}
    for one, other in _SMALL_OPPOSITES:
        if one in source and other in claim and one not in claim and other not in source:
            yield f"'{one}' became '{other}'"


def _opposite_of(token: Token, source: Reading) -> Iterator[int]:
    others = _antonym_keys().get(token.key, frozenset())
    for key in others:
        yield from source.places.get(key, ())
    for prefix in ("un", "in", "im", "dis", "ir", "non"):
        bare = token.key.removeprefix(prefix)
        if len(bare) >= 4 and bare != token.key:
            yield from source.places.get(bare, ())
        yield from source.places.get(prefix + token.key, ()) if len(token.key) >= 4 else ()


def _genders(alignment: Alignment) -> Iterator[str]:
    """ "He" may not become "she": only where the source has pronouns of the other kind and none of the claim's."""
    claim = {GENDERED[t.form] for t in alignment.claim.tokens if t.form in GENDERED}
    source = {GENDERED[t.form] for t in alignment.source.tokens if t.form in GENDERED}
    if len(claim) == 1 and len(source) == 1 and claim != source:
        yield "'he' became 'she'" if claim == {"f"} else "'she' became 'he'"
