"""Values in words that a person says: dates, quantities, how sure an event is."""

from __future__ import annotations

import re
from datetime import date

from summarizer.schemas.entities import Quantity
from summarizer.schemas.timeline import Certainty

NOT_FOUND = "The article does not say."
NONE_SAYS = "None of the articles says."

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d)[0-9:.Z+-]*)?")


def plain_date(iso: str | None) -> str:
    """An ISO 8601 date as people write it: `12 September 2023`, `September 2023`; what it cannot read, unchanged."""
    if not iso:
        return ""
    if "/" in iso:
        start, end = (plain_date(part) for part in iso.split("/", 1))
        return f"{_without_shared_end(start, end)} – {end}"
    match = _DAY.fullmatch(iso)
    if not match or not 1 <= int(match[2]) <= 12:
        return iso
    year, month, day, time = match.groups()
    words = [str(int(day))] if day else []
    return " ".join([*words, _MONTHS[int(month) - 1], year]) + (f", {time}" if time else "")


def _without_shared_end(start: str, end: str) -> str:
    """`11` of `11 September 2023` before `13 September 2023`: what both end with is said once."""
    ours, theirs = start.split(), end.split()
    while len(ours) > 1 and len(theirs) > 1 and ours[-1] == theirs[-1]:
        ours.pop()
        theirs.pop()
    return " ".join(ours)


def plain_day(day: date | None) -> str | None:
    """A day as people write it, or None."""
    return plain_date(day.isoformat()) if day else None


def quantity_in_words(quantity: Quantity) -> str:
    """The value and the unit a quantity was read as; empty where it was not."""
    return "" if quantity.value is None else f"{quantity.value:,.12g} {quantity.unit or ''}".strip()


def told_by(certainty: Certainty) -> str:
    """What joins a certainty and who told it: "reported by X", but "planned, according to X"."""
    return "reported by" if certainty == "reported" else f"{certainty}, according to"
