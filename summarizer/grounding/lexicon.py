"""The word lists of the check: words that change the truth of what they stand by, and words that mean the same.

The lists themselves are in `data/lexicon.toml`.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal, cast

OperatorClass = Literal[
    "negation", "reversal", "future", "expected", "possible", "intent", "reported", "condition", "approximate", "more",
    "less", "most", "portion", "only", "all", "former",
]  # fmt: skip

_DATA = tomllib.loads(files("summarizer.grounding").joinpath("data/lexicon.toml").read_text("utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_DATA["words"][name].split())


def _groups(text: str) -> list[tuple[str, ...]]:
    return [tuple(group.split()) for group in text.split("|")]


def _first_of_group(name: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for group in _groups(_DATA["groups"][name]):
        for word in group:
            table.setdefault(word, group[0])
    return table


def _place_in_list(name: str) -> dict[str, int]:
    return {word: n for n, group in enumerate(_groups(_DATA["groups"][name]), 1) for word in group}


def _pairs(name: str) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for one, other in _groups(_DATA["groups"][name]):
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in table.items()}


def _members(name: str) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for group in _groups(_DATA["groups"][name]):
        for word in group:
            table[word] = table.get(word, frozenset()) | frozenset(group)
    return table


def _operators() -> dict[str, tuple[tuple[tuple[str, ...], OperatorClass], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], OperatorClass]]] = {}
    for kind, phrases in _DATA["operators"].items():
        for phrase in _groups(phrases):
            table.setdefault(phrase[0], []).append((phrase, cast("OperatorClass", kind)))
    return {first: tuple(sorted(phrases, key=lambda pair: -len(pair[0]))) for first, phrases in table.items()}


OPERATORS = _operators()
"""First word of a phrase -> the phrases it begins with their classes, longest first."""
NUMERIC = frozenset({"approximate", "more", "less"})
"""Classes that govern a number and nothing else."""
SAYING = _words("saying")
"""Verbs that give a statement to somebody."""
WEAK_SAYING = _words("weak_saying")
"""Of these, those whose loss turns a report into a fact; what one announces, admits or shows may stand alone."""
NOUNS_TOO = _words("nouns_too")
"""Verbs of saying that are often something else: they count only before "that" or a quotation."""
BOUNDARIES = _words("boundaries")
"""Words that end the reach of a negation or a hedge."""
AUXILIARIES = _words("auxiliaries")
"""Auxiliary verbs, and the adverbs that stand among them."""
PREPOSITIONS = _words("prepositions")
DIRECTED = _words("directed")
"""Prepositions whose two sides may not be exchanged."""
PRONOUNS = _words("pronouns")
FUNCTION_TOO = _words("function_too")
"""Words without meaning of their own, besides the stop words."""
SENTENCE_WIDE = _words("sentence_wide")
"""First words of operators that govern their whole sentence."""
TRANSITIVE = _words("transitive")
"""Verbs of saying that also take a plain object: "reported revenue" is no report unless "that" follows."""
PARTICLES = _words("particles")
"""Small words inside names."""
CALENDAR = _words("calendar")
"""Names of days, which are no names of anybody."""
TITLES = _words("titles")
"""Words before a name that are no part of it."""
ENGLISH = _words("english")
NOT_ENGLISH = _words("not_english")
"""Small words of other languages that use the Latin script."""
GENDERED = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
ANTONYMS = _pairs("antonyms")
SYNONYMS = _members("synonyms")
BASE_FORMS = _first_of_group("irregular")
"""Irregular form -> base form."""
COUNTRIES = _first_of_group("demonyms")
"""A place, or the word for its people -> one key for both."""
UNIT_NAMES = _first_of_group("units")
"""Unit as written -> one name for it. Yen and yuan share a sign, so they share a name."""
MONTHS = _place_in_list("months")
WEEKDAYS = _place_in_list("weekdays")
