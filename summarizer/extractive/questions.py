"""What a question asks for: a person, a place, a date, a number, a list, a yes or no; and its words that matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from summarizer.analysis.words import STOP_WORDS, Word, words
from summarizer.values.units import unit_behind

Kind = Literal["person", "place", "organisation", "date", "number", "reason", "manner", "yes_no", "thing"]

LONGEST = 2000
"""Code points of a question that are read; what comes after is not part of a question anybody asked."""

_PLACES = 5
_BEING = frozenset("is are was were".split())
ASKING = frozenset("what which who whom whose when where why how".split())
AUXILIARIES = frozenset(
    """is are was were do does did has have had can could will would should may might must shall isn't aren't wasn't
    weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't""".split()
)
# Words that shape a question and say nothing of what it is about.
EMPTY = frozenset(
    """many much kind type name call called long far happen happened occur occurred take place tell know say said give
    according article text passage please list""".split()
)
# Words that stand for a noun which comes after "of": "the name of the city".
_STANDING_IN = frozenset("name names title identity kind type sort number".split())
_POSSESSIVES = frozenset("his her its their my our your".split())
_MEASURED = frozenset("many much far long fast high tall big large old heavy wide deep hot cold often full".split())
_OF_WORD: dict[str, Kind] = {
    "who": "person", "whom": "person", "whose": "person", "when": "date", "where": "place", "why": "reason",
}  # fmt: skip
_NOUNS: dict[Kind, str] = {
    "place": """city country town place state region continent village province county nation location river island
        capital street district area venue territory site port""",
    "person": """person man woman president leader king queen minister spokesperson spokesman spokeswoman author
        scientist actor actress player director mayor general emperor pope prince princess chairman chief singer writer
        inventor founder official officer coach lawyer doctor professor researcher historian philosopher daughter son
        brother sister wife husband mother father friend colleague neighbour neighbor child baby driver owner judge""",
    "organisation": """company organisation organization agency team party university group firm club newspaper
        institution ministry government army bank school network league church band channel charity""",
    "date": "year date day month century decade time era period season hour weekday",
    "number": """number percentage percent amount population cost price distance length height speed size weight total
        rate temperature score salary depth width share proportion age""",
}
_OF_NOUN: dict[str, Kind] = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
# What "how much", "how long" and their like measure, by the kinds of quantities; () is any of them.
_BY_MEASURE: dict[tuple[str, ...], str] = {
    ("distance",): "far high tall deep wide distance height depth width",
    ("duration", "distance"): "long length",
    ("age",): "old age",
    ("speed",): "fast speed",
    ("mass",): "heavy weight",
    ("temperature",): "hot cold temperature",
    ("percent",): "percentage percent full",
    ("money",): "cost price salary money cash profit revenue turnover fee fine budget income wage debt grant bill rent",
}
_MEASURES = {word: measure for measure, found in _BY_MEASURE.items() for word in found.split()}
# Of "how much" with no thing counted: what is asked for is money where one of these is done.
_PAYING = frozenset(
    """cost costs pay pays paid bring brings brought earn earns earned raise raises raised spend spends spent charge
    charges charged worth fine fined owe owes owed fund invest invested donate donated sell sells sold lose lost
    make made receive received ask asked set put price fee budget profit revenue ticket tickets""".split()
)
# "Who are", "list", "name all"; and whoever is with somebody is seldom one.
_LISTING = re.compile(
    r"\b(?:who|what|which)\s+(?:all|else|are|were|have)\b|\A\W*(?:list|name|enumerate)\b|\bwhom?\b.*\b(?:with|besides)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as code reads it.

    `noun` is what it asks for ("city" of "which city", "people" of "how many people"), `measure` what "how much"
    and its like measure, as kinds of quantities or "age", empty for any.
    """

    text: str
    kind: Kind
    noun: str | None
    measure: tuple[str, ...]
    words: tuple[Word, ...]
    is_list: bool

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words it is about; all content words when nothing else is left."""
        content = tuple(word for word in self.words if word.is_content and word.folded not in ASKING)
        return tuple(word for word in content if word.folded not in EMPTY) or content

    @property
    def names(self) -> tuple[Word, ...]:
        """Words with a capital or a digit that are not the first: who and what the question takes for granted."""
        rest = (word for word in self.words[1:] if word.is_content and word.folded not in ASKING)
        return tuple(word for word in rest if self.text[word.start].isupper() or self.text[word.start].isdigit())


@lru_cache(maxsize=64)
def understand(text: str) -> Question:
    """Read a question; of one longer than `LONGEST` code points the beginning."""
    text = text[:LONGEST]
    found = tuple(words(text))
    folded = [word.folded for word in found]
    at = next((index for index, word in enumerate(folded) if word in ASKING), None)
    listing = bool(_LISTING.search(text))
    if at is None or folded[0] in AUXILIARIES:
        kind: Kind = "yes_no" if folded and folded[0] in AUXILIARIES else "thing"
        return Question(text, kind, None, (), found, listing)
    following = folded[at + 1 :]
    kind, noun, measure = _how(following) if folded[at] == "how" else _what(folded[at], following)
    return Question(text, kind, noun, measure, found, listing or (kind != "number" and _is_plural(noun)))


def _how(following: Sequence[str]) -> tuple[Kind, str | None, tuple[str, ...]]:
    if not following or following[0] not in _MEASURED:
        return "manner", None, ()
    counted = next(iter(_phrase(following[1:])), None) if following[0] in ("many", "much") else None
    if following[0] == "much" and (counted is None or counted in _PAYING) and _PAYING.intersection(following):
        return "number", None, ("money",)
    if following[0] == "many" and (unit := unit_behind(" ".join(following), len("many"))):
        return "number", counted, (unit[0].kind,)
    return "number", counted, _MEASURES.get(counted or following[0], _MEASURES.get(following[0], ()))


def is_paid(word: str) -> bool:
    """Whether a word of a question only says that money is asked for: cost, price."""
    return word in _PAYING or _MEASURES.get(word) == ("money",)


def _what(word: str, following: Sequence[str]) -> tuple[Kind, str | None, tuple[str, ...]]:
    if word in _OF_WORD:
        return _OF_WORD[word], None, ()
    if following[:1] == ["caused"] or following[:2] == ["led", "to"]:
        return "reason", None, ()
    if following[:1] and following[0] in AUXILIARIES - _BEING and "cost" in following:  # "What does a sensor cost?"
        return "number", None, ("money",)
    noun = _noun(following) or (_owner(following) if "name" in following else None)
    return _kind_of(noun), noun, _MEASURES.get(noun or "", ())


def _noun(following: Sequence[str]) -> str | None:
    """The noun asked for: "city" of "which eastern city lies", and of "what is the name of the city"."""
    if direct := _phrase(following):
        # A verb may end the phrase: of "which team won" the team is asked for.
        return next((word for word in reversed(direct) if _kind_of(word) != "thing"), direct[-1])
    if not following or following[0] not in _BEING:
        return None
    behind = [word for word in following[1:] if word not in ("the", "a", "an")]
    named = _phrase(behind)
    if named and named[0] in _STANDING_IN and behind[1:2] == ["of"]:
        named = _phrase(word for word in behind[2:] if word not in _POSSESSIVES)
    return named[-1] if named else None


def _owner(following: Sequence[str]) -> str | None:
    """Whose name is asked for: "daughter" of "what is her daughter's name"."""
    return next((word[:-2] for word in following if word.endswith(("'s", "’s"))), None)


def _phrase(following: Iterable[str]) -> list[str]:
    """The words up to the next small word: a noun with what stands before it."""
    return list(takewhile(lambda word: word not in STOP_WORDS and word not in AUXILIARIES, following))[:4]


def _kind_of(noun: str | None) -> Kind:
    forms = (noun, noun.removesuffix("s"), noun.removesuffix("ies") + "y") if noun else ()
    return next((_OF_NOUN[form] for form in forms if form in _OF_NOUN), "thing")


def _is_plural(noun: str | None) -> bool:
    plural = noun is not None and noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    return plural and _kind_of(noun) != "date"


def statements(question: str) -> tuple[list[str], list[str]]:
    """What "Was the old bridge closed?" asks, said and denied.

    Where the subject ends is not known: the auxiliary is put behind each of the first words in turn, and the scores of
    the reader, which does not mind the order much, are taken together.
    """
    auxiliary, *rest = question.strip().rstrip("?").split() or [""]
    opening = " ".join(rest[:1])
    rest = [opening.capitalize() if opening.islower() else opening, *rest[1:]]
    told = auxiliary.lower()
    parts = [(rest[:at], rest[at:]) for at in range(1, min(_PLACES, len(rest)) + 1)]
    said = [" ".join((*before, told, *behind)) + "." for before, behind in parts]
    return said, [" ".join((*before, told, "not", *behind)) + "." for before, behind in parts]
