"""Stretches of the calendar, the arithmetic on them, and which of them a temporal expression means in its context.

Outside the calendar (30 February, the year 10000) the arithmetic raises ValueError or OverflowError. A weekday, a
month, a day without a year and a season mean the one nearest to the publication; the wrong direction of the verb
counts against it. `which` is -1 for last, 1 for next, 2 for this, 0 where it is not said.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class When:
    """From the first to the last day, both included, told in whole units of `unit`."""

    first: date
    last: date
    unit: Unit
    clock: str = ""

    @property
    def iso(self) -> str:
        """ISO 8601: a day, a week, a month or a year, or an interval of two of them; a day may carry a time."""
        first, last = _written(self.first, self.unit), _written(self.last, self.unit)
        return first + self.clock if first == last else f"{first}/{last}"


def _written(moment: date, unit: Unit) -> str:
    if unit == "week":
        year, week, _ = moment.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return moment.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def day(year: int, month: int, number: int) -> When:
    """That day."""
    return around(date(year, month, number), "day")


def months(year: int, first: int, count: int = 1) -> When:
    """`count` months from month `first` of `year` on: a month, a quarter, a season, a half."""
    begin = date(year, first, 1)
    return When(begin, around(moved(begin, "month", count - 1), "month").last, "month")


def years(first: int, last: int | None = None) -> When:
    """That year of the Common Era, or from one year to another, both included."""
    if last is not None and last < first:
        raise ValueError(f"{last} is before {first}")
    return When(date(first, 1, 1), date(last or first, 12, 31), "year")


def around(moment: date, unit: Unit) -> When:
    """The day, ISO week (from Monday), month or year that holds `moment`."""
    if unit == "week":
        monday = moment - timedelta(days=moment.weekday())
        return When(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        end = calendar.monthrange(moment.year, moment.month)[1]
        return When(moment.replace(day=1), moment.replace(day=end), "month")
    return years(moment.year) if unit == "year" else When(moment, moment, "day")


def moved(moment: date, unit: Unit, amount: int) -> date:
    """`moment` moved by `amount` units; the day is kept where the month has it."""
    if unit in {"day", "week"}:
        return moment + timedelta(days=amount * (7 if unit == "week" else 1))
    year, month = divmod(moment.year * 12 + moment.month - 1 + amount * (12 if unit == "year" else 1), 12)
    begin = date(year, month + 1, 1)
    return begin.replace(day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


_ISO = re.compile(r"(\d{4}(?:-W\d\d(?:-[1-7])?|-\d\d(?:-\d\d)?)?)(?:T[\d:.+Z-]{0,20})?")
_LENGTHS: dict[int, tuple[Unit, str]] = {4: ("year", "-01-01"), 7: ("month", "-01"), 8: ("week", ""), 10: ("day", "")}


def read_iso(iso: str) -> When | None:
    """The stretch that an ISO 8601 day, week, month, year or interval of two of them names, or None."""
    first, _, last = iso.partition("/")
    try:
        begin, end = _read_one(first), _read_one(last or first)
    except (ValueError, OverflowError):
        return None
    return When(begin.first, end.last, begin.unit) if begin.first <= end.last else None


def in_order(iso: str | None) -> tuple[bool, date, date]:
    """A key that sorts values of any precision by their first day, the shorter first; what cannot be read is last."""
    when = read_iso(iso) if iso else None
    return (False, when.first, when.last) if when else (True, date.max, date.max)


def _read_one(iso: str) -> When:
    match = _ISO.fullmatch(iso)
    if match is None:
        raise ValueError(f"{iso} is no date")
    unit, first_day = _LENGTHS[len(match[1])]
    return around(date.fromisoformat(match[1] + first_day), unit)


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is told from: the day of publication, the date before it in the text and in the sentence,
    the verb (-1 back, 1 ahead)."""

    published: date | None
    before: When | None
    in_sentence: When | None
    direction: int


Expression = Callable[[Context], When | None]
"""Gives the stretch of the calendar it means, None where that cannot be known; raises outside the calendar."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that needs no other to be known, or never can be: a few months ago, the third quarter.

    `clock` is a time of day such as T19:30, whose day stands elsewhere in the sentence.
    """

    when: When | None = None
    clock: str = ""

    def __call__(self, context: Context) -> When | None:
        return self.when


UNKNOWN = Fixed()


def fixed(make: Callable[..., When], *arguments: int) -> Fixed:
    """What `make` gives; unknown where the calendar has no such date."""
    try:
        return Fixed(make(*arguments))
    except (ValueError, OverflowError):
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Yearless:
    """A stretch without its year: 12 September, 10-12 September (`day` to `last`), September, last summer."""

    month: int
    day: int = 0
    last: int = 0
    months: int = 1
    which: int = 0
    weekday: int | None = None

    def in_year(self, year: int) -> When:
        """The stretch that begins in `year`."""
        if not self.day:
            return months(year, self.month, self.months)
        return When(date(year, self.month, self.day), date(year, self.month, self.last), "day")

    def __call__(self, context: Context) -> When | None:
        """In the year told beside it, else the nearest (on the weekday told); a month rather the one that was."""
        published, beside = context.published, context.in_sentence
        year = beside.first.year if beside and beside.first.year == beside.last.year else None
        if published is None or (year and year < published.year and context.direction <= 0 and not self.which):
            return self.in_year(year) if year and not self.which else None
        if self.which == 2 and self.months == 1:
            return self.in_year(published.year)
        years = range(published.year - (1 if self.day else 2), published.year + 2)
        found = [when for year in years if (when := fixed(self.in_year, year).when) and self._is_meant(when, published)]
        on_weekday = [when for when in found if when.first.weekday() == self.weekday]
        habit = 0 if self.day or self.months > 1 else -1
        return _nearest(on_weekday or found, published, context.direction or habit)

    def _is_meant(self, when: When, published: date) -> bool:
        if self.which == 1:
            return when.first > published
        return self.which != -1 or when.last < published


def weekday(number: int, which: int = 0, days: int = 1) -> Expression:
    """Sunday (Monday is 0), a weekend: the nearest back, the publication included; ahead where the verb looks ahead."""

    def meaning(context: Context) -> When | None:
        if context.published is None:
            return None
        shift = number - context.published.weekday()
        end, is_ahead = shift + days - 1, context.direction > 0
        if which == 1 or (which == 0 and is_ahead and end < 0):
            shift += 7
        elif (which == -1 and end >= 0) or (which == 0 and not is_ahead and shift > 0):
            shift -= 7
        first = moved(context.published, "day", shift)
        return When(first, moved(first, "day", days - 1), "day")

    return meaning


def shift(unit: Unit, amount: int, *, from_mention: bool = False) -> Expression:
    """Some units away: yesterday, last week; from the date before in the text if `from_mention`, a day from a day."""

    def meaning(context: Context) -> When | None:
        told = context.before
        if from_mention and told and unit == "day" != told.unit:
            return None
        start = (told.first if told else None) if from_mention else context.published
        return around(moved(start, unit, amount), unit) if start else None

    return meaning


def stretch(unit: Unit, amount: int) -> Expression:
    """The past 30 days (`amount` -30), the next two years: from the publication so far back or ahead."""

    def meaning(context: Context) -> When | None:
        if context.published is None:
            return None
        first, last = sorted((moved(context.published, unit, amount), context.published))
        return When(first, last, "day" if unit in {"day", "week"} or abs(amount) == 1 else unit)

    return meaning


def deadline(inner: Expression) -> Expression:
    """By the end of something: its last day."""

    def meaning(context: Context) -> When | None:
        when = inner(context)
        return around(when.last, "day") if when else None

    return meaning


def _nearest(found: list[When], published: date, direction: int) -> When | None:
    """The one closest to the publication; one on the other side than the verb says counts many times as far."""

    def distance(when: When) -> int:
        days = max(0, (when.first - published).days) + min(0, (when.last - published).days)
        return abs(days) * ({0: 1, 1: 12, -1: 4}[direction] if days * direction < 0 else 1)

    return min(found, key=distance, default=None)
