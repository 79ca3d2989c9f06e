"""Dates against gold: by overlap of their places, and by the days they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.analysis.calendar_values import read_iso
from summarizer.tasks.scoring import Range, Score

_CLOCK = re.compile(r"T(\d\d:\d\d)")


def score_dates(gold: Sequence[tuple[Range, str | None]], given: Sequence[tuple[Range, str | None]]) -> Iterator[Score]:
    """Scores of one article; a found expression answers at most one gold date, the one it overlaps most."""
    free, found, right = sorted(given), 0, 0
    for span, iso in gold:
        best = max(free, key=lambda one: _overlap(span, one[0]), default=None)
        if best is None or _overlap(span, best[0]) <= 0:
            continue
        free.remove(best)
        found += 1
        right += _same(iso, best[1])
    yield Score("dates found", found, len(gold))
    yield Score("dates right", right, found)


def _overlap(one: Range, other: Range) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _same(gold: str | None, given: str | None) -> bool:
    """Whether the days are the same, and the time where one is given. Where gold is unknown, unknown is right."""
    wanted, told = (read_iso(iso) if iso else None for iso in (gold, given))
    if wanted is None or told is None:
        return given is None and wanted is None
    same_days = (wanted.first, wanted.last) == (told.first, told.last)
    return same_days and ("T" not in (given or "") or _clock(gold) == _clock(given))


def _clock(iso: str | None) -> str:
    found = _CLOCK.search(iso or "")
    return found[1] if found else ""
