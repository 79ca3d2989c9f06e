"""The words and figures all views share: plural names of types, what an action did, dates, tokens and money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from summarizer.schemas.entities import EntityType, Quantity
from summarizer.schemas.result import Action, Coverage, Run
from summarizer.schemas.timeline import Certainty

TYPES: dict[EntityType, str] = {
    "person": "People",
    "organisation": "Organisations",
    "place": "Places",
    "group": "Groups",
    "event": "Events",
    "work": "Works",
    "product": "Products",
    "other": "Other names",
}

ACTIONS: dict[Action, str] = {
    "replaced": "replaced",
    "dropped": "dropped",
    "flagged": "flagged",
    "moved": "moved",
    "unread": "unread",
    "none": "noted",
}


def told_by(certainty: Certainty) -> str:
    """What joins a certainty and who told it: "reported by X", but "planned, according to X"."""
    return " by " if certainty == "reported" else ", according to "


# One dot a certainty, from solid to open: they differ in shape, not in colour only.
MARKS: dict[Certainty, str] = {"happened": "●", "planned": "○", "possible": "◌", "reported": "◐"}

NOT_FOUND = "The article does not say."

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d)[0-9:.Z+-]*)?")


def plain_date(iso: str) -> str:
    """An ISO 8601 date as people write it: `12 September 2023`, `September 2023`; what it cannot read, unchanged."""
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


def measure(quantity: Quantity) -> str:
    """The value and the unit a quantity was read as; empty where it was not."""
    return "" if quantity.value is None else f"{quantity.value:,.12g} {quantity.unit or ''}".strip()


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 issue`, `2 issues`, `1,200 tokens`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def coverage(read: Coverage) -> str:
    """How much was read, in words: `13 sentences, all read`."""
    if read.read >= read.sentences:
        return f"{count(read.sentences, 'sentence')}, all read"
    return f"{read.read:,} of {count(read.sentences, 'sentence')} read"


def money(dollars: float | None) -> str:
    """US dollars to the digit that matters; `cost unknown` for None, which is not the same as free."""
    if dollars is None:
        return "cost unknown"
    if dollars == 0 or dollars >= 0.0995:
        return f"${dollars:,.2f}"
    return f"${dollars:.2g}" if dollars >= 0.0001 else "under $0.0001"


def seconds(duration: float) -> str:
    """Wall time: `40 ms`, `2.1 s`, `3 min 5 s`."""
    if duration < 1:
        return f"{duration * 1000:.0f} ms"
    if duration < 60:
        return f"{duration:.1f} s"
    return f"{int(duration) // 60:,} min {int(duration) % 60} s"


def tokens(run: Run) -> str:
    """What was sent and what came back, or that no model was asked."""
    usage = run.usage
    if not (run.requests or usage.input_tokens or usage.output_tokens):
        return "no model asked"
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    return f"{count(usage.input_tokens, 'token')} in{cached}, {usage.output_tokens:,} out"


def total_cost(runs: Sequence[Run]) -> str:
    """The sum of the known costs; says so where some are unknown."""
    known = [run.cost_usd for run in runs if run.cost_usd is not None]
    if not known:
        return money(None)
    rest = len(runs) - len(known)
    return money(sum(known)) + (f", {rest} unknown" if rest else "")
