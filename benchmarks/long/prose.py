"""A long text made by a script: prose of a public-domain kind, the same for the same seed and length.

Every sentence is put together from word lists, so that nothing of it is anybody's; names, dates, amounts and who said
what vary as they do in a history, and a chapter brings new people.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

_WORDS: dict[str, list[str]] = {}
for _line in Path(__file__).with_name("words.txt").read_text("utf-8").splitlines():
    _kind, *_found = _line.split()
    _WORDS.setdefault(_kind, []).extend(_found)
_ENDS = [
    "before the rain came", "after a long winter", "without any help from the town", "as nobody had expected",
    "while the others waited outside", "because the old one had burned", "in spite of every warning",
    "although it was late in the year", "so that the children could see it", "when the river had fallen again",
]  # fmt: skip


def prose(words: int, seed: int = 1) -> str:
    """About `words` words in chapters and paragraphs."""
    random, count, parts, chapter = Random(seed), 0, [], 0
    while count < words:
        chapter += 1
        parts.append(f"Chapter {chapter}")
        for paragraph in _chapter(random, 1800 + chapter % 100):
            parts.append(paragraph)
            count += paragraph.count(" ") + 1
            if count >= words:
                break
    return "\n\n".join(parts) + "\n"


def _chapter(random: Random, year: int) -> Iterator[str]:
    people = [f"{random.choice(_WORDS['first'])} {random.choice(_WORDS['last'])}" for _ in range(6)]
    places = random.sample(_WORDS["places"], 4)
    for _ in range(random.randint(12, 20)):
        yield " ".join(_sentence(random, people, places, year) for _ in range(random.randint(4, 8)))


def _sentence(random: Random, people: list[str], places: list[str], year: int) -> str:
    def pick(kind: str) -> str:
        return random.choice(_WORDS[kind])

    who, place, thing, group = random.choice(people), random.choice(places), pick("things"), pick("groups")
    matter, verb, end, number = pick("matters"), pick("verbs"), random.choice(_ENDS), random.randint(2, 9000)
    day = f"{random.randint(1, 28)} {pick('months')} {year}"
    said, adjective, surname = pick("speech"), pick("adjectives"), who.split()[1]
    forms = (
        f"{who} {verb} the {adjective} {thing} of {place} {end}.",
        f"On {day} the {group} of {place} {verb} the {thing}, and {surname} did not attend.",
        f"The {thing} cost {number:,} pounds, which the {group} {said} was too much.",
        f"“The {matter} from {place} is {adjective},” {who} {said}, “and the {thing} is no better.”",
        f"In {year} about {number:,} people lived in {place}, most of them by {matter} and {pick('matters')}.",
        f"Mr. {surname} walked {random.randint(2, 40)} miles from {place} to {random.choice(places)} {end}.",
        f"The {adjective} {thing} stood {random.randint(3, 90)} metres above the {pick('things')} {end}.",
        f"{who} could sell {number:,} tons of {matter} a year to the {group}, the {pick('groups')} {said}.",
        f"It was {adjective} and {pick('adjectives')}, and the {thing} was {verb} {end}.",
        f"Next to the {thing} the {group} planned a {pick('things')} for {place} {end}.",
    )
    return random.choice(forms)
