"""What a number counts: the noun behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from summarizer.values.number_tokens import Token, word_at
from summarizer.values.words import WORDS, word_set

_IRREGULAR_PLURALS = WORDS["plurals"]
_SINGULARS = WORDS["singulars"]
BREAKS = WORDS["no nouns"]
BEFORE_A_BARE_COUNT = WORDS["before a count"]
_LONGEST_PHRASE = 5


_COMPOUNDS = word_set("sports arms sales goods women men savings systems news")


def noun_end(tokens: Sequence[Token], at: int, value: Decimal) -> int | None:
    """Index behind the noun that is counted, where token `at` is the first behind the number; None without one.

    The noun is the first plural within five words that nothing but a space or hyphen parts from the number, and one
    further where it makes a compound: "sports cars", "arms dealers".
    """
    if value == 1:
        return at + 1 if word_at(tokens, at) in _SINGULARS else None
    for place in range(at, at + _LONGEST_PHRASE):
        word = word_at(tokens, place)
        if not word or word in BREAKS:
            return None
        if _is_plural(word):
            is_compound = word in _COMPOUNDS and _is_plural(word_at(tokens, place + 1))
            return place + 2 if is_compound else place + 1
    return None


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR_PLURALS:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))
