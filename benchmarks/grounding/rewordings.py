"""Ways to word a sentence anew without changing what it says: the check must let these pass."""

# ruff: noqa: E501 - tables of words, patterns and sentences

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from benchmarks.grounding.sources import Source

_OTHER_STYLE = str.maketrans("'’\"“–-", "’'”\"-‑")
Rewording = Callable[[Source, random.Random], str | None]
REWORDINGS: dict[str, Rewording] = {}

_MONTHS = "January February March April May June July August September October November December".split()
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SAME = {
    "began": "started", "about": "approximately", "approximately": "roughly", "purchased": "bought", "bought": "purchased",
    "however": "but", "additionally": "also", "children": "kids", "city": "town", "received": "got", "obtained": "got",
    "assisted": "helped", "near": "close to", "various": "several", "numerous": "many", "large": "big", "said": "stated",
    "film": "movie", "attempted": "tried", "died": "passed away", "ended": "finished", "because": "since", "company": "firm",
}  # fmt: skip


def rewording(change: Rewording) -> Rewording:
    """Enters a rewording under its own name."""
    REWORDINGS[change.__name__] = change
    return change


@rewording
def number_format(source: Source, dice: random.Random) -> str | None:
    """1,180 and 1180; 7 and seven; 20 percent and 20%."""
    text = source.sentence.text
    new = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    new = re.sub(r"(?<=\d) per ?cent\b", "%", new) if new == text else new
    new = re.sub(r"(?<=\d)%", " percent", new) if new == text else new
    if new == text:
        new = re.sub(r"(?<![\w.,$£€:/-])\b([2-9]|1[0-2])\b(?= [a-z]{3,})(?! (?:million|billion))", lambda m: _SMALL[int(m[1])], text, count=1)  # fmt: skip
    if new == text:
        new = re.sub(r"(?<!-)\b(" + "|".join(_SMALL[2:]) + r")\b (?=[a-z]{3,})(?!hundred|thousand|million|billion)", lambda m: f"{_SMALL.index(m[1])} ", text, count=1)  # fmt: skip
    return new if new != text else None


@rewording
def date_format(source: Source, dice: random.Random) -> str | None:
    """September 10, 2023 and 10 September 2023 and 2023-09-10."""
    text = source.sentence.text
    names = "|".join(_MONTHS)
    found = re.search(rf"\b({names}) (\d{{1,2}}), (\d{{4}})\b", text)
    if found:
        iso = f"{found[3]}-{_MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}"
        return (
            text[: found.start()]
            + dice.choice([f"{found[2]} {found[1]} {found[3]}", iso])
            + text[found.end() :].removeprefix(",")
        )
    found = re.search(rf"\b(?<![–-])(\d{{1,2}}) ({names})( \d{{4}})?\b", text)
    if found:
        return (
            text[: found.start()]
            + f"{found[2]} {found[1]}"
            + (f",{found[3]}" if found[3] else "")
            + text[found.end() :]
        )
    found = re.search(r"\b(January|February|August|September|October|November|December)(?= \d)", text)
    return text[: found.start()] + found[1][:3] + text[found.end() :] if found else None


@rewording
def contraction(source: Source, dice: random.Random) -> str | None:
    """Did not and didn't."""
    text = source.sentence.text
    new = re.sub(r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should) not\b", r"\1n't", text)
    if new == text:
        new = re.sub(r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should)n['’]t\b", r"\1 not", text)
    return new if new != text else None


@rewording
def fronted(source: Source, dice: random.Random) -> str | None:
    """The last phrase of time or place comes first."""
    text = source.sentence.text
    found = re.search(r",? ((?:on|in|during|since) (?:[A-Z][\w]+(?: \d{1,2})?(?:,? \d{4})?|\d{4}))\.$", text)
    if not found or not source.sentence.text[0].isupper() or re.match(r"(?:On|In|But|And|After|When|If)\b", text):
        return None
    first = text.split()[0]
    keeps = any(name.start == 0 for name in source.names) or first == "I" or (first.isupper() and len(first) > 1) or not re.match(r"(?:The|A|An|He|She|It|They|His|Her|Its|This|There)\b", text)  # fmt: skip
    rest = text[: found.start()] if keeps else text[0].lower() + text[1 : found.start()]
    return f"{found[1][0].upper()}{found[1][1:]}, {rest}."


@rewording
def attribution_moved(source: Source, dice: random.Random) -> str | None:
    """ "According to X, S" and "S, according to X"."""
    text = source.sentence.text
    ends = re.search(r", (according to [^,]+)\.$", text)
    if ends:
        rest = text[: ends.start()]
        return f"A{ends[1][1:]}, {rest}."
    begins = re.match(r"A(ccording to [^,]{3,60}), (.+)\.$", text)
    return f"{begins[2][0].upper()}{begins[2][1:]}, a{begins[1]}." if begins else None


@rewording
def said_moved(source: Source, dice: random.Random) -> str | None:
    """ "X said that S" and "according to X, S"."""
    text = source.sentence.text
    found = _SAID.match(text)
    if not found or found[1].split()[0] in _PRONOUNS or '"' in text or "“" in text:
        return None
    return f"According to {found[1]}, {found[2]}."


_PRONOUNS = frozenset("He She It They We I You This That These Those Some Others Many Both One Who What".split())
_SAID = re.compile(
    r"((?:The )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*(?: [a-z]+)?) (?:said|says|stated|claimed|claims|argued|argues|explained|told reporters) "
    r"(?:that )?((?:the|a|an|he|she|it|they|his|her|its|their|there|this|these|those|some|many|most|no|all|both)\b[^.]+)\.$"
)


_ENDS_NAME = re.compile(
    r"[.,;]|,? (?:in|on|at|to|with|over|under|for|during|after|before|by|when|as|from|until|since|because|and)\b"
)


@rewording
def passive(source: Source, dice: random.Random) -> str | None:
    """NAME verbed NAME and NAME was verbed by NAME, where nothing else hangs on either of the two.

    "Hopkins Grammar School was attended by Brewster, then went to Yale" is no true rewording.
    """
    text = source.sentence.text
    for left, right in zip(source.names, source.names[1:], strict=False):
        between = text[left.end : right.start]
        verb = re.fullmatch(r" ([a-z]{3,}ed|won|bought|sold|led|built|met|taught|shot|hit|beat) (the )?", between)
        whole = _ENDS_NAME.match(text, right.end)
        second = re.search(
            r"^ and\b|(?:\band|\bbut|,|\bthen) (?:[a-z]+ed|went|won|became|took|made)\b", text[right.end :]
        )
        if (
            left.start == 0
            and verb
            and whole
            and not second
            and verb[1] not in {"named", "called", "joined", "arrived"}
        ):
            the = "The " if verb[2] else ""
            return f"{the}{right.text} was {verb[1]} by {left.text}{text[right.end :]}"
    return None


@rewording
def synonym(source: Source, dice: random.Random) -> str | None:
    """One everyday word for another."""
    text = source.sentence.text
    for old, new in _SAME.items():
        found = re.search(rf"\b{old}\b", text)
        if found and not (old == "about" and not text[found.end() :].lstrip()[:1].isdigit()):
            return text[: found.start()] + new + text[found.end() :]
    return None


@rewording
def parenthesis_dropped(source: Source, dice: random.Random) -> str | None:
    """A remark in brackets is left out."""
    new = re.sub(r" \([^()]{2,80}\)", "", source.sentence.text, count=1)
    return new if new != source.sentence.text else None


@rewording
def adverb_dropped(source: Source, dice: random.Random) -> str | None:
    """An adverb that neither limits nor hedges is left out; "then" limits, see `changes.qualifier_lost`."""
    new = re.sub(r" (?:quickly|quietly|also|currently|recently|eventually|finally|very|suddenly|publicly|immediately|later)(?= [a-z])", "", source.sentence.text, count=1)  # fmt: skip
    return new if new != source.sentence.text else None


@rewording
def typography(source: Source, dice: random.Random) -> str | None:
    """Quotes, dashes, spaces and composed letters in another style."""
    text = source.sentence.text
    new = text.translate(_OTHER_STYLE)
    new = unicodedata.normalize("NFD", new.replace(" ", "\u00a0", 2))
    return new if new != text else None


def joined(source: Source) -> str | None:
    """The sentence and the next one joined by "and"; both are cited."""
    following = source.following
    if (
        following is None
        or len(following.sentence.text) + len(source.sentence.text) > 320
        or source.sentence.text[-1] != "."
    ):
        return None
    first = following.sentence.text
    if not re.match(r"(?:The|A|He|She|It|They|His|Her|This|In|On)\b", first):
        return None
    return f"{source.sentence.text[:-1]}, and {first[0].lower()}{first[1:]}"
