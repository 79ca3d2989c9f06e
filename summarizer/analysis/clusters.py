"""Names gathered into entities: the same name, a surname, an acronym or a spelling variant means the same one.

The rules, in order: equal after folding; an acronym and its expansion; a shorter form of exactly one longer name. A
lone part of a person's name means the one already introduced who is named most so far, the last named on a tie; "Mr"
and "Mrs" before it rule people out. What stays doubtful stays apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from summarizer.analysis import name_words
from summarizer.analysis.name_spans import Name
from summarizer.analysis.words import fold

Key = tuple[str, ...]

_SAME: tuple[frozenset[Key], ...] = tuple(
    frozenset(tuple(name.split()) for name in names.split("; "))
    for names in (
        "us; usa; america; united states; united states of america",
        "uk; united kingdom; great britain; britain",
        "uae; united arab emirates",
        "eu; european union",
        "un; united nations",
    )
)
"""Pairs so well known that an article uses both without explaining."""

_GENERIC = name_words.ORGANISATION_HEADS | name_words.EVENT_HEADS | name_words.SMALL_WORDS
_REALMS = frozenset({
    "city", "commonwealth", "county", "district", "kingdom", "municipality", "province", "region", "republic", "state",
    "town", "village",
})  # fmt: skip
_NAMED_AFTER = frozenset({
    "academy", "award", "awards", "cathedral", "center", "centre", "chronicle", "church", "city", "clinic", "club",
    "college", "council", "county", "courier", "cup", "fc", "foundation", "fund", "gazette", "herald", "hospital",
    "institute", "journal", "library", "museum", "news", "observer", "police", "post", "prize", "school", "times",
    "tribune", "trophy", "trust", "united", "university",
})  # fmt: skip
"""What is often called after somebody or some town, which may be named by the same word in the article."""

_CERTAIN = 0.9
_NO_PLACE = 0.2
_START = 5
_CROWD = 64
"""More candidates than this for one word say nothing, and looking at all of them would take quadratic time."""


@dataclass(slots=True)
class Cluster:
    """The names of one entity, in order of the article."""

    names: list[Name] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The likeliest kind, over all names; a name of several words counts double."""
        kinds = self.kinds
        return max(kinds, key=lambda kind: kinds[kind])

    @property
    def kinds(self) -> dict[str, float]:
        """The probabilities of the kinds; they sum to 1."""
        total: dict[str, float] = defaultdict(float)
        if any(len(name.words) > 1 and fold(name.words[-1]) in name_words.COMPANY_ENDINGS for name in self.names):
            return {kind: float(kind == "organisation") for kind in self.names[0].kinds}
        for name in self.names:
            for kind, value in name.kinds.items():
                total[kind] += value * (2 if len(name.words) > 1 else 1)
        whole = sum(total.values()) or 1.0
        return {kind: value / whole for kind, value in total.items()}


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
    by_key: dict[Key, list[Name]] = {}
    for name in names:
        by_key.setdefault(key_of(name.text), []).append(name)
    kinds = {key: Cluster(group).kind for key, group in by_key.items()}
    linked = _Links(by_key)
    _join_equal(by_key, linked)
    _join_acronyms(names, by_key, kinds, text, linked)
    _join_shorter(by_key, kinds, linked)
    _join_misspelt(by_key, kinds, linked)
    _join_lone(by_key, kinds, linked)
    _join_companies(by_key, kinds, text, linked)
    return _gathered(names, kinds, linked)


class _Links:
    """Which key stands for which (disjoint sets)."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._parent = {key: key for key in keys}

    def find(self, key: Key) -> Key:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, key: Key, other: Key) -> None:
        self._parent[self.find(key)] = self.find(other)


def _join_equal(by_key: Mapping[Key, list[Name]], linked: _Links) -> None:
    """Spelling variants: "Jong un" and "Jongun"; and the few names everybody knows by two."""
    by_letters: dict[str, Key] = {}
    for key in by_key:
        linked.join(key, by_letters.setdefault("".join(key), key))
    for key in by_key:
        if len(key) > 2 and key[1] == "of" and key[0] in _REALMS and key[2:] in by_key:
            linked.join(key[2:], key)
    for same in _SAME:
        present = [key for key in by_key if key in same]
        for key in present[1:]:
            linked.join(key, present[0])


def _join_acronyms(
    names: Sequence[Name], by_key: Mapping[Key, list[Name]], kinds: Mapping[Key, str], text: str, linked: _Links
) -> None:
    """Acronyms in brackets behind the name, and those that are the initials of one name of the article.

    In brackets behind a body an acronym may come from another language: "Italian Episcopal Conference (CEI)".
    """
    for name, following in pairwise(names):
        between = text[name.end : following.start]
        bracketed = between.strip(" \"“'‘") == "(" and text[following.end : following.end + 2].strip("\"”'’")[:1] == ")"
        if not bracketed:
            continue
        key, other = key_of(name.text), key_of(following.text)
        bodies = kinds[key] == "organisation" and kinds[other] in {"organisation", "other"}
        foreign = bodies and following.text.isupper() and len(other) == 1 < len(key)
        if foreign or _abbreviates(following.text, name.text) or _abbreviates(name.text, following.text):
            linked.join(other, key)
    by_initials: dict[str, set[Key]] = defaultdict(set)
    for key, group in by_key.items():
        if len(key) > 1 and kinds[key] != "person":
            for initials in _initials(group[0].words):
                by_initials[initials].add(key)
    for key, group in by_key.items():
        acronym = group[0].text.replace(".", "")
        if len(key) == 1 and acronym.isupper() and len(acronym) > 1:
            long = {linked.find(other) for other in by_initials.get(acronym.lower(), ())}
            if len(long) == 1:
                linked.join(key, long.pop())


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


def _join_shorter(by_key: Mapping[Key, list[Name]], kinds: Mapping[Key, str], linked: _Links) -> None:
    """A shorter form of exactly one longer name of the same kind; lone parts of persons' names are left for later."""
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key in by_key:
        if len(key) > 1:
            for word in dict.fromkeys(key):
                by_word[word].append(key)
    for key in sorted(by_key, key=len, reverse=True):
        if len(key) == 1 and kinds[key] == "person":
            continue
        candidates = by_word.get(key[0] if kinds[key] != "person" else key[-1], [])
        if len(candidates) > _CROWD:
            continue
        hyphenated = " " not in by_key[key][0].text
        longer = [
            other for other in candidates if kinds[other] == kinds[key] and _shortens(key, other, kinds, hyphenated)
        ]
        targets = {linked.find(other) for other in longer}
        if len(targets) == 1:
            linked.join(key, targets.pop())


def _join_misspelt(by_key: Mapping[Key, list[Name]], kinds: Mapping[Key, str], linked: _Links) -> None:
    """A lone surname one letter away from that of exactly one person: "Zelensky" after "Volodymyr Zelenskyy"."""
    by_start: dict[str, set[str]] = defaultdict(set)
    full: dict[str, set[Key]] = defaultdict(set)
    for key in by_key:
        if len(key) > 1 and kinds[key] == "person":
            by_start[key[-1][:_START]].add(key[-1])
            full[key[-1]].add(key)
    for key in by_key:
        if len(key) > 1 or kinds[key] != "person" or len(key[0]) <= _START or key[0] in full:
            continue
        near = [word for word in by_start[key[0][:_START]] if _one_letter_apart(key[0], word)]
        people = {linked.find(other) for word in near for other in full[word]}
        if len(people) == 1:
            linked.join(key, people.pop())


def _join_lone(by_key: Mapping[Key, list[Name]], kinds: Mapping[Key, str], linked: _Links) -> None:
    """A lone word that ends exactly one longer name of another kind, or begins one body: "Atlantis", "Northline".

    Its own kind is a guess where it is one word, so it need not be that of the longer name. A word that ends or begins
    the name of a person is not looked at: `_gathered` has its rule.
    """
    ending: dict[str, set[Key]] = defaultdict(set)
    opening: dict[str, set[Key]] = defaultdict(set)
    persons = {word for key in by_key if len(key) > 1 and kinds[key] == "person" for word in (key[0], key[-1])}
    for key in by_key:
        if len(key) > 1 and kinds[key] != "person":
            if key[-2] not in name_words.SMALL_WORDS:
                ending[key[-1]].add(linked.find(key))
            if kinds[key] == "organisation" and _NAMED_AFTER.isdisjoint(key):
                opening[key[0]].add(linked.find(key))
    for key, group in by_key.items():
        if len(key) > 1 or key[0] in persons or any(name.titles for name in group):
            continue
        chances = Cluster(list(group)).kinds
        longer: set[Key] = set()
        if chances[kinds[key]] < _CERTAIN:
            longer = {home for home in ending[key[0]] if not kinds[key] == kinds[home] == "place"}
        if not longer and chances.get("place", 0.0) < _NO_PLACE:
            longer = opening[key[0]]
        if len(longer) == 1:
            linked.join(key, next(iter(longer)))


_IN_A_PLACE = re.compile(r"\b(?:in|near|at|around|across|outside|to|from)\s$", re.IGNORECASE)


def _join_companies(by_key: Mapping[Key, list[Name]], kinds: Mapping[Key, str], text: str, linked: _Links) -> None:
    """A company by its first word: "Halden" after "Halden Kabel ASA", unless somebody is "in Halden"."""
    opening: dict[str, set[Key]] = defaultdict(set)
    for key, group in by_key.items():
        if len(key) > 1 and kinds[key] != "person" and fold(group[0].words[-1]) in name_words.COMPANY_ENDINGS:
            opening[key[0]].add(linked.find(key))
    for key, group in by_key.items():
        homes = opening[key[0]] if len(key) == 1 else set()
        located = any(_IN_A_PLACE.search(text[max(0, name.start - 10) : name.start]) for name in group)
        if len(homes) == 1 and not located and not any(name.titles for name in group):
            linked.join(key, next(iter(homes)))


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return len(long) - len(short) <= 1 and short[same + (len(short) == len(long)) :] == long[same + 1 :]


def _shortens(short: Key, long: Key, kinds: Mapping[Key, str], hyphenated: bool) -> bool:
    if len(short) >= len(long):
        return False
    if kinds[short] == "person":
        if hyphenated and long[-len(short) :] == short:
            return True
        return short[-1] == long[-1] and _fits_first(short[0], long[0]) and _in_order(short[1:-1], long[1:-1])
    if kinds[short] == "place":
        return False
    if long[-len(short) :] == short:
        return True
    rest = long[len(short) :]
    generic = short[0] in name_words.ORGANISATION_HEADS and rest[0] in name_words.SMALL_WORDS
    return long[: len(short)] == short and (generic or all(word in _GENERIC for word in rest))


def _fits_first(short: str, long: str) -> bool:
    return short == long or (len(short) == 1 and long.startswith(short)) or (len(long) == 1 and short.startswith(long))


def _in_order(some: Sequence[str], all_words: Sequence[str]) -> bool:
    rest = iter(all_words)
    return all(any(_fits_first(word, other) for other in rest) for word in some)


def _gathered(names: Sequence[Name], kinds: Mapping[Key, str], linked: _Links) -> list[Cluster]:
    """The clusters; each lone part of a person's name goes to the person it means at that place."""
    found: dict[Key, Cluster] = {}
    persons = _by_part(names, kinds, linked)
    for name in names:
        key = key_of(name.text)
        home = linked.find(key)
        if len(key) == 1 or name_words.PARTICLES.issuperset(key[:-1]):
            part = key[-1]
            if kinds[key] == "person" or name.titles:
                home = _meant(name, persons.get(part, ()), found, kinds) or home
        found.setdefault(home, Cluster()).names.append(name)
    return sorted(found.values(), key=lambda cluster: cluster.names[0].start)


@dataclass(frozen=True, slots=True)
class _Person:
    """A person of the article by full name. `last` tells whether the part is the last word of the name."""

    home: Key
    start: int
    last: bool
    gender: str


def _by_part(names: Sequence[Name], kinds: Mapping[Key, str], linked: _Links) -> dict[str, list[_Person]]:
    """Persons by the first and the last word of their full names: East Asian names put the surname first."""
    found: dict[str, dict[Key, _Person]] = defaultdict(dict)
    for name in names:
        key = key_of(name.text)
        if len(key) > 1 and kinds[key] == "person" and not name_words.PARTICLES.issuperset(key[:-1]):
            for part, last in ((key[0], False), (key[-1], True)):
                home = linked.find(key)
                found[part].setdefault(home, _Person(home, name.start, last, _gender(name)))
    return {part: list(people.values())[:_CROWD] for part, people in found.items()}


def _gender(name: Name) -> str:
    titles = {title.lower() for title in name.titles}
    return "m" if titles & name_words.MALE_TITLES else "f" if titles & name_words.FEMALE_TITLES else ""


def _meant(name: Name, people: Sequence[_Person], found: Mapping[Key, Cluster], kinds: Mapping[Key, str]) -> Key | None:
    """The person a lone part of a name means, by the rule at the head of this module; None when nobody fits."""
    gender = _gender(name)
    fitting = [person for person in people if not (gender and person.gender and gender != person.gender)]
    introduced = [person for person in fitting if person.start < name.start] or (fitting if len(fitting) == 1 else [])
    if not introduced:
        return None
    surnames = [person for person in introduced if person.last] or introduced
    return max(surnames, key=lambda person: _prominence(found.get(person.home), person)).home


def _prominence(cluster: Cluster | None, person: _Person) -> tuple[int, int]:
    if cluster is None:
        return 0, -person.start
    return len(cluster.names), cluster.names[-1].start
