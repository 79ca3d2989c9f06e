"""Days: every date, month, weekday and "last week" of a claim is one the cited sentences tell, however written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from summarizer.analysis.dates import FoundDate, dates_in
from summarizer.analysis.words import fold, words

_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name: n for n, name in enumerate(_MONTH_NAMES, 1)} | {name[:3]: n for n, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS["sept"] = 9
_WEEKDAYS = {d: n for n, d in enumerate("monday tuesday wednesday thursday friday saturday sunday".split(), 1)}
_NEAR = frozenset("last next previous past coming yesterday tomorrow".split())
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_OF_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s({_MONTH})\b|\b({_MONTH})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]*\d)"
)


@dataclass(frozen=True, slots=True)
class Days:
    """What a text tells of the calendar: values of its dates, (month, day) pairs and its folded words."""

    isos: frozenset[str]
    days: frozenset[tuple[int, int]]
    words: frozenset[str]

    @property
    def weekdays(self) -> frozenset[int]:
        """Days of the week, 1 to 7, that it names or whose dates it tells."""
        told = {date.fromisoformat(iso).isoweekday() for iso in self.isos if re.fullmatch(r"\d{4}-\d\d-\d\d", iso)}
        return frozenset(told | {_WEEKDAYS[word] for word in self.words if word in _WEEKDAYS})

    @property
    def months(self) -> frozenset[int]:
        """Months, 1 to 12, that it names or whose dates it tells."""
        told = {int(iso[5:7]) for iso in self.isos if re.match(r"\d{4}-\d\d", iso)}
        return frozenset(told | {_MONTHS[word] for word in self.words if word in _MONTHS})

    @property
    def years(self) -> frozenset[str]:
        """Years, as four digits."""
        return frozenset({iso[:4] for iso in self.isos} | {w for w in self.words if len(w) == 4 and w.isdecimal()})


def wrong_days(
    claim: str, sentences: Sequence[str], published: date | None, known: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """The expressions of time that differ, in words, and those that are right.

    Args:
        claim: the claim.
        sentences: the sentences it cites.
        published: the day that "Sunday" is told from.
        known: ISO values of the dates that the article's own context gives these sentences.

    """
    theirs = days_of(" | ".join(sentences), published)
    theirs = replace(theirs, isos=theirs.isos.union(known))
    wrong, right = [], []
    for found in _dates(claim, published):
        text = claim[found.start : found.end]
        if found.iso and _covers(found.iso, theirs.isos):
            right.append(text)
            continue
        if _differs(text, days_of(text, published), theirs):
            wrong.append(f"{text} is not in the cited sentences")
        elif _is_told(text):
            right.append(text)
    return wrong, right


@lru_cache(maxsize=4096)
def days_of(text: str, published: date | None) -> Days:
    """What `text` tells of the calendar, on its own."""
    folded = fold(text)
    isos = frozenset(found.iso for found in _dates(text, published) if found.iso)
    pairs = ((m[2] or m[3], m[1] or m[4]) for m in _DAY_OF_MONTH.finditer(folded))
    told = {(_MONTHS[month], int(day)) for month, day in pairs}
    told |= {(int(iso[5:7]), int(iso[8:10])) for iso in isos if re.match(r"\d{4}-\d\d-\d\d", iso)}
    return Days(isos, frozenset(told), frozenset(word.folded.removesuffix("'s") for word in words(folded)))


@lru_cache(maxsize=4096)
def _dates(text: str, published: date | None) -> tuple[FoundDate, ...]:
    return dates_in(text, published=published)


def _covers(iso: str, known: frozenset[str]) -> bool:
    """Whether a known date is this one or lies in it: 2024-09 is told by 2024-09-10, and an interval by its ends."""
    return any(told == iso or told.startswith((f"{iso}-", f"{iso}T")) or iso in told.split("/") for told in known)


def _is_told(text: str) -> bool:
    """Whether an expression names a point of the calendar, so that its numbers are judged with it."""
    return bool({word.folded for word in words(text)} & (_MONTHS.keys() | _WEEKDAYS.keys()))


def _differs(text: str, own: Days, theirs: Days) -> bool:
    """Whether an expression has a month, a day, a year, a weekday or a "next" that the sentences do not tell."""
    months = {_MONTHS[word] for word in own.words if word in _MONTHS and (text[:1].isupper() or len(word) > 3)}
    weekdays = {_WEEKDAYS[word] for word in own.words if word in _WEEKDAYS}
    near = own.words & _NEAR
    return bool(
        months - theirs.months
        or weekdays - theirs.weekdays
        or (theirs.days and own.days - theirs.days)
        or (theirs.years and {word for word in own.words if len(word) == 4 and word.isdecimal()} - theirs.years)
        or (near and not near & theirs.words and (theirs.words & _NEAR or theirs.isos))
    )
