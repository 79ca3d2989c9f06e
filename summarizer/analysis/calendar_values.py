"""Stretches of the calendar with a precision of their own, and the arithmetic on them.

Outside the calendar (30 February, the year 10000) every function raises ValueError or OverflowError.
"""

from __future__ import annotations

import calendar
import re
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


_ISO = re.compile(r"(\d{4})(?:-W(\d\d)(?:-([1-7]))?|-(\d\d)(?:-(\d\d))?)?(?:T[\d:.+Z-]{0,20})?")


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
    year, week, weekday, month, number = (int(part) if part else 0 for part in match.groups())
    if match[2]:
        return around(date.fromisocalendar(year, week, weekday or 1), "day" if weekday else "week")
    if match[5]:
        return day(year, month, number)
    return months(year, month) if match[4] else years(year)
