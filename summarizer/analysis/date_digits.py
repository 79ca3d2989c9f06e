"""Temporal expressions that begin with digits: years, decades, days, times, dates in figures."""

from __future__ import annotations

import unicodedata
from datetime import date

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.date_forms import (
    Clock,
    Fixed,
    Match,
    Words,
    counted_units,
    day_at,
    day_of_month,
    ordinal_noun,
    range_end_at,
)
from summarizer.analysis.date_words import (
    ALWAYS_BEFORE_A_YEAR,
    BEFORE_A_YEAR,
    MONTHS,
    NOT_BEFORE_A_YEAR,
    POSSESSIVES,
    word_set,
)

_PIVOT = 50
"""Years of two digits from here on are of the last century."""

_ZONES = word_set("""gmt bst utc est edt et cet cest pst pdt pt ist jst kst local hours hrs z""")
_BEFORE_A_TIME = word_set("""at by from until till to around about before after between and since just past""")
_COUNTED_AFTER = word_set(
    """people men women children soldiers troops kilometres kilometers km miles metres meters feet dollars euros
    pounds percent per tonnes tons kg kilograms barrels homes jobs workers votes million billion thousand acres
    hectares times hours calories mm cm m"""
)


def from_digits(words: Words, at: int) -> Match | None:
    """The expression that begins with the digits of token `at`."""
    if _is_inside_a_name(words, at):
        return None
    for read in (_in_figures, _clock, day_then_month, counted_units, _century, _decade, _year):
        match = read(words, at)
        if match:
            return match
    return None


def _is_inside_a_name(words: Words, at: int) -> bool:
    start = words.tokens[at].start
    before = words.text[start - 1] if start else " "
    return before.isalpha() or before in "#_№" or unicodedata.category(before) == "Sc"


def _in_figures(words: Words, at: int) -> Match | None:
    """2023-09-10, 10/09/2023, 10.9.2023; 9/11. None where day and month cannot be told apart."""
    mark = words.gap(at + 1)
    if mark == "-" and words.word(at + 1) == "w":
        return _iso_week(words, at)
    first, second, third = words.digits(at), words.digits(at + 1), words.digits(at + 2)
    if mark not in {"-", "/", "."} or not (first and second):
        return None
    if words.gap(at + 2) != mark or not third:
        attacks = mark == "/" and (first, second) == ("9", "11")
        return (Fixed(cal.day(2001, 9, 11)), at + 2) if attacks else None
    if len(first) == 4:
        return Fixed(cal.day(int(first), int(second), int(third))), at + 3
    if len(first) > 2 or len(second) > 2:
        return None
    if len(third) == 2 and _is_short(words, at, (first, second), mark):
        year = int(third) + (2000 if int(third) < _PIVOT else 1900)
        return Fixed(_day_and_month(int(first), int(second), year, mark)), at + 3
    return (Fixed(_day_and_month(int(first), int(second), int(third), mark)), at + 3) if len(third) == 4 else None


def _is_short(words: Words, at: int, parts: tuple[str, str], mark: str) -> bool:
    """Whether 13/02/24 or 13.02.24 is a day of two digits' year: a day and a month in some order, no longer chain."""
    low, high = sorted(map(int, parts))
    marks = {"-", "/", "."}
    chained = (words.gap(at + 3) in marks and bool(words.digits(at + 3))) or words.gap(at) in marks
    sure = mark == "/" or (mark == "." and all(len(part) == 2 for part in parts))
    return sure and not chained and 1 <= low <= 12 and high <= 31


def _iso_week(words: Words, at: int) -> Match | None:
    """2024-W18, 2024-W18-3."""
    year, week = words.digits(at), words.digits(at + 2)
    if len(year) != 4 or words.gap(at + 2) != "" or len(week) != 2:
        return None
    number = words.digits(at + 3) if words.gap(at + 3) == "-" else ""
    if len(number) == 1 and 1 <= int(number) <= 7:
        moment = cal.read_iso(f"{year}-W{week}")
        return Fixed(cal.shifted(moment, "day", int(number) - 1)), at + 4
    return Fixed(cal.read_iso(f"{year}-W{week}")), at + 3


def _day_and_month(first: int, second: int, year: int, mark: str) -> cal.When | None:
    if mark == "." or first > 12 or first == second:
        return cal.day(year, second, first)
    return cal.day(year, first, second) if second > 12 else None


def day_then_month(words: Words, at: int) -> Match | None:
    """12 September, 12th of September 2023, 10-12 September."""
    first = day_at(words, at)
    if first is None:
        return None
    last_at = range_end_at(words, first[1], first[1] - 1)
    last = (day_at(words, last_at) if last_at is not None else None) or first
    after = last[1] + 1 if words.next_word(last[1]) == "of" else last[1]
    name = words.word(after) if words.near(after) else ""
    if name not in MONTHS or not words.is_capital(after) or last[0] < first[0]:
        return None
    dotted = len(name) <= 4 and words.gap(after + 1) == ". " and len(words.digits(after + 1)) == 4
    if (
        name in {"may", "march"}
        and not dotted
        and last[1] == after
        and words.next_word(after + 1) in {"be", "have", "not"}
    ):
        return None
    return day_of_month(words, MONTHS[name], first[0], last[0], after + 1)


def _clock(words: Words, at: int) -> Match | None:
    """22:30, 3pm, 11:15 a.m., 5.30pm, 0900 GMT, 10 o'clock."""
    hour, minute, end = _hour_and_minute(words, at)
    if hour is None:
        return None
    half, after = _half_of_day(words, end)
    zone = words.word(after) in _ZONES and words.near(after)
    end = after + 1 if zone else after
    if half:
        return (Clock(hour % 12 + (12 if half == "p" else 0), minute), end) if 1 <= hour <= 12 else None
    written = ":" in words.gap(at + 1) and bool(words.digits(at + 1))
    plain = len(words.digits(at)) == 4 and zone
    if words.word(end) == "clock" and words.word(end - 1) == "o":
        return Clock(hour, minute), end + 1
    timely = zone or words.previous_word(at) in _BEFORE_A_TIME
    return (Clock(hour, minute), end) if (plain or (written and timely)) and hour < 24 else None


def _hour_and_minute(words: Words, at: int) -> tuple[int | None, int, int]:
    token = words.tokens[at]
    digits, following = words.digits(at), words.digits(at + 1)
    if words.gap(at + 1) == ":" and len(following) == 2 and 1 <= len(digits) <= 2 and int(following) < 60:
        end = at + 3 if words.gap(at + 2) == ":" and len(words.digits(at + 2)) == 2 else at + 2
        return int(digits), int(following), end
    if len(digits) == 4 and int(digits[:2]) < 24 and int(digits[2:]) < 60:
        return int(digits[:2]), int(digits[2:]), at + 1
    if digits and len(digits) <= 2 and int(digits) < 25:
        end = at + 2 if words.word(at + 1) == "o" else at + 1
        return int(digits), 0, end
    hour, point, minute = words.text[token.start : token.end].partition(".")
    if point and len(minute) == 2 and hour.isdecimal() and len(hour) <= 2 and minute.isdecimal() and int(minute) < 60:
        return int(hour), int(minute), at + 1
    return None, 0, at


def _half_of_day(words: Words, at: int) -> tuple[str, int]:
    """'a' or 'p' and the index behind: am, a.m., pm, p.m."""
    word = words.word(at)
    if words.gap(at) not in {"", " ", "\u00a0", "\u202f"}:
        return "", at
    if word in {"am", "pm"}:
        return word[0], at + 1
    if word in {"a", "p"} and words.gap(at + 1) == "." and words.word(at + 1) == "m":
        return word, at + 2
    return "", at


def _century(words: Words, at: int) -> Match | None:
    digits = words.digits(at)
    suffix = words.word(at + 1) if words.gap(at + 1) == "" else ""
    if not digits or suffix not in {"st", "nd", "rd", "th"} or not 1 <= int(digits) <= 30:
        return None
    noun_at = at + 2
    if words.next_word(noun_at) in {"and", "or", "to"} and words.word(noun_at + 3) in {"century", "centuries"}:
        return Fixed(cal.years(int(digits) * 100 - 99, int(digits) * 100)), noun_at
    return ordinal_noun(words, at, int(digits), noun_at)


def _decade(words: Words, at: int) -> Match | None:
    """The 1990s, the '60s, the 80s; not "in her 80s"."""
    digits = words.digits(at)
    plural = (words.gap(at + 1) == "" or words.gap(at + 1) in {"'", "’"}) and words.word(at + 1) == "s"
    if not plural or not digits or int(digits) % 10:
        return None
    before = words.previous_word(at)
    if len(digits) == 4:
        span = 100 if digits.endswith("00") and int(digits) < 2000 else 10
        return Fixed(cal.years(int(digits), int(digits) + span - 1)), at + 2
    start = words.tokens[at].start
    clipped = words.text[start - 1 : start] in {"'", "’", "‘"}
    if len(digits) != 2 or before in POSSESSIVES or not (clipped or before in {"the", "early", "late", "mid"}):
        return None
    first = (1900 if int(digits) >= 20 else 2000) + int(digits)
    return Fixed(cal.years(first, first + 9)), at + 2


def _year(words: Words, at: int) -> Match | None:
    digits = words.digits(at)
    special = _common_era(words, at) or _clipped(words, at)
    if special:
        return special
    if len(digits) != 4 or not 1000 <= int(digits) <= 2100 or not _reads_as_year(words, at, int(digits)):
        return None
    return _short_range(words, at, int(digits)) or (Fixed(cal.year(int(digits))), at + 1)


def _clipped(words: Words, at: int) -> Match | None:
    """In '98, since ’05."""
    digits, start = words.digits(at), words.tokens[at].start
    if len(digits) != 2 or words.text[start - 1 : start] not in {"'", "’", "‘"}:
        return None
    expected = words.word(at - 1) in ALWAYS_BEFORE_A_YEAR and words.gap(at) in {" '", " ’", " ‘"}
    return (Fixed(cal.year((1900 if int(digits) >= 30 else 2000) + int(digits))), at + 1) if expected else None


def _common_era(words: Words, at: int) -> Match | None:
    digits = words.digits(at)
    if not digits or not words.near(at + 1) or not words.is_capital(at + 1):
        before = words.previous_word(at) == "ad" and words.is_capital(at - 1)
        return (Fixed(cal.year(int(digits))), at + 1) if digits and before else None
    era = words.word(at + 1)
    if era in {"ad", "ce"}:
        return Fixed(cal.year(int(digits))), at + 2
    return (Fixed(None), at + 2) if era in {"bc", "bce"} else None


def _reads_as_year(words: Words, at: int, number: int) -> bool:
    """Years of our time unless they count something; older numbers only where a year is expected."""
    text, token = words.text, words.tokens[at]
    following = text[token.end : token.end + 1]
    if following in {"%", "％", ":", "°", "+"} or (following.isalnum() and not words.possessive(at + 1)):
        return False
    if following == "-" and text[token.end + 1 : token.end + 2].isdecimal() and _short_range(words, at, number) is None:
        return len(words.digits(at + 1)) == 4
    before = words.previous_word(at)
    if before in NOT_BEFORE_A_YEAR or (before not in ALWAYS_BEFORE_A_YEAR and _counts(words, at, number)):
        return False
    if 1900 <= number < 2100:
        return True
    bracketed = text[token.start - 1 : token.start] in {"(", "–"} or following in {")", "–"}
    return bracketed or before in BEFORE_A_YEAR or _follows_a_date(words, at)


def _counts(words: Words, at: int, number: int) -> bool:
    """Whether it counts or belongs to a name: 1998 points, 2000 soldiers; not the 2014 protests, their 2014 sales."""
    before, after = words.previous_word(at), words.next_word(at + 1)
    if after in _COUNTED_AFTER:
        return True
    if number % 100 == 0 and words.is_capital(at - 1) and before and before not in BEFORE_A_YEAR:
        return True  # the Saab 2000, Windows 2000
    if not after.endswith("s") or after.endswith("ss") or words.is_capital(at + 1) or words.gap(at + 1) == "-":
        return False
    is_a_year = before in BEFORE_A_YEAR or before in POSSESSIVES or before in {"", "s"} or words.is_capital(at - 1)
    return number % 100 == 0 or not is_a_year


def _follows_a_date(words: Words, at: int) -> bool:
    before = words.tokens[at - 1] if at else None
    gap = words.text[before.end : words.tokens[at].start] if before else ""
    return gap in {" – ", " - ", "-", "—"} and len(words.digits(at - 1)) == 4


def _short_range(words: Words, at: int, number: int) -> Match | None:
    """2019-20, 1990–95, 2019/20: two years told in one."""
    second = words.digits(at + 1)
    if words.gap(at + 1) not in {"-", "–", "/"} or len(second) != 2 or words.gap(at + 2) in {"-", "/"}:
        return None
    last = number // 100 * 100 + int(second)
    return (Fixed(cal.years(number, last)), at + 2) if number < last <= date.max.year else None
