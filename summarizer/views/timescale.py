"""Where dates lie on a line drawn to scale, and where that line may be broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-([1-7]))?")
_TIME = re.compile(r"(.+)T(\d\d)(?::?(\d\d))?.*", re.DOTALL)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_TICKS = 6

# A gap is left out when it takes this share of the line or more, and several dates beside it share less than that.
_WIDE = 0.5
_SQUEEZED = 0.15


@dataclass(frozen=True, slots=True)
class Extent:
    """The time an expression covers, in days since 1 January of year 1, end exclusive: a year is 365 long."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """An unbroken piece of the line, from `start` to `end` in days, and the indexes of the extents on it."""

    start: float
    end: float
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the line: where, in days, and what stands beside it."""

    day: float
    label: str


def extent(iso: str | None) -> Extent | None:
    """The days that an ISO 8601 date, month, year, week, time or interval covers; None where it cannot be placed."""
    if not iso:
        return None
    if "/" in iso:
        first, last = (_simple(part) for part in iso.split("/", 1))
        return Extent(first.start, last.end) if first and last and first.start < last.end else first or last
    return _simple(iso)


def _simple(iso: str) -> Extent | None:
    timed = _TIME.fullmatch(iso)
    if timed:
        day = _simple(timed[1])
        start = day.start + int(timed[2]) / 24 + int(timed[3] or 0) / 1440 if day else 0.0
        return Extent(start, start + (1 / 1440 if timed[3] else 1 / 24)) if day else None
    try:
        return _week(iso) or _calendar(iso)
    except ValueError:
        return None


def _calendar(iso: str) -> Extent | None:
    match = _DATE.fullmatch(iso)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    start = date(year, month, day).toordinal()
    if match[3]:
        return Extent(start, start + 1)
    if match[2]:
        return Extent(start, (date(year, month, 28) + timedelta(days=4)).replace(day=1).toordinal())
    return Extent(start, date(year, 12, 31).toordinal() + 1)


def _week(iso: str) -> Extent | None:
    match = _WEEK.fullmatch(iso)
    if not match:
        return None
    start = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)).toordinal()
    return Extent(start, start + (1 if match[3] else 7))


def stretches(extents: Sequence[Extent]) -> list[Stretch]:
    """The line that holds all `extents`, broken at gaps so long that the dates beside them would shrink to a point.

    Each stretch is to scale in itself; members are indexes into `extents`, in order of time.
    """
    order = sorted(range(len(extents)), key=lambda i: (extents[i].start, extents[i].end))
    return [Stretch(*_bounds([extents[i] for i in group]), tuple(group)) for group in _unsqueezed(extents, order)]


def _unsqueezed(extents: Sequence[Extent], order: list[int]) -> list[list[int]]:
    """`order` cut into groups, none of which squeezes a part of itself."""
    groups: list[list[int]] = []
    waiting = [order] if order else []
    while waiting:
        group = waiting.pop()
        cut = _widest_gap([extents[i] for i in group])
        if cut:
            waiting += [group[cut:], group[:cut]]
        else:
            groups.append(group)
    return groups


def _widest_gap(line: Sequence[Extent]) -> int | None:
    """Where to cut `line`: behind its widest gap, if that is wide and squeezes a side that has parts."""
    start, end = _bounds(line)
    reached, gap, cut = line[0].end, 0.0, 0
    for i, one in enumerate(line):
        if one.start - reached > gap:
            gap, cut = one.start - reached, i
        reached = max(reached, one.end)
    squeezed = cut and any(_is_squeezed(side, end - start) for side in (line[:cut], line[cut:]))
    return cut if squeezed and gap > _WIDE * (end - start) else None


def _is_squeezed(side: Sequence[Extent], whole: float) -> bool:
    start, end = _bounds(side)
    return len(set(side)) > 1 and end - start < _SQUEEZED * whole


def _bounds(line: Sequence[Extent]) -> tuple[float, float]:
    return min(one.start for one in line), max(one.end for one in line)


def ticks(stretch: Stretch) -> list[Tick]:
    """Round times inside the stretch, at most six: years, else months, else days; the first names its year.

    A stretch that is one year, month or day, or too short for two marks, has one mark: its name.
    """
    first, last = _day(stretch.start), _day(stretch.end)
    for marks in (_years(first, last), _months(first, last), _days(stretch)):
        inside = [mark for mark in marks if stretch.start <= mark.day < stretch.end]
        if len(inside) > 1 and not _is_one(stretch, first):
            return inside[:: -(-len(inside) // _MOST_TICKS)]
    return [Tick(stretch.start, _opening(first, stretch))]


def _is_one(stretch: Stretch, day: date) -> bool:
    """Whether the stretch is exactly one year or one month."""
    names = (f"{day.year:04}", f"{day.year:04}-{day.month:02}")
    return any(extent(name) == Extent(stretch.start, stretch.end) for name in names)


def _day(ordinal: float) -> date:
    return date.fromordinal(min(int(ordinal), date.max.toordinal()))


def _years(first: date, last: date) -> list[Tick]:
    step = max(1, 10 ** (len(str(last.year - first.year)) - 1))
    years = range(first.year // step * step, last.year + 1, step)
    return [Tick(date(year, 1, 1).toordinal(), str(year)) for year in years if year > 0]


def _months(first: date, last: date) -> list[Tick]:
    if last.year - first.year > 2:
        return []
    months = [divmod(month, 12) for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)]
    return [Tick(date(y, m + 1, 1).toordinal(), f"{_MONTHS[m]} {y}") for y, m in months]


def _days(stretch: Stretch) -> list[Tick]:
    if stretch.end - stretch.start > 120:
        return []
    days = [(d, date.fromordinal(d)) for d in range(int(stretch.start), int(stretch.end - 1e-9) + 1)]
    shown = [(d, f"{day.day} {_MONTHS[day.month - 1]}", day.year) for d, day in days]
    return [Tick(d, label if i else f"{label} {year}") for i, (d, label, year) in enumerate(shown)]


def _opening(day: date, stretch: Stretch) -> str:
    """What to call a stretch too short for two marks."""
    length = stretch.end - stretch.start
    if length >= 365:
        return str(day.year)
    month = f"{_MONTHS[day.month - 1]} {day.year}"
    return month if length >= 28 else f"{day.day} {month}"
