"""The English words that dates are made of: what each is worth, and how the rules that read them are kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from fractions import Fraction

from summarizer.values.calendar_values import Expression, Unit
from summarizer.values.number_tokens import tokenise
from summarizer.values.number_words import CARDINALS, read_words
from summarizer.values.words import word_set

# Unit of a word, and how many of that unit it is worth; what is shorter than an hour is within the day.
_UNITS: dict[str, tuple[Unit, Fraction | int]] = {
    "day": ("day", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1), "quarter": ("month", 3),
    "year": ("year", 1), "decade": ("year", 10), "hour": ("day", Fraction(1, 24)), "hr": ("day", Fraction(1, 24)),
    "minute": ("day", 0), "min": ("day", 0), "second": ("day", 0),
}  # fmt: skip
UNITS = {word: worth for unit, worth in _UNITS.items() for word in (unit, f"{unit}s")}
UNITS |= {"century": ("year", 100), "centuries": ("year", 100)}

_MONTH_NAMES = "january february march april may june july august september october november december"
MONTHS = {form: n for n, name in enumerate(_MONTH_NAMES.split(), 1) for form in (name, name[:3])} | {"sept": 9}
WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_DAY_PARTS = word_set("morning afternoon evening night noon midday lunchtime midnight dawn")

END = r"(?![^\W_])"
S = r"(?:[ ]{1,2}|[-\n\u00a0\u202f\u2011])"
YEAR = r"(?: |, |,|\n|\u00a0|\. )(?P<year>[12]\d{3})(?![^\W_]|[.,]\d)"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, in any case, as a whole word."""
    return f"(?i:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))}){END}"


_CARDINAL = any_of(CARDINALS)
_VAGUE = f"(?:an?{S})?(?:few|several|many|some|couple){END}(?:{S}of)?"
AMOUNT = (
    rf"(?P<amount>\d{{1,4}}(?![.,]?\d)|{_VAGUE}|an?{END}"
    rf"|{_CARDINAL}(?:{S}(?:and{S})?(?:{_CARDINAL}|hundred{END}|thousand{END})){{0,6}})"
)
_PREVIOUS = re.compile(rf"([^\W\d_]+){S}\Z")
_FOLLOWING = re.compile(rf"{S}([^\W\d_]+)")
YEAR_BEHIND = re.compile(YEAR)
_FEW = re.compile(r"\b(?:few|several|many|some|couple)\b")


def word_before(text: str, at: int) -> str:
    """The word before `at`, in lower case, where a space or hyphen parts the two, else ''."""
    match = _PREVIOUS.search(text[max(0, at - 24) : at])
    return match[1].lower() if match else ""


def word_behind(text: str, at: int) -> str:
    """The word behind `at`, in lower case, where a space or hyphen parts the two, else ''."""
    match = _FOLLOWING.match(text, at)
    return match[1].lower() if match else ""


def past_day_part(text: str, at: int) -> int:
    word = word_behind(text, at)
    return at + 1 + len(word) + (text[at : at + 2] == "  ") if word in _DAY_PARTS else at


def amount_of(written: str) -> int | None:
    """How many: 3, three, "a"; None for "a few" and "several"; -1 for what is no whole number."""
    words = written.lower()
    if words.isdecimal():
        return int(words)
    if words in {"a", "an"}:
        return 1
    if _FEW.search(words):
        return None
    tokens = tokenise(words)
    read = read_words(tokens, 0)
    is_whole = read and read.end == len(tokens) and read.value % 1 == 0 and not read.is_fraction
    return int(read.value) if read and is_whole and read.value <= 9999 else -1


Reading = tuple[Expression, int]
"""An expression and the offset behind it."""

Rule = Callable[[str, int], Reading | None]
RULES: dict[str, list[Rule]] = {}
"""The rules by the word that an expression begins with, "" for digits; each reads at an offset into a text."""

DIGITS = ("",)


def rule(
    words: Iterable[str], pattern: str, flags: int = re.IGNORECASE
) -> Callable[[Callable[[re.Match[str]], Reading | None]], Rule]:
    """Registers a reading of what begins with one of `words` and matches `pattern`."""
    compiled = re.compile(pattern, flags)

    def register(read: Callable[[re.Match[str]], Reading | None]) -> Rule:
        def read_at(text: str, at: int) -> Reading | None:
            match = compiled.match(text, at)
            return read(match) if match else None

        for word in words:
            RULES.setdefault(word, []).append(read_at)
        return read_at

    return register


TOKEN = re.compile(r"[^\W\d_]+|\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+")
_DECIMALS = re.compile(r"\d[.,]\Z")


def expression_at(token: re.Match[str]) -> Reading | None:
    """The expression that begins with `token`, and the offset behind it."""
    text, at, word = token.string, token.start(), token[0].lower()
    if word[0].isdecimal():
        before = text[at - 1 : at] if at else " "
        if before.isalpha() or before in "#_№" or unicodedata.category(before) == "Sc":
            return None
        if "," in word or _DECIMALS.search(text[max(0, at - 2) : at]):
            return None
        word = ""
    return next((reading for rule in RULES.get(word, ()) if (reading := rule(text, at))), None)
