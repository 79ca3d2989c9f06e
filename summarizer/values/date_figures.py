"""Dates in figures, times of day, amounts of units, years with their parts and multiples."""

from __future__ import annotations

import re

from summarizer.values import calendar_values as cal
from summarizer.values.calendar_values import UNKNOWN, Fixed, fixed
from summarizer.values.date_words import DIGITS, END, YEAR_BEHIND, Reading, S, any_of, rule, word_before, word_behind
from summarizer.values.number_tokens import tokenise
from summarizer.values.number_words import CARDINALS, ORDINALS, read_words
from summarizer.values.words import WORDS, word_set

# Dates in figures.


@rule(DIGITS, r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|\d{4}-W\d\d(?:-[1-7])?(?!\d)")
def _year_first(match: re.Match[str]) -> Reading:
    """2023-09-10, 2024-W18, 2024-W18-3."""
    if match[1]:
        return fixed(cal.day, int(match[1]), int(match[3]), int(match[4])), match.end()
    return Fixed(cal.read_iso(match[0].upper())), match.end()


@rule(DIGITS, r"9/11(?!/?\d)")
def _attacks(match: re.Match[str]) -> Reading:
    return fixed(cal.day, 2001, 9, 11), match.end()


_PIVOT = 50
"""Years of two digits from here on are of the last century."""


@rule(DIGITS, r"(?<![-/.])(\d{1,2})([-/.])(\d{1,2})\2(?:(\d{4})|(\d{2})(?![-/.]\d))(?!\d)")
def _in_figures(match: re.Match[str]) -> Reading | None:
    """10/09/2023, 10.9.2023, 13/02/24, 13.02.24; unknown where day and month cannot be told apart."""
    first, mark, second = int(match[1]), match[2], int(match[3])
    if match[5]:
        is_sure = mark == "/" or (mark == "." and len(match[1]) == len(match[3]) == 2)
        if not is_sure or not 1 <= min(first, second) <= 12 or max(first, second) > 31:
            return None
    year = int(match[4] or match[5]) + (0 if match[4] else 2000 if int(match[5]) < _PIVOT else 1900)
    if mark == "." or first > 12 or first == second:
        return fixed(cal.day, year, second, first), match.end()
    return fixed(cal.day, year, first, second) if second > 12 else UNKNOWN, match.end()


# Times of day.

_ZONES = any_of("gmt bst utc est edt et cet cest pst pdt pt ist jst kst local hours hrs z".split())
_BEFORE_A_TIME = word_set("at by from until till to around about before after between and since just past")
_BEFORE_AN_HOUR = word_set("at by until before after around since from")
_HOURS = {"noon": 12, "midday": 12, "midnight": 0}


def _clock(hour: int, minute: int = 0) -> Fixed:
    return Fixed(clock=f"T{hour:02d}:{minute:02d}")


@rule(DIGITS, rf"(\d{{1,2}})(?:[:.]?([0-5]\d)(?::\d\d)?)?[ \u00a0\u202f]?(?P<half>[ap])(?:m|\.m){END}(?:{S}{_ZONES})?")
def _half_clock(match: re.Match[str]) -> Reading | None:
    """3pm, 11:15 a.m., 5.30pm."""
    later = 12 if match["half"] in "pP" else 0
    hour = int(match[1])
    return (_clock(hour % 12 + later, int(match[2] or 0)), match.end()) if 1 <= hour <= 12 else None


@rule(
    DIGITS,
    rf"([01]?\d|2[0-3])(?::([0-5]\d)(?::\d\d)?(?!\d)(?P<zone>{S}{_ZONES})?|(?<=\d\d)([0-5]\d){S}{_ZONES}"
    rf"| ?o['’]clock{END})",
)
def _whole_clock(match: re.Match[str]) -> Reading | None:
    """22:30, 0900 GMT, 10 o'clock."""
    is_bare = match[2] and not match["zone"] and word_before(match.string, match.start()) not in _BEFORE_A_TIME
    return None if is_bare else (_clock(int(match[1]), int(match[2] or match[4] or 0)), match.end())


@rule(_HOURS, any_of(_HOURS))
def _named_hour(match: re.Match[str]) -> Reading | None:
    if word_before(match.string, match.start()) not in _BEFORE_AN_HOUR:
        return None
    return _clock(_HOURS[match[0].lower()]), match.end()


# Parts of a year, years, decades, centuries.

_DECADE_WORDS = "twenties thirties forties fifties sixties seventies eighties nineties"
_DECADES = {word: 1900 + 10 * n for n, word in enumerate(_DECADE_WORDS.split(), 2)}
_EARLY = word_set("the early late mid")

# Words before a four-digit number that make a year of it, the first ones even where it counts something.
_ALWAYS_BEFORE_A_YEAR = word_set("in since during until till by before after year circa late early mid born died")
_BEFORE_A_YEAR = _ALWAYS_BEFORE_A_YEAR | WORDS["before a year"]
_NOT_BEFORE_A_YEAR = WORDS["before no year"]
_COUNTED_AFTER = word_set("people men women children feet percent per million billion thousand km cm mm m")
_CENTURY = re.compile(
    rf"(?P<one>{S}(?:and|or|to){S}[^\W_]+)?{S}centur(?:y|ies){END}(?P<before_christ>{S}bce?{END})?", re.IGNORECASE
)
_PART = re.compile(rf"{S}(?P<size>quarter|half){END}(?P<of>{S}(?:of|in){END})?", re.IGNORECASE)
_FISCAL_YEAR = rf"(?:(?:fiscal|financial)(?:{S}year)?{S}\d{{4}}(?:[-–/]\d{{2,4}})?|FY ?\d{{2}}(?:\d\d)?){END}"
_FISCAL = re.compile(rf"(?:{S}(?:the|its))?{S}?{_FISCAL_YEAR}")


@rule(["fiscal", "financial", "fy"], _FISCAL_YEAR, 0)
def _fiscal(match: re.Match[str]) -> Reading:
    """Fiscal 2024, the financial year 2023-24, FY24: only the company knows when it begins."""
    return UNKNOWN, match.end()


@rule([*DIGITS, *ORDINALS, *CARDINALS], rf"(?P<figure>\d{{1,2}})(?:st|nd|rd|th){END}|[^\W\d_]+(?:[ -][^\W\d_]+)?")
def _ordinal(match: re.Match[str]) -> Reading | None:
    """The 19th century, the twenty-first century, the third quarter."""
    if match["figure"]:
        return _ordinal_noun(match.string, int(match["figure"]), match.end())
    tokens = tokenise(match[0].lower())
    read = read_words(tokens, 0)
    if read is None or not read.is_ordinal:
        return None
    return _ordinal_noun(match.string, int(read.value), match.start() + tokens[read.end - 1].end)


def _ordinal_noun(text: str, number: int, at: int) -> Reading | None:
    """What an ordinal that ends at `at` makes of a century, or of a quarter or half of a year, behind it."""
    century = _CENTURY.match(text, at)
    if century and 1 <= number <= 30:
        if century["before_christ"]:
            return UNKNOWN, at if century["one"] else century.start("before_christ")
        return fixed(cal.years, number * 100 - 99, number * 100), at if century["one"] else century.end()
    part = _PART.match(text, at)
    return _part_of_year(part, number, 3 if part["size"].lower() == "quarter" else 6) if part else None


@rule("qh", rf"(?P<size>[QH])(?P<number>\d){END}(?P<of>{S}of{END})?", 0)
def _abbreviated_part(match: re.Match[str]) -> Reading | None:
    """Q3 2023, H1 2024, Q3 FY24."""
    return _part_of_year(match, int(match["number"]), 3 if match["size"] == "Q" else 6)


def _part_of_year(part: re.Match[str], number: int, size: int) -> Reading | None:
    """The third quarter of 2023, the first half of 2024; nobody can tell which without a year, or of a fiscal one."""
    if not 1 <= number <= 12 // size:
        return None
    text, end = part.string, part.end()
    fiscal = _FISCAL.match(text, end)
    if fiscal:
        return UNKNOWN, fiscal.end()
    year = YEAR_BEHIND.match(text, end)
    if year and (part["of"] or text[end : year.start("year")] == " "):
        return fixed(cal.months, int(year["year"]), size * (number - 1) + 1, size), year.end()
    return (UNKNOWN, part.start("of") if part["of"] else end) if size == 3 else None


@rule([*DIGITS, *_DECADES], rf"(?P<year>\d{{4}}|\d{{2}})['’]?s{END}|{any_of(_DECADES)}")
def _decade(match: re.Match[str]) -> Reading | None:
    """The 1990s, the '60s, the 80s, the sixties; not "in her 80s"."""
    text, at, year = match.string, match.start(), int(match["year"] or 0)
    if year % 10:
        return None
    if year > 99:
        return fixed(cal.years, year, year + (99 if year % 100 == 0 and year < 2000 else 9)), match.end()
    if word_before(text, at) not in _EARLY and text[at - 1 : at] not in set("'’‘"):
        return None
    first = (1900 if year >= 20 else 2000) + year if match["year"] else _DECADES[match[0].lower()]
    return fixed(cal.years, first, first + 9), match.end()


@rule(DIGITS, rf"(\d{{1,4}})(?:{S}(AD|CE|BCE?))?{END}", 0)
def _era(match: re.Match[str]) -> Reading | None:
    """AD 79, 44 BC."""
    is_told = match.string[max(0, match.start() - 3) : match.start()] == "AD "
    if not match[2] and not is_told:
        return None
    return UNKNOWN if (match[2] or "").startswith("B") else fixed(cal.years, int(match[1])), match.end()


_CAPITAL_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+[^\w]{0,2}\Z")
_YEAR_BEFORE = re.compile(r"(?<!\d)\d{4}(?: – | - |-|—)\Z")
_BEFORE_MORE = re.compile(r"[)–]|-\d")
_NOT_A_YEAR = re.compile(r"-\d(?!\d{3}(?![^\W_]))")


@rule(
    DIGITS,
    r"(1\d{3}|20\d\d|2100)(?![^\W_]|[%％:°+]|[,٫·]\d|\.\d(?!\d?(?:\s+[A-Z]|\s*\Z)))(?:[-–/](\d\d)(?![^\W_]|[-/]))?",
    0,
)
def _year(match: re.Match[str]) -> Reading | None:
    """1998, 2019-20, 1990–95, 2019/20."""
    text, at, year = match.string, match.start(), int(match[1])
    last = year // 100 * 100 + int(match[2]) if match[2] else 0
    if (last <= year and _NOT_A_YEAR.match(text, at + 4)) or not _reads_as_year(text, at, year):
        return None
    return (fixed(cal.years, year, last), match.end()) if last > year else (fixed(cal.years, year), at + 4)


def _reads_as_year(text: str, at: int, year: int) -> bool:
    """Years of our time unless they count something; older numbers only where a year is expected."""
    before = word_before(text, at)
    if before in _NOT_BEFORE_A_YEAR or (before not in _ALWAYS_BEFORE_A_YEAR and _counts(text, at, before, year)):
        return False
    is_bracketed = text[max(0, at - 1) : at] in {"(", "–"} or _BEFORE_MORE.match(text, at + 4)
    is_second = _YEAR_BEFORE.search(text[max(0, at - 8) : at]) is not None
    return 1900 <= year < 2100 or bool(is_bracketed) or before in _BEFORE_A_YEAR or is_second


def _counts(text: str, at: int, before: str, year: int) -> bool:
    """Whether it counts or belongs to a name: 1998 points, 2000 soldiers; not the 2014 protests, their 2014 sales."""
    after = word_behind(text, at + 4)
    previous = _CAPITAL_BEFORE.search(text[max(0, at - 24) : at])
    is_capital = previous is not None and previous[0][0].isupper()
    if after in _COUNTED_AFTER:
        return True
    if year % 100 == 0 and is_capital and before and before not in _BEFORE_A_YEAR:
        return True  # the Saab 2000, Windows 2000
    if not after.endswith("s") or after.endswith("ss") or text[at + 5].isupper() or text[at + 4] == "-":
        return False
    is_a_year = before in _BEFORE_A_YEAR or before in {"", "s"} or is_capital
    return year % 100 == 0 or not is_a_year
