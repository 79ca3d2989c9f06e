"""What a number counts: the noun behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from summarizer.analysis.date_words import word_set
from summarizer.analysis.number_words import Token, joined

_IRREGULAR_PLURALS = word_set(
    """people men women children police troops fish sheep aircraft cattle feet teeth mice geese media species staff crew
    personnel countrymen servicemen policemen policewomen firefighters clergy infantry cavalry spacecraft offspring
    alumni criteria phenomena bacteria fungi larvae dice oxen salmon deer elk bison shrimp cod bird-watchers youth dead
    injured wounded missing others percent gunmen crewmen fishermen businessmen congressmen salesmen spokesmen"""
)
_SINGULARS = word_set(
    """person man woman child boy girl soldier officer policeman passenger victim student worker death injury case time
    vote goal point car house family member other shot game match seat day arrest patient ship plane suspect"""
)
_NOT_NOUNS = word_set(
    """was is has his its this us as less across plus yes thus previous various serious famous always news does says
    goes towards besides perhaps afterwards hers ours yours theirs whereas unless versus overseas sometimes upwards
    takes gives needs comes means remains wants seems looks gets lets plays includes nowadays"""
)
_BREAKS = word_set(
    """a an the and or but of in on at to from by for with than then that which who whom when where while will would can
    could may might had have were are be been being not no so if after before since until because against between
    into through during under over per he she it they we you i said did do al about some more most each every ago"""
)
_LONGEST_PHRASE = 5

BEFORE_A_BARE_COUNT = word_set(
    """killed injured wounded least than about some nearly over almost around only roughly approximately total
    estimated killing wounding injuring arrested detained"""
)

OPENERS = _BREAKS | BEFORE_A_BARE_COUNT | word_set("police another these those these all both exactly just up")


def noun_end(tokens: Sequence[Token], at: int, value: Decimal) -> int | None:
    """Index behind the noun that is counted, where token `at` is the first behind the number; None without one.

    The noun is the first plural within five words that nothing but a space or hyphen parts from the number.
    """
    if not joined(tokens, at):
        return None
    if value == 1:
        return at + 1 if tokens[at].word in _SINGULARS else None
    for place in range(at, min(len(tokens), at + _LONGEST_PHRASE)):
        word = tokens[place].word
        if not joined(tokens, place) or not word or word in _BREAKS:
            return None
        if _is_plural(word):
            return _whole_phrase(tokens, place)
    return None


def _whole_phrase(tokens: Sequence[Token], at: int) -> int:
    """One plural further where it makes a compound: "sports cars", "arms dealers"."""
    follows = joined(tokens, at + 1) and _is_plural(tokens[at + 1].word) and tokens[at + 1].before == " "
    compound = tokens[at].word in {"sports", "arms", "sales", "goods", "women", "men", "savings", "systems", "news"}
    return at + 2 if follows and compound else at + 1


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR_PLURALS:
        return True
    if word in _NOT_NOUNS or len(word) <= 3:
        return False
    return word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))
