"""Whether a text is English, told cheaply: by its script and by the share of small words that only English has."""

from __future__ import annotations

import re

from summarizer.grounding.common import common_words
from summarizer.grounding.lexicon import ENGLISH, NOT_ENGLISH

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 4000


def is_english(text: str) -> bool:
    """Whether the word-level check can read `text`. Looks at the first 4,000 characters at most."""
    text = text[:_LONGEST]
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    if not letters or latin < 0.6 * len(letters):
        return not letters
    found = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in ENGLISH for word in found)
    other = sum(word in NOT_ENGLISH for word in found)
    if english != other:
        return english > other
    common = sum(word in common_words() for word in found)
    return common >= 0.4 * len(found)
