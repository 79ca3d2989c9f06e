"""Whether a few words stand in a sentence as they are: whole, and with the word that limits them."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis.words import fold
from summarizer.grounding.language import is_english
from summarizer.grounding.operators import operators
from summarizer.grounding.reading import Reading, Token, read

_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their"})
_LIMITS = frozenset({"negation", "approximate", "more", "less", "most", "portion", "former"})


def stands_in(phrase: str, sentence: str) -> bool:
    """Whether `phrase` is words of `sentence` side by side: no part of a number, none without its "not" or "former".

    Of a language whose words the check does not read, it is enough that the sentence has the characters.
    """
    bare, whole = fold(" ".join(phrase.split())), fold(" ".join(sentence.split()))
    if not bare or bare not in whole:
        return False
    if not is_english(sentence):
        return True
    own, source = read([phrase]), read([sentence])
    words = _words(own.tokens)
    return any(not _limited(source, place) for place in _places(words, source.tokens))


def _words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without marks at the two ends."""
    kept = [at for at, token in enumerate(tokens) if token.kind != "mark"]
    return list(tokens[kept[0] : kept[-1] + 1]) if kept else []


def _places(words: Sequence[Token], tokens: Sequence[Token]) -> list[int]:
    """Where the words begin in the sentence."""
    if not words:
        return []
    return [
        at
        for at in range(len(tokens) - len(words) + 1)
        if all(_same(tokens[at + n], word) for n, word in enumerate(words))
    ]


def _same(one: Token, other: Token) -> bool:
    return one.kind == other.kind and (one.key == other.key if one.kind == "number" else one.form == other.form)


def _limited(source: Reading, first: int) -> bool:
    """Whether a word that changes what they say stands right before the words, articles left out."""
    begin = first
    while begin and source.tokens[begin - 1].form in _DETERMINERS:
        begin -= 1
    return any(one.end in {begin, first} and one.kind in _LIMITS for one in operators(source))
