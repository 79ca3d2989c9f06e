"""Dates told from another: yesterday, last Friday, three years ago, the following day, the end of the month."""

from __future__ import annotations

import re

from summarizer.values import calendar_values as cal
from summarizer.values.date_words import (
    AMOUNT,
    DIGITS,
    END,
    MONTHS,
    SEASONS,
    TOKEN,
    UNITS,
    WEEKDAYS,
    YEAR,
    Reading,
    S,
    amount_of,
    any_of,
    expression_at,
    past_day_part,
    rule,
    word_before,
)
from summarizer.values.number_words import CARDINALS
from summarizer.values.words import word_set

_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@rule(_NEAR, any_of(_NEAR))
def _near_day(match: re.Match[str]) -> Reading:
    return cal.shift("day", _NEAR[match[0].lower()]), past_day_part(match.string, match.end())


@rule(
    [*DIGITS, *CARDINALS, "a", "an", "several", "few", "many", "some"],
    rf"{AMOUNT}{S}(?P<unit>{any_of(UNITS)})(?:{S}(?P<when>ago|earlier|later|from{S}(?:now|today)){END}"
    rf"|['’] (?P<time>time){END})",
)
def _counted(match: re.Match[str]) -> Reading | None:
    """Three years ago, a week earlier, two days later, 24 hours ago, in two weeks' time."""
    amount, when = amount_of(match["amount"]), (match["when"] or "").lower()
    if amount is None or amount < 0:
        return (cal.UNKNOWN, match.end()) if amount is None else None
    unit, worth = UNITS[match["unit"].lower()]
    sign = -1 if when in {"ago", "earlier"} else 1
    return cal.shift(unit, sign * int(amount * worth), from_mention=when in {"earlier", "later"}), match.end()


_DEADLINES = word_set("by until till before through")


@rule(
    UNITS,
    rf"week{S}(?P<week>\d{{1,2}})(?:{S}of{END})?{YEAR}|(?P<ago>{any_of(UNITS)}{S}ago){END}"
    rf"|(?P<day>day){S}(?:before{S}yesterday|(?P<after>after{S}tomorrow)){END}|year{S}end{END}",
)
def _unit_word(match: re.Match[str]) -> Reading | None:
    """Week 18 of 2024, the day before yesterday, year-end, years ago."""
    if match["week"]:
        return cal.Fixed(cal.read_iso(f"{match['year']}-W{int(match['week']):02d}")), match.end()
    if match["day"]:
        return cal.shift("day", 2 if match["after"] else -2), match.end()
    if match["ago"]:
        return cal.UNKNOWN, match.end()
    before = word_before(match.string, match.start())
    if before in {"a", "financial"}:
        return None
    return cal.deadline(cal.shift("year", 0)) if before in _DEADLINES else cal.shift("year", 0), match.end()


_STRETCHES = word_set("over during for in within throughout")
_WHICH = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 2}


@rule(_WHICH, rf"(?P<which>{any_of(_WHICH)}){S}(?P<noun>[^\W\d_]+)?")
def _determined(match: re.Match[str]) -> Reading | None:
    """What "last", "next", "this", "past", "coming" make of the word behind them."""
    text, word, noun = match.string, match["which"].lower(), (match["noun"] or "").lower()
    if noun and text.startswith(" of ", match.end()) and word_before(text, match.start()) == "the":
        return None  # "the last week of November": November's
    which = _WHICH[word]
    behind = match.start("noun") if noun else match.end()
    if word in {"past", "coming"}:
        return _stretch(text, behind, which)
    named = _named(text, behind, noun, which)
    if named:
        return named, past_day_part(text, match.end())
    if noun in {"morning", "afternoon", "evening", "night"}:
        is_told = which == 2 or (which == -1 and noun in {"night", "evening"})
        return (cal.shift("day", min(which, 0)), match.end()) if is_told else None
    if noun in UNITS and UNITS[noun][1] >= 1 and not noun.endswith("s"):
        return _determined_unit(text, match.start(), match.end(), noun, which)
    return _stretch(text, behind, which) if word != "this" else None


def _named(text: str, at: int, noun: str, which: int) -> cal.Expression | None:
    """Last Friday, next September, this summer, last weekend."""
    is_capital = text[at : at + 1].isupper()
    if noun in WEEKDAYS and is_capital:
        return cal.weekday(WEEKDAYS[noun], which)
    if noun in MONTHS and is_capital and not text[at + len(noun) + 1 :][:1].isdecimal():
        return cal.Yearless(MONTHS[noun], which=which)
    if noun in SEASONS and noun != "fall":
        return cal.Yearless(SEASONS[noun], months=3, which=which)
    return cal.weekday(5, which, days=2) if noun == "weekend" else None


def _determined_unit(text: str, at: int, end: int, noun: str, which: int) -> Reading | None:
    unit, worth = UNITS[noun]
    sign = which % 2 * which
    if noun == "day":
        return (cal.shift("day", 1, from_mention=True), end) if which == 1 else None
    if noun in {"decade", "century", "quarter", "fortnight"}:
        return cal.UNKNOWN, end
    is_definite = sign != 0 and word_before(text, at) == "the"
    amount = sign * int(worth)
    if is_definite and word_before(text, at - 4) in _STRETCHES:
        return cal.stretch(unit, amount), end
    return cal.shift(unit, amount, from_mention=is_definite and which == 1), end


_STRETCH = re.compile(rf"(?:{AMOUNT}{S})?(?P<unit>{any_of(UNITS)})", re.IGNORECASE)


def _stretch(text: str, at: int, sign: int) -> Reading | None:
    """30 days, few months, year: after "the past", "the last", "the next"."""
    match = _STRETCH.match(text, at)
    if match is None:
        return None
    word, amount = match["unit"].lower(), amount_of(match["amount"]) if match["amount"] else None
    unit, worth = UNITS[word]
    if (amount is not None and amount < 0) or (worth < 1 and not match["amount"]):
        return None
    is_vague = amount is None and (match["amount"] or word.endswith("s"))
    count = 0 if is_vague else int((amount or 1) * worth)
    return cal.stretch(unit, sign * count) if count else cal.UNKNOWN, match.end()


_ANAPHORIC = {"same": 0, "that": 0, "following": 1, "previous": -1, "preceding": -1}


@rule(_ANAPHORIC, rf"(?P<word>{any_of(_ANAPHORIC)}){S}(?P<unit>day|week|month|year){END}")
def _anaphoric(match: re.Match[str]) -> Reading:
    """The same year, that day, the following month, the previous week."""
    unit = UNITS[match["unit"].lower()][0]
    return cal.shift(unit, _ANAPHORIC[match["word"].lower()], from_mention=True), match.end()


@rule(["weekend"], "weekend")
def _weekend(match: re.Match[str]) -> Reading | None:
    return (cal.weekday(5, days=2), match.end()) if word_before(match.string, match.start()) == "the" else None


@rule(
    ["end", "start", "beginning", "middle"],
    rf"(?P<word>end|start|beginning|middle){S}of{S}(?:the{S})?(?:(?P<unit>week|month|year){END})?",
)
def _end_of(match: re.Match[str]) -> Reading | None:
    """The end of the year; by the end of August."""
    text, before = match.string, word_before(match.string, match.start())
    if before == "the":
        before = word_before(text, match.start() - 4)
    is_deadline = match["word"].lower() == "end" and before in _DEADLINES
    if match["unit"]:
        inner = cal.shift(UNITS[match["unit"].lower()][0], 0)
        return cal.deadline(inner) if is_deadline else inner, match.end()
    token = TOKEN.match(text, match.end()) if is_deadline else None
    found = expression_at(token) if token else None
    return (cal.deadline(found[0]), found[1]) if found else None
