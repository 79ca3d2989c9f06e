"""What a document says of itself: front matter (YAML between `---` lines, TOML between `+++` lines), and full dates.

Dates are read as ISO, numbers, English words, or Chinese and Japanese signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from summarizer.sentences import MONTH

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"{MONTH}\b\.?"
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
SHORT_DATE = rf"(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH})\b"
FULL_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}(?!\d)|\d{4}[/.]\d{1,2}[/.]\d{1,2}\b|\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\d{4}年\s?\d{1,2}月\s?\d{1,2}日"
    rf"|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b|\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH},?\s\d{{4}}\b)"
)
TIME = (
    r"(?:T?\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?(?:Z|\s?[+-]\d{2}:?\d{2})?|\d{1,2}\s?[ap]\.?m\b\.?)"
    r"(?-i:\s?\(?(?:[A-Z]{1,3}T|GMT|UTC|EDT|EST)\b\)?)?"
)

_FULL = re.compile(FULL_DATE, re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_LETTERS = re.compile(r"[A-Za-z]{3,}")

_BLOCK = re.compile(
    r"\s*(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<body>.{0,20000}?)\r?\n(?P=mark)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,30}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


def first_date(text: str) -> date | None:
    """The first full date in `text`; None where there is none, or where day and month cannot be told apart."""
    written = _FULL.search(text)
    return _valued(written[0]) if written else None


def published_in(head: str) -> date | None:
    """The day of publication that the lines over an article give; one under "updated" or "modified" last."""
    ranked = sorted(head.splitlines(), key=lambda line: "updated" in line.lower() or "modified" in line.lower())
    return next((day for day in map(first_date, ranked) if day), None)


def day_of(value: object) -> date | None:
    """The day that a value of front matter or of a table means: a date, or text that holds one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return first_date(value) if isinstance(value, str) else None


def _valued(written: str) -> date | None:
    numbers = [int(number) for number in _NUMBERS.findall(written)]
    words = [word[:3].lower() for word in _LETTERS.findall(written)]
    month = next((_MONTHS.index(word) + 1 for word in words if word in _MONTHS), None)
    first, second, *_ = numbers
    if month:
        year, day = second, first
    elif first > 31:
        year, month, day = numbers
    else:
        year, month, day = numbers[2], first, second
        if "." in written or first > 12:
            month, day = second, first
        elif second <= 12 and first != second:
            return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields, their names in lower case, and where the block ends; no fields and 0 where there is none."""

    end: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)


def find_front_matter(text: str) -> FrontMatter:
    """The front matter at the head of `text`. A rule of dashes without fields below it is none."""
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatter()
    fields = _toml(block["body"]) if block["mark"] == "+++" else _yaml(block["body"])
    end = block.end() if fields else 0
    return FrontMatter(end, {str(name).lower(): value for name, value in fields.items()})


def _toml(body: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(body.replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        return {}


def _yaml(body: str) -> dict[str, Any]:
    import yaml

    try:
        fields = yaml.safe_load(body)
    except Exception:  # noqa: BLE001  tags, depth, digits: what is no front matter is text
        # A title with a colon in it is not YAML, and the commonest of faults.
        return {name: value.strip("\"'") for name, value in _FIELD.findall(body)}
    return fields if isinstance(fields, dict) else {}
