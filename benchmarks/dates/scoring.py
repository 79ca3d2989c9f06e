"""Gold dates against found ones."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Row:
    """One gold date and what was found at its place."""

    text: str
    gold: dict
    found: str | None
    iso: str | None
    exact: bool
    close: bool
    valued: bool


def score(gold: Sequence[dict], found: Sequence[tuple[int, int, str | None]], text: str) -> list[Row]:
    """One row a gold date; a found expression answers at most one, the one it overlaps most."""
    free = list(found)
    rows = []
    for item in gold:
        best = max(free, key=lambda place: _overlap(item, place), default=None)
        if best is None or _overlap(item, best) <= 0:
            rows.append(Row(item["text"], _value(item), None, None, False, False, _days(_gold_iso(item)) is not None))
            continue
        free.remove(best)
        exact, close = _right(item, best[2])
        valued = _days(_gold_iso(item)) is not None
        rows.append(Row(item["text"], _value(item), text[best[0] : best[1]], best[2], exact, close, valued))
    return rows


def _value(item: dict) -> dict:
    return {key: value for key, value in item.items() if key not in {"text", "start", "end"}}


def _overlap(item: dict, place: tuple[int, int, str | None]) -> int:
    return min(item["end"], place[1]) - max(item["start"], place[0])


def _gold_iso(item: dict) -> str | None:
    if item.get("when"):
        return item["when"]
    first, last = item.get("from") or item.get("notBefore"), item.get("to") or item.get("notAfter")
    return f"{first}/{last}" if first and last else None


def _right(item: dict, iso: str | None) -> tuple[bool, bool]:
    """Whether the days are the same, and whether they share at least half of their union.

    Where the gold names no closed stretch of the calendar (a recurring month, an open bound), unknown is right.
    """
    gold, mine = _days(_gold_iso(item)), _days(iso)
    if gold is None:
        return iso is None, iso is None
    if mine is None:
        return False, False
    shared = (min(gold[1], mine[1]) - max(gold[0], mine[0])).days + 1
    union = (max(gold[1], mine[1]) - min(gold[0], mine[0])).days + 1
    same_time = "T" not in (iso or "") or _clock(iso) == _clock(_gold_iso(item))
    return gold == mine and same_time, shared / union >= 0.5 and same_time


def _clock(iso: str | None) -> str:
    found = re.search(r"T(\d\d:\d\d)", iso or "")
    return found[1] if found else ""


def _days(iso: str | None) -> tuple[date, date] | None:
    if iso is None:
        return None
    first, _, last = iso.partition("/")
    begin, end = _stretch(first), _stretch(last or first)
    return (begin[0], end[1]) if begin and end else None


def _stretch(iso: str) -> tuple[date, date] | None:
    iso = iso.partition("T")[0]
    week = re.fullmatch(r"(\d{4})-W(\d\d)", iso)
    if week:
        return date.fromisocalendar(int(week[1]), int(week[2]), 1), date.fromisocalendar(int(week[1]), int(week[2]), 7)
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso)
    if parts is None:
        return None
    year = int(parts[1])
    if parts[3]:
        day = date(year, int(parts[2]), int(parts[3]))
        return day, day
    first_month, last_month = (int(parts[2]), int(parts[2])) if parts[2] else (1, 12)
    return date(year, first_month, 1), date(year, last_month, calendar.monthrange(year, last_month)[1])
