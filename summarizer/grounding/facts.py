"""Numbers and units: each of the claim's stands in the cited sentences, with the same unit, counting the same thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import PREPOSITIONS, UNIT_NAMES
from summarizer.grounding.reading import Reading, Token

_ATTACHED = frozenset({"in", "p", "l", "c", "f", "g", "m", "won", "times", "points", "point", "stone"})
"""Units that are common words or letters: units only where they touch the number."""
_SCALES = frozenset({"thousand", "million", "billion", "trillion", "hundred"})
_CURRENCIES = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₽": "rouble", "₹": "rupee", "₩": "won"}


def problems(case: Case) -> Iterator[str]:
    """Numbers, units and what they count, where the claim differs from the sentences."""
    for at, token in enumerate(case.claim.tokens):
        if token.kind == "number":
            yield from _number(case, at)


def bare_numbers(claim: Reading, source: Reading) -> Iterator[str]:
    """Numbers of the claim that the source does not have: all that is checked where the language is not read."""
    for token in claim.tokens:
        if token.kind == "number" and token.key not in source.places:
            yield f"{token.text} is not in the cited sentences"


def _number(case: Case, at: int) -> Iterator[str]:
    token = case.claim.tokens[at]
    places = [p for p in case.source.places.get(token.key, ()) if case.source.tokens[p].kind == "number"]
    if not places:
        if token.form not in case.told_days:
            yield _missing(case, at)
        return
    if _repeated(case, at, places):
        yield _missing(case, at)
    unit = unit_of(case.claim.tokens, at)
    units = {unit_of(case.source.tokens, p) for p in places}
    if unit not in units and not _unit_is_elsewhere(case, at, unit, units):
        yield _unit_problem(token, unit, units)
    elif not unit:
        yield from _counted(case, at, places)
        yield from _told_of(case, at, places)


def _repeated(case: Case, at: int, places: list[int]) -> bool:
    """Whether the claim has this number more often than the source, while another of the source is left over."""
    token = case.claim.tokens[at]
    again = [n for n in case.claim.places[token.key] if case.claim.tokens[n].kind == "number"]
    if len(again) <= len(places) or at != again[-1]:
        return False
    return any(t.kind == "number" and t.key not in case.claim.places for t in case.source.tokens)


def _missing(case: Case, at: int) -> str:
    """The number of the article that stands where this one does, if there is one."""
    token = case.claim.tokens[at]
    unit = unit_of(case.claim.tokens, at)
    numbers = [p for p in case.source.content if case.source.tokens[p].kind == "number"]
    alike = [p for p in numbers if unit and unit_of(case.source.tokens, p) == unit]
    alike = alike or [p for p in numbers if _next_key(case.source.tokens, p) == _next_key(case.claim.tokens, at)]
    alike = [p for p in alike if p not in case.alignment.back] or alike
    if len(alike) == 1 or (alike and len({case.source.tokens[p].key for p in alike}) == 1):
        return f"the article says {case.source.tokens[alike[0]].text}, the claim {token.text}"
    return f"{token.text} is not in the cited sentences"


def unit_of(tokens: Sequence[Token], at: int) -> str:
    """One name for the unit of the number at `at`: its currency, percent sign or unit word; "" where it has none."""
    token = tokens[at]
    if token.number is not None and token.number.percent:
        return "%"
    sign = token.before.rstrip()[-1:] or " "
    sign = sign if unicodedata.category(sign) == "Sc" else token.after[:1]
    if sign and (unicodedata.category(sign) == "Sc" or sign in {"%", "°"}):
        scale = UNIT_NAMES.get(tokens[at + 1].form, "") if at + 1 < len(tokens) else ""
        return f"{_CURRENCIES.get(sign, sign)} {scale if scale in _SCALES else ''}".rstrip()
    return _unit_word(tokens, at)


def _unit_word(tokens: Sequence[Token], at: int) -> str:
    following = [t.form for t in tokens[at + 1 : at + 5]]
    if not following:
        return ""
    if (
        following[0] in {"-", "square", "sq", "cubic", "metric", "us", "american", "per", "nautical", "light"}
        and len(following) > 1
    ):
        if following[0] == "per" and following[1] == "cent":
            return "%"
        inner = UNIT_NAMES.get(following[1], "")
        return (
            f"{following[0][:2]} {inner}"
            if inner and following[0] in {"square", "sq", "cubic", "nautical", "light"}
            else inner
        )
    if following[0] in _ATTACHED and not tokens[at].after.lower().startswith(following[0]):
        return ""
    unit = UNIT_NAMES.get(following[0], "")
    if unit in {"km", "mi", "m"} and _per_hour(tokens, at + 2):
        return "mph" if unit == "mi" else f"{unit}/h"
    return unit


def _per_hour(tokens: Sequence[Token], at: int) -> bool:
    following = [t.form for t in tokens[at : at + 2]]
    return following[:1] in (["h"], ["ph"]) or following in (["per", "hour"], ["an", "hour"], ["a", "hour"])


def _unit_is_elsewhere(case: Case, at: int, unit: str, units: set[str]) -> bool:
    """Where one side writes the unit once for two numbers ("50 to 60 km", "aged 27") nothing was changed."""
    if unit == "year" and "" in units:
        places = case.source.places.get(case.claim.tokens[at].key, ())
        return _is_age(case.claim.tokens, at) and any(_is_age(case.source.tokens, p) for p in places)
    if unit:
        number = case.claim.tokens[at].number
        return (
            units == {""}
            and (number is None or number.kind == "code")
            and unit in {"year", "point", "degree", "%", "$"}
        )
    if "year" in units and _is_age(case.claim.tokens, at):
        return True
    following = case.claim.tokens[at + 1 : at + 4]
    return any(t.form in {"to", "and", "or", "-"} for t in following[:1])


def _is_age(tokens: Sequence[Token], at: int) -> bool:
    """27-year-old, aged 27, and the 27 in "Moore, 27, said"."""
    before, after = tokens[max(0, at - 3) : at], tokens[at + 1 : at + 4]
    if any(t.form in {"aged", "age", "turned", "turning"} for t in before) or any(t.form == "old" for t in after):
        return True
    return at > 1 and tokens[at - 1].form == "," and bool(after) and after[0].kind == "mark"


def _unit_problem(token: Token, unit: str, units: set[str]) -> str:
    theirs = " or ".join(sorted(u for u in units if u)) or "no unit"
    return f"the unit of {token.text} is {theirs} in the article, {unit or 'missing'} in the claim"


def _counted(case: Case, at: int, places: list[int]) -> Iterator[str]:
    """What the number counts: the word behind it must not be counted by another number in the source."""
    following = _next(case.claim.tokens, at)
    if following is None or _is_date_part(case.claim.tokens, at):
        return
    key = case.claim.tokens[following].key
    if any(_next_key(case.source.tokens, p) == key for p in places):
        return
    for place in case.source.places.get(key, ()):
        other = _number_before(case.source.tokens, place)
        if other is not None and other not in places and _alike(case, at, other):
            counted = case.source.tokens[place].text
            yield f"the article says {case.source.tokens[other].text} {counted}, the claim {case.claim.tokens[at].text}"
            return


def _told_of(case: Case, at: int, places: list[int]) -> Iterator[str]:
    """The word right before the number ("aged", "killed") must not stand right before another number only."""
    before = case.claim.tokens[at - 1] if at else None
    if before is None or not before.content or before.kind != "word" or before.key.startswith("month:"):
        return
    followed = [p + 1 for p in case.source.places.get(before.key, ()) if p + 1 < len(case.source.tokens)]
    others = [p for p in followed if case.source.tokens[p].kind == "number"]
    if others and not set(others) & set(places) and all(p + 1 not in places for p in followed):
        there = case.source.tokens[others[0]].text
        yield f"the article says {before.text} {there}, the claim {case.claim.tokens[at].text}"


def _alike(case: Case, at: int, other: int) -> bool:
    """Whether both numbers count: no ordinal against a cardinal, no date, no measure with a unit of its own."""
    one, two = case.claim.tokens[at].number, case.source.tokens[other].number
    if one is None or two is None or one.kind != two.kind:
        return False
    return not _is_date_part(case.source.tokens, other) and not unit_of(case.source.tokens, other)


def _is_date_part(tokens: Sequence[Token], at: int) -> bool:
    number = tokens[at].number
    year = (
        number is not None and number.kind == "cardinal" and 1000 <= number.value <= 2100 and len(tokens[at].text) == 4
    )
    return year or any(t.key.startswith("month:") for t in tokens[max(0, at - 2) : at + 3])


def _next(tokens: Sequence[Token], at: int) -> int | None:
    """The content word behind a number, where only "of the" may stand between."""
    for n in range(at + 1, min(at + 4, len(tokens))):
        if tokens[n].kind != "word":
            return None
        if tokens[n].content:
            return n
        if tokens[n].form not in {"of", "the", "more", "other", "his", "her", "their", "its"}:
            return None
    return None


def _next_key(tokens: Sequence[Token], at: int) -> str:
    following = _next(tokens, at)
    return tokens[following].key if following is not None else ""


def _number_before(tokens: Sequence[Token], at: int) -> int | None:
    for n in range(at - 1, max(-1, at - 4), -1):
        if tokens[n].kind == "number":
            return n
        if tokens[n].kind == "mark" or tokens[n].form in PREPOSITIONS - {"of"}:
            return None
    return None
