"""The English words that dates are made of: what each is worth, and the patterns that read them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.analysis.calendar_values import Unit
from summarizer.analysis.number_words import CARDINALS, read_words, tokenise_words


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set: long word lists read better as text."""
    return frozenset(words.split())


_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties"

MONTHS = {form: n for n, name in enumerate(_MONTHS.split(), 1) for form in (name, name[:3])} | {"sept": 9}
WEEKDAYS = {name: n for n, name in enumerate(_WEEKDAYS.split())}
WEEKDAY_ABBREVIATIONS = {name[:3]: n for name, n in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
DECADES = {word: 1900 + 10 * n for n, word in enumerate(_DECADES.split(), 2)}
DAY_PARTS = word_set("morning afternoon evening night noon midday lunchtime midnight dawn")

# Unit of a word, and how many of that unit it is worth.
UNITS: dict[str, tuple[Unit, int]] = {
    "day": ("day", 1), "week": ("week", 1), "fortnight": ("week", 2), "month": ("month", 1), "quarter": ("month", 3),
    "year": ("year", 1), "decade": ("year", 10), "century": ("year", 100),
}  # fmt: skip
UNITS |= {f"{word}s": value for word, value in UNITS.items()} | {"centuries": ("year", 100)}
SHORT_UNITS = word_set("second seconds minute minutes hour hours hrs mins")

# Days with a name and a fixed place in the year.
FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year s day": (1, 1),
    "new year s eve": (12, 31), "valentine s day": (2, 14), "halloween": (10, 31), "st patrick s day": (3, 17),
    "bastille day": (7, 14),
}  # fmt: skip

# A name of a weekday after one of these is the name of something else.
NOT_BEFORE_WEEKDAY = word_set(
    "black good bloody ash super easter palm sheffield cyber every each ruby maundy holy freaky casual"
)
POSSESSIVES = word_set("his her their my your our its")
EARLY = word_set("the early late mid")

# Words before a four-digit number that make a year of it, the first ones even where it counts something.
ALWAYS_BEFORE_A_YEAR = word_set("in since during until till by before after year circa late early mid born died")
BEFORE_A_YEAR = ALWAYS_BEFORE_A_YEAR | word_set(
    "from between to and or around about of years b d c ca m div through spring summer autumn winter fall ad ce the"
)
NOT_BEFORE_A_YEAR = word_set(
    "flight gate room page number no nos route highway model unit platform channel gap score box chapter"
)
COUNTED_AFTER = word_set(
    """people men women children soldiers troops kilometres kilometers km miles metres meters feet dollars euros
    pounds percent per tonnes tons kg kilograms barrels homes jobs workers votes million billion thousand acres
    hectares times hours calories mm cm m"""
)

# A date behind one of these lies ahead unless the verb looks back: "runs through Wednesday", "lasted until Monday".
LIMIT_CUES = word_set("until till through by")

# What tells whether the verb near a date looks ahead or back.
FUTURE_CUES = word_set(
    """will shall ll would due forecast predicted scheduled expected expects expect plans planned planning set
    going upcoming forthcoming may might could should next tomorrow deadline ahead slated hopes intends aims
    wants launches starts begins opens runs takes returns faces pending coming future can must cannot ready
    later"""
)
PAST_CUES = word_set(
    """was were had did said told went came began met took made left held lost fell rose shot found saw sent spoke
    struck gave got brought broke built caught drew drove flew fought grew heard kept knew led paid ran sold
    stood swore taught thought threw wore wrote became been since ago last earlier sought won"""
)

END = r"(?![^\W_])"
S = r"(?:[ ]{1,2}|[-\n\u00a0\u202f\u2011])"
DAY = r"\d{1,2}(?i:st|nd|rd|th)?(?![^\W_]|\.\d|,\d{3}(?!\d))"
RANGE = rf"(?:{S}(?:to|through) |-|–| – | - |—)"
YEAR = r"(?: |, |,|\n|\u00a0|\. )(?P<year>[12]\d{3})(?![^\W_]|[.,]\d)"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, in any case, as a whole word."""
    return f"(?i:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))}){END}"


def _month_pattern() -> str:
    """The names of the months; the short ones and those that mean something else need their capital."""
    capital = [name for name in MONTHS if len(name) < 5 and name not in {"june", "july"}] + ["march", "august"]
    rest = [name for name in MONTHS if name not in capital]
    shown = [f"{name[0].upper()}(?i:{name[1:]})" for name in sorted(capital, key=len, reverse=True)]
    return f"(?P<month>(?i:{'|'.join(rest)})|{'|'.join(shown)}){END}"


MONTH = _month_pattern()
_CARDINAL = any_of(CARDINALS)
_VAGUE = f"(?:an?{S})?(?:few|several|many|some|couple){END}(?:{S}of)?"
AMOUNT = (
    rf"(?P<amount>\d{{1,4}}(?![.,]?\d)|{_VAGUE}|an?{END}"
    rf"|{_CARDINAL}(?:{S}(?:and{S})?(?:{_CARDINAL}|hundred{END}|thousand{END})){{0,6}})"
)
_PREVIOUS = re.compile(rf"([^\W\d_]+){S}\Z")
_FOLLOWING = re.compile(rf"{S}([^\W\d_]+)")
_FEW = re.compile(r"\b(?:few|several|many|some|couple)\b")


def word_before(text: str, at: int) -> str:
    """The word before `at`, in lower case, where a space or hyphen parts the two, else ''."""
    match = _PREVIOUS.search(text[max(0, at - 24) : at])
    return match[1].lower() if match else ""


def word_behind(text: str, at: int) -> str:
    """The word behind `at`, in lower case, where a space or hyphen parts the two, else ''."""
    match = _FOLLOWING.match(text, at)
    return match[1].lower() if match else ""


def amount_of(written: str) -> int | None:
    """How many: 3, three, "a"; None for "a few" and "several"; -1 for what is no whole number."""
    words = written.lower()
    if words.isdecimal():
        return int(words)
    if words in {"a", "an"}:
        return 1
    if _FEW.search(words):
        return None
    tokens = tokenise_words(words)
    read = read_words(tokens, 0)
    is_whole = read and read.end == len(tokens) and read.value % 1 == 0 and not read.is_fraction
    return int(read.value) if read and is_whole and read.value <= 9999 else -1
