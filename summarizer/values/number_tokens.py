"""The words, digit groups and letters of scale that numbers are made of.

English conventions: a comma or an apostrophe groups thousands (1,180; also 1,00,000 and 1 180 with a no-break
space), a point begins decimals (1.180 is a little more than one). Continental forms are read only where no other
reading is possible (1.180,5 and 1.180.000); 3,5 may be a list or three and a half, so its parts are codes.
Digits of any script count (unicodedata decimal).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from summarizer.values.units import CURRENCY_BEFORE, unit_behind
from summarizer.values.words import WORDS

_JOINS = frozenset({" ", "-", "\n", "\u00a0", "\u2010", "\u2011", "\u202f", "\u00ad", "  "})
_LONGEST = 30  # no quantity has so many digits; arithmetic on a megabyte of them would be slow or overflow
# Each alternative either is possessive or has bounded repeats, so that the scan is linear whatever the text.
_TOKEN = re.compile(
    r"""(?P<scientific>(?<![\w.])(?:
          \d{1,12}(?:\.\d{1,12})?(?:e[+-]?\d{1,2}|E[+-]\d{1,2}|[ ]?[x×·*][ ]?10(?:\^[-−]?\d{1,2}|⁻?[⁰¹²³⁴-⁹]{1,2}))
        | 10(?:\^[-−]?\d{1,2}|⁻?[⁰¹²³⁴-⁹]{1,2})
        )(?![\w^]))
      | (?P<noted>(?:19|20)\d\d\.\d{1,2}(?=\s+[A-Z]|\s*\Z))
      | (?P<decimal_comma>\d{1,3},\d{1,2}(?=[ \u00a0]?(?:Mio|Mrd|Mill)\b))
      | (?P<continental>\d{1,3}(?:\.\d{3}(?!\d)){1,6},\d{1,2}(?![\d,])|\d{1,3}(?:\.\d{3}(?!\d)){2,6}(?![.\d]))
      | (?P<code>\d++(?:\.\d++){2,}+)
      | (?P<grouped>
          \d{1,3}(?:[,，٬'’\u00a0\u202f\u2009]\d{3}(?!\d))+
        | \d{1,2}(?:,\d{2}){1,5},\d{3}(?!\d)
        | \d{1,3}(?:[ ]\d{3}(?!\d)){0,4}[ ]000(?!\d)
        )(?P<grouped_decimals>[.．٫]\d++)?
      | (?P<plain>\d++(?:[.．٫·]\d++)?|(?<![\w.])\.\d++)
      | (?P<word>[^\W\d_]++)""",
    re.VERBOSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters (`value` is None) or the digits of one number, at `text[start:end]`.

    `before` is what stands between it and the token before, shortened to two characters where it is longer.
    """

    start: int
    end: int
    word: str
    before: str
    value: Decimal | None = None
    is_code: bool = False


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The runs of letters and the digit groups of `text[start:end]`, in order."""
    tokens: list[Token] = []
    last = start
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        before = text[last : match.start()] if match.start() - last <= 2 else "  \n"
        tokens.extend(_tokens_of(match, before))
        last = match.end()
    return tokens


def _tokens_of(match: re.Match[str], before: str) -> Iterator[Token]:
    begin, stop, kind, written = match.start(), match.end(), match.lastgroup or "", match[0]
    if kind == "word":
        yield Token(begin, stop, written.lower(), before)
    elif kind in {"code", "noted"}:  # 3.2.1; the year and the note of "2024.1"
        for n, piece in enumerate(re.finditer(r"\d++", written)):
            gap, is_code = "." if n else before, n > 0 or kind == "code"
            yield Token(begin + piece.start(), begin + piece.end(), "", gap, Decimal(piece[0]), is_code)
    elif kind == "scientific":
        value = _scientific(written)
        yield Token(begin, stop, "", before, value, is_code=abs(value.adjusted()) > _LONGEST)
    else:
        whole, decimals = written, ""
        if kind in {"continental", "decimal_comma"}:
            whole, _, decimals = written.partition(",")
        elif kind.startswith("grouped"):
            whole, decimals = match["grouped"], (match["grouped_decimals"] or "")[1:]
        if kind != "plain":
            whole = re.sub(r"\D", "", whole)
        value = Decimal(f"{re.sub('[．٫·]', '.', whole)}{'.' if decimals else ''}{decimals}")
        yield Token(begin, stop, "", before, value, is_code=stop - begin > _LONGEST)


_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")


def _scientific(written: str) -> Decimal:
    """1.5e6, 3 x 10^8, 6.02×10²³, 10^6."""
    mantissa, _, exponent = re.sub(r"[ ]?[x×·*][ ]?10\^?|^10\^?(?=\D|\d{1,2}$)|[eE]", "e", written).partition("e")
    return Decimal(mantissa or 1).scaleb(int(exponent.translate(_RAISED)))


def joined(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` exists and only a space or a hyphen parts it from the one before."""
    return at < len(tokens) and tokens[at].before in _JOINS


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The word of token `at` where it is joined to the one before, else ''."""
    return tokens[at].word if joined(tokens, at) else ""


# Letters that scale a number: 30k, $5.2m, 3bn, 2m people; not the m of metres.

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
