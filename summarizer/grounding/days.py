"""Days: every date, month, weekday and "last week" of a claim is one the cited sentences tell, however written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold, words
from summarizer.values.date_words import MONTHS, WEEKDAYS
from summarizer.values.dates import dates_in

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b\.?"
    rf"|(?P<first>{_MONTH})\b\.?\s(?P<behind>\d{{1,2}})(?:st|nd|rd|th)?(?!\w|[,.]\d))(?:,?\s(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_dates = lru_cache(maxsize=4096)(dates_in)
_NEAR = frozenset("last next previous past coming yesterday tomorrow".split())


@dataclass(frozen=True, slots=True)
class _Days:
    """What a text tells of the calendar: ISO values, (month, day) and so on; `near` are "last" and "next"."""

    isos: AbstractSet[str]
    days: AbstractSet[tuple[int, int]]
    months: AbstractSet[int]
    weekdays: AbstractSet[int]
    years: AbstractSet[str]
    near: AbstractSet[str]


def wrong_days(
    claim: str, sentences: Sequence[str], analysis: Analysis | None = None, numbers: Sequence[int] = ()
) -> tuple[list[str], list[str]]:
    """The expressions of time that differ, in words, and those that are right.

    `numbers` are those of the cited sentences in the article, whose context gives "in July" its year.
    """
    published = analysis.article.published if analysis else None
    if not (found := _dates(claim, published=published)):
        return [], []
    dates = analysis.dates if analysis else ()
    known = [one.iso for one in dates if one.iso and any(mention.sentence in numbers for mention in one.mentions)]
    theirs = _days_of(" | ".join(sentences), published, resolved=True, known=known)
    wrong, right = [], []
    for one in found:
        text = claim[one.start : one.end]
        if one.iso and _covers(one.iso, theirs.isos):
            right.append(text)
        elif _differs(_days_of(text, published), theirs):
            wrong.append(f"{text} is not in the cited sentences")
        elif {word.folded for word in words(text)} & (MONTHS.keys() | WEEKDAYS.keys()):
            right.append(text)  # it names a point of the calendar: its numbers are judged with it
    return wrong, right


def _days_of(text: str, published: date | None, *, resolved: bool = False, known: Iterable[str] = ()) -> _Days:
    """What a text tells; `resolved` that a date tells its month, its weekday and its year as well."""
    folded = fold(text)
    told = [word.folded.removesuffix("'s") for word in words(folded)]
    isos = frozenset({found.iso for found in _dates(text, published=published) if found.iso}.union(known))
    full = [date.fromisoformat(iso) for iso in isos if re.fullmatch(r"\d{4}-\d\d-\d\d", iso)]
    months = {MONTHS[word] for word in told if word in MONTHS and (len(word) > 3 or resolved or text[:1].isupper())}
    weekdays = {WEEKDAYS[day] for word in told if (day := word.removesuffix("s")) in WEEKDAYS}
    years = {word for word in told if len(word) == 4 and word.isdecimal()}
    if resolved:
        months |= {int(iso[5:7]) for iso in isos if re.match(r"\d{4}-\d\d", iso)}
        weekdays |= {day.weekday() for day in full}
        years |= {iso[:4] for iso in isos}
    # Which Monday "sails on Monday" means hangs on the tense; it may be that of "will sail on Monday": the name tells.
    named = not resolved and weekdays
    days = {month_and_day(match) for match in DAY.finditer(folded)} | {
        (day.month, day.day) for day in full if not named
    }
    return _Days(isos, days, months, weekdays, years, _NEAR.intersection(told))


def _differs(own: _Days, theirs: _Days) -> bool:
    """Whether an expression has a month, a day, a year, a weekday or a "next" that the sentences do not tell."""
    return bool(
        own.months - theirs.months
        or own.weekdays - theirs.weekdays
        or (theirs.days and own.days - theirs.days)
        or (theirs.years and own.years - theirs.years)
        or (own.near and not own.near & theirs.near and (theirs.near or theirs.isos))
    )


def month_and_day(match: re.Match[str]) -> tuple[int, int]:
    """The month and the day that a match of `DAY` tells."""
    return MONTHS[(match["month"] or match["first"]).lower()], int(match["day"] or match["behind"])


def _covers(iso: str, known: AbstractSet[str]) -> bool:
    """Whether a known date is this one or lies in it: 2024-09 is told by 2024-09-10, and an interval by its ends.

    A stretch of years ("the 1930s") is told by a day or a year in it.
    """
    first, _, last = iso.partition("/")
    years = f"{first}{last}".isdecimal() and len(last) == len("1939")
    return any(
        told == iso
        or told.startswith((f"{iso}-", f"{iso}T"))
        or iso in told.split("/")
        or (years and first <= told[:4] <= last)
        for told in known
    )
