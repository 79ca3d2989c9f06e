"""What a document says of itself: front matter (YAML between `---` lines, TOML between `+++` lines), and full dates.

Dates are read as ISO, numbers, English words, or Chinese and Japanese signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from summarizer.sentences import MONTH

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

FULL = re.compile(FULL_DATE, re.IGNORECASE)
_SIGNS = re.compile(r"[年月]\s?")

_BLOCK = re.compile(
    r"\s*(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<body>.{0,20000}?)\r?\n(?P=mark)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,30}):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)


def first_date(text: str) -> date | None:
    """The first full date in `text`; None where there is none, or where day and month cannot be told apart."""
    from summarizer.values.dates import dates_in

    written = FULL.search(text)
    if written is None:
        return None
    plain = _SIGNS.sub("/", written[0]).rstrip("日").lower().replace(" of ", " ").title()
    iso = next((found.iso or "" for found in dates_in(plain)), "")
    return date.fromisoformat(iso) if len(iso) == len("2024-05-12") else None


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


def find_front_matter(text: str) -> tuple[int, Mapping[str, Any]]:
    """Where the front matter at the head of `text` ends, and its fields, their names in lower case.

    A rule of dashes without fields below it is none: then it ends at 0.
    """
    block = _BLOCK.match(text)
    if block is None:
        return 0, {}
    fields = _toml(block["body"]) if block["mark"] == "+++" else _yaml(block["body"])
    return block.end() if fields else 0, {str(name).lower(): value for name, value in fields.items()}


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
