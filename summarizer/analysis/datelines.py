"""The day a text says it was published on: in its dateline, in "Posted on", in the head of minutes or of a judgment."""

from __future__ import annotations

import re
from datetime import date

from summarizer.values.dates import FoundDate, dates_in

_HEAD, _FOOT = 12, 3
_LONGEST = 160
_MOST_WORDS = 16
_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")

# Said of the text itself, before the date: "Posted by N. on 12 May 2024", "Judgment handed down on 20 February 2025".
_KEY = re.compile(
    r"\b(?:(?:first |originally )?published|posted|issued|released|filed|dated?|press release|"
    r"(?:judg(?:e)?ment|decision|ruling|opinion|award)\b.{0,40}\b(?:handed down|delivered|given|dated)|handed down|"
    r"minutes|meeting|newsletter|bulletin|communiqu[eé])\b",
    re.IGNORECASE,
)
_REVISED = re.compile(r"\b(?:last |)(?:updated|modified|revised|edited)\b", re.IGNORECASE)
# As in "OSLO, 3 February 2025 —" and "London, Feb. 3, 2025 (Newswire) -".
_PLACE = re.compile(r"[*_]{0,3}(?:[A-Z][\w.’'-]{0,30},? ){0,4}(?:[A-Z][\w.’'-]{0,30})?,? ?\(?")
_MARK = re.compile(r"\)?[*_]{0,3}(?: ?\([^()]{2,40}\))?\s?(?:[—–:|/]|-{1,2}\s)")
# What else a line may hold that is nothing but a date: "Thursday 6 March 2025, 19:00, Old Library"
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|said|did|does|[a-z]{3,20}ed)\b")


def published_in(text: str) -> date | None:
    """The full date that the head of `text` (else its foot) gives as its own day; None where it gives none.

    A sentence that merely tells a date gives none. Linear in the length of the text.
    """
    lines = [line[0].strip() for line in _LINE.finditer(text)]
    lines = [line for line in lines if line]
    revised: date | None = None
    for line in [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _FOOT) :]]:
        day = _day_of(line[:_LONGEST], whole=len(line) <= _LONGEST)
        if day and not _REVISED.search(line[:_LONGEST]):
            return day
        revised = revised or day
    return revised


def _day_of(line: str, *, whole: bool) -> date | None:
    """The day that a line gives; `whole` tells that nothing was cut off."""
    for found in dates_in(line):
        day = _full(found)
        if day is None:
            continue
        before, after = line[: found.start], line[found.end :]
        if _PLACE.fullmatch(before) and _MARK.match(after):
            return day
        if whole and _is_heading(line) and (_KEY.search(before) or _REVISED.search(before) or _is_bare(before, after)):
            return day
    return None


def _full(found: FoundDate) -> date | None:
    try:
        return date.fromisoformat((found.iso or "").partition("T")[0])
    except ValueError:
        return None


def _is_heading(line: str) -> bool:
    """Whether a line is too short, or too little of a sentence, to tell a story."""
    words = line.split()
    told = line.endswith((".", "!", "?")) and not _KEY.match(line.lstrip("*_# "))
    return len(words) <= _MOST_WORDS and not told


def _is_bare(before: str, after: str) -> bool:
    """Whether the date stands first, or behind a byline, with no sentence around it."""
    opens = not before.strip(" *_#|·•(") or re.fullmatch(r"[*_]{0,3}(?:By|by) [^.!?]{2,60}[,|·•—–-] ?", before)
    return bool(opens) and not _VERB.search(after)
