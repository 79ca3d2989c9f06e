"""Stretches of the calendar with a precision of their own, and the arithmetic on them."""

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


def _written(day: date, unit: Unit) -> str:
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def day(year: int, month: int, number: int) -> When | None:
    """That day, or None where the calendar has no such day."""
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return When(found, found, "day")


def month(year: int, number: int) -> When | None:
    """That month, or None."""
    if not (1 <= year <= 9999 and 1 <= number <= 12):
        return None
    return When(date(year, number, 1), _month_end(year, number), "month")


def months(year: int, first: int, count: int) -> When | None:
    """`count` months from month `first` of `year` on: a quarter, a season, a half."""
    begin = month(year, first)
    end = shifted(begin, "month", count - 1) if begin else None
    return When(begin.first, end.last, "month") if begin and end else None


def year(number: int) -> When | None:
    """That year of the Common Era, or None."""
    return years(number, number)


def years(first: int, last: int) -> When | None:
    """From one year to another, both included, or None."""
    if not 1 <= first <= last <= 9999:
        return None
    return When(date(first, 1, 1), date(last, 12, 31), "year")


def days(first: date, last: date) -> When:
    """From one day to another, both included."""
    return When(first, last, "day")


def around(moment: date, unit: Unit) -> When:
    """The day, ISO week (from Monday), month or year that holds `moment`."""
    if unit == "week":
        monday = moment - timedelta(days=moment.weekday())
        return When(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        return When(moment.replace(day=1), _month_end(moment.year, moment.month), "month")
    if unit == "year":
        return When(date(moment.year, 1, 1), date(moment.year, 12, 31), "year")
    return When(moment, moment, "day")


def shifted(start: When | None, unit: Unit, amount: int) -> When | None:
    """The `unit` that is `amount` units from the beginning of `start`, or None outside the calendar."""
    moment = moved(start.first, unit, amount) if start else None
    return around(moment, unit) if moment else None


def moved(moment: date, unit: Unit, amount: int) -> date | None:
    """`moment` moved by `amount` units; the day is kept where the month has it. None outside the calendar."""
    try:
        if unit == "day":
            return moment + timedelta(days=amount)
        if unit == "week":
            return moment + timedelta(weeks=amount)
        count = moment.year * 12 + moment.month - 1 + amount * (12 if unit == "year" else 1)
        to_year, to_month = count // 12, count % 12 + 1
        return date(to_year, to_month, min(moment.day, calendar.monthrange(to_year, to_month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def moved_day(moment: date, amount: int) -> When | None:
    """The day that is `amount` days from `moment`, or None outside the calendar."""
    day_then = moved(moment, "day", amount)
    return days(day_then, day_then) if day_then else None


def _month_end(year_number: int, month_number: int) -> date:
    return date(year_number, month_number, calendar.monthrange(year_number, month_number)[1])


_ISO = re.compile(r"(\d{4})(?:-W(\d\d)|-(\d\d)(?:-(\d\d))?)?(?:T[\d:.+Z-]{0,20})?")


def read_iso(iso: str) -> When | None:
    """The stretch that an ISO 8601 day, week, month, year or interval of two of them names, or None."""
    first, _, last = iso.partition("/")
    begin, end = _read_one(first), _read_one(last or first)
    if begin is None or end is None or end.last < begin.first:
        return None
    return When(begin.first, end.last, begin.unit)


def in_order(iso: str | None) -> tuple[bool, date, date]:
    """A key that sorts values of any precision by their first day, the shorter first; what cannot be read is last."""
    when = read_iso(iso) if iso else None
    return (False, when.first, when.last) if when else (True, date.max, date.max)


def _read_one(iso: str) -> When | None:
    match = _ISO.fullmatch(iso)
    if match is None:
        return None
    number, week, month_number, day_number = (int(part) if part else 0 for part in match.groups())
    if week:
        try:
            return around(date.fromisocalendar(number, week, 1), "week")
        except ValueError:
            return None
    if day_number:
        return day(number, month_number, day_number)
    return month(number, month_number) if match[3] else year(number)
