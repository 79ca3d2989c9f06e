"""Ways to make a true sentence false, in families. Each gives claims that its sentence does not support.

The word lists here are the generators' own: they share nothing with the lists of the check.
"""

# ruff: noqa: E501 - tables of words, patterns and sentences

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from benchmarks.grounding.sources import Name, Source

Change = Callable[[Source, random.Random], Iterator[str]]
FAMILIES: dict[str, Change] = {}

_NUMBER = re.compile(r"(?<![\w.,/:-])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,/:-])\d+(?:\.\d+)?(?![\w,.:/-]*\d)")
_SPELLED = "two three four five six seven eight nine ten eleven twelve twenty thirty fifty".split()
_MONTHS = "January February March April June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_UNITS = [
    ("miles", "kilometres"), ("kilometres", "miles"), ("kilometers", "miles"), ("million", "billion"), ("billion", "million"),
    ("thousand", "million"), ("hundred", "thousand"), ("years", "months"), ("months", "years"), ("weeks", "days"), ("days", "weeks"), ("hours", "minutes"),
    ("minutes", "hours"), ("percent", "points"), ("per cent", "points"), ("feet", "metres"), ("metres", "feet"), ("meters", "feet"),
    ("tons", "kilograms"), ("pounds", "ounces"), ("km", "m"), ("kg", "g"), ("acres", "hectares"), ("centuries", "decades"), ("decades", "centuries"),
    ("mph", "km/h"), ("dollars", "euros"), ("euros", "pounds"),
]  # fmt: skip
_INVENTED = {
    "person": ["Harold Whitlock", "Maria Estevan", "Tobias Grenfell"], "place": ["Ruritania", "Port Alden", "Westmarch"],
    "organisation": ["Halden Group", "the Orwin Institute", "Castlemere Bank"], "name": ["Brennick", "Ostrava Holdings", "Jean Calder"],
    "other": ["Brennick", "Ostrava", "Calder"],
}  # fmt: skip
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|did|does)\b(?! (?:not|n't|no|never))"
)
_REGULAR = re.compile(r"\b(will|would) ([a-z]{3,}(?:ch|sh|ss|[bcdfghjklmnprtvwz]))\b")
_IRREGULAR_VERBS = {"make": "made", "meet": "met", "take": "taken", "begin": "begun", "be": "been", "have": "had", "become": "become", "give": "given", "run": "run", "see": "seen", "hold": "held", "pay": "paid", "go": "gone", "get": "got", "leave": "left", "bring": "brought"}  # fmt: skip


def family(change: Change) -> Change:
    """Enters a generator under its own name."""
    FAMILIES[change.__name__] = change
    return change


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


@family
def number(source: Source, dice: random.Random) -> Iterator[str]:
    """A digit or a number word is another."""
    text = source.sentence.text
    for match in _NUMBER.finditer(text):
        digits = match[0]
        at = dice.choice([n for n, c in enumerate(digits) if c.isdigit()])
        other = dice.choice([d for d in "123456789" if d != digits[at]])
        yield _put(text, match.start(), match.end(), digits[:at] + other + digits[at + 1 :])
    for match in re.finditer(r"\b(" + "|".join(_SPELLED) + r")\b(?!-)", text):
        yield _put(text, *match.span(), dice.choice([w for w in _SPELLED if w != match[0]]))


@family
def unit(source: Source, dice: random.Random) -> Iterator[str]:
    """The same number of another unit, scale or currency."""
    text = source.sentence.text
    for old, new in _UNITS:
        for match in re.finditer(r"(?<=\d[ -])" + old + r"\b|(?<=\d)" + old + r"\b", text):
            yield _put(text, *match.span(), new)
    for match in re.finditer(r"[$£€](?=\d)", text):
        yield _put(text, *match.span(), dice.choice([c for c in "$£€" if c != match[0]]))
    for match in re.finditer(r"(?<=\d)%", text):
        yield _put(text, *match.span(), " points")


@family
def date(source: Source, dice: random.Random) -> Iterator[str]:
    """Another month, weekday, year or day of the month."""
    text = source.sentence.text
    for names in (_MONTHS, _DAYS):
        for match in re.finditer(r"\b(" + "|".join(names) + r")\b", text):
            yield _put(text, *match.span(), dice.choice([n for n in names if n != match[0]]))
    for match in re.finditer(r"\b(1[89]|20)\d\d\b(?![-,]\d)", text):
        yield _put(text, *match.span(), str(int(match[0]) + dice.choice([-10, -3, -2, -1, 1, 2, 4])))
    for match in re.finditer(r"(?<=\b(?:March|April) )\d{1,2}\b|\b\d{1,2}(?= (?:June|July|May)\b)", text):
        yield _put(text, *match.span(), str(int(match[0]) % 27 + 2))


def _replaced(source: Source, name: Name, dice: random.Random, kinds: set[str]) -> Iterator[str]:
    others = {n.text for n in _names_of_article(source) if n.kind in kinds} - {n.text for n in source.names}
    said = source.sentence.text.casefold()
    choices = sorted(
        o
        for o in others
        if not any(word.casefold() in said for word in re.findall(r"\w+", o))
        and o not in {"".join(word[0] for word in n.text.split()) for n in source.names}
        and o not in {*_MONTHS, *_DAYS}
    )
    new = dice.choice(choices) if choices and dice.random() < 0.6 else dice.choice(_INVENTED[name.kind])
    yield _put(source.sentence.text, name.start, name.end, new)


def _names_of_article(source: Source) -> list[Name]:
    found, at = list(source.names), source.following
    while at is not None:
        found.extend(at.names)
        at = at.following
    return found


@family
def name(source: Source, dice: random.Random) -> Iterator[str]:
    """A person, an organisation or another name is replaced by one the sentence does not have."""
    for found in source.names:
        if found.kind in {"person", "organisation", "name"}:
            yield from _replaced(source, found, dice, {found.kind})


@family
def name_part(source: Source, dice: random.Random) -> Iterator[str]:
    """One word of a name of several words is another."""
    for found in source.names:
        words = found.text.split()
        if len(words) > 1 and found.kind in {"person", "organisation"}:
            words[dice.choice([0, len(words) - 1])] = dice.choice(["Edwin", "Marlow", "Sorensen", "Castellan"])
            yield _put(source.sentence.text, found.start, found.end, " ".join(words))


@family
def place(source: Source, dice: random.Random) -> Iterator[str]:
    """A place is replaced by another."""
    for found in source.names:
        if found.kind == "place":
            yield from _replaced(source, found, dice, {"place"})


@family
def negation_added(source: Source, dice: random.Random) -> Iterator[str]:
    """ "Not" behind an auxiliary."""
    text = source.sentence.text
    for match in _AUXILIARY.finditer(text):
        if not re.match(r" ?(?:\W|not\b|no\b|never\b|n['’]t)", text[match.end() :].lstrip()[:5]):
            yield _put(text, match.end(), match.end(), dice.choice([" not", " not", " never"]))


@family
def negation_lost(source: Source, dice: random.Random) -> Iterator[str]:
    """A "not", "never", "no" or "without" is gone."""
    text = source.sentence.text
    for match in re.finditer(r" (not|never)\b(?! only)|n['’]t\b", text):
        if (
            text[: match.start()].endswith(("ca", "wo", " or", " if", "whether", "why", "sha"))
            or text[match.end() :].lstrip()[:1] in ",.;"
        ):
            continue
        yield _put(text, *match.span(), "")
    for match in re.finditer(
        r"\b(has|had|have|is|are|was|were|with) no (?=[a-z])(?!longer|more|less|fewer|one|doubt)", text
    ):
        yield _put(text, *match.span(), f"{match[1]} {dice.choice(['a', 'some', 'clear'])} ")
    for match in re.finditer(r"\bwithout (?=[a-z])", text):
        yield _put(text, *match.span(), "with ")
    for match in re.finditer(r"\b(failed|refused|declined) to (?=[a-z])", text):
        yield _put(text, *match.span(), dice.choice(["managed to ", "was able to "]))


_VERB = re.compile(r"\b[a-z]{3,}(?:ed|es|s)\b|\b(?:met|won|beat|told|gave|sold|sent|led|made|took|left|bought|fought|killed|joined|hit|saw|said)\b")  # fmt: skip


@family
def roles(source: Source, dice: random.Random) -> Iterator[str]:
    """Two names on both sides of a verb change places."""
    text = source.sentence.text
    for left, right in pairwise(source.names):
        between = text[left.end : right.start]
        if {left.text.split()[0], right.text.split()[0]} & {*_MONTHS, *_DAYS}:
            continue
        if (
            left.text in right.text
            or right.text in left.text
            or "," in between
            or not _VERB.search(between)
            or len(between) > 60
        ):
            continue
        if set(left.text.split()) & set(right.text.split()) or between.strip().split()[0] in {"and", "or", "of", "in"}:
            continue
        yield text[: left.start] + right.text + between + left.text + text[right.end :]


@family
def tense(source: Source, dice: random.Random) -> Iterator[str]:
    """What will happen has happened."""
    text = source.sentence.text
    for match in _REGULAR.finditer(text):
        verb = _IRREGULAR_VERBS.get(match[2], match[2] + "ed")
        yield _put(text, *match.span(), f"{dice.choice(['has', 'had'])} {verb}")
    for match in re.finditer(r"\b(will|would) (" + "|".join(_IRREGULAR_VERBS) + r")\b", text):
        yield _put(text, *match.span(), f"has {_IRREGULAR_VERBS[match[2]]}")


@family
def hedge(source: Source, dice: random.Random) -> Iterator[str]:
    """A word that says how sure or how exact something is, is gone."""
    text = source.sentence.text
    for match in re.finditer(
        r"\b(likely|possibly|probably|reportedly|allegedly|perhaps|apparently|potentially) (?=[a-z])", text
    ):
        if not text[: match.start()].endswith(
            ("more ", "most ", "less ", "as ", "not ", "is ", "are ", "was ", "were ")
        ):
            yield _put(text, *match.span(), "")
    for match in re.finditer(r"\b(may|might|could) (?!not)(have )?(?=[a-z]+\b)", text):
        yield _put(text, *match.span(), dice.choice(["will ", "does "]) if not match[2] else "has ")
    for match in re.finditer(r"\b(about|nearly|almost|approximately|roughly|more than|at least|up to|less than|fewer than|over) (?=\$?£?\d)(?!\d+ [A-Z])", text):  # fmt: skip
        if not text[: match.start()].endswith("over "):
            yield _put(text, *match.span(), "")
    for match in re.finditer(r"\b(?:is|are) (expected|believed|thought|likely) to (?=[a-z])", text):
        yield _put(text, *match.span(), "will ")
    for match in re.finditer(r"\b(?:seems|appears|appeared|seemed) to (?=[a-z])", text):
        yield _put(text, *match.span(), "does ")


@family
def attribution(source: Source, dice: random.Random) -> Iterator[str]:
    """Who says so is gone."""
    text = source.sentence.text
    ends = re.search(r", according to [^,]+([.!?])$", text) or re.search(r", (?:[A-Z]?[\w’' -]{2,40}) (?:said|says|told [a-z]+|reported)([.])$", text)  # fmt: skip
    if ends:
        yield text[: ends.start()] + ends[1]
    begins = re.match(r"According to [^,]{3,60}, (?!quoting)", text) or re.match(r"[A-Z][\w’' -]{2,50}? (?:said|says|claims|claimed|believes|argues|argued|warned|suggested|alleged|told reporters) that (?=[a-z])", text)  # fmt: skip
    if begins and text[begins.end() :]:
        rest = text[begins.end() :]
        yield rest[0].upper() + rest[1:]


@family
def numbers_exchanged(source: Source, dice: random.Random) -> Iterator[str]:
    """Two numbers of the sentence change places."""
    text = source.sentence.text
    found = list(_NUMBER.finditer(text))
    for left, right in pairwise(found):
        if left[0] != right[0] and right.start() - left.end() > 3 and "-" not in text[left.end() : right.start()]:
            if text[left.end() : right.start()].strip() in {"and", "or", ",", "to", *_MONTHS}:
                continue
            yield text[: left.start()] + right[0] + text[left.end() : right.start()] + left[0] + text[right.end() :]


@family
def name_of_sentence(source: Source, dice: random.Random) -> Iterator[str]:
    """The subject is replaced by another name of the same sentence, and the sentence ends before that name."""
    text = source.sentence.text
    for left, right in pairwise(source.names):
        between = text[left.end : right.start]
        if set(left.text.split()) & set(right.text.split()) or "," in between or len(between.split()) < 4:
            continue
        if between.split()[0] in {"and", "or", "of", "in"} or not _VERB.search(between):
            continue
        if left.kind != right.kind and "name" not in {left.kind, right.kind}:
            continue
        kept = re.sub(
            r"(?: (?:of|in|on|at|to|by|with|from|for|and|the|a|an|his|her|its|their|as|against|that|who))+ ?$",
            "",
            between,
        )
        yield text[: left.start] + right.text + kept.rstrip() + "."


@family
def qualifier_lost(source: Source, dice: random.Random) -> Iterator[str]:
    """A word that limits a noun is gone: former, deputy, half of, most of, some, few, only."""
    text = source.sentence.text
    for match in re.finditer(
        r"\b(?:former|deputy|vice|acting|then|suspected|proposed|potential|attempted|failed) (?=[A-Za-z])", text
    ):
        yield _put(text, *match.span(), "")
    for match in re.finditer(
        r"\b(?:half of|most of|some of|part of|much of|one of|many of|two of|several of) (?=the|his|her|its|their)",
        text,
    ):
        yield _put(text, *match.span(), "")
    for match in re.finditer(r" (?:mostly|partly|largely|nearly|almost|sometimes|often|rarely|mainly)(?= [a-z])", text):
        yield _put(text, *match.span(), "")


_OPPOSITES = {
    "increased": "decreased", "increase": "decrease", "rose": "fell", "fell": "rose", "first": "last", "last": "first", "more": "less",
    "less": "more", "largest": "smallest", "highest": "lowest", "best": "worst", "before": "after", "after": "before", "north": "south",
    "south": "north", "east": "west", "west": "east", "opened": "closed", "closed": "opened", "won": "lost", "lost": "won", "began": "ended",
    "higher": "lower", "lower": "higher", "older": "younger", "early": "late", "late": "early", "father": "mother", "son": "daughter",
    "husband": "wife", "wife": "husband", "men": "women", "women": "men", "bought": "sold", "sold": "bought", "accepted": "rejected",
    "supported": "opposed", "above": "below", "inside": "outside", "left": "right", "positive": "negative", "arrived": "departed",
    "major": "minor", "strong": "weak", "success": "failure", "dead": "alive", "guilty": "innocent", "married": "divorced",
}  # fmt: skip


@family
def opposite(source: Source, dice: random.Random) -> Iterator[str]:
    """A word is replaced by its opposite."""
    text = source.sentence.text
    for match in re.finditer(r"\b(" + "|".join(_OPPOSITES) + r")\b", text):
        yield _put(text, *match.span(), _OPPOSITES[match[0]])


_SUBJECT = re.compile(r"(?:The|A|An) [a-z]+(?: [a-z]+)?(?= (?:is|was|are|were|has|had|will|would|can|could|[a-z]{3,}ed|made|took|met|won|gave|led|said)\b)")  # fmt: skip
_PREDICATE = re.compile(r" (?:\w+ly )?(?:is|was|are|were|has|had|will|would|can|could|[a-z]{3,}ed|made|took|met|won|gave|led|said)\b")  # fmt: skip


def _subject(source: Source) -> str | None:
    """The subject a sentence begins with: a name or "the ..." right before its verb."""
    text = source.sentence.text
    for name in source.names:
        if name.start == 0 and _PREDICATE.match(text, name.end):
            return name.text
    found = re.match(r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+)*", text)
    if found and _PREDICATE.match(text, found.end()) and found[0].casefold() not in _NO_SUBJECT:
        return found[0]
    common = _SUBJECT.match(text)
    return common[0] if common and common[0].split()[-1] not in _NO_SUBJECT else None


_NO_SUBJECT = frozenset("it he she they this that there these those we you i who which what one some many most all both each such others another not starring including among only never".split())  # fmt: skip


def merged(source: Source, dice: random.Random) -> str | None:
    """The subject of one sentence with the predicate of the next; both are cited."""
    following = source.following
    own, theirs = _subject(source), _subject(following) if following else None
    if following is None or own is None or theirs is None:
        return None
    if set(own.casefold().split()[-1:]) & set(theirs.casefold().split()) or set(own.split()) & set(theirs.split()) - {
        "The"
    }:
        return None
    return own + following.sentence.text[len(theirs) :]
