"""Every number of a text, in digits or in words, with its exact place and value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from summarizer.values.number_tokens import CURRENCY_CODES, Token, joined, letter_scale, tokenise, word_at
from summarizer.values.number_words import NUMBER_WORDS, Reading, fraction_of, ordinal_suffix, read_words, scaled
from summarizer.values.words import WORDS

NumberKind = Literal["cardinal", "ordinal", "fraction", "decade", "code"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `text[start:end]`.

    The span holds the sign and the scale ("-5", "5.2 million", "2nd") but no unit, currency or percent sign; `scale`
    is 1,000,000 of "5.2 million". `kind` is `decade` for 1990s and `code` where the digits are part of a name, a time,
    a date in digits, a version or a telephone number (Covid-19, 22:30, 10/09/2023): equal codes are equal, but they
    count nothing. `percent` tells that "%", "per cent" or "percentage points" follows. `opens_range` marks the 10 of
    10-15, "10 to 15" and "between 10 and 15"; it has the scale and percent of the 15 where it has none of its own.
    """

    start: int
    end: int
    value: Decimal
    kind: NumberKind = "cardinal"
    percent: bool = False
    opens_range: bool = False
    scale: int = 1


_VULGAR = re.compile(r"[ \u00a0\u2009]?([¼-¾⅐-⅞])|[ -](1/[2348]|2/3|3/[48])(?![\d/])")
_SLASHED = {f"{top}/{bottom}": Decimal(top) / bottom for bottom in (2, 3, 4, 5, 6, 8, 10) for top in range(1, bottom)}
_COMMON = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "1/8", "3/8"})

_PREFIXES = WORDS["prefixes"]
_DASHES = frozenset({"-", "–", "—", "‒", "\u2010", "\u2011", " - ", " – ", "to", " to "})
_NOT_COUNTING_ONE = frozenset({"no", "any", "some", "every", "this", "that", "each", "which", "another", "everyone"})


def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` in order. Linear in its length.

    Vague words ("dozens", "several hundred", "a few") are no numbers; nor is "one" where it is a pronoun after
    "no", "any", "this" and the like.
    """
    return find_in(text, tokenise(text))


def find_in(text: str, tokens: Sequence[Token]) -> tuple[Number, ...]:
    """The numbers of `text` whose tokens are given: for callers that need the tokens too."""
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.value is not None:
            number, at = _from_digits(text, tokens, at)
        elif token.word in NUMBER_WORDS:
            number, at = _from_words(text, tokens, at)
        else:
            at += 1
            continue
        if number is not None:
            found.append(number)
    return tuple(_with_ranges(text, _without_codes(text, found)))


def _from_words(text: str, tokens: Sequence[Token], at: int) -> tuple[Number | None, int]:
    token, previous = tokens[at], tokens[at - 1].word if at else ""
    before = previous if token.before in {" ", "-"} else ""
    behind, following = text[token.end : token.end + 1], word_at(tokens, at + 1)
    if token.word == "one" and (before in _NOT_COUNTING_ONE or following in {"another", "s"} or behind in {"'", "’"}):
        return None, at + 1
    is_counted = before in {"per", "each", "split"} or (joined(tokens, at) and at and tokens[at - 1].value is not None)
    if token.word == "second" and (is_counted or following in {"later", "before", "after", "ago"}):
        return None, at + 1  # a unit of time
    read = read_words(tokens, at, split_at_and=previous == "between")
    if read is None:
        return None, at + 1
    if previous == "minus" and joined(tokens, at):
        return _number(text, tokens, read, tokens[at - 1].start, -read.value), read.end
    return _number(text, tokens, read, token.start, read.value), read.end


def _from_digits(text: str, tokens: Sequence[Token], at: int) -> tuple[Number | None, int]:
    token = tokens[at]
    assert token.value is not None
    start, value = token.start, token.value
    if token.is_code or _is_part_of_name(text, tokens, at):
        return Number(start, token.end, value, "code"), at + 1
    start, sign = _signed(text, tokens, at)
    value *= sign
    vulgar = _VULGAR.match(text, token.end)
    if vulgar:
        value += sign * (Decimal(str(unicodedata.numeric(vulgar[1]))) if vulgar[1] else _SLASHED[vulgar[2]])
        read = scaled(tokens, _after(tokens, at, vulgar.end()), value)
        number = _number(text, tokens, read, start, read.value)
        return replace(number, end=max(number.end, vulgar.end())), _after(tokens, at, number.end)
    attached = tokens[at + 1].word if at + 1 < len(tokens) and tokens[at + 1].start == token.end else ""
    if attached in {"st", "nd", "rd", "th"} and attached == ordinal_suffix(value):  # 9st is nine stone
        return Number(start, tokens[at + 1].end, value, "ordinal"), at + 2
    if _is_decade(text, token, value, attached):
        return Number(start, token.end, value, "decade"), at + 1
    exponent = letter_scale(text, tokens, at)
    if exponent:
        read = Reading(value.scaleb(exponent), at + 2, scale=10**exponent)
        number = _number(text, tokens, read, start, read.value)
        dotted = tokens[at + 1].word in {"mio", "mrd", "mill"} and text[number.end : number.end + 2] == ". "
        return replace(number, end=number.end + dotted), at + 2
    read = fraction_of(tokens, at + 1, value) or scaled(tokens, at + 1, value)
    return _number(text, tokens, read, start, read.value), read.end


def _after(tokens: Sequence[Token], at: int, offset: int) -> int:
    """Index of the first token from `at` on that begins at `offset` or later."""
    while at < len(tokens) and tokens[at].start < offset:
        at += 1
    return at


def _number(text: str, tokens: Sequence[Token], read: Reading, start: int, value: Decimal) -> Number:
    end = tokens[read.end - 1].end
    kind: NumberKind = "ordinal" if read.is_ordinal else "fraction" if read.is_fraction else "cardinal"
    return Number(start, end, value, kind, _percent_follows(text, tokens, read.end, end), scale=read.scale)


def _percent_follows(text: str, tokens: Sequence[Token], at: int, end: int) -> bool:
    sign = text[end : end + 2].lstrip(" \u00a0\u202f")[:1]
    if sign in {"%", "％", "٪"}:
        return True
    word = word_at(tokens, at)
    return word in {"percent", "pct", "percentage"} or (word == "per" and word_at(tokens, at + 1) == "cent")


def _is_part_of_name(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Covid-19, F-16, G20, #3, No. 3; not mid-1990, top-10 or nineteen-20."""
    start = tokens[at].start
    before = text[start - 1] if start else " "
    if before.isalpha() or before in "_#№":
        return not (before.isupper() and tokens[at - 1].end == start and tokens[at - 1].word in CURRENCY_CODES)
    if before not in "-\u2010\u2011" or at == 0 or tokens[at - 1].end != start - 1:
        return False
    previous = tokens[at - 1]
    return bool(previous.word) and previous.word not in _PREFIXES and previous.word not in NUMBER_WORDS


def _signed(text: str, tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Where the number begins with its minus sign or word, and the sign. A hyphen inside a range is none."""
    start = tokens[at].start
    if at and tokens[at - 1].word == "minus" and joined(tokens, at):
        return tokens[at - 1].start, -1
    sign = text[start - 1] if start else ""
    before = text[start - 2] if start > 1 else " "
    if sign and sign in "-−–" and (before.isspace() or before in "([" or unicodedata.category(before) == "Sc"):
        return start - 1, -1
    return start, 1


def _is_decade(text: str, token: Token, value: Decimal, attached: str) -> bool:
    if not 20 <= value < 3000 or 90 < value < 1000 or value % 10:
        return False
    return attached == "s" or text[token.end : token.end + 2] in {"'s", "’s"}


def _without_codes(text: str, numbers: list[Number]) -> list[Number]:
    """Marks as codes the parts of times (22:30), dates in digits (10/09/2023) and longer chains (555-123-4567)."""
    links = [_link(text, a, b) for a, b in pairwise(numbers)]
    marked = list(numbers)
    for n, link in enumerate(links):
        neighbours = links[n - 1 : n] + links[n + 1 : n + 2]
        if link in {":", "/", ","} or (link == "-" and "-" in neighbours):
            marked[n], marked[n + 1] = replace(marked[n], kind="code"), replace(marked[n + 1], kind="code")
    return [_slashed_fraction(text, number, n, links) or number for n, number in enumerate(marked)]


def _link(text: str, a: Number, b: Number) -> str:
    gap = text[a.end : b.start] if b.start - a.end == 1 else ""
    return gap if gap in {":", "/", "-", ","} and text[b.start].isdecimal() and text[a.end - 1].isdecimal() else ""


def _slashed_fraction(text: str, number: Number, n: int, links: list[str]) -> Number | None:
    """1/2, 2/3 and 3/4 that stand alone: the first half becomes the fraction, the second stays a code."""
    if n >= len(links) or links[n] != "/" or "/" in links[n - 1 : n] + links[n + 1 : n + 2]:
        return None
    end = number.end + (3 if text[number.end + 1 : number.end + 3] == "10" else 2)
    written = text[number.start : end]
    is_fraction = written in _COMMON or (written in _SLASHED and text.startswith(" of ", end))
    return Number(number.start, end, _SLASHED[written], "fraction") if is_fraction else None


def _with_ranges(text: str, numbers: list[Number]) -> Iterator[Number]:
    """The numbers with the low ends of ranges marked."""
    skip_to = 0
    for n, number in enumerate(numbers):
        if number.start < skip_to:
            continue  # the second half of 1/2
        skip_to = number.end
        following = numbers[n + 1] if n + 1 < len(numbers) else None
        if following and _is_range(text, number, following):  # 5-6 million, 10 to 15%: the high end's scale and percent
            value = number.value * following.scale
            is_shared = number.scale == 1 and value < following.value and number.value < 1000
            percent = number.percent or following.percent
            yield replace(number, value=value if is_shared else number.value, percent=percent, opens_range=True)
        else:
            yield number


def _is_range(text: str, low: Number, high: Number) -> bool:
    if low.kind not in {"cardinal", "fraction"} or low.kind != high.kind or high.start - low.end > 24:
        return False
    gap = text[low.end : high.start]
    words = gap.split()
    if gap in _DASHES or words in (["to"], ["or"]):
        return low.value < high.value
    before = text[max(0, low.start - 12) : low.start].lower()
    return len(words) <= 2 and words[-1:] == ["and"] and "between" in before
