"""The preposition that governs a noun: what tells its part in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.lexicon import PREPOSITIONS, TITLES
from summarizer.grounding.reading import Token

DETERMINERS = frozenset(
    ["the", "a", "an", "his", "her", "its", "their", "this", "that", "these", "those", "some", "our", "my", "your"]
)


def governor(tokens: Sequence[Token], at: int) -> str:
    """The preposition that governs a noun, looking left past articles, titles and capitals; "" where there is none."""
    for n in range(at - 1, max(-1, at - 5), -1):
        token = tokens[n]
        if token.form in PREPOSITIONS:
            return token.form
        if token.kind == "mark" or not (
            token.form in DETERMINERS or token.form in TITLES or token.capital or token.kind == "number"
        ):
            return ""
    return ""
