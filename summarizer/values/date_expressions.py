"""Temporal expressions as they are written: found by one scan over the words, not yet resolved to a day.

Each rule reads what begins with one of its words (or with digits) by one pattern; the first that can is heard.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from summarizer.values import calendar_values as cal
from summarizer.values import date_figures  # noqa: F401 - its rules stand before those of this file
from summarizer.values.calendar_values import (
    UNKNOWN,
    Expression,
    Fixed,
    Yearless,
    deadline,
    fixed,
    shift,
    stretch,
    weekday,
)
from summarizer.values.date_words import (
    AMOUNT,
    DIGITS,
    END,
    RULES,
    UNITS,
    YEAR,
    YEAR_BEHIND,
    Reading,
    S,
    amount_of,
    any_of,
    rule,
    word_before,
    word_behind,
    word_set,
)


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at `text[start:end]`."""

    expression: Expression
    start: int
    end: int


_TOKEN = re.compile(r"[^\W\d_]+|\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+")
_DECIMALS = re.compile(r"\d[.,]\Z")
_EARLY = re.compile(rf"(?<![^\W_])(?:(?:early|late|mid|earlier|later){S})+\Z", re.IGNORECASE)


def find_expressions(text: str, start: int, end: int) -> list[Found]:
    """The temporal expressions of `text[start:end]` in order; they do not overlap. Linear in the range."""
    found: list[Found] = []
    piece, at = text[start:end], 0
    while (token := _TOKEN.search(piece, at)) is not None:
        reading = _expression_at(token)
        at = token.end()
        if reading:
            floor = max(found[-1].end - start if found else 0, token.start() - 24)
            wider = _EARLY.search(piece[floor : token.start()])
            begin = floor + wider.start() if wider else token.start()
            at = reading[1]
            found.append(Found(reading[0], start + begin, start + at))
    return found


def _expression_at(token: re.Match[str]) -> Reading | None:
    """The expression that begins with `token`, and the offset behind it."""
    text, at, word = token.string, token.start(), token[0].lower()
    if word[0].isdecimal():
        before = text[at - 1 : at] if at else " "
        if before.isalpha() or before in "#_№" or unicodedata.category(before) == "Sc":
            return None
        if "," in word or _DECIMALS.search(text[max(0, at - 2) : at]):
            return None
        word = ""
    return next((reading for rule in RULES.get(word, ()) if (reading := rule(text, at))), None)


# Days and months.

_MONTH_NAMES = "january february march april may june july august september october november december"
_WEEKDAY_WORDS = "monday tuesday wednesday thursday friday saturday sunday"

_MONTHS = {form: n for n, name in enumerate(_MONTH_NAMES.split(), 1) for form in (name, name[:3])} | {"sept": 9}
_WEEKDAYS = {name: n for n, name in enumerate(_WEEKDAY_WORDS.split())}
_WEEKDAY_ABBREVIATIONS = {name[:3]: n for name, n in _WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_DAY_PARTS = word_set("morning afternoon evening night noon midday lunchtime midnight dawn")

_DAY = r"\d{1,2}(?i:st|nd|rd|th)?(?![^\W_]|\.\d|,\d{3}(?!\d))"
_RANGE = rf"(?:{S}(?:to|through) |-|–| – | - |—)"


def _month_pattern() -> str:
    """The names of the months; the short ones and those that mean something else need their capital."""
    capital = [name for name in _MONTHS if len(name) < 5 and name not in {"june", "july"}] + ["march", "august"]
    rest = [name for name in _MONTHS if name not in capital]
    shown = [f"{name[0].upper()}(?i:{name[1:]})" for name in sorted(capital, key=len, reverse=True)]
    return f"(?P<month>(?i:{'|'.join(rest)})|{'|'.join(shown)}){END}"


_MONTH = _month_pattern()
# A name of a weekday after one of these is the name of something else.
_NOT_BEFORE_WEEKDAY = word_set(
    "black good bloody ash super easter palm sheffield cyber every each ruby maundy holy freaky casual"
)
# Days with a name and a fixed place in the year.
_FEASTS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year s day": (1, 1),
    "new year s eve": (12, 31), "valentine s day": (2, 14), "halloween": (10, 31), "st patrick s day": (3, 17),
    "bastille day": (7, 14),
}  # fmt: skip
_SURE_OF_A_MONTH = word_set("in since until till last next this early late mid during between")
_ALSO_NAMES = word_set("april june august")


@rule(DIGITS, rf"(?P<first>{_DAY})(?:{_RANGE}(?P<last>{_DAY}))?{S}(?:of{S})?{_MONTH}", 0)
def _day_then_month(match: re.Match[str]) -> Reading | None:
    """12 September, 12th of September 2023, 10-12 September."""
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else first
    month = match["month"]
    if not month[0].isupper() or not 1 <= first <= last <= 31:
        return None
    return _days_of_month(match.string, Yearless(_MONTHS[month.lower()], first, last), match.end())


def _number(written: str) -> int:
    return int(written[:2].rstrip("sStTnNrR"))


def _days_of_month(text: str, days: Yearless, at: int) -> Reading:
    """A day or days of a month, with the year where one follows at `at`."""
    if (days.month, days.day) == (9, 11) and word_behind(text, at) in {"attack", "attacks", "hijackers", "terrorist"}:
        return fixed(cal.day, 2001, 9, 11), at
    year = YEAR_BEHIND.match(text, at)
    return (fixed(days.in_year, int(year["year"])), year.end()) if year else (days, at)


@rule(
    _MONTHS,
    rf"{_MONTH}(?:(?P<gap>{S}|\. )(?P<first>{_DAY})(?:{_RANGE}(?P<last>{_DAY}))?|(?:{S}(?:of|in){END})?{YEAR})?",
    0,
)
def _month(match: re.Match[str]) -> Reading | None:
    """September, September 12, 2023, Sept. 3-5, in May."""
    text, name, end = match.string, match["month"].lower(), match.end("month")
    is_short = len(name) <= 4 and name not in {"may", "june", "july"}
    if match["first"] and 1 <= (first := _number(match["first"])) <= 31 and (match["gap"] != ". " or is_short):
        last = _number(match["last"]) if match["last"] else 0
        is_range = first < last <= 31
        days = Yearless(_MONTHS[name], first, last if is_range else first)
        return _days_of_month(text, days, match.end() if is_range else match.end("first"))
    if match["year"]:
        return fixed(cal.months, int(match["year"]), _MONTHS[name]), match.end()
    return (Yearless(_MONTHS[name]), end) if _is_bare_month(text, match.start(), end, name, is_short) else None


def _is_bare_month(text: str, at: int, end: int, name: str, is_short: bool) -> bool:
    """Whether a name without a day or a year is that of a month: "in May", not "May said" or "April Jones"."""
    before = word_before(text, at)
    if text[end : end + 2] in {"'s", "’s"}:
        return not is_short and name not in {"may", "march"} and name not in _ALSO_NAMES
    if before in _SURE_OF_A_MONTH:
        return True
    if name in {"may", "march"} or is_short:
        return before in {"and", "to", "or"} and word_before(text, at - len(before) - 1) in _MONTHS
    return not (name in _ALSO_NAMES and word_behind(text, end) and text[end + 1].isupper())


_PAPERS = word_set("times telegraph mirror mail express herald mass school")
_WEEKDAY_NAMES = _WEEKDAYS | _WEEKDAY_ABBREVIATIONS


@rule(_WEEKDAY_NAMES, rf"(?P<name>[A-Z][a-z]+){END}(?P<gap>(?:\., |, |\. |,|{S})(?:the )?)?", 0)
def _weekday(match: re.Match[str]) -> Reading | None:
    """Sunday, Monday evening, Tuesday, 12 September 2023."""
    text, name, end = match.string, match["name"].lower(), match.end("name")
    if word_before(text, match.start()) in _NOT_BEFORE_WEEKDAY:
        return None
    dated = (_month(text, match.end()) or _day_then_month(text, match.end())) if match["gap"] else None
    if dated and isinstance(dated[0], Fixed):
        return dated
    if dated and isinstance(dated[0], Yearless) and dated[0].day:
        return replace(dated[0], weekday=_WEEKDAY_NAMES[name]), dated[1]
    if name in _WEEKDAY_ABBREVIATIONS or word_behind(text, end) in _PAPERS:
        return None
    return weekday(_WEEKDAYS[name]), _past_day_part(text, end)


def _past_day_part(text: str, at: int) -> int:
    word = word_behind(text, at)
    return at + 1 + len(word) + (text[at : at + 2] == "  ") if word in _DAY_PARTS else at


_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@rule(_NEAR, any_of(_NEAR))
def _near_day(match: re.Match[str]) -> Reading:
    return shift("day", _NEAR[match[0].lower()]), _past_day_part(match.string, match.end())


@rule(
    [name.split()[0] for name in _FEASTS],
    rf"(?P<name>{'|'.join(name.replace(' ', r'[^a-z0-9]{1,2}') for name in _FEASTS)}){END}",
)
def _feast(match: re.Match[str]) -> Reading | None:
    if not match[0][0].isupper():
        return None
    month, day = _FEASTS[" ".join(re.findall("[a-z]+", match[0].lower()))]
    return _days_of_month(match.string, Yearless(month, day, day), match.end())


@rule(_SEASONS, rf"(?P<season>{any_of(_SEASONS)})(?:{S}of{END})?[ \u00a0](?P<year>[12]\d{{3}})(?:[-–/]\d\d{END}|{END})")
def _season(match: re.Match[str]) -> Reading:
    """Summer 2012, the summer of 2012, the winter of 2013-14."""
    return fixed(cal.months, int(match["year"]), _SEASONS[match["season"].lower()], 3), match.end()


_DEADLINES = word_set("by until till before through")


@rule(
    UNITS,
    rf"week{S}(?P<week>\d{{1,2}})(?:{S}of{END})?{YEAR}|(?P<ago>{any_of(UNITS)}{S}ago){END}"
    rf"|(?P<day>day){S}(?:before{S}yesterday|(?P<after>after{S}tomorrow)){END}|year{S}end{END}",
)
def _unit_word(match: re.Match[str]) -> Reading | None:
    """Week 18 of 2024, the day before yesterday, year-end, years ago."""
    if match["week"]:
        return Fixed(cal.read_iso(f"{match['year']}-W{int(match['week']):02d}")), match.end()
    if match["day"]:
        return shift("day", 2 if match["after"] else -2), match.end()
    if match["ago"]:
        return UNKNOWN, match.end()
    before = word_before(match.string, match.start())
    if before in {"a", "financial"}:
        return None
    return deadline(shift("year", 0)) if before in _DEADLINES else shift("year", 0), match.end()


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
        return named, _past_day_part(text, match.end())
    if noun in {"morning", "afternoon", "evening", "night"}:
        is_told = which == 2 or (which == -1 and noun in {"night", "evening"})
        return (shift("day", min(which, 0)), match.end()) if is_told else None
    if noun in UNITS and UNITS[noun][1] >= 1 and not noun.endswith("s"):
        return _determined_unit(text, match.start(), match.end(), noun, which)
    return _stretch(text, behind, which) if word != "this" else None


def _named(text: str, at: int, noun: str, which: int) -> Expression | None:
    """Last Friday, next September, this summer, last weekend."""
    is_capital = text[at : at + 1].isupper()
    if noun in _WEEKDAYS and is_capital:
        return weekday(_WEEKDAYS[noun], which)
    if noun in _MONTHS and is_capital and not text[at + len(noun) + 1 :][:1].isdecimal():
        return Yearless(_MONTHS[noun], which=which)
    if noun in _SEASONS and noun != "fall":
        return Yearless(_SEASONS[noun], months=3, which=which)
    return weekday(5, which, days=2) if noun == "weekend" else None


def _determined_unit(text: str, at: int, end: int, noun: str, which: int) -> Reading | None:
    unit, worth = UNITS[noun]
    sign = which % 2 * which
    if noun == "day":
        return (shift("day", 1, from_mention=True), end) if which == 1 else None
    if noun in {"decade", "century", "quarter", "fortnight"}:
        return UNKNOWN, end
    is_definite = sign != 0 and word_before(text, at) == "the"
    amount = sign * int(worth)
    if is_definite and word_before(text, at - 4) in _STRETCHES:
        return stretch(unit, amount), end
    return shift(unit, amount, from_mention=is_definite and which == 1), end


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
    return stretch(unit, sign * count) if count else UNKNOWN, match.end()


_ANAPHORIC = {"same": 0, "that": 0, "following": 1, "previous": -1, "preceding": -1}


@rule(_ANAPHORIC, rf"(?P<word>{any_of(_ANAPHORIC)}){S}(?P<unit>day|week|month|year){END}")
def _anaphoric(match: re.Match[str]) -> Reading:
    """The same year, that day, the following month, the previous week."""
    unit = UNITS[match["unit"].lower()][0]
    return shift(unit, _ANAPHORIC[match["word"].lower()], from_mention=True), match.end()


@rule(["weekend"], "weekend")
def _weekend(match: re.Match[str]) -> Reading | None:
    return (weekday(5, days=2), match.end()) if word_before(match.string, match.start()) == "the" else None


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
        inner = shift(UNITS[match["unit"].lower()][0], 0)
        return deadline(inner) if is_deadline else inner, match.end()
    token = _TOKEN.match(text, match.end()) if is_deadline else None
    found = _expression_at(token) if token else None
    return (deadline(found[0]), found[1]) if found else None
