"""Temporal expressions as they are written: found by one scan over the words, not yet resolved to a day.

Each rule reads what begins with one of its words (or with digits) by one pattern; the first that can is heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from summarizer.values import calendar_values as cal
from summarizer.values import date_figures, date_relative  # noqa: F401 - their rules stand before those of this file
from summarizer.values.calendar_values import Expression, Fixed, Yearless, fixed, weekday
from summarizer.values.date_words import (
    DIGITS,
    END,
    MONTHS,
    SEASONS,
    TOKEN,
    WEEKDAYS,
    YEAR,
    YEAR_BEHIND,
    Reading,
    S,
    any_of,
    expression_at,
    past_day_part,
    rule,
    word_before,
    word_behind,
)
from summarizer.values.words import word_set


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at `text[start:end]`."""

    expression: Expression
    start: int
    end: int


_EARLY = re.compile(rf"(?<![^\W_])(?:(?:early|late|mid|earlier|later){S})+\Z", re.IGNORECASE)


def find_expressions(text: str, start: int, end: int) -> list[Found]:
    """The temporal expressions of `text[start:end]` in order; they do not overlap. Linear in the range."""
    found: list[Found] = []
    piece, at = text[start:end], 0
    while (token := TOKEN.search(piece, at)) is not None:
        reading = expression_at(token)
        at = token.end()
        if reading:
            floor = max(found[-1].end - start if found else 0, token.start() - 24)
            wider = _EARLY.search(piece[floor : token.start()])
            begin = floor + wider.start() if wider else token.start()
            at = reading[1]
            found.append(Found(reading[0], start + begin, start + at))
    return found


# Days and months.

_WEEKDAY_ABBREVIATIONS = {name[:3]: n for name, n in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}

_DAY = r"\d{1,2}(?i:st|nd|rd|th)?(?![^\W_]|\.\d|,\d{3}(?!\d))"
_RANGE = rf"(?:{S}(?:to|through) |-|–| – | - |—)"


def _month_pattern() -> str:
    """The names of the months; the short ones and those that mean something else need their capital."""
    capital = [name for name in MONTHS if len(name) < 5 and name not in {"june", "july"}] + ["march", "august"]
    rest = [name for name in MONTHS if name not in capital]
    shown = [f"{name[0].upper()}(?i:{name[1:]})" for name in sorted(capital, key=len, reverse=True)]
    return f"(?P<month>(?i:{'|'.join(rest)})|{'|'.join(shown)}){END}"


_MONTH = _month_pattern()
# A name of a weekday after one of these is the name of something else.
_NOT_BEFORE_WEEKDAY = word_set(
    "black good bloody ash super easter palm sheffield cyber every each ruby maundy holy freaky casual"
)
# Days with a name and a fixed place in the year.
_FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year s day": (1, 1),
    "new year s eve": (12, 31), "valentine s day": (2, 14), "halloween": (10, 31), "st patrick s day": (3, 17),
    "bastille day": (7, 14),
}  # fmt: skip
_SURE_OF_A_MONTH = word_set("in since until till last next this early late mid during between")
_ALSO_NAMES = word_set("april june august")


@rule(DIGITS, rf"(?P<first>{_DAY})(?:{_RANGE}(?P<last>{_DAY}))?{S}(?:of{S})?{_MONTH}", 0)
def _day_then_month(match: re.Match[str]) -> Reading | None:
    """12 September, 12th of September 2023, 10-12 September."""
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else first
    month = match["month"]
    if not month[0].isupper() or not 1 <= first <= last <= 31:
        return None
    return _days_of_month(match.string, Yearless(MONTHS[month.lower()], first, last), match.end())


def _number(written: str) -> int:
    return int(written[:2].rstrip("sStTnNrR"))


def _days_of_month(text: str, days: Yearless, at: int) -> Reading:
    """A day or days of a month, with the year where one follows at `at`."""
    if (days.month, days.day) == (9, 11) and word_behind(text, at) in {"attack", "attacks", "hijackers", "terrorist"}:
        return fixed(cal.day, 2001, 9, 11), at
    year = YEAR_BEHIND.match(text, at)
    return (fixed(days.in_year, int(year["year"])), year.end()) if year else (days, at)


@rule(
    MONTHS,
    rf"{_MONTH}(?:(?P<gap>{S}|\. )(?P<first>{_DAY})(?:{_RANGE}(?P<last>{_DAY}))?|(?:{S}(?:of|in){END})?{YEAR})?",
    0,
)
def _month(match: re.Match[str]) -> Reading | None:
    """September, September 12, 2023, Sept. 3-5, in May."""
    text, name, end = match.string, match["month"].lower(), match.end("month")
    is_short = len(name) <= 4 and name not in {"may", "june", "july"}
    if match["first"] and 1 <= (first := _number(match["first"])) <= 31 and (match["gap"] != ". " or is_short):
        last = _number(match["last"]) if match["last"] else 0
        is_range = first < last <= 31
        days = Yearless(MONTHS[name], first, last if is_range else first)
        return _days_of_month(text, days, match.end() if is_range else match.end("first"))
    if match["year"]:
        return fixed(cal.months, int(match["year"]), MONTHS[name]), match.end()
    return (Yearless(MONTHS[name]), end) if _is_bare_month(text, match.start(), end, name, is_short) else None


def _is_bare_month(text: str, at: int, end: int, name: str, is_short: bool) -> bool:
    """Whether a name without a day or a year is that of a month: "in May", not "May said" or "April Jones"."""
    before = word_before(text, at)
    if text[end : end + 2] in {"'s", "’s"}:
        return not is_short and name not in {"may", "march"} and name not in _ALSO_NAMES
    if before in _SURE_OF_A_MONTH:
        return True
    if name in {"may", "march"} or is_short:
        return before in {"and", "to", "or"} and word_before(text, at - len(before) - 1) in MONTHS
    return not (name in _ALSO_NAMES and word_behind(text, end) and text[end + 1].isupper())


_PAPERS = word_set("times telegraph mirror mail express herald mass school")
_WEEKDAY_NAMES = WEEKDAYS | _WEEKDAY_ABBREVIATIONS


@rule(_WEEKDAY_NAMES, rf"(?P<name>[A-Z][a-z]+){END}(?P<gap>(?:\., |, |\. |,|{S})(?:the )?)?", 0)
def _weekday(match: re.Match[str]) -> Reading | None:
    """Sunday, Monday evening, Tuesday, 12 September 2023."""
    text, name, end = match.string, match["name"].lower(), match.end("name")
    if word_before(text, match.start()) in _NOT_BEFORE_WEEKDAY:
        return None
    dated = (_month(text, match.end()) or _day_then_month(text, match.end())) if match["gap"] else None
    if dated and isinstance(dated[0], Fixed):
        return dated
    if dated and isinstance(dated[0], Yearless) and dated[0].day:
        return replace(dated[0], weekday=_WEEKDAY_NAMES[name]), dated[1]
    if name in _WEEKDAY_ABBREVIATIONS or word_behind(text, end) in _PAPERS:
        return None
    return weekday(WEEKDAYS[name]), past_day_part(text, end)


@rule(
    [name.split()[0] for name in _FEASTS],
    rf"(?P<name>{'|'.join(name.replace(' ', r'[^a-z0-9]{1,2}') for name in _FEASTS)}){END}",
)
def _feast(match: re.Match[str]) -> Reading | None:
    if not match[0][0].isupper():
        return None
    month, day = _FEASTS[" ".join(re.findall("[a-z]+", match[0].lower()))]
    return _days_of_month(match.string, Yearless(month, day, day), match.end())


@rule(SEASONS, rf"(?P<season>{any_of(SEASONS)})(?:{S}of{END})?[ \u00a0](?P<year>[12]\d{{3}})(?:[-–/]\d\d{END}|{END})")
def _season(match: re.Match[str]) -> Reading:
    """Summer 2012, the summer of 2012, the winter of 2013-14."""
    return fixed(cal.months, int(match["year"]), SEASONS[match["season"].lower()], 3), match.end()
