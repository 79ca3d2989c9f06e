"""Marks that tell how a claim was checked, and the line that explains those in use."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.schemas.evidence import Support

MARKS: dict[Support, str] = {"verbatim": "", "checked": "~", "unchecked": "(unchecked)"}
MEANING: dict[Support, str] = {
    "checked": "~ other words, checked against its sentences",
    "unchecked": "(unchecked) not checked",
}


def mark(support: Support | None) -> str:
    """What stands behind a line; nothing behind the words of the article themselves."""
    return MARKS[support] if support else ""


def legend(used: Iterable[str]) -> str:
    """What the marks in use mean; empty where none is."""
    found = set(used)
    return " · ".join(meaning for support, meaning in MEANING.items() if support in found)
