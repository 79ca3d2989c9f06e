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

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from summarizer.analysis.calendar_values import When
from summarizer.analysis.date_expressions import find_expressions
from summarizer.analysis.date_forms import Clock, Context, DayOfMonth, Fixed, MonthOf
from summarizer.analysis.date_words import FUTURE_CUES, LIMIT_CUES, PAST_CUES, Found
from summarizer.article import Article
from summarizer.schemas.entities import DateMention
from summarizer.schemas.evidence import Mention


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A temporal expression at `text[start:end]`; `iso` is None where its value cannot be known."""

    start: int
    end: int
    iso: str | None


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
    found = find_expressions(text, start, end)
    places: list[tuple[int, int, When | None]] = []
    direction, in_sentence = 0, None
    for n, item in enumerate(found):
        floor = found[n - 1].end if n else start
        ceiling = found[n + 1].start if n + 1 < len(found) else end
        direction = _direction(text, item, floor, ceiling) or direction
        when = _with_year_of_neighbour(text, found, n)
        when = when or item.expression.resolve(Context(published, before, in_sentence, direction))
        when = _after_opening(text, found, n, places[-1][2] if places else None) or when
        places.append((item.start, item.end, when))
        before, in_sentence = when or before, when or in_sentence
    return _with_days_for_times(found, places)


_REACH_BACK, _REACH_AHEAD, _LONGEST_WORD = 14, 8, 12
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")


def _direction(text: str, item: Found, floor: int, ceiling: int) -> int:
    """1 where the nearest telling word before the expression (else behind it) looks ahead, -1 back, 0 unknown."""
    back = _WORD.findall(text[max(floor, item.start - _REACH_BACK * _LONGEST_WORD) : item.start].lower())
    ahead = _WORD.findall(text[item.end : min(ceiling, item.end + _REACH_AHEAD * _LONGEST_WORD)].lower())
    cues = [_cue(word, before) for before, word in pairwise(["", *back])][: -_REACH_BACK - 1 : -1]
    behind = [_cue(word, before) for before, word in pairwise(["", *ahead])][:_REACH_AHEAD]
    nearest = next(filter(None, cues), 0)
    if back and back[-1] in LIMIT_CUES:
        return 1 if 1 in cues else nearest or 1
    return nearest or next(filter(None, behind), 0)


def _cue(word: str, before: str) -> int:
    if word in FUTURE_CUES:
        return 1
    if word not in PAST_CUES and not (word.endswith("ed") and len(word) > 4 and word != "need"):
        return 0
    return 0 if before in {"be", "is", "are", "being"} else -1


_JOINS = frozenset({"and", "to", "or", "until", "through", "in", "the"})


def _with_year_of_neighbour(text: str, found: Sequence[Found], n: int) -> When | None:
    """The day or month at `n` in the year of the date that follows: 10 March and 5 April 2011."""
    expression = found[n].expression
    if n + 1 == len(found) or not isinstance(expression, (DayOfMonth, MonthOf)):
        return None
    following = found[n + 1].expression
    between = _between(text, found, n)
    if not isinstance(following, Fixed) or following.when is None or len(between) > 2 or not _JOINS.issuperset(between):
        return None
    year = following.when.first.year
    if year != following.when.last.year:
        return None
    when = expression.in_year(year)
    return expression.in_year(year - 1) if when and when.first > following.when.last else when


def _between(text: str, found: Sequence[Found], n: int) -> list[str]:
    """The words between the expression at `n` and the next one; more than two where they stand far apart."""
    gap = text[found[n].end : found[n + 1].start]
    return _WORD.findall(gap.lower()) if len(gap) <= _LONGEST_GAP else ["far", "far", "far"]


_LONGEST_GAP = 24


def _after_opening(text: str, found: Sequence[Found], n: int, opening: When | None) -> When | None:
    """The end of a range that began on `opening`: from 23 December to 7 January ends in the January that follows."""
    expression = found[n].expression
    if opening is None or not isinstance(expression, (DayOfMonth, MonthOf)):
        return None
    before = found[n - 1]
    between = [word for word in _between(text, found, n - 1) if word != "the"]
    opens = re.search(r"\b(?:between|the)\s+\Z", text[max(0, before.start - 12) : before.start], re.IGNORECASE)
    joins = {"to", "until", "till", "through"} | ({"and"} if opens else set())
    is_dash = not between and text[before.end : found[n].start].strip() in {"-", "–", "—"}
    if type(before.expression) is not type(expression) or not (is_dash or (len(between) == 1 and between[0] in joins)):
        return None
    ends = (expression.in_year(opening.first.year + later) for later in (0, 1))
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
