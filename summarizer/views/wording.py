"""The words and figures all views share: counts, coverage, tokens and money."""

from __future__ import annotations

from datetime import date

from summarizer.analysis.spoken import date_in_words
from summarizer.schemas.result import Action, Coverage, Run

__all__ = ["ACTIONS", "count", "coverage", "money", "plain_day", "seconds", "tokens"]

ACTIONS: dict[Action, str] = {
    "replaced": "replaced",
    "dropped": "dropped",
    "flagged": "unchecked",
    "moved": "moved",
    "unread": "unread",
    "none": "note",
}


def plain_day(day: date | None) -> str | None:
    """A day as people write it, or None."""
    return date_in_words(day.isoformat()) if day else None


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 issue`, `2 issues`, `1,200 tokens`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


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


def tokens(run: Run) -> str:
    """What was sent and what came back, or that no model was asked."""
    usage = run.usage
    if not (run.requests or usage.input_tokens or usage.output_tokens):
        return "no model asked"
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    return f"{count(usage.input_tokens, 'token')} in{cached}, {usage.output_tokens:,} out"
