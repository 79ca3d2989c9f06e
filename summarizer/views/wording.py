"""The words, figures and marks all views share: counts, coverage, tokens, money, and how a claim was checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from summarizer.schemas.evidence import Support
from summarizer.schemas.result import Action, Coverage, Run
from summarizer.values.spoken import date_in_words

ACTIONS: dict[Action, str] = {
    "replaced": "replaced",
    "dropped": "dropped",
    "flagged": "unchecked",
    "moved": "moved",
    "unread": "unread",
    "none": "note",
}
MARKS: dict[Support, str] = {"verbatim": "", "checked": "~", "unchecked": "(unchecked)"}
MEANING: dict[Support, str] = {
    "checked": "~ other words, checked against its sentences",
    "unchecked": "(unchecked) not checked",
}


def mark(support: Support | None) -> str:
    """What stands behind a line; nothing behind the words of the article themselves."""
    return MARKS[support] if support else ""


def legend(used: Iterable[str | None]) -> str:
    """What the marks in use mean; empty where none is."""
    found = set(used)
    return " · ".join(meaning for support, meaning in MEANING.items() if support in found)


def plain_day(day: date | None) -> str | None:
    """A day as people write it, or None."""
    return date_in_words(day.isoformat()) if day else None


def count(number: int, noun: str) -> str:
    """`1 issue`, `2 issues`, `1,200 tokens`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def coverage(read: Coverage) -> str:
    """How much was read, in words: `13 sentences, all read`."""
    if not read.sentences:
        return ""
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


def read_by(run: Run) -> str:
    """Who read, what was sent and came back, or that no model was asked, what it cost and how long it took."""
    usage, tokens = run.usage, "no model asked"
    if run.requests or usage.input_tokens or usage.output_tokens:
        cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
        tokens = f"{count(usage.input_tokens, 'token')} in{cached}, {usage.output_tokens:,} out"
    return " · ".join((run.model, tokens, money(run.cost_usd), seconds(run.seconds)))
