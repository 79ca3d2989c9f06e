"""Numbers spelled in English words: which words, and the little grammar that joins them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from summarizer.values.number_tokens import Token, joined, word_at


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read from `tokens[first:end]`. `scale` is the last multiplier, 1 where there is none."""

    value: Decimal
    end: int
    is_ordinal: bool = False
    is_fraction: bool = False
    scale: int = 1


_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNIT_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"""
_TEN_ORDINALS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"

CARDINALS = {
    **{word: n for n, word in enumerate(_UNITS.split())},
    **{word: n * 10 for n, word in enumerate(_TENS.split(), 2)},
}
ORDINALS = {
    **{word: n for n, word in enumerate(_UNIT_ORDINALS.split())},
    **{word: n * 10 for n, word in enumerate(_TEN_ORDINALS.split(), 2)},
}
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9,
    "trillion": 10**12, "quadrillion": 10**15,
}  # fmt: skip
SCALE_ORDINALS = {"hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9}
DENOMINATORS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "sixteenth": 16, "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
_PLURAL_DENOMINATORS = {"halves": 2, **{f"{word}s": n for word, n in DENOMINATORS.items() if n > 2}}

NUMBER_WORDS = frozenset({*CARDINALS, *ORDINALS, "a", "an", "half", "hundredth", "thousandth", "nought"})
_DIGITS = {word: n for word, n in CARDINALS.items() if n < 10} | {"nought": 0, "oh": 0}


def ordinal_suffix(value: Decimal | int) -> str:
    """The "st" of 21st, the "th" of 11th."""
    return "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(int(value % 10), "th")


def read_words(tokens: Sequence[Token], at: int, *, split_at_and: bool = False) -> Reading | None:
    """The number spelled in words from token `at` on, or None.

    Args:
        tokens: the tokens of the text.
        at: index of the first token of the number.
        split_at_and: true after "between", where "and" parts two numbers and never joins one.

    """
    word = tokens[at].word
    if word == "half":
        return _half(tokens, at)
    if word in {"a", "an"}:
        return _after_article(tokens, at)
    return _spelled_decimal(tokens, at) or _terms(tokens, at, split_at_and)


def scaled(tokens: Sequence[Token], at: int, value: Decimal) -> Reading:
    """`value`, whose last token is before `at`, times the scale words that follow: 5.2 million, three dozen."""
    value, at = _and_a_half(tokens, at, value)
    scale = 1
    while at < len(tokens) and (joined(tokens, at) or tokens[at].before == ""):  # also 300million
        step = SCALES.get(tokens[at].word, 0)
        if not step or not (scale == 1 or step > scale or scale == 1000):
            break
        scale *= step
        at += 1
    return Reading(value * scale, at, scale=scale)


def fraction_of(tokens: Sequence[Token], at: int, numerator: Decimal) -> Reading | None:
    """The fraction whose denominator is token `at`: two-thirds, one fifth, three quarters; or None."""
    word = word_at(tokens, at)
    if not word or (word == "quarters" and numerator != 3):
        return None  # "two quarters" are quarters of a year
    hyphenated = tokens[at].before == "-"  # a three-quarter majority
    bottom = DENOMINATORS.get(word) if numerator == 1 or hyphenated else None
    bottom = bottom or (_PLURAL_DENOMINATORS.get(word) if numerator > 1 else None)
    if bottom is None or not 0 < numerator < bottom:
        return None
    sure = numerator > 1 or tokens[at].before != " " or word in {"half", "quarter"} or word_at(tokens, at + 1) == "of"
    return Reading(numerator / bottom, at + 1, is_fraction=True) if sure else None


def _word_before(tokens: Sequence[Token], at: int) -> str:
    return tokens[at - 1].word if at and joined(tokens, at) else ""


def _half(tokens: Sequence[Token], at: int) -> Reading | None:
    """ "half", "half a million", "half-million"; not the half of a match, nor "half-brother"."""
    following = at + 1
    if word_at(tokens, following) in {"a", "an"} and word_at(tokens, following + 1) in SCALES:
        following += 1
    word = word_at(tokens, following)
    if word in SCALES:
        return scaled(tokens, following, Decimal("0.5"))
    if word == "past" or (word and tokens[following].before == "-" and word not in _HALVED):
        return None
    before = _word_before(tokens, at)
    is_part = before in ORDINALS or before in {"other", "better", "opening", "latter", "top", "bottom"}
    return None if is_part else Reading(Decimal("0.5"), at + 1, is_fraction=True)


_HALVED = frozenset({"hour", "mile", "century", "year", "day", "pound", "ton"})


def _after_article(tokens: Sequence[Token], at: int) -> Reading | None:
    """ "a million", "a hundred and ten", "a third of", "a half"; None for any other "a"."""
    word, behind = word_at(tokens, at + 1), word_at(tokens, at + 2)
    if word in SCALES:
        return _terms(tokens, at, split_at_and=False)
    if word == "half" and behind in SCALES:
        return scaled(tokens, at + 2, Decimal("0.5"))
    if word in DENOMINATORS and (behind == "of" or _word_before(tokens, at) == "by"):
        return Reading(Decimal(1) / DENOMINATORS[word], at + 2, is_fraction=True)
    return None


def _spelled_decimal(tokens: Sequence[Token], at: int) -> Reading | None:
    """ "one point two million", "nought point five"; not "at one point five men left"."""
    whole = Reading(Decimal(0), at + 1) if tokens[at].word == "nought" else _small(tokens, at)
    if whole is None or whole.is_ordinal or word_at(tokens, whole.end) != "point":
        return None
    if at and tokens[at - 1].word == "at" and tokens[at].word == "one":
        return None
    end, digits = whole.end + 1, ""
    while (word := word_at(tokens, end)) in _DIGITS:
        digits += str(_DIGITS[word])
        end += 1
    return scaled(tokens, end, Decimal(f"{whole.value}.{digits}")) if digits else None


def _terms(tokens: Sequence[Token], at: int, split_at_and: bool) -> Reading | None:
    """Terms of falling scale: two million, three hundred and four thousand and five."""
    total = _term(tokens, at, split_at_and)
    if total is None:
        return None
    while not total.is_ordinal and total.scale > 1:
        after = _skip_and(tokens, total.end, split_at_and)
        term = _term(tokens, after, split_at_and) if after is not None and tokens[after].word != "a" else None
        if term is None or term.scale >= total.scale or term.value >= total.scale:
            return total
        if tokens[total.end].before == ", " and term.scale == 1:
            return total  # "three thousand, two of them"
        total = Reading(total.value + term.value, term.end, is_ordinal=term.is_ordinal, scale=term.scale)
    if total.is_ordinal:
        return total
    fraction = fraction_of(tokens, total.end, total.value)
    if fraction or total.scale > 1:
        return fraction or total
    value, end = _and_a_half(tokens, total.end, total.value)
    return total if end == total.end else scaled(tokens, end, value)


def _and_a_half(tokens: Sequence[Token], at: int, value: Decimal) -> tuple[Decimal, int]:
    """`value` and the "and a half" or "and three quarters" at `at`, and the index behind."""
    if word_at(tokens, at) == "and":
        first, second = word_at(tokens, at + 1), word_at(tokens, at + 2)
        if first in {"a", "one"} and second in {"half", "quarter", "third"}:
            return value + Decimal(1) / DENOMINATORS[second], at + 3
        if (first, second) == ("three", "quarters"):
            return value + Decimal("0.75"), at + 3
    return value, at


def _skip_and(tokens: Sequence[Token], at: int, split_at_and: bool) -> int | None:
    """Index of the next term, past an "and" or a comma that may join it; None where it may not."""
    if word_at(tokens, at) == "and":
        return at + 1 if joined(tokens, at + 1) and not split_at_and else None
    return at if at < len(tokens) and (joined(tokens, at) or tokens[at].before == ", ") else None


def _term(tokens: Sequence[Token], at: int, split_at_and: bool) -> Reading | None:
    """1 to 999 in words ("ninety-nine", "three hundred and four", "a hundred") and the scale behind them."""
    small = Reading(Decimal(1), at + 1) if tokens[at].word == "a" else _small(tokens, at)
    if small is None or small.is_ordinal:
        return small
    value, end, scale = small.value, small.end, 1
    if word_at(tokens, end) == "hundred":
        value, end, scale = value * 100, end + 1, 100
        after = _skip_and(tokens, end, split_at_and)
        rest = _small(tokens, after) if after is not None and tokens[after].before != ", " else None
        if rest and word_at(tokens, rest.end) != "hundred":
            value, end, scale = value + rest.value, rest.end, 1
            if rest.is_ordinal:
                return Reading(value, end, is_ordinal=True)
    while (step := SCALES.get(word_at(tokens, end))) and (step > scale or step == 12):
        scale = step if scale < 1000 else scale * step
        value, end = value * step, end + 1
    if scale > 1 and word_at(tokens, end) in SCALE_ORDINALS:
        return Reading(value * SCALE_ORDINALS[tokens[end].word], end + 1, is_ordinal=True)
    return Reading(value, end, scale=scale)


def _small(tokens: Sequence[Token], at: int) -> Reading | None:
    """0 to 99, cardinal or ordinal."""
    word, following = tokens[at].word, word_at(tokens, at + 1)
    value = ORDINALS.get(word, CARDINALS.get(word))
    if value is None:
        return None
    if word in CARDINALS and value >= 20:
        unit = CARDINALS.get(following, ORDINALS.get(following, 0))
        if 0 < unit < 10:
            return Reading(Decimal(value + unit), at + 2, is_ordinal=following in ORDINALS)
    return Reading(Decimal(value), at + 1, is_ordinal=word in ORDINALS)
