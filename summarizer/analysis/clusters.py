"""Names gathered into entities: the same name, a surname, an acronym or a short form means the same one.

The rules, in order: equal after folding; an acronym and its expansion; a shorter form of exactly one longer name. A
lone part of a person's name means the one already introduced who is named most so far; "Mr" and "Mrs" before it rule
people out. What stays doubtful stays apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from summarizer.analysis import name_words
from summarizer.analysis.name_spans import Name, certain, likeliest
from summarizer.analysis.words import fold

Key = tuple[str, ...]

_KNOWN_BY_TWO_NAMES = tuple(
    frozenset(tuple(name.split()) for name in names.split("; "))
    for names in (
        "us; usa; america; united states; united states of america",
        "uk; united kingdom; great britain; britain",
        "uae; united arab emirates",
        "eu; european union",
        "un; united nations",
    )
)
"""An article uses these without explaining."""

_GENERIC = name_words.ORGANISATION_HEADS | name_words.EVENT_HEADS | name_words.SMALL_WORDS
_NAMED_AFTER = frozenset(
    """academy award awards cathedral center centre chronicle church city clinic club college council county courier cup
    fc foundation fund gazette herald hospital institute journal library museum news observer police post prize school
    times tribune trophy trust united university""".split()
)
"""What is often called after somebody or some town, which may be named by the same word in the article."""

_CERTAIN = 0.9
_NO_PLACE = 0.2
_CROWD = 64
"""More candidates than this for one word say nothing, and looking at all of them would take quadratic time."""
_IN_A_PLACE = re.compile(r"\b(?:in|near|at|around|across|outside|to|from)\s$", re.IGNORECASE)


@dataclass
class Cluster:
    """The names of one entity, in order of the article."""

    names: list[Name] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The likeliest kind, over all names; a name of several words counts double."""
        return likeliest(self.kinds)

    @property
    def kinds(self) -> Mapping[str, float]:
        """The probabilities of the kinds; they sum to 1."""
        if any(map(_is_company, self.names)):
            return certain("organisation")
        total: dict[str, float] = defaultdict(float)
        for name in self.names:
            for kind, value in name.kinds.items():
                total[kind] += value * min(len(name.words), 2)
        whole = sum(total.values()) or 1.0
        return {kind: value / whole for kind, value in total.items()}


def _is_company(name: Name) -> bool:
    return len(name.words) > 1 and fold(name.words[-1]) in name_words.COMPANY_ENDINGS


@lru_cache(maxsize=4096)
def key_of(text: str) -> Key:
    """`text` as words to compare: folded, without accents, points, hyphens, a leading "the" and company endings."""
    plain = "".join(c for c in unicodedata.normalize("NFD", fold(text)) if not unicodedata.combining(c))
    words = plain.replace(".", "").replace("-", " ").replace(",", " ").replace("'s ", "s ").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in name_words.NAME_ENDINGS:
        words = words[:-1]
    return tuple(words)


def clusters(names: Sequence[Name], text: str) -> list[Cluster]:
    """`names` (in order of `text`) gathered into entities, in order of first mention."""
    return _Gathering(names, text).clusters()


class _Gathering:
    """The names of an article by their keys, and which key stands for which (disjoint sets)."""

    def __init__(self, names: Sequence[Name], text: str) -> None:
        self.names, self.text = names, text
        self.groups: dict[Key, list[Name]] = {}
        for name in names:
            self.groups.setdefault(key_of(name.text), []).append(name)
        self.kinds = {key: Cluster(group).kind for key, group in self.groups.items()}
        self._parent = {key: key for key in self.groups}

    def clusters(self) -> list[Cluster]:
        """The clusters; each lone part of a person's name goes to the person it means at that place."""
        self._join_equal()
        self._join_acronyms()
        self._join_shorter()
        self._join_lone()
        found: dict[Key, Cluster] = {}
        for name in self.names:
            key = key_of(name.text)
            home = self._home(key)
            if _is_part(key) and (self.kinds[key] == "person" or name.titles):
                home = self._meant(name, key[-1], found) or home
            found.setdefault(home, Cluster()).names.append(name)
        return sorted(found.values(), key=lambda cluster: cluster.names[0].start)

    def _home(self, key: Key) -> Key:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def _sole(self, keys: Iterable[Key]) -> Key | None:
        """The one that all of `keys` stand for; None where there are none or several."""
        homes = {self._home(key) for key in keys}
        return homes.pop() if len(homes) == 1 else None

    def _join(self, key: Key, home: Key | None) -> None:
        if home:
            self._parent[self._home(key)] = self._home(home)

    def _join_equal(self) -> None:
        """Spelling variants: "Jong un" and "Jongun"; and the few names everybody knows by two."""
        by_letters: dict[str, Key] = {}
        for key in self.groups:
            self._join(key, by_letters.setdefault("".join(key), key))
        for same in _KNOWN_BY_TWO_NAMES:
            for one, other in pairwise(key for key in self.groups if key in same):
                self._join(other, one)

    def _join_acronyms(self) -> None:
        """Acronyms in brackets behind the name, and those that are the initials of one name of the article.

        In brackets behind a body an acronym may come from another language: "Italian Episcopal Conference (CEI)".
        """
        for name, following in pairwise(self.names):
            opened = self.text[name.end : following.start].strip(" \"“'‘") == "("
            if opened and self.text[following.end : following.end + 2].strip("\"”'’")[:1] == ")":
                key, other = key_of(name.text), key_of(following.text)
                bodies = self.kinds[key] == "organisation" and self.kinds[other] in {"organisation", "other"}
                foreign = bodies and following.text.isupper() and len(other) == 1 < len(key)
                if foreign or _abbreviates(following.text, name.text) or _abbreviates(name.text, following.text):
                    self._join(other, key)
        by_initials: dict[str, set[Key]] = defaultdict(set)
        for key, group in self.groups.items():
            if len(key) > 1 and self.kinds[key] != "person":
                for initials in _initials(group[0].words):
                    by_initials[initials].add(key)
        for key, group in self.groups.items():
            acronym = group[0].text.replace(".", "")
            if len(key) == 1 and acronym.isupper() and len(acronym) > 1:
                self._join(key, self._sole(by_initials[acronym.lower()]))

    def _join_shorter(self) -> None:
        """A shorter form of exactly one longer name of the same kind; lone parts of persons' names are for later."""
        by_word: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key in self.groups:
            for word in dict.fromkeys(key if len(key) > 1 else ()):
                by_word[self.kinds[key], word].append(key)
        for key in sorted(self.groups, key=len, reverse=True):
            person = self.kinds[key] == "person"
            candidates = by_word[self.kinds[key], key[-1] if person else key[0]]
            if self.kinds[key] == "place" or (person and len(key) == 1) or len(candidates) > _CROWD:
                continue
            shortens = _shortens_person if person else _shortens_body
            longer = [other for other in candidates if len(key) < len(other) and shortens(key, other)]
            self._join(key, self._sole(longer))

    def _join_lone(self) -> None:
        """A lone word that ends exactly one longer name of another kind, or begins one body: "Atlantis", "Northline".

        Its own kind is a guess where it is one word, so it need not be that of the longer name. A company goes by its
        first word ("Halden" after "Halden Kabel ASA") unless somebody is "in Halden". What ends or begins the name of
        a person is left to `_meant`.
        """
        ending, opening, companies = (defaultdict[str, list[Key]](list) for _ in range(3))
        for key in self.groups:
            if len(key) > 1 and self.kinds[key] != "person":
                if key[-2] not in name_words.SMALL_WORDS:
                    ending[key[-1]].append(key)
                if self.kinds[key] == "organisation" and _NAMED_AFTER.isdisjoint(key):
                    opening[key[0]].append(key)
                if _is_company(self.groups[key][0]):
                    companies[key[0]].append(key)
        for key, group in self.groups.items():
            if len(key) > 1 or any(name.titles for name in group):
                continue
            word, kind, chances = key[0], self.kinds[key], Cluster(group).kinds
            longer = None
            if word not in self.persons and chances[kind] < _CERTAIN:
                longer = self._sole(other for other in ending[word] if not kind == self.kinds[other] == "place")
            if word not in self.persons and not longer and chances.get("place", 0.0) < _NO_PLACE:
                longer = self._sole(opening[word])
            located = any(_IN_A_PLACE.search(self.text[max(0, name.start - 10) : name.start]) for name in group)
            self._join(key, longer or (None if located else self._sole(companies[word])))

    @cached_property
    def persons(self) -> dict[str, dict[Key, Name]]:
        """Persons by the first and the last word of their full names: East Asian names put the surname first."""
        found: dict[str, dict[Key, Name]] = {}
        for key, group in self.groups.items():
            if self.kinds[key] == "person" and not _is_part(key):
                for part in (key[0], key[-1]):
                    found.setdefault(part, {}).setdefault(self._home(key), group[0])
        return found

    def _meant(self, name: Name, part: str, found: Mapping[Key, Cluster]) -> Key | None:
        """The person a lone part of a name means, by the rule at the head of this module; None when nobody fits."""
        people = list(self.persons.get(part, {}).items())[:_CROWD]
        fitting = [(home, one) for home, one in people if {_gender(name), _gender(one)} != {"m", "f"}]
        introduced = [(home, one) for home, one in fitting if one.start < name.start]
        introduced = introduced or (fitting if len(fitting) == 1 else [])
        surnames = [home for home, one in introduced if key_of(one.text)[-1] == part]
        homes = surnames or [home for home, _ in introduced]
        return max(homes, key=lambda home: len(found[home].names) if home in found else 0, default=None)


def _is_part(key: Key) -> bool:
    """Whether a key is only one word of a person's name, with particles or without: Smith, van Beethoven."""
    return name_words.PARTICLES.issuperset(key[:-1])


def _gender(name: Name) -> str:
    titles = {title.lower() for title in name.titles}
    return "m" if titles & name_words.MALE_TITLES else "f" if titles & name_words.FEMALE_TITLES else ""


def _initials(words: Sequence[str]) -> set[str]:
    """The initials of a name, with its small words and without."""
    every = [word.lower() for word in words if word[0].isalpha()]
    long = [word for word in every if word not in name_words.SMALL_WORDS]
    return {"".join(word[0] for word in some) for some in (every, long) if len(some) > 1}


def _abbreviates(short: str, long: str) -> bool:
    """Whether `short` is made of capitals that stand in `long` in order, the first one first."""
    letters = [c for c in short.lower() if c.isalnum()]
    if not 2 <= len(letters) < len(long) or " " in short or not short.isupper() or letters[0] != long[0].lower():
        return False
    rest = iter(long.lower())
    return all(letter in rest for letter in letters)


def _shortens_person(short: Key, long: Key) -> bool:
    """J. Smith for John Smith, John Smith for John B. Smith, Ashe-Lyle for John Ashe-Lyle."""
    if len(short) > 1 and len(short) + 1 == len(long) and short == long[1:]:
        return True
    initial = len(short[0]) == 1 and long[0].startswith(short[0])
    return short[-1] == long[-1] and (initial or short[0] == long[0])


def _shortens_body(short: Key, long: Key) -> bool:
    """Its last words, or its first ones where only generic words follow: Barclays for Barclays Bank."""
    rest = long[len(short) :]
    generic = short[0] in name_words.ORGANISATION_HEADS and rest[0] in name_words.SMALL_WORDS
    return long[-len(short) :] == short or (long[: len(short)] == short and (generic or _GENERIC.issuperset(rest)))
