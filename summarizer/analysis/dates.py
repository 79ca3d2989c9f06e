"""Temporal expressions, resolved against the day the article was published.

The rules, each measured in benchmarks/dates:

- A weekday is the nearest one in the past, the day of publication included; with a verb or a word that looks ahead
  (will, until, through, expected ...) the nearest one in the future. "Last Friday" is before the day of
  publication, "next Friday" in the next ISO week, "this Friday" in the same one.
- A day or a month without a year takes the year of its neighbour ("between May and June 1981", "in 2011 ... in
  July"), else the year that brings it closest to the publication, the wrong direction of the verb counting against it.
- "The following day", "that year", "a week later" are told from the date before them in the text.
- Early, mid and late do not narrow a value: late September is September. Seasons are those of the north.
- A range that opens on a day or in a month ends on the first such day or month behind it.
- What cannot be known is None: "a few months ago", "the third quarter" without a year or of a fiscal one, 10/09/2023
  and 9/12/23 (two readings).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import singledispatch

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.calendar_values import When
from summarizer.analysis.date_expressions import Found, find_expressions
from summarizer.analysis.date_forms import (
    Clock,
    DayOfMonth,
    Deadline,
    Expression,
    Fixed,
    MonthOf,
    SeasonOf,
    Shift,
    Stretch,
    Vague,
    WeekdayOf,
    WeekendOf,
    Words,
)
from summarizer.analysis.date_words import FUTURE_CUES, LIMIT_CUES, PAST_CUES
from summarizer.analysis.numbers import tokenise
from summarizer.article import Article
from summarizer.schemas.entities import DateMention
from summarizer.schemas.evidence import Mention


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A temporal expression at `text[start:end]`; `iso` is None where its value cannot be known."""

    start: int
    end: int
    iso: str | None


@dataclass(frozen=True, slots=True)
class _Context:
    """What an expression is told from: the day of publication, the date before it in the text and in the sentence,
    the verb (-1 back, 1 ahead)."""

    published: date | None
    before: When | None
    in_sentence: When | None
    direction: int


def find_dates(article: Article) -> tuple[DateMention, ...]:
    """The temporal expressions of `article` in order of first mention; `iso` is None where it cannot be known."""
    gathered: dict[tuple[str, str | None], list[Mention]] = {}
    before: When | None = None
    for sentence in article.sentences:
        for start, end, when in _resolved(article.text, sentence.start, sentence.end, article.published, before):
            before = when or before
            text = article.text[start:end]
            mention = Mention(sentence=sentence.number, start=start, end=end, text=text)
            gathered.setdefault((text, when.iso if when else None), []).append(mention)
    return tuple(DateMention(text=text, iso=iso, mentions=places) for (text, iso), places in gathered.items())


def dates_in(text: str, start: int = 0, end: int | None = None, published: date | None = None) -> tuple[FoundDate, ...]:
    """The temporal expressions of `text[start:end]`, for a claim or a sentence on its own.

    Args:
        text: any text; offsets are into it.
        start: where to begin.
        end: where to end; None is the end of the text.
        published: the day that "today" and "Sunday" are told from; without it they stay None.

    """
    resolved = _resolved(text, start, len(text) if end is None else end, published, None)
    return tuple(FoundDate(begin, stop, when.iso if when else None) for begin, stop, when in resolved)


def _resolved(
    text: str, start: int, end: int, published: date | None, before: When | None
) -> list[tuple[int, int, When | None]]:
    words = Words(text, tokenise(text, start, end))
    found = find_expressions(words)
    places: list[tuple[int, int, When | None]] = []
    direction, in_sentence = 0, None
    for n, item in enumerate(found):
        floor = found[n - 1].end if n else 0
        ceiling = found[n + 1].first if n + 1 < len(found) else len(words.tokens)
        direction = _direction(words, item, floor, ceiling) or direction
        context = _Context(published, before, in_sentence, direction)
        when = _with_year_of_neighbour(words, found, n) or resolve(item.expression, context)
        when = _after_opening(words, found, n, places[-1][2] if places else None) or when
        places.append((words.tokens[item.first].start, words.tokens[item.end - 1].end, when))
        before, in_sentence = when or before, when or in_sentence
    return _with_days_for_times(found, places)


@singledispatch
def resolve(expression: Expression, context: _Context) -> When | None:
    """The stretch of the calendar that an expression means in its context, or None."""
    return None


@resolve.register
def _(expression: Fixed, context: _Context) -> When | None:
    return expression.when


@resolve.register
def _(expression: DayOfMonth, context: _Context) -> When | None:
    year = _only_year(context)
    if context.published is None:
        return _days(expression, year) if year else None
    if year and year < context.published.year and context.direction <= 0:
        return _days(expression, year)
    published = context.published
    candidates = [when for offset in (-1, 0, 1) if (when := _days(expression, published.year + offset))]
    fitting = [when for when in candidates if expression.weekday in {None, when.first.weekday()}]
    return min(fitting or candidates, key=lambda when: _distance(when, published, context.direction), default=None)


@resolve.register
def _(expression: MonthOf, context: _Context) -> When | None:
    year, published = _only_year(context), context.published
    if published is None:
        return cal.month(year, expression.month) if year else None
    if year and year < published.year and context.direction <= 0 and not expression.which:
        return cal.month(year, expression.month)
    now = cal.around(published, "month")
    candidates = [when for offset in (-1, 0, 1) if (when := cal.month(published.year + offset, expression.month))]
    if expression.which == 2:
        return cal.month(published.year, expression.month)
    if expression.which:
        candidates = [when for when in candidates if (when.first > now.first) == (expression.which > 0) and when != now]
    return min(candidates, key=lambda when: _distance(when, published, context.direction or -1), default=None)


@resolve.register
def _(expression: WeekdayOf, context: _Context) -> When | None:
    published = context.published
    if published is None:
        return None
    back = (published.weekday() - expression.weekday) % 7
    monday = published - timedelta(days=published.weekday())
    if expression.which in {1, 2}:
        return _day(monday + timedelta(days=expression.weekday + (7 if expression.which == 1 else 0)))
    if expression.which == -1:
        return _day(published - timedelta(days=back or 7))
    ahead = context.direction > 0 and back
    return _day(published + timedelta(days=7 - back) if ahead else published - timedelta(days=back))


@resolve.register
def _(expression: WeekendOf, context: _Context) -> When | None:
    published = context.published
    if published is None:
        return None
    saturday = published + timedelta(days=5 - published.weekday())
    ahead = expression.which == 2 or (expression.which == 0 and context.direction > 0)
    if expression.which == 1:
        saturday += timedelta(days=7)
    elif not ahead and (expression.which == -1 or published < saturday):
        saturday -= timedelta(days=7)
    return cal.days(saturday, saturday + timedelta(days=1))


@resolve.register
def _(expression: SeasonOf, context: _Context) -> When | None:
    published = context.published
    if published is None:
        return None
    seasons = [when for offset in (-2, -1, 0, 1) if (when := cal.months(published.year + offset, expression.month, 3))]
    if expression.which == -1:
        return max((when for when in seasons if when.last < published), key=lambda when: when.last, default=None)
    if expression.which == 1:
        return min((when for when in seasons if when.first > published), key=lambda when: when.first, default=None)
    return min(seasons, key=lambda when: _distance(when, published, context.direction), default=None)


@resolve.register
def _(expression: Shift, context: _Context) -> When | None:
    if not expression.from_mention:
        return cal.shifted(_day(context.published), expression.unit, expression.amount) if context.published else None
    if context.before is None or (expression.unit == "day" and context.before.unit != "day"):
        return None
    return cal.shifted(context.before, expression.unit, expression.amount)


@resolve.register
def _(expression: Stretch, context: _Context) -> When | None:
    if context.published is None:
        return None
    far = cal.moved(context.published, expression.unit, expression.amount)
    if far is None:
        return None
    first, last = sorted((far, context.published))
    exact = expression.unit in {"day", "week"} or abs(expression.amount) == 1
    return When(first, last, "day" if exact else expression.unit)


@resolve.register
def _(expression: Deadline, context: _Context) -> When | None:
    inner = resolve(expression.inner, context)
    return _day(inner.last) if inner else None


@resolve.register
def _(expression: Clock, context: _Context) -> When | None:
    return None


@resolve.register
def _(expression: Vague, context: _Context) -> When | None:
    return None


def _day(moment: date) -> When:
    return cal.days(moment, moment)


def _days(expression: DayOfMonth, year: int) -> When | None:
    first, last = cal.day(year, expression.month, expression.day), cal.day(year, expression.month, expression.last)
    return cal.days(first.first, last.last) if first and last else None


def _only_year(context: _Context) -> int | None:
    """The year of the date before in the same sentence, where it lies in one."""
    before = context.in_sentence
    return before.first.year if before and before.first.year == before.last.year else None


def _distance(when: When, published: date, direction: int) -> int:
    """Days from the publication; a candidate on the other side than the verb says counts many times as far."""
    if when.first <= published <= when.last:
        return 0
    days = (when.first - published).days if when.first > published else -(published - when.last).days
    against = {0: 1, 1: 12, -1: 4}[direction]
    return abs(days) * (against if days * direction < 0 else 1)


def _direction(words: Words, item: Found, floor: int, ceiling: int) -> int:
    """1 where the nearest telling word before the expression (else behind it) looks ahead, -1 back, 0 unknown."""
    back = range(item.first - 1, max(floor, item.first - 14) - 1, -1)
    ahead = range(item.end, min(ceiling, item.end + 8))
    if words.word(item.first - 1) in LIMIT_CUES:
        return 1 if any(_cue(words, at) > 0 for at in back) else _first_cue(words, back) or 1
    return _first_cue(words, back) or _first_cue(words, ahead)


def _first_cue(words: Words, places: range) -> int:
    return next((cue for at in places if (cue := _cue(words, at))), 0)


def _cue(words: Words, at: int) -> int:
    word = words.word(at)
    if word in FUTURE_CUES:
        return 1
    if word not in PAST_CUES and not (word.endswith("ed") and len(word) > 4 and word != "need"):
        return 0
    return 0 if words.previous_word(at) in {"be", "is", "are", "being"} else -1


def _with_year_of_neighbour(words: Words, found: Sequence[Found], n: int) -> When | None:
    """The day or month at `n` in the year of the date that follows: 10 March and 5 April 2011."""
    expression = found[n].expression
    if n + 1 == len(found) or not isinstance(expression, (DayOfMonth, MonthOf)):
        return None
    following = found[n + 1]
    if not isinstance(following.expression, Fixed) or following.expression.when is None:
        return None
    if {words.word(at) for at in range(found[n].end, following.first)} - {
        "and",
        "to",
        "or",
        "until",
        "through",
        "in",
        "the",
    }:
        return None
    if (
        following.first - found[n].end > 2
        or following.expression.when.first.year != following.expression.when.last.year
    ):
        return None
    year = following.expression.when.first.year
    when = _days(expression, year) if isinstance(expression, DayOfMonth) else cal.month(year, expression.month)
    if when and when.first > following.expression.when.last:
        return (
            _days(expression, year - 1) if isinstance(expression, DayOfMonth) else cal.month(year - 1, expression.month)
        )
    return when


def _after_opening(words: Words, found: Sequence[Found], n: int, opening: When | None) -> When | None:
    """The end of a range that began on `opening`: from 23 December to 7 January ends in the January that follows."""
    expression = found[n].expression
    if opening is None or not isinstance(expression, (DayOfMonth, MonthOf)):
        return None
    before, first = found[n - 1], found[n].first
    between = [words.word(at) for at in range(before.end, first) if words.word(at) != "the"]
    joined = {"and"} if words.previous_word(before.first) in {"between", "the"} else set()
    gap = words.text[words.tokens[before.end - 1].end : words.tokens[first].start]
    is_dash = not between and gap.strip() in {"-", "–", "—"}
    if type(before.expression) is not type(expression) or not (
        is_dash or (len(between) == 1 and between[0] in {"to", "until", "till", "through"} | joined)
    ):
        return None
    years = (opening.first.year, opening.first.year + 1)
    ends = [
        _days(expression, year) if isinstance(expression, DayOfMonth) else cal.month(year, expression.month)
        for year in years
    ]
    return next((end for end in ends if end and end.last >= opening.first), None)


def _with_days_for_times(
    found: Sequence[Found], places: list[tuple[int, int, When | None]]
) -> list[tuple[int, int, When | None]]:
    """A time of day belongs to the nearest day told in the same sentence; without one its value stays unknown."""
    day: When | None = None
    timed = list(places)
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        day = None
        for n in order:
            start, end, when = timed[n]
            expression = found[n].expression
            if when and when.unit == "day" and when.first == when.last and not when.clock:
                day = when
            elif isinstance(expression, Clock) and day and when is None:
                clock = f"T{expression.hour:02d}:{expression.minute:02d}"
                timed[n] = start, end, When(day.first, day.last, "day", clock)
    return timed
