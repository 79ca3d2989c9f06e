"""Numbers, units and dates: each of the claim's stands in the cited sentences, with the same unit and the same thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import PREPOSITIONS, UNIT_NAMES
from summarizer.grounding.reading import Reading, Token

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
        yield _missing(case, at)
        return
    unit = unit_of(case.claim.tokens, at)
    units = {unit_of(case.source.tokens, p) for p in places}
    if unit not in units and not _unit_is_elsewhere(case, at, unit, units):
        yield _unit_problem(token, unit, units)
    elif not unit:
        yield from _counted(case, at, places)


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
    sign = token.before.rstrip()[-1:]
    if sign and unicodedata.category(sign) == "Sc":
        return _CURRENCIES.get(sign, sign)
    if token.after[:1] in {"%", "€", "£", "$", "°"}:
        return _CURRENCIES.get(token.after[0], token.after[0])
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
    unit = UNIT_NAMES.get(following[0], "")
    if unit in {"km", "mi", "m"} and _per_hour(tokens, at + 2):
        return "mph" if unit == "mi" else f"{unit}/h"
    return unit


def _per_hour(tokens: Sequence[Token], at: int) -> bool:
    following = [t.form for t in tokens[at : at + 2]]
    return following[:1] in (["h"], ["ph"]) or following in (["per", "hour"], ["an", "hour"], ["a", "hour"])


def _unit_is_elsewhere(case: Case, at: int, unit: str, units: set[str]) -> bool:
    """Where one side writes the unit once for two numbers ("50 to 60 km", "aged 27") nothing was changed."""
    if unit:
        number = case.claim.tokens[at].number
        return (
            units == {""}
            and (number is None or number.kind == "code")
            and unit in {"year", "point", "degree", "%", "$"}
        )
    following = case.claim.tokens[at + 1 : at + 4]
    return any(t.form in {"to", "and", "or", "-"} for t in following[:1]) or (
        "year" in units and any(t.form == "aged" for t in case.claim.tokens[max(0, at - 1) : at])
    )


def _unit_problem(token: Token, unit: str, units: set[str]) -> str:
    theirs = " or ".join(sorted(u for u in units if u)) or "no unit"
    return f"the unit of {token.text} is {theirs} in the article, {unit or 'missing'} in the claim"


def _counted(case: Case, at: int, places: list[int]) -> Iterator[str]:
    """What the number counts: the word behind it must not be counted by another number in the source."""
    following = _next(case.claim.tokens, at)
    if following is None:
        return
    key = case.claim.tokens[following].key
    if any(_next_key(case.source.tokens, p) == key for p in places):
        return
    for place in case.source.places.get(key, ()):
        other = _number_before(case.source.tokens, place)
        if other is not None and other not in places:
            counted = case.source.tokens[place].text
            yield f"the article says {case.source.tokens[other].text} {counted}, the claim {case.claim.tokens[at].text}"
            return


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
