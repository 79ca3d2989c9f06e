"""Temporal expressions that begin with digits: years, decades, days, times, dates in figures."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.date_forms import Clock, DayOfMonth, Fixed, Shift
from summarizer.analysis.date_words import (
    ALWAYS_BEFORE_A_YEAR,
    AMOUNT,
    BEFORE_A_YEAR,
    DAY,
    END,
    MONTH,
    MONTHS,
    NOT_BEFORE_A_YEAR,
    POSSESSIVES,
    RANGE,
    SHORT_UNITS,
    UNITS,
    YEAR,
    Match,
    S,
    Scan,
    amount_of,
    any_of,
    word_set,
)

_PIVOT = 50
"""Years of two digits from here on are of the last century."""

_ZONES = any_of("gmt bst utc est edt et cet cest pst pdt pt ist jst kst local hours hrs z".split())
_BEFORE_A_TIME = word_set("at by from until till to around about before after between and since just past")
_COUNTED_AFTER = word_set(
    """people men women children soldiers troops kilometres kilometers km miles metres meters feet dollars euros
    pounds percent per tonnes tons kg kilograms barrels homes jobs workers votes million billion thousand acres
    hectares times hours calories mm cm m"""
)


def from_digits(scan: Scan, at: int) -> Match | None:
    """The expression that begins with the digits at `at`."""
    before = scan.text[at - 1] if at > scan.start else " "
    if before.isalpha() or before in "#_№" or unicodedata.category(before) == "Sc":
        return None
    for read in (_in_figures, _clock, day_then_month, counted, _century, _decade, _year):
        match = read(scan, at)
        if match:
            return match
    return None


_ISO = re.compile(r"(\d{4})(?:-[Ww](\d\d)(?:-([1-7]))?|([-/.])(\d{1,2})\4(\d{1,2}))(?!\d)")
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_ATTACKS = re.compile(r"9/11(?!/?\d)")


def _in_figures(scan: Scan, at: int) -> Match | None:
    """2023-09-10, 2024-W18, 10/09/2023, 10.9.23; 9/11. None where day and month cannot be told apart."""
    iso = scan.match(_ISO, at)
    if iso and iso[2]:
        week = cal.read_iso(f"{iso[1]}-W{iso[2]}")
        return Fixed(cal.shifted(week, "day", int(iso[3]) - 1) if iso[3] else week), iso.end()
    if iso:
        return Fixed(cal.day(int(iso[1]), int(iso[5]), int(iso[6]))), iso.end()
    attacks = scan.match(_ATTACKS, at)
    if attacks:
        return Fixed(cal.day(2001, 9, 11)), attacks.end()
    figures = scan.match(_FIGURES, at)
    if figures is None:
        return None
    first, mark, second, year = int(figures[1]), figures[2], int(figures[3]), int(figures[4])
    if len(figures[4]) == 2:
        if not _is_short(scan, figures):
            return None
        year += 2000 if year < _PIVOT else 1900
    if mark == "." or first > 12 or first == second:
        return Fixed(cal.day(year, second, first)), figures.end()
    return Fixed(cal.day(year, first, second) if second > 12 else None), figures.end()


def _is_short(scan: Scan, figures: re.Match[str]) -> bool:
    """Whether 13/02/24 or 13.02.24 is a day of two digits' year: a day and a month in some order, no longer chain."""
    low, high = sorted((int(figures[1]), int(figures[3])))
    end = figures.end()
    chained = (scan.sign(end) in tuple("-/.") and scan.sign(end + 1).isdecimal()) or scan.sign(
        figures.start() - 1
    ) in tuple("-/.")
    sure = figures[2] == "/" or (figures[2] == "." and len(figures[1]) == len(figures[3]) == 2)
    return sure and not chained and 1 <= low <= 12 and high <= 31


_DAY_MONTH = re.compile(rf"(?P<first>{DAY})(?:{RANGE}(?P<last>{DAY}))?{S}(?:of{S})?{MONTH}")
_VERB = re.compile(r"\s(?:be|have|not)\b")


def day_then_month(scan: Scan, at: int) -> Match | None:
    """12 September, 12th of September 2023, 10-12 September."""
    match = scan.match(_DAY_MONTH, at)
    if match is None or not scan.text[match.start("month")].isupper():
        return None
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else first
    is_verb = match["month"] in {"May", "March"} and scan.match(_VERB, match.end()) is not None
    if not 1 <= first <= last <= 31 or is_verb:
        return None
    return day_of_month(scan, MONTHS[match["month"].lower()], first, last, match.end())


def _number(written: str) -> int:
    return int(written[:2].rstrip("sStTnNrR"))


_YEAR_BEHIND = re.compile(YEAR)


def day_of_month(scan: Scan, month: int, first: int, last: int, at: int) -> Match:
    """A day or days of a month, with the year where one follows at `at`."""
    if (month, first) == (9, 11) and scan.after(at) in {"attack", "attacks", "hijackers", "terrorist"}:
        return Fixed(cal.day(2001, 9, 11)), at
    dated = DayOfMonth(month, first, last)
    year = scan.match(_YEAR_BEHIND, at)
    return (Fixed(dated.in_year(int(year["year"]))), year.end()) if year else (dated, at)


_HALF = r"[ \u00a0\u202f]?(?P<half>[ap])(?:m|\.m)" + END
_HALF_CLOCK = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:[:.]?(?P<minute>[0-5]\d)(?::\d\d)?)?{_HALF}(?:{S}{_ZONES})?", re.IGNORECASE
)
_WHOLE_CLOCK = re.compile(rf"(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::\d\d)?(?!\d)(?P<zone>{S}{_ZONES})?")
_MILITARY = re.compile(rf"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d){S}{_ZONES}")
_O_CLOCK = re.compile(rf"(?P<hour>\d{{1,2}}) ?o['’]clock{END}", re.IGNORECASE)


def _clock(scan: Scan, at: int) -> Match | None:
    """22:30, 3pm, 11:15 a.m., 5.30pm, 0900 GMT, 10 o'clock."""
    half = scan.match(_HALF_CLOCK, at)
    if half:
        hour = int(half["hour"])
        later = 12 if half["half"] in "pP" else 0
        return (Clock(hour % 12 + later, int(half["minute"] or 0)), half.end()) if 1 <= hour <= 12 else None
    for pattern in (_WHOLE_CLOCK, _MILITARY, _O_CLOCK):
        match = scan.match(pattern, at)
        if match and int(match["hour"]) < 24:
            bare = pattern is _WHOLE_CLOCK and not match["zone"] and scan.before(at) not in _BEFORE_A_TIME
            minute = 0 if pattern is _O_CLOCK else int(match["minute"])
            return None if bare else (Clock(int(match["hour"]), minute), match.end())
    return None


_COUNTED = re.compile(
    rf"{AMOUNT}{S}(?P<unit>{any_of([*UNITS, *SHORT_UNITS])})(?:{S}(?P<when>ago|earlier|later|from{S}(?:now|today)){END}"
    rf"|['’] (?P<time>time){END})",
    re.IGNORECASE,
)


def counted(scan: Scan, at: int) -> Match | None:
    """Three years ago, a week earlier, two days later, 24 hours ago, in two weeks' time."""
    match = scan.match(_COUNTED, at)
    if match is None:
        return None
    amount, word, when = amount_of(match["amount"]), match["unit"].lower(), (match["when"] or "").lower()
    if amount is None or amount < 0:
        return (Fixed(), match.end()) if amount is None else None
    amount *= -1 if when in {"ago", "earlier"} else 1
    from_mention = when in {"earlier", "later"}
    if word in SHORT_UNITS:
        days = 0 if not word.startswith("h") else -(-amount // 24) if amount < 0 else amount // 24
        return Shift("day", days, from_mention), match.end()
    unit, worth = UNITS[word]
    return Shift(unit, amount * worth, from_mention), match.end()


_ORDINAL = re.compile(r"(\d{1,2})(?i:st|nd|rd|th)" + END)
_OF_A_CENTURY = re.compile(rf"{S}centur(?:y|ies){END}(?P<before_christ>{S}bce?{END})?", re.IGNORECASE)
_ONE_OF_TWO = re.compile(rf"{S}(?:and|or|to){S}[^\W_]+{S}centur(?:y|ies){END}", re.IGNORECASE)
_PART = re.compile(rf"{S}(?P<size>quarter|half){END}(?P<of>{S}(?:of|in){END})?", re.IGNORECASE)
_FISCAL = re.compile(
    rf"(?:{S}(?:the|its))?{S}?"
    rf"(?:(?:fiscal|financial)(?:{S}year)?{S}\d{{4}}(?:[-–/]\d{{2,4}})?|FY ?\d{{2}}(?:\d\d)?){END}"
)


def _century(scan: Scan, at: int) -> Match | None:
    match = scan.match(_ORDINAL, at)
    if match is None or not 1 <= int(match[1]) <= 30:
        return None
    if scan.match(_ONE_OF_TWO, match.end()):
        return Fixed(cal.years(int(match[1]) * 100 - 99, int(match[1]) * 100)), match.end()
    return ordinal_noun(scan, int(match[1]), match.end())


def ordinal_noun(scan: Scan, number: int, at: int) -> Match | None:
    """What an ordinal that ends at `at` makes of a century, or of a quarter or half of a year, behind it."""
    century = scan.match(_OF_A_CENTURY, at)
    if century:
        years = cal.years(number * 100 - 99, number * 100)
        christ = century["before_christ"]
        return Fixed(None if christ else years), century.start("before_christ") if christ else century.end()
    part = scan.match(_PART, at)
    if part is None:
        return None
    return part_of_year(scan, number, 3 if part["size"].lower() == "quarter" else 6, part)


def part_of_year(scan: Scan, number: int, size: int, part: re.Match[str]) -> Match | None:
    """The third quarter of 2023, the first half of 2024; nobody can tell which without a year, or of a fiscal one."""
    if not 1 <= number <= 12 // size:
        return None
    fiscal = fiscal_year(scan, part.end())
    if fiscal:
        return Fixed(), fiscal
    year = scan.match(_YEAR_BEHIND, part.end())
    if year and (part["of"] or scan.text[year.start() : year.start("year")] == " "):
        return Fixed(cal.months(int(year["year"]), size * (number - 1) + 1, size)), year.end()
    end = part.start("of") if part["of"] else part.end()
    return (Fixed(), end) if size == 3 else None


def fiscal_year(scan: Scan, at: int) -> int | None:
    """The end of "fiscal 2024", "the financial year 2023-24", "FY24" at `at`: only the company knows when it begins."""
    match = scan.match(_FISCAL, at)
    return match.end() if match else None


_PLURAL = re.compile(r"(\d{4}|\d{2})['’]?s" + END)


def _decade(scan: Scan, at: int) -> Match | None:
    """The 1990s, the '60s, the 80s; not "in her 80s"."""
    match = scan.match(_PLURAL, at)
    if match is None or int(match[1]) % 10:
        return None
    number = int(match[1])
    if len(match[1]) == 4:
        span = 100 if number % 100 == 0 and number < 2000 else 10
        return Fixed(cal.years(number, number + span - 1)), match.end()
    before, clipped = scan.before(at), scan.sign(at - 1) in tuple("'’‘")
    if before in POSSESSIVES or not (clipped or before in {"the", "early", "late", "mid"}):
        return None
    first = (1900 if number >= 20 else 2000) + number
    return Fixed(cal.years(first, first + 9)), match.end()


_ERA = re.compile(rf"(\d{{1,4}}){S}(AD|CE|BCE?|[Aa][Dd](?<=A.)){END}")
_CLIPPED = re.compile(r"\d\d" + END)
_FOUR = re.compile(r"([12]\d{3})(?!\d|[,٫·]\d|\.\d(?!\d?(?:\s+[A-Z]|\s*\Z)))")
_SHORT_RANGE = re.compile(r"[-–/](\d\d)(?![^\W_]|[-/])")


def _year(scan: Scan, at: int) -> Match | None:
    special = _common_era(scan, at) or _two_digits(scan, at)
    if special:
        return special
    match = scan.match(_FOUR, at)
    if match is None or not 1000 <= int(match[1]) <= 2100 or not _reads_as_year(scan, at, int(match[1])):
        return None
    return _short_range(scan, at + 4, int(match[1])) or (Fixed(cal.year(int(match[1]))), at + 4)


def _common_era(scan: Scan, at: int) -> Match | None:
    era = scan.match(_ERA, at)
    if era:
        return Fixed(cal.year(int(era[1])) if era[2] in {"AD", "CE"} else None), era.end()
    digits = scan.match(_DIGITS, at)
    told = scan.text[max(scan.start, at - 3) : at] == "AD "
    return (Fixed(cal.year(int(digits[0]))), digits.end()) if told and digits else None


_DIGITS = re.compile(r"\d{1,4}" + END)


def _two_digits(scan: Scan, at: int) -> Match | None:
    """In '98, since ’05."""
    match = scan.match(_CLIPPED, at)
    if match is None or scan.sign(at - 1) not in tuple("'’‘") or scan.sign(at - 2) != " ":
        return None
    year = (1900 if int(match[0]) >= 30 else 2000) + int(match[0])
    return (Fixed(cal.year(year)), match.end()) if scan.before(at - 1) in ALWAYS_BEFORE_A_YEAR else None


def _reads_as_year(scan: Scan, at: int, number: int) -> bool:
    """Years of our time unless they count something; older numbers only where a year is expected."""
    following, before = scan.sign(at + 4), scan.before(at)
    possessive = scan.text[at + 4 : at + 6] in {"'s", "’s"}
    if following and (following in "%％:°+" or (following.isalnum() and not possessive)):
        return False
    if following == "-" and scan.sign(at + 5).isdecimal() and _short_range(scan, at + 4, number) is None:
        return _DIGITS.match(scan.text, at + 5, scan.end) is not None and scan.text[at + 5 : at + 9].isdecimal()
    if before in NOT_BEFORE_A_YEAR or (before not in ALWAYS_BEFORE_A_YEAR and _counts(scan, at, number)):
        return False
    if 1900 <= number < 2100:
        return True
    bracketed = scan.sign(at - 1) in {"(", "–"} or following in {")", "–"}
    return bracketed or before in BEFORE_A_YEAR or _follows_a_year(scan, at)


_CAPITAL_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+[^\w]{0,2}\Z")


def _counts(scan: Scan, at: int, number: int) -> bool:
    """Whether it counts or belongs to a name: 1998 points, 2000 soldiers; not the 2014 protests, their 2014 sales."""
    before, after = scan.before(at), scan.after(at + 4)
    previous = _CAPITAL_BEFORE.search(scan.text[max(scan.start, at - 24) : at])
    is_capital = previous is not None and previous[0][0].isupper()
    if after in _COUNTED_AFTER:
        return True
    if number % 100 == 0 and is_capital and before and before not in BEFORE_A_YEAR:
        return True  # the Saab 2000, Windows 2000
    if not after.endswith("s") or after.endswith("ss") or scan.sign(at + 5).isupper() or scan.sign(at + 4) == "-":
        return False
    is_a_year = before in BEFORE_A_YEAR or before in POSSESSIVES or before in {"", "s"} or is_capital
    return number % 100 == 0 or not is_a_year


def _follows_a_year(scan: Scan, at: int) -> bool:
    return re.search(r"(?<!\d)\d{4}(?: – | - |-|—)\Z", scan.text[max(scan.start, at - 8) : at]) is not None


def _short_range(scan: Scan, at: int, number: int) -> Match | None:
    """2019-20, 1990–95, 2019/20: two years told in one."""
    second = scan.match(_SHORT_RANGE, at)
    if second is None:
        return None
    last = number // 100 * 100 + int(second[1])
    return (Fixed(cal.years(number, last)), second.end()) if number < last <= date.max.year else None
