"""The words, figures and marks all views share: counts, coverage, tokens, money, and how a claim was checked.

Text from outside is made safe to show: nothing in it can move the cursor or turn the line around.
"""

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

_CONTROL_PICTURES = 0x2400
_BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))

# C0 controls become their pictures (␛ for Escape), C1 controls and lone surrogates the replacement character.
# Bidirectional embeddings, overrides and isolates are invisible and can reorder what stands around them: they go.
_SHOWN: dict[int, str] = {
    **{code: chr(_CONTROL_PICTURES + code) for code in range(0x20)},
    0x7F: "␡",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys(_BIDI_CONTROLS, ""),
}
_SHOWN_IN_TEXT = {code: sign for code, sign in _SHOWN.items() if chr(code) not in "\t\n\r"}


def legible(text: str) -> str:
    """`text` on one line: runs of white space become a space, and every control character something visible."""
    return " ".join(text.split()).translate(_SHOWN)


def visible(text: str) -> str:
    """The same for a text of many lines, whose white space stays."""
    return text.translate(_SHOWN_IN_TEXT)


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
