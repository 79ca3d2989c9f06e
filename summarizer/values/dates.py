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
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from summarizer.article import Article
from summarizer.schemas.entities import DateMention
from summarizer.schemas.evidence import Mention
from summarizer.values.calendar_values import Context, Expression, Fixed, When, Yearless, fixed
from summarizer.values.date_expressions import Found, find_expressions
from summarizer.values.words import WORDS, word_set


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


def dates_in(text: str, published: date | None = None) -> tuple[FoundDate, ...]:
    """The temporal expressions of any text, for a claim or a sentence on its own.

    `published` is the day that "today" and "Sunday" are told from; without it they stay None.
    """
    resolved = _resolved(text, 0, len(text), published, None)
    return tuple(FoundDate(start, end, when.iso if when else None) for start, end, when in resolved)


def _resolved(
    text: str, start: int, end: int, published: date | None, before: When | None
) -> list[tuple[int, int, When | None]]:
    found = find_expressions(text, start, end)
    values: list[When | None] = []
    direction, in_sentence = 0, None
    for n, item in enumerate(found):
        floor = found[n - 1].end if n else start
        ceiling = found[n + 1].start if n + 1 < len(found) else end
        direction = _direction(text, item, floor, ceiling) or direction
        when = (
            (_after_opening(text, found[n - 1], item, values[-1]) if n else None)
            or (_in_year_of_next(text, item, found[n + 1]) if n + 1 < len(found) else None)
            or _meaning(item.expression, Context(published, before, in_sentence, direction))
        )
        values.append(when)
        before, in_sentence = when or before, when or in_sentence
    _give_days_to_times(found, values)
    return [(item.start, item.end, when) for item, when in zip(found, values, strict=True)]


def _meaning(expression: Expression, context: Context) -> When | None:
    """The stretch that `expression` means in `context`; None where that cannot be known, or no calendar has it."""
    try:
        return expression(context)
    except (ValueError, OverflowError):
        return None


# A date behind one of these lies ahead unless the verb looks back: "runs through Wednesday", "lasted until Monday",
# "has been cancelled until at least Thursday".
_LIMITS = word_set("until till through by")
_STILL, _STILL_REACH = word_set("has have"), 6

# What tells whether the verb near a date looks ahead or back.
_FUTURE_CUES = WORDS["ahead"]
_PAST_CUES = WORDS["back"]
_REACH_BACK, _REACH_AHEAD, _LONGEST_WORD = 14, 8, 12
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")


def _direction(text: str, item: Found, floor: int, ceiling: int) -> int:
    """1 where the nearest telling word before the expression (else behind it) looks ahead, -1 back, 0 unknown."""
    back = _WORD.findall(text[max(floor, item.start - _REACH_BACK * _LONGEST_WORD) : item.start].lower())
    ahead = _WORD.findall(text[item.end : min(ceiling, item.end + _REACH_AHEAD * _LONGEST_WORD)].lower())
    cues = [_cue(word, before) for before, word in pairwise(["", *back])][: -_REACH_BACK - 1 : -1]
    behind = [_cue(word, before) for before, word in pairwise(["", *ahead])][:_REACH_AHEAD]
    nearest = next(filter(None, cues), 0)
    limit = back[:-2] if back[-2:] == ["at", "least"] else back
    if limit and limit[-1] in _LIMITS:
        return 1 if 1 in cues or not _STILL.isdisjoint(back[-_STILL_REACH:]) else nearest or 1
    return nearest or next(filter(None, behind), 0)


def _cue(word: str, before: str) -> int:
    if word in _FUTURE_CUES:
        return 1
    is_past = word in _PAST_CUES or (word.endswith("ed") and len(word) > 4)
    return -1 if is_past and before not in {"be", "is", "are", "being"} else 0


_JOINS = re.compile(r"\W*(?:(?:and|to|or|until|through|in|the)\b\W*){0,2}", re.IGNORECASE)
_TO = re.compile(r"\s*[-–—]\s*|\s*\b(?:to|until|till|through)\s(?:the\s)?", re.IGNORECASE)
_AND = re.compile(r"\s*\band\s(?:the\s)?", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:between|the)\s+\Z", re.IGNORECASE)
_LONGEST_GAP = 24


def _in_year_of_next(text: str, item: Found, following: Found) -> When | None:
    """A day or month in the year of the date that follows: 10 March and 5 April 2011."""
    expression, other = item.expression, following.expression
    if not isinstance(expression, Yearless) or expression.which or not isinstance(other, Fixed) or other.when is None:
        return None
    gap, year = text[item.end : following.start], other.when.first.year
    if len(gap) > _LONGEST_GAP or not _JOINS.fullmatch(gap) or year != other.when.last.year:
        return None
    when = fixed(expression.in_year, year).when
    return fixed(expression.in_year, year - 1).when if when and when.first > other.when.last else when


def _after_opening(text: str, before: Found, item: Found, opening: When | None) -> When | None:
    """The end of a range that began on `opening`: from 23 December to 7 January ends in the January that follows."""
    expression, other = item.expression, before.expression
    if opening is None or not isinstance(expression, Yearless) or not isinstance(other, Yearless):
        return None
    gap, opens = text[before.end : item.start], _OPENS.search(text[max(0, before.start - 12) : before.start])
    is_range = len(gap) <= _LONGEST_GAP and (_TO.fullmatch(gap) or (opens and _AND.fullmatch(gap)))
    if not is_range or expression.which or bool(expression.day) != bool(other.day):
        return None
    ends = (fixed(expression.in_year, opening.first.year + later).when for later in (0, 1))
    return next((end for end in ends if end and end.last >= opening.first), None)


def _give_days_to_times(found: Sequence[Found], values: list[When | None]) -> None:
    """A time of day belongs to the nearest day told in the same sentence; without one its value stays unknown."""
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        day: When | None = None
        for n in order:
            expression, when = found[n].expression, values[n]
            if when and when.unit == "day" and when.first == when.last and not when.clock:
                day = when
            elif isinstance(expression, Fixed) and expression.clock and day and when is None:
                values[n] = replace(day, clock=expression.clock)
