"""Whether a text is English, told cheaply: by its script and by the small words that only some languages have."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.analysis.words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 4000
MOST_NAMES = 3
"""Words without a telling one that may be a name, such as Łódź, whose marks tell nothing."""
# Small words of other languages that use the Latin script; of those that English has too, only the rarer.
_OTHERS = frozenset(
    """aan af al alla anche ao att au auch auf aus aux av avec bei bir bu ce cette che como con da dans das dass daß de
    dei del della den der des det di do dos du een ein eine einen el elle em er est este está et était été foi fue für
    för gli haben hatte het ikke il ile im inte ist için je jest kann las le les lo los maar mais med mit más
    na nach ne nel nicht nie niet noch nous não nur och oder og ont ook os para pas pero più por på que qui
    se ser sich sido sind się som son sono sont sur sus til um uma una und une unter van ve vom von voor vous w
    waren wie wird wurde wurden y z zijn zu zum zur zwischen über è że""".split()
)
_ENGLISH = STOP_WORDS - _OTHERS


@lru_cache(maxsize=4096)
def is_english(text: str, unless: str | None = None) -> bool:
    """Whether `text` is English, so far as its first 4,000 characters tell.

    One without any telling word is, `unless` it was asked for in another language: "Sie kostete 5,2 Millionen Pfund."
    """
    text = text[:_LONGEST]
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    if not letters or latin < 0.6 * len(letters):
        return not letters
    found = [word.lower() for word in _WORD.findall(text)]
    english, other = sum(word in _ENGLISH for word in found), sum(word in _OTHERS for word in found)
    if english > other or (unless and not unless.casefold().startswith("en")):
        return english > other
    marked = sum(c > "\x7f" for c in letters)
    return not (other or (marked and not english and len(found) > MOST_NAMES))
