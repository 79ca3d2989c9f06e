"""What a question asks for: a person, a place, a date, a number, a list, a yes or no; and its words that matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summarizer.analysis.words import STOP_WORDS, Word, words

Kind = Literal["person", "place", "organisation", "date", "number", "reason", "manner", "yes_no", "thing"]

LONGEST = 2000
"""Code points of a question that are read; what comes after is not part of a question anybody asked."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ASKING = _set(
    """
    what which who whom whose when where why how
    """
)
_VERBS = _set(
    """
    is are was were do does did has have had can could will would should may might must shall isn't aren't wasn't
    weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't
    """
)
_PLACES = _set(
    """
    city country town place state region continent village province county nation location river island capital
    street district area venue territory site port
    """
)
_PEOPLE = _set(
    """
    person man woman president leader king queen minister spokesperson spokesman spokeswoman author scientist actor
    actress player director mayor general emperor pope prince princess chairman chief singer writer inventor founder
    official officer coach lawyer doctor professor researcher historian philosopher
    """
)
_ORGANISATIONS = _set(
    """
    company organisation organization agency team party university group firm club newspaper institution ministry
    government army bank school network league church band channel charity
    """
)
_TIMES = _set(
    """
    year date day month century decade time era period season hour age weekday
    """
)
_AMOUNTS = _set(
    """
    number percentage percent amount population cost price distance length height speed size weight total rate
    temperature score salary depth width share proportion
    """
)
_MEASURED = _set(
    """
    many much far long fast high tall big large old heavy wide deep hot cold often
    """
)
_LISTING = re.compile(
    r"\b(?:who|what|which)\s+(?:\w+\s+){0,3}(?:are|were|have|do|did)\b|\b(?:list|name|names of|all)\b", re.IGNORECASE
)
# Words that shape a question and say nothing of what it is about.
_EMPTY = _set(
    """
    many much kind type name call called long far happen happened occur occurred take place tell know say said give
    according article text passage please list
    """
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as code reads it. `focus` is the noun asked for ("city"), `amount` the word after "how" ("many")."""

    text: str
    kind: Kind
    focus: str | None
    amount: str | None
    words: tuple[Word, ...]
    is_list: bool

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words it is about; all content words when nothing else is left."""
        content = tuple(word for word in self.words if word.is_content and word.folded not in _ASKING)
        return tuple(word for word in content if word.folded not in _EMPTY) or content

    @property
    def stems(self) -> tuple[str, ...]:
        """Stems of the telling words, each once, in order."""
        return tuple(dict.fromkeys(word.stem for word in self.telling))

    @property
    def names(self) -> tuple[Word, ...]:
        """Words with a capital or a digit that are not the first: who and what the question takes for granted."""
        return tuple(
            word
            for word in self.words[1:]
            if word.is_content and (self.text[word.start].isupper() or self.text[word.start].isdigit())
        )


@lru_cache(maxsize=64)
def understand(text: str) -> Question:
    """Read a question; of one longer than `LONGEST` code points the beginning."""
    text = text[:LONGEST]
    found = tuple(words(text))
    kind, focus, amount = _asked_for([word.folded for word in found])
    return Question(text, kind, focus, amount, found, bool(_LISTING.search(text)))


_OF_WORD: dict[str, Kind] = {
    "who": "person", "whom": "person", "whose": "person", "when": "date", "where": "place", "why": "reason",
}  # fmt: skip


def _asked_for(folded: list[str]) -> tuple[Kind, str | None, str | None]:
    at = next((index for index, word in enumerate(folded) if word in _ASKING), None)
    if folded and folded[0] in _VERBS:
        return "yes_no", None, None
    if at is None:
        return "thing", None, None
    if folded[at] == "how":
        amount = next((word for word in folded[at + 1 : at + 2] if word in _MEASURED), None)
        return ("number" if amount else "manner"), None, amount
    if folded[at] in _OF_WORD:
        return _OF_WORD[folded[at]], None, None
    focus = _noun(folded[at + 1 : at + 6])
    return _kind_of(focus), focus, None


def _noun(following: list[str]) -> str | None:
    """The noun asked for: the first typed one in "which eastern city", behind "what was the name of the city" too."""
    for word in following:
        if _kind_of(word) != "thing":
            return word
    return next((word for word in following if word not in STOP_WORDS), None)


def _kind_of(noun: str | None) -> Kind:
    if noun is None:
        return "thing"
    base = noun if noun in _PLACES | _PEOPLE else noun.removesuffix("s")
    base = noun[:-3] + "y" if noun.endswith("ies") else base
    for kind, nouns in _NOUNS:
        if base in nouns or noun in nouns:
            return kind
    return "thing"


_NOUNS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("place", _PLACES),
    ("person", _PEOPLE),
    ("organisation", _ORGANISATIONS),
    ("date", _TIMES),
    ("number", _AMOUNTS),
)
