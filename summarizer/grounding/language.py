"""Whether a text is English, told cheaply: by its script and by the share of small words that only English has."""

from __future__ import annotations

import re

from summarizer.grounding.common import common_words
from summarizer.grounding.reading import word_key

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(["the", "of", "and", "to", "in", "is", "was", "for", "that", "on", "with", "as", "by", "at", "from", "he", "his", "it", "an", "be", "are", "were", "this", "which", "has", "have", "had", "not", "but", "they", "their", "who", "said", "will", "would", "she", "her", "been", "after", "when", "about", "more", "than", "i", "you", "we", "my", "your", "our", "its", "no", "a", "if", "can", "so"])  # fmt: skip
_OTHERS = (
    frozenset(
        [
            "el",
            "los",
            "las",
            "una",
            "por",
            "para",
            "con",
            "del",
            "que",
            "como",
            "más",
            "pero",
            "está",
            "este",
            "ser",
            "son",
            "fue",
            "sus",
            "al",
            "lo",
            "se",
            "y",
            "le",
            "les",
            "des",
            "une",
            "est",
            "dans",
            "pour",
            "pas",
            "qui",
            "sur",
            "avec",
            "ce",
            "cette",
            "sont",
            "au",
            "aux",
            "du",
            "et",
            "il",
            "elle",
            "nous",
            "vous",
            "je",
            "ne",
            "der",
            "das",
            "und",
            "ist",
            "nicht",
            "ein",
            "eine",
            "einen",
            "dem",
            "den",
            "von",
            "zu",
            "mit",
            "auf",
            "für",
            "sich",
            "auch",
            "wie",
            "bei",
            "oder",
            "aus",
            "nach",
            "im",
            "zum",
            "zur",
            "wird",
            "sind",
            "hat",
            "il",
            "della",
            "di",
            "che",
            "è",
            "gli",
            "nel",
            "alla",
            "sono",
            "più",
            "anche",
            "dei",
            "não",
            "uma",
            "um",
            "os",
            "as",
            "da",
            "do",
            "em",
            "para",
            "mais",
            "foi",
            "ao",
            "dos",
            "das",
            "het",
            "een",
            "van",
            "niet",
            "zijn",
            "voor",
            "ook",
            "maar",
            "aan",
            "met",
            "och",
            "att",
            "det",
            "som",
            "på",
            "är",
            "av",
            "för",
            "med",
            "den",
            "inte",
            "til",
            "og",
            "af",
            "på",
            "er",
            "ikke",
            "nie",
            "jest",
            "się",
            "na",
            "z",
            "do",
            "że",
            "w",
            "ve",
            "bir",
            "bu",
            "için",
            "ile",
            "da",
            "de",
        ]
    )
    - _ENGLISH
)
_LONGEST = 4000


def is_english(text: str) -> bool:
    """Whether the word-level check can read `text`. Looks at the first 4,000 characters at most."""
    text = text[:_LONGEST]
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    if not letters or latin < 0.6 * len(letters):
        return not letters
    found = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _ENGLISH for word in found)
    other = sum(word in _OTHERS for word in found)
    if english + other:
        return english > other
    common = sum(word_key(word, False) in common_words() for word in found)
    return common >= 0.4 * len(found) or (text.isascii() and len(found) < 3)
