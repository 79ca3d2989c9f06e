"""Letters that scale a number: 30k, $5.2m, 3bn, 2m people; not the m of metres."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from summarizer.values.date_words import WORDS
from summarizer.values.number_tokens import Token, word_at
from summarizer.values.units import CURRENCY_BEFORE, unit_behind

_LETTER_SCALES = {"k": 3, "mn": 6, "mln": 6, "mio": 6, "mill": 6, "bn": 9, "bln": 9, "mrd": 9, "tn": 12, "trn": 12}
_MONEY_SCALES = {**_LETTER_SCALES, "m": 6, "b": 9, "t": 12}
CURRENCY_CODES = frozenset(code.lower() for code in CURRENCY_BEFORE if len(code) == 3 and code.isalpha())
_CURRENCY_WORDS = CURRENCY_CODES | {"rs", "kr", "r"}
_COUNTED = WORDS["scaled"]
_LONGEST_SYMBOL = 4  # a space and "km", "in" or "ft": behind a letter they may be words or measure an area


def letter_scale(text: str, tokens: Sequence[Token], at: int) -> int:
    """The power of ten of an abbreviation: 30k, $5.2m, 3bn, 2m people, 3 m tonnes; 0 where it is none."""
    if at + 1 >= len(tokens) or tokens[at + 1].before not in {"", " ", "\u00a0"}:
        return 0
    suffix, is_attached = tokens[at + 1].word, tokens[at + 1].before == ""
    sure = suffix in _LETTER_SCALES and (suffix != "k" or is_attached)
    if suffix in _MONEY_SCALES and (sure or _is_money(text, tokens, at)):
        return _MONEY_SCALES[suffix]
    return _MONEY_SCALES[suffix] if suffix in {"k", "m", "b"} and _is_scaled(text, tokens, at + 1) else 0


def _is_scaled(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether the letter at `at` is no unit: what is counted or measured follows it, as in "1.5 m cubic feet"."""
    following = word_at(tokens, at + 1)
    is_plural = text[tokens[at].start] in "kM" and len(following) > 3 and following.endswith("s")
    if following in _COUNTED or is_plural:
        return True
    if following in CURRENCY_CODES and text[tokens[at + 1].start : tokens[at + 1].end].isupper():
        return True
    measured = unit_behind(text, tokens[at].end)
    return measured is not None and measured[1] - tokens[at].end > _LONGEST_SYMBOL


def _is_money(text: str, tokens: Sequence[Token], at: int) -> bool:
    head = text[max(0, tokens[at].start - 2) : tokens[at].start].rstrip(" -−\u00a0")
    if head and unicodedata.category(head[-1]) == "Sc":
        return True
    return at > 0 and tokens[at - 1].word in _CURRENCY_WORDS and tokens[at].start - tokens[at - 1].end <= 2
