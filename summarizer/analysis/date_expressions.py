"""Temporal expressions as they are written: found by one scan over the words, not yet resolved to a day.

Each rule reads what begins with one of its words (or with digits) by one pattern, in the order below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.date_forms import (
    UNKNOWN,
    Clock,
    Expression,
    Fixed,
    Yearless,
    deadline,
    fixed,
    shift,
    stretch,
    weekday,
    weekend,
)
from summarizer.analysis.date_words import (
    ALWAYS_BEFORE_A_YEAR,
    AMOUNT,
    BEFORE_A_YEAR,
    COUNTED_AFTER,
    DAY,
    DAY_PARTS,
    DECADES,
    EARLY,
    END,
    FEASTS,
    MONTH,
    MONTHS,
    NOT_BEFORE_A_YEAR,
    NOT_BEFORE_WEEKDAY,
    POSSESSIVES,
    RANGE,
    SEASONS,
    SHORT_UNITS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
    YEAR,
    S,
    amount_of,
    any_of,
    word_before,
    word_behind,
    word_set,
)
from summarizer.analysis.number_words import CARDINALS, ORDINALS, read_words, tokenise_words


@dataclass(frozen=True, slots=True)
class Found:
    """An expression at `text[start:end]`."""

    expression: Expression
    start: int
    end: int


_Reading = tuple[Expression, int]
_Rule = Callable[[str, int], _Reading | None]
_RULES: dict[str, list[_Rule]] = {}
_DIGITS = ("",)
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


def _expression_at(token: re.Match[str]) -> _Reading | None:
    """The expression that begins with `token`, and the offset behind it."""
    text, at, word = token.string, token.start(), token[0].lower()
    if word[0].isdecimal():
        before = text[at - 1 : at] if at else " "
        if before.isalpha() or before in "#_№" or unicodedata.category(before) == "Sc":
            return None
        if "," in word or _DECIMALS.search(text[max(0, at - 2) : at]):
            return None
        word = ""
    return next((reading for rule in _RULES.get(word, ()) if (reading := rule(text, at))), None)


def _rule(
    words: Iterable[str], pattern: str, flags: int = re.IGNORECASE
) -> Callable[[Callable[[re.Match[str]], _Reading | None]], _Rule]:
    """Registers a reading of what begins with one of `words` and matches `pattern`."""
    compiled = re.compile(pattern, flags)

    def register(read: Callable[[re.Match[str]], _Reading | None]) -> _Rule:
        def rule(text: str, at: int) -> _Reading | None:
            match = compiled.match(text, at)
            return read(match) if match else None

        for word in words:
            _RULES.setdefault(word, []).append(rule)
        return rule

    return register


# Dates in figures.


@_rule(_DIGITS, r"(\d{4})(?:-W(\d\d)(?:-([1-7]))?|([-/.])(\d{1,2})\4(\d{1,2}))(?!\d)")
def _iso(match: re.Match[str]) -> _Reading:
    """2023-09-10, 2024-W18, 2024-W18-3."""
    year, week, day = int(match[1]), match[2], match[3]
    if not week:
        return fixed(cal.day, year, int(match[5]), int(match[6])), match.end()
    return fixed(lambda: cal.around(date.fromisocalendar(year, int(week), int(day or 1)), "day" if day else "week")), (
        match.end()
    )


@_rule(_DIGITS, r"9/11(?!/?\d)")
def _attacks(match: re.Match[str]) -> _Reading:
    return fixed(cal.day, 2001, 9, 11), match.end()


_PIVOT = 50
"""Years of two digits from here on are of the last century."""


@_rule(_DIGITS, r"(?<![-/.])(\d{1,2})([-/.])(\d{1,2})\2(?:(\d{4})|(\d{2})(?![-/.]\d))(?!\d)")
def _in_figures(match: re.Match[str]) -> _Reading | None:
    """10/09/2023, 10.9.2023, 13/02/24, 13.02.24; unknown where day and month cannot be told apart."""
    first, mark, second = int(match[1]), match[2], int(match[3])
    if match[5]:
        is_sure = mark == "/" or (mark == "." and len(match[1]) == len(match[3]) == 2)
        if not is_sure or not 1 <= min(first, second) <= 12 or max(first, second) > 31:
            return None
    year = int(match[4] or match[5]) + (0 if match[4] else 2000 if int(match[5]) < _PIVOT else 1900)
    if mark == "." or first > 12 or first == second:
        return fixed(cal.day, year, second, first), match.end()
    return fixed(cal.day, year, first, second) if second > 12 else UNKNOWN, match.end()


# Times of day.

_ZONES = any_of("gmt bst utc est edt et cet cest pst pdt pt ist jst kst local hours hrs z".split())
_BEFORE_A_TIME = word_set("at by from until till to around about before after between and since just past")
_BEFORE_AN_HOUR = word_set("at by until before after around since from")
_HOURS = {"noon": 12, "midday": 12, "midnight": 0}


def _clock(hour: int, minute: int = 0) -> Clock:
    return Clock(f"T{hour:02d}:{minute:02d}")


@_rule(
    _DIGITS,
    rf"(\d{{1,2}})(?:[:.]?([0-5]\d)(?::\d\d)?)?[ \u00a0\u202f]?(?P<half>[ap])(?:m|\.m){END}(?:{S}{_ZONES})?",
)
def _half_clock(match: re.Match[str]) -> _Reading | None:
    """3pm, 11:15 a.m., 5.30pm."""
    later = 12 if match["half"] in "pP" else 0
    hour = int(match[1])
    return (_clock(hour % 12 + later, int(match[2] or 0)), match.end()) if 1 <= hour <= 12 else None


@_rule(
    _DIGITS,
    rf"([01]?\d|2[0-3])(?::([0-5]\d)(?::\d\d)?(?!\d)(?P<zone>{S}{_ZONES})?|(?<=\d\d)([0-5]\d){S}{_ZONES}"
    rf"| ?o['’]clock{END})",
)
def _whole_clock(match: re.Match[str]) -> _Reading | None:
    """22:30, 0900 GMT, 10 o'clock."""
    is_bare = match[2] and not match["zone"] and word_before(match.string, match.start()) not in _BEFORE_A_TIME
    return None if is_bare else (_clock(int(match[1]), int(match[2] or match[4] or 0)), match.end())


@_rule(_HOURS, any_of(_HOURS))
def _named_hour(match: re.Match[str]) -> _Reading | None:
    if word_before(match.string, match.start()) not in _BEFORE_AN_HOUR:
        return None
    return _clock(_HOURS[match[0].lower()]), match.end()


# Days and months.

_YEAR_BEHIND = re.compile(YEAR)
_VERB = re.compile(r"\s(?:be|have|not)\b")
_SURE_OF_A_MONTH = word_set("in since until till last next this early late mid during between")
_ALSO_NAMES = word_set("april june august")


@_rule(_DIGITS, rf"(?P<first>{DAY})(?:{RANGE}(?P<last>{DAY}))?{S}(?:of{S})?{MONTH}", 0)
def _day_then_month(match: re.Match[str]) -> _Reading | None:
    """12 September, 12th of September 2023, 10-12 September."""
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else first
    month = match["month"]
    if not month[0].isupper() or not 1 <= first <= last <= 31:
        return None
    if month in {"May", "March"} and _VERB.match(match.string, match.end()):
        return None
    return _days_of_month(match.string, Yearless(MONTHS[month.lower()], first, last), match.end())


def _number(written: str) -> int:
    return int(written[:2].rstrip("sStTnNrR"))


def _days_of_month(text: str, days: Yearless, at: int) -> _Reading:
    """A day or days of a month, with the year where one follows at `at`."""
    if (days.month, days.day) == (9, 11) and word_behind(text, at) in {"attack", "attacks", "hijackers", "terrorist"}:
        return fixed(cal.day, 2001, 9, 11), at
    year = _YEAR_BEHIND.match(text, at)
    return (fixed(days.in_year, int(year["year"])), year.end()) if year else (days, at)


@_rule(
    MONTHS, rf"{MONTH}(?:(?P<gap>{S}|\. )(?P<first>{DAY})(?:{RANGE}(?P<last>{DAY}))?|(?:{S}(?:of|in){END})?{YEAR})?", 0
)
def _month(match: re.Match[str]) -> _Reading | None:
    """September, September 12, 2023, Sept. 3-5, in May."""
    text, name, end = match.string, match["month"].lower(), match.end("month")
    is_short = len(name) <= 4 and name not in {"may", "june", "july"}
    if match["first"] and 1 <= (first := _number(match["first"])) <= 31 and (match["gap"] != ". " or is_short):
        last = _number(match["last"]) if match["last"] else 0
        is_range = first < last <= 31
        days = Yearless(MONTHS[name], first, last if is_range else first)
        return _days_of_month(text, days, match.end() if is_range else match.end("first"))
    if match["year"]:
        return fixed(cal.months, int(match["year"]), MONTHS[name]), match.end()
    return (Yearless(MONTHS[name]), end) if _is_bare_month(text, match.start(), end, name, is_short) else None


def _is_bare_month(text: str, at: int, end: int, name: str, is_short: bool) -> bool:
    """Whether a name without a day or a year is that of a month: "in May", not "May said" or "April Jones"."""
    before = word_before(text, at)
    if text[end : end + 2] in {"'s", "’s"}:
        return not is_short and name not in {"may", "march"} and name not in _ALSO_NAMES
    if before in _SURE_OF_A_MONTH:
        return True
    if name in {"may", "march"} or is_short:
        return before in {"and", "to", "or"} and word_before(text, at - len(before) - 1) in MONTHS
    return not (name in _ALSO_NAMES and word_behind(text, end) and text[end + 1].isupper())


_PAPERS = word_set("times telegraph mirror mail express herald mass school")
_WEEKDAY_NAMES = WEEKDAYS | WEEKDAY_ABBREVIATIONS


@_rule(_WEEKDAY_NAMES, rf"(?P<name>[A-Z]\w+)(?P<gap>(?:\., |, |\. |,|{S})(?:the )?)?", 0)
def _weekday(match: re.Match[str]) -> _Reading | None:
    """Sunday, Monday evening, Tuesday, 12 September 2023."""
    text, name, end = match.string, match["name"].lower(), match.end("name")
    if word_before(text, match.start()) in NOT_BEFORE_WEEKDAY:
        return None
    dated = (_month(text, match.end()) or _day_then_month(text, match.end())) if match["gap"] else None
    if dated and isinstance(dated[0], Fixed):
        return dated
    if dated and isinstance(dated[0], Yearless) and dated[0].day:
        return replace(dated[0], weekday=_WEEKDAY_NAMES[name]), dated[1]
    if name in WEEKDAY_ABBREVIATIONS or word_behind(text, end) in _PAPERS:
        return None
    return weekday(WEEKDAYS[name]), _past_day_part(text, end)


def _past_day_part(text: str, at: int) -> int:
    word = word_behind(text, at)
    return at + 1 + len(word) + (text[at : at + 2] == "  ") if word in DAY_PARTS else at


_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


@_rule(_NEAR, any_of(_NEAR))
def _near_day(match: re.Match[str]) -> _Reading:
    return shift("day", _NEAR[match[0].lower()]), _past_day_part(match.string, match.end())


@_rule(
    [name.split()[0] for name in FEASTS],
    rf"(?P<name>{'|'.join(name.replace(' ', r'[^a-z0-9]{1,2}') for name in FEASTS)}){END}",
)
def _feast(match: re.Match[str]) -> _Reading | None:
    if not match[0][0].isupper():
        return None
    month, day = FEASTS[" ".join(re.findall("[a-z]+", match[0].lower()))]
    return _days_of_month(match.string, Yearless(month, day, day), match.end())


@_rule(SEASONS, rf"(?P<season>{any_of(SEASONS)})(?:{S}of{END})?[ \u00a0](?P<year>[12]\d{{3}})(?:[-–/]\d\d{END}|{END})")
def _season(match: re.Match[str]) -> _Reading:
    """Summer 2012, the summer of 2012, the winter of 2013-14."""
    return fixed(cal.months, int(match["year"]), SEASONS[match["season"].lower()], 3), match.end()


# So many units away.


@_rule(
    [*_DIGITS, *CARDINALS, "a", "an", "several", "few", "many", "some"],
    rf"{AMOUNT}{S}(?P<unit>{any_of([*UNITS, *SHORT_UNITS])})(?:{S}(?P<when>ago|earlier|later|from{S}(?:now|today)){END}"
    rf"|['’] (?P<time>time){END})",
)
def _counted(match: re.Match[str]) -> _Reading | None:
    """Three years ago, a week earlier, two days later, 24 hours ago, in two weeks' time."""
    amount, word, when = amount_of(match["amount"]), match["unit"].lower(), (match["when"] or "").lower()
    if amount is None or amount < 0:
        return (UNKNOWN, match.end()) if amount is None else None
    sign = -1 if when in {"ago", "earlier"} else 1
    if word in SHORT_UNITS:
        unit, count = UNITS["day"][0], amount // 24 if word.startswith("h") else 0
    else:
        unit, count = UNITS[word][0], amount * UNITS[word][1]
    return shift(unit, sign * count, from_mention=when in {"earlier", "later"}), match.end()


_DEADLINES = word_set("by until till before through")


@_rule(
    UNITS,
    rf"week{S}(?P<week>\d{{1,2}})(?:{S}of{END})?{YEAR}|(?P<ago>{any_of(UNITS)}{S}ago){END}"
    rf"|(?P<day>day){S}(?:before{S}yesterday|(?P<after>after{S}tomorrow)){END}|year{S}end{END}",
)
def _unit_word(match: re.Match[str]) -> _Reading | None:
    """Week 18 of 2024, the day before yesterday, year-end, years ago."""
    if match["week"]:
        year, week = int(match["year"]), int(match["week"])
        return fixed(lambda: cal.around(date.fromisocalendar(year, week, 1), "week")), match.end()
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


@_rule(_WHICH, rf"(?P<which>{any_of(_WHICH)}){S}(?P<noun>[^\W\d_]+)?")
def _determined(match: re.Match[str]) -> _Reading | None:
    """What "last", "next", "this", "past", "coming" make of the word behind them."""
    text, word, noun = match.string, match["which"].lower(), (match["noun"] or "").lower()
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
    if noun in UNITS and not noun.endswith("s"):
        return _determined_unit(text, match.start(), match.end(), noun, which)
    return _stretch(text, behind, which) if word != "this" else None


def _named(text: str, at: int, noun: str, which: int) -> Expression | None:
    """Last Friday, next September, this summer, last weekend."""
    is_capital = text[at : at + 1].isupper()
    if noun in WEEKDAYS and is_capital:
        return weekday(WEEKDAYS[noun], which)
    if noun in MONTHS and is_capital and not text[at + len(noun) + 1 :][:1].isdecimal():
        return Yearless(MONTHS[noun], which=which)
    if noun in SEASONS and noun != "fall":
        return Yearless(SEASONS[noun], months=3, which=which)
    return weekend(which) if noun == "weekend" else None


def _determined_unit(text: str, at: int, end: int, noun: str, which: int) -> _Reading | None:
    unit, worth = UNITS[noun]
    sign = which % 2 * which
    if noun == "day":
        return (shift("day", 1, from_mention=True), end) if which == 1 else None
    if noun in {"decade", "century", "quarter", "fortnight"}:
        return UNKNOWN, end
    is_definite = sign != 0 and word_before(text, at) == "the"
    if is_definite and word_before(text, at - 4) in _STRETCHES:
        return stretch(unit, sign * worth), end
    return shift(unit, sign * worth, from_mention=is_definite and which == 1), end


_STRETCH = re.compile(rf"(?:{AMOUNT}{S})?(?P<unit>{any_of([*UNITS, *SHORT_UNITS])})", re.IGNORECASE)


def _stretch(text: str, at: int, sign: int) -> _Reading | None:
    """30 days, few months, year: after "the past", "the last", "the next"."""
    match = _STRETCH.match(text, at)
    if match is None:
        return None
    word, amount = match["unit"].lower(), amount_of(match["amount"]) if match["amount"] else None
    if (amount is not None and amount < 0) or (word in SHORT_UNITS and not match["amount"]):
        return None
    if word in SHORT_UNITS:
        days = (amount or 0) // 24 if word.startswith("h") else 0
        return stretch("day", sign * days) if days else UNKNOWN, match.end()
    if amount is None and (match["amount"] or word.endswith("s")):
        return UNKNOWN, match.end()
    unit, worth = UNITS[word]
    return stretch(unit, sign * (amount or 1) * worth), match.end()


_ANAPHORIC = {"same": 0, "that": 0, "following": 1, "previous": -1, "preceding": -1}


@_rule(_ANAPHORIC, rf"(?P<word>{any_of(_ANAPHORIC)}){S}(?P<unit>day|week|month|year){END}")
def _anaphoric(match: re.Match[str]) -> _Reading:
    """The same year, that day, the following month, the previous week."""
    unit = UNITS[match["unit"].lower()][0]
    return shift(unit, _ANAPHORIC[match["word"].lower()], from_mention=True), match.end()


@_rule(["weekend"], "weekend")
def _weekend(match: re.Match[str]) -> _Reading | None:
    return (weekend(0), match.end()) if word_before(match.string, match.start()) == "the" else None


@_rule(
    ["end", "start", "beginning", "middle"],
    rf"(?P<word>end|start|beginning|middle){S}of{S}(?:the{S})?(?:(?P<unit>week|month|year){END})?",
)
def _end_of(match: re.Match[str]) -> _Reading | None:
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


# Parts of a year, years, decades, centuries.

_CENTURY = re.compile(
    rf"(?P<one>{S}(?:and|or|to){S}[^\W_]+)?{S}centur(?:y|ies){END}(?P<before_christ>{S}bce?{END})?", re.IGNORECASE
)
_PART = re.compile(rf"{S}(?P<size>quarter|half){END}(?P<of>{S}(?:of|in){END})?", re.IGNORECASE)
_FISCAL_YEAR = rf"(?:(?:fiscal|financial)(?:{S}year)?{S}\d{{4}}(?:[-–/]\d{{2,4}})?|FY ?\d{{2}}(?:\d\d)?){END}"
_FISCAL = re.compile(rf"(?:{S}(?:the|its))?{S}?{_FISCAL_YEAR}")


@_rule(["fiscal", "financial", "fy"], _FISCAL_YEAR, 0)
def _fiscal(match: re.Match[str]) -> _Reading:
    """Fiscal 2024, the financial year 2023-24, FY24: only the company knows when it begins."""
    return UNKNOWN, match.end()


@_rule(_DIGITS, rf"(\d{{1,2}})(?:st|nd|rd|th){END}")
def _ordinal_in_figures(match: re.Match[str]) -> _Reading | None:
    return _ordinal_noun(match.string, int(match[1]), match.end())


@_rule(ORDINALS.keys() | CARDINALS.keys(), r"[^\W\d_]+(?:[ -][^\W\d_]+)?")
def _ordinal(match: re.Match[str]) -> _Reading | None:
    """The nineteenth century, the twenty-first century, the third quarter."""
    tokens = tokenise_words(match[0].lower())
    read = read_words(tokens, 0)
    if read is None or not read.is_ordinal:
        return None
    return _ordinal_noun(match.string, int(read.value), match.start() + tokens[read.end - 1].end)


def _ordinal_noun(text: str, number: int, at: int) -> _Reading | None:
    """What an ordinal that ends at `at` makes of a century, or of a quarter or half of a year, behind it."""
    century = _CENTURY.match(text, at)
    if century and 1 <= number <= 30:
        if century["before_christ"]:
            return UNKNOWN, at if century["one"] else century.start("before_christ")
        return fixed(cal.years, number * 100 - 99, number * 100), at if century["one"] else century.end()
    part = _PART.match(text, at)
    return _part_of_year(part, number, 3 if part["size"].lower() == "quarter" else 6) if part else None


@_rule("qh", rf"(?P<size>[QH])(?P<number>\d){END}(?P<of>{S}of{END})?", 0)
def _abbreviated_part(match: re.Match[str]) -> _Reading | None:
    """Q3 2023, H1 2024, Q3 FY24."""
    return _part_of_year(match, int(match["number"]), 3 if match["size"] == "Q" else 6)


def _part_of_year(part: re.Match[str], number: int, size: int) -> _Reading | None:
    """The third quarter of 2023, the first half of 2024; nobody can tell which without a year, or of a fiscal one."""
    if not 1 <= number <= 12 // size:
        return None
    text, end = part.string, part.end()
    fiscal = _FISCAL.match(text, end)
    if fiscal:
        return UNKNOWN, fiscal.end()
    year = _YEAR_BEHIND.match(text, end)
    if year and (part["of"] or text[end : year.start("year")] == " "):
        return fixed(cal.months, int(year["year"]), size * (number - 1) + 1, size), year.end()
    return (UNKNOWN, part.start("of") if part["of"] else end) if size == 3 else None


@_rule(_DIGITS, rf"(\d{{4}}|\d{{2}})['’]?s{END}")
def _decade(match: re.Match[str]) -> _Reading | None:
    """The 1990s, the '60s, the 80s; not "in her 80s"."""
    text, at, number = match.string, match.start(), int(match[1])
    if number % 10:
        return None
    if len(match[1]) == 4:
        span = 100 if number % 100 == 0 and number < 2000 else 10
        return fixed(cal.years, number, number + span - 1), match.end()
    before, is_clipped = word_before(text, at), text[at - 1 : at] in set("'’‘")
    if before in POSSESSIVES or not (is_clipped or before in EARLY):
        return None
    first = (1900 if number >= 20 else 2000) + number
    return fixed(cal.years, first, first + 9), match.end()


@_rule(DECADES, any_of(DECADES))
def _decade_word(match: re.Match[str]) -> _Reading | None:
    if word_before(match.string, match.start()) not in EARLY:
        return None
    first = DECADES[match[0].lower()]
    return fixed(cal.years, first, first + 9), match.end()


@_rule(
    _DIGITS,
    rf"(\d{{1,4}})(?:{S}(?P<era>AD|CE|BCE?){END}|(?<=AD \d)|(?<=AD \d\d)|(?<=AD \d\d\d)|(?<=AD \d{{4}})){END}",
    0,
)
def _era(match: re.Match[str]) -> _Reading:
    """AD 79, 44 BC."""
    return UNKNOWN if (match["era"] or "").startswith("B") else fixed(cal.years, int(match[1])), match.end()


@_rule(_DIGITS, rf"(?<=.['’‘])\d\d{END}")
def _clipped_year(match: re.Match[str]) -> _Reading | None:
    """In '98, since ’05."""
    if word_before(match.string, match.start() - 1) not in ALWAYS_BEFORE_A_YEAR:
        return None
    return fixed(cal.years, (1900 if int(match[0]) >= 30 else 2000) + int(match[0])), match.end()


_CAPITAL_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+[^\w]{0,2}\Z")
_YEAR_BEFORE = re.compile(r"(?<!\d)\d{4}(?: – | - |-|—)\Z")
_BEFORE_MORE = re.compile(r"[)–]|-\d")
_NOT_A_YEAR = re.compile(r"-\d(?!\d{3}(?![^\W_]))")


@_rule(
    _DIGITS,
    r"(1\d{3}|20\d\d|2100)(?![^\W_]|[%％:°+]|[,٫·]\d|\.\d(?!\d?(?:\s+[A-Z]|\s*\Z)))(?:[-–/](\d\d)(?![^\W_]|[-/]))?",
    0,
)
def _year(match: re.Match[str]) -> _Reading | None:
    """1998, 2019-20, 1990–95, 2019/20."""
    text, at, year = match.string, match.start(), int(match[1])
    last = year // 100 * 100 + int(match[2]) if match[2] else 0
    if (last <= year and _NOT_A_YEAR.match(text, at + 4)) or not _reads_as_year(text, at, year):
        return None
    return (fixed(cal.years, year, last), match.end()) if last > year else (fixed(cal.years, year), at + 4)


def _reads_as_year(text: str, at: int, year: int) -> bool:
    """Years of our time unless they count something; older numbers only where a year is expected."""
    before = word_before(text, at)
    if before in NOT_BEFORE_A_YEAR or (before not in ALWAYS_BEFORE_A_YEAR and _counts(text, at, before, year)):
        return False
    is_bracketed = text[max(0, at - 1) : at] in {"(", "–"} or _BEFORE_MORE.match(text, at + 4)
    is_second = _YEAR_BEFORE.search(text[max(0, at - 8) : at]) is not None
    return 1900 <= year < 2100 or bool(is_bracketed) or before in BEFORE_A_YEAR or is_second


def _counts(text: str, at: int, before: str, year: int) -> bool:
    """Whether it counts or belongs to a name: 1998 points, 2000 soldiers; not the 2014 protests, their 2014 sales."""
    after = word_behind(text, at + 4)
    previous = _CAPITAL_BEFORE.search(text[max(0, at - 24) : at])
    is_capital = previous is not None and previous[0][0].isupper()
    if after in COUNTED_AFTER:
        return True
    if year % 100 == 0 and is_capital and before and before not in BEFORE_A_YEAR:
        return True  # the Saab 2000, Windows 2000
    if not after.endswith("s") or after.endswith("ss") or text[at + 5].isupper() or text[at + 4] == "-":
        return False
    is_a_year = before in BEFORE_A_YEAR or before in POSSESSIVES or before in {"", "s"} or is_capital
    return year % 100 == 0 or not is_a_year
