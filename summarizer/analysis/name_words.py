"""Closed word lists that tell what a name is: titles, heads of organisations and places, roles, nationalities.

The lists stand in `data/name_words.txt`, folded, one section each. None of them names a person, a place or a body.
"""

from __future__ import annotations

import re
from importlib.resources import files

_TEXT = (files("summarizer.analysis") / "data" / "name_words.txt").read_text("utf-8")
_PARTS = re.split(r"(?m)^\[(.+)\]$", re.sub(r"(?m)^#.*", "", _TEXT))
_WORDS = {name: frozenset(words.split()) for name, words in zip(_PARTS[1::2], _PARTS[2::2], strict=True)}

TITLES = _WORDS["titles"]
MALE_TITLES = _WORDS["male titles"]
FEMALE_TITLES = _WORDS["female titles"]
OFFICES = _WORDS["offices"]
ORGANISATION_HEADS = _WORDS["organisation heads"]
PLACE_HEADS = _WORDS["place heads"]
EVENT_HEADS = _WORDS["event heads"]
WORK_HEADS = _WORDS["work heads"]
PRODUCT_HEADS = _WORDS["product heads"]
GROUP_HEADS = _WORDS["group heads"]
CALENDAR = _WORDS["calendar"]
PARTICLES = _WORDS["particles"]
COMPANY_ENDINGS = _WORDS["company endings"]
NAME_ENDINGS = _WORDS["name endings"] | COMPANY_ENDINGS
POST_NOMINALS = _WORDS["post-nominals"]
WRITTEN_SMALL = frozenset(tuple(name.split("_")) for name in _WORDS["written small"])
SMALL_WORDS = _WORDS["small words"]
PERSON_ROLES = _WORDS["person roles"]
ORGANISATION_ROLES = _WORDS["organisation roles"]
PLACE_ROLES = _WORDS["place roles"]
NO_ROLES = _WORDS["no roles"]
ROLE_MODIFIERS = _WORDS["role modifiers"]
DETERMINERS = _WORDS["determiners"]
CLAUSE_WORDS = _WORDS["clause words"]
PREPOSITIONS = _WORDS["prepositions"]
OPENERS = _WORDS["openers"]
COMPASS = frozenset("north south east west new northern southern eastern western central".split())

NATIONALITIES = frozenset(
    form for word in _WORDS["nationalities"] for form in (word, word + "s" if word[-1] in "nikbtrcdm" else word)
)
"""Adjectives and names of peoples and faiths: they get a label of their own in training."""

TOPICS = {word: name[6:] for name, words in _WORDS.items() if name.startswith("topic ") for word in words}
"""Common words of a field, and the field: in a text on music a name in capitals is likelier a band."""

# Not in the list of roles: the tagger was trained on that, and names would end elsewhere ("Keeper Tom (Dermot Hale)").
_TRADES = re.compile(
    r"\w{3,20}(?:ologist|ographer|ician|[^aeiou]ist|keeper|wright|woman|smith|monger|maker"
    r"|binder|ringer)|(?:\w{4,9})?master|postmistress|soprano|tenor|baritone|substitute|winger|steward|lifeguard|purser"
    r"|conservator|registrar|publican|shepherd|distiller|carpenter|printer|publisher|illustrator|widower|bailiff|curate"
    r"|rector|auditor|broker|proprietor|jockey|climber|sprinter|alderman|forester|tuner|restorer|fundraiser"
    r"|keeper|grower|breeder|skipper|warden|verger|crofter|diver|skier|rower|bosun|(?:co-?)?(?:coordinator|convenor)"
    r"|(?:boat|fisher|ferry|sea|post|fire|police|crafts|sports|business|council|camera|coast|horse|grounds|signal)man"
)


def is_nationality(words: list[str]) -> bool:
    """Whether the folded `words` are the adjective or the name of a people: "german", "north korean"."""
    return words[-1] in NATIONALITIES and (NATIONALITIES | COMPASS | {"-"}).issuperset(words)


def is_person_role(word: str) -> bool:
    """Whether the folded `word` says what a person is: one of the list, or by its ending, as a botanist."""
    return word in PERSON_ROLES or _TRADES.fullmatch(word) is not None
