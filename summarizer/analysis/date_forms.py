"""What a temporal expression can say, and the stretch of the calendar that it means in its context.

A weekday, a month, a day without a year and a season mean the one nearest to the publication; the wrong direction of
the verb counts against it. `which` is -1 for last, 1 for next, 2 for this, 0 where it is not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.calendar_values import Unit, When


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is told from: the day of publication, the date before it in the text and in the sentence,
    the verb (-1 back, 1 ahead)."""

    published: date | None
    before: When | None
    in_sentence: When | None
    direction: int

    @property
    def only_year(self) -> int | None:
        """The year of the date before in the same sentence, where it lies in one."""
        before = self.in_sentence
        return before.first.year if before and before.first.year == before.last.year else None

    def is_past(self, year: int | None) -> bool:
        """Whether `year` is told and lies back, and no verb looks ahead."""
        return bool(year and self.published and year < self.published.year and self.direction <= 0)


class Expression(Protocol):
    """A temporal expression."""

    def resolve(self, context: Context) -> When | None:
        """The stretch of the calendar it means, None where that cannot be known."""
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that needs no other to be known, or never can be: a few months ago, the third quarter."""

    when: When | None = None

    def resolve(self, context: Context) -> When | None:
        """The date itself."""
        return self.when


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """12 September, 10-12 September: the year is not said, the weekday (Monday is 0) may be."""

    month: int
    day: int
    last: int
    weekday: int | None = None

    def in_year(self, year: int) -> When | None:
        """The day or days in `year`."""
        first, last = cal.day(year, self.month, self.day), cal.day(year, self.month, self.last)
        return cal.days(first.first, last.last) if first and last else None

    def resolve(self, context: Context) -> When | None:
        """In the year told beside it, else the nearest on the weekday told."""
        year, published = context.only_year, context.published
        if published is None or context.is_past(year):
            return self.in_year(year) if year else None
        found = [when for offset in (-1, 0, 1) if (when := self.in_year(published.year + offset))]
        fitting = [when for when in found if self.weekday in {None, when.first.weekday()}]
        return nearest(fitting or found, published, context.direction)


@dataclass(frozen=True, slots=True)
class MonthOf:
    """September, last September."""

    month: int
    which: int = 0

    def in_year(self, year: int) -> When | None:
        """The month in `year`."""
        return cal.month(year, self.month)

    def resolve(self, context: Context) -> When | None:
        """In the year told beside it, else the nearest; without a verb rather the one that was."""
        year, published = context.only_year, context.published
        if published is None or (context.is_past(year) and not self.which):
            return self.in_year(year) if year else None
        if self.which == 2:
            return self.in_year(published.year)
        now = cal.around(published, "month")
        found = [when for offset in (-1, 0, 1) if (when := self.in_year(published.year + offset))]
        if self.which:
            found = [when for when in found if (when.first > now.first) == (self.which > 0) and when != now]
        return nearest(found, published, context.direction or -1)


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """Sunday (Monday is 0), last Sunday."""

    weekday: int
    which: int = 0

    def resolve(self, context: Context) -> When | None:
        """The nearest one back, the day of publication included; ahead where the verb looks ahead."""
        published = context.published
        if published is None:
            return None
        back = (published.weekday() - self.weekday) % 7
        if self.which in {1, 2}:
            shift = self.weekday - published.weekday() + (7 if self.which == 1 else 0)
        elif self.which == -1:
            shift = -(back or 7)
        else:
            shift = 7 - back if context.direction > 0 and back else -back
        return cal.moved_day(published, shift)


@dataclass(frozen=True, slots=True)
class WeekendOf:
    """The weekend, last weekend."""

    which: int

    def resolve(self, context: Context) -> When | None:
        """Saturday and Sunday."""
        published = context.published
        if published is None:
            return None
        shift = 5 - published.weekday()
        ahead = self.which == 2 or (self.which == 0 and context.direction > 0)
        if self.which == 1:
            shift += 7
        elif not ahead and (self.which == -1 or shift > 0):
            shift -= 7
        saturday = cal.moved(published, "day", shift)
        return cal.days(saturday, saturday + timedelta(days=1)) if saturday and saturday < date.max else None


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """Last summer: the season that begins in `month`."""

    month: int
    which: int

    def resolve(self, context: Context) -> When | None:
        """The three months of the season in the north."""
        published = context.published
        if published is None:
            return None
        years = (published.year + offset for offset in (-2, -1, 0, 1))
        seasons = [when for year in years if (when := cal.months(year, self.month, 3))]
        if self.which == -1:
            return max((when for when in seasons if when.last < published), key=lambda when: when.last, default=None)
        if self.which == 1:
            return min((when for when in seasons if when.first > published), key=lambda when: when.first, default=None)
        return nearest(seasons, published, context.direction)


@dataclass(frozen=True, slots=True)
class Shift:
    """Some units away: yesterday, last week, three years ago; from the date before in the text if `from_mention`."""

    unit: Unit
    amount: int
    from_mention: bool = False

    def resolve(self, context: Context) -> When | None:
        """The unit so many units away; a day is counted from a day only."""
        start = (
            context.before if self.from_mention else cal.around(context.published, "day") if context.published else None
        )
        if start is None or (self.from_mention and self.unit == "day" and start.unit != "day"):
            return None
        return cal.shifted(start, self.unit, self.amount)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The past 30 days (`amount` -30), the next two years."""

    unit: Unit
    amount: int

    def resolve(self, context: Context) -> When | None:
        """From the publication so far back or ahead."""
        far = cal.moved(context.published, self.unit, self.amount) if context.published else None
        if far is None or context.published is None:
            return None
        first, last = sorted((far, context.published))
        exact = self.unit in {"day", "week"} or abs(self.amount) == 1
        return When(first, last, "day" if exact else self.unit)


@dataclass(frozen=True, slots=True)
class Deadline:
    """By the end of something: its last day."""

    inner: Expression

    def resolve(self, context: Context) -> When | None:
        """The last day of what is inside."""
        inner = self.inner.resolve(context)
        return cal.days(inner.last, inner.last) if inner else None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; its day stands elsewhere in the sentence."""

    hour: int
    minute: int

    def resolve(self, context: Context) -> When | None:
        """Not known by itself."""
        return None


def nearest(found: list[When], published: date, direction: int) -> When | None:
    """The one closest to the publication; one on the other side than the verb says counts many times as far."""

    def distance(when: When) -> int:
        if when.first <= published <= when.last:
            return 0
        days = (when.first - published).days if when.first > published else -(published - when.last).days
        return abs(days) * ({0: 1, 1: 12, -1: 4}[direction] if days * direction < 0 else 1)

    return min(found, key=distance, default=None)
