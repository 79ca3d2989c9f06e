"""Temporal expressions as they are written: found by one scan over the tokens, not yet resolved to a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.date_digits import day_then_month, from_digits
from summarizer.analysis.date_forms import (
    Clock,
    DayOfMonth,
    Deadline,
    Expression,
    Fixed,
    Match,
    MonthOf,
    SeasonOf,
    Shift,
    Stretch,
    Vague,
    WeekdayOf,
    WeekendOf,
    Words,
    amount_at,
    counted_units,
    day_at,
    day_of_month,
    fiscal_year_at,
    ordinal_noun,
    range_end_at,
    year_at,
)
from summarizer.analysis.date_words import (
    DAY_PARTS,
    DECADES,
    FEASTS,
    MONTHS,
    NOT_BEFORE_WEEKDAY,
    POSSESSIVES,
    SEASONS,
    SHORT_UNITS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)
from summarizer.analysis.number_words import CARDINALS, ORDINALS, read_words


@dataclass(frozen=True, slots=True)
class Found:
    """An expression over `tokens[first:end]`."""

    expression: Expression
    first: int
    end: int


def find_expressions(words: Words) -> list[Found]:
    """The temporal expressions in order; they do not overlap. Linear in the number of tokens."""
    found: list[Found] = []
    at = 0
    while at < len(words.tokens):
        match = expression_at(words, at)
        if match is None:
            at += 1
            continue
        found.append(Found(match[0], _widened(words, at, found[-1].end if found else 0), match[1]))
        at = match[1]
    return found


def expression_at(words: Words, at: int) -> Match | None:
    """The expression that begins with token `at`, and the index behind it."""
    token = words.tokens[at]
    if token.value is not None:
        return from_digits(words, at)
    parser = _PARSERS.get(token.word)
    return parser(words, at) if parser else None


def _widened(words: Words, at: int, floor: int) -> int:
    """Index of the first token with "early", "late", "earlier" and the like before an expression."""
    while at - 1 >= floor and words.previous_word(at) in {"early", "late", "mid", "earlier", "later"}:
        at -= 1
    return at


def _month(words: Words, at: int) -> Match | None:
    name = words.word(at)
    short = len(name) <= 4 and name not in {"may", "june", "july"}
    if not words.is_capital(at) and (short or name in {"may", "march", "august"}):
        return None
    month, after = MONTHS[name], at + 1
    if words.near(after) or (short and words.gap(after) == ". "):
        first = day_at(words, after)
        if first:
            last_at = range_end_at(words, first[1], first[1] - 1)
            last = day_at(words, last_at) if last_at is not None else None
            if last and last[0] > first[0]:
                return day_of_month(words, month, first[0], last[0], last[1])
            return day_of_month(words, month, first[0], first[0], first[1])
    year = year_at(words, after + 1 if words.next_word(after) in {"of", "in"} else after)
    if year:
        return Fixed(cal.month(year[0], month)), year[1]
    return (MonthOf(month), after) if _is_bare_month(words, at, name, short) else None


def _is_bare_month(words: Words, at: int, name: str, short: bool) -> bool:
    before = words.previous_word(at)
    sure = before in {
        "in",
        "since",
        "until",
        "till",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "during",
        "between",
    }
    if words.possessive(at + 1):
        return not short and name not in {"may", "march", "april", "june", "august"}
    if name in {"may", "march"} or short:
        return sure or (before in {"and", "to", "or"} and words.word(at - 2) in MONTHS)
    if name in {"april", "june", "august"} and words.near(at + 1) and words.is_capital(at + 1):
        return sure
    return True


def _weekday(words: Words, at: int) -> Match | None:
    short = words.word(at) in WEEKDAY_ABBREVIATIONS
    if not words.is_capital(at) or words.previous_word(at) in NOT_BEFORE_WEEKDAY:
        return None
    after = at + 1
    if words.gap(after) in {", ", ",", " ", ". ", "., "} or words.near(after):
        if words.word(after) == "the":
            after += 1
        dated = _month(words, after) if words.word(after) in MONTHS else None
        if dated is None and words.digits(after):
            dated = day_then_month(words, after)
        if dated and isinstance(dated[0], DayOfMonth):
            return replace(dated[0], weekday=(WEEKDAYS | WEEKDAY_ABBREVIATIONS)[words.word(at)]), dated[1]
        if dated and isinstance(dated[0], Fixed):
            return dated
    if short:
        return None
    if words.next_word(at + 1) in {"times", "telegraph", "mirror", "mail", "express", "herald", "mass", "school"}:
        return None
    return WeekdayOf(WEEKDAYS[words.word(at)]), _past_day_part(words, at + 1)


def _past_day_part(words: Words, at: int) -> int:
    return at + 1 if words.next_word(at) in DAY_PARTS else at


def _near_day(words: Words, at: int) -> Match | None:
    word = words.word(at)
    amount = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return Shift("day", amount), _past_day_part(words, at + 1)


def _day_before_yesterday(words: Words, at: int) -> Match | None:
    pair = (words.next_word(at + 1), words.next_word(at + 2))
    if pair == ("before", "yesterday"):
        return Shift("day", -2), at + 3
    if pair == ("after", "tomorrow"):
        return Shift("day", 2), at + 3
    return None


def _units_ago(words: Words, at: int) -> Match | None:
    """Years ago, decades ago: how many is not said."""
    plural = words.word(at).endswith("s") and words.word(at) in UNITS
    return (Vague(), at + 2) if plural and words.next_word(at + 1) == "ago" else None


def _unit_word(words: Words, at: int) -> Match | None:
    if words.word(at) == "week" and words.digits(at + 1):
        return _week_number(words, at)
    if words.word(at) == "day":
        return _day_before_yesterday(words, at)
    if (
        words.word(at) == "year"
        and words.next_word(at + 1) == "end"
        and words.previous_word(at) not in {"a", "financial"}
    ):
        inner = Shift("year", 0)
        return (Deadline(inner) if words.previous_word(at) in _DEADLINE_CUES else inner), at + 2
    return _units_ago(words, at)


_DEADLINE_CUES = frozenset({"by", "until", "till", "before", "through"})


def _determined(words: Words, at: int) -> Match | None:
    """What "last", "next", "this", "past", "coming" and the like make of the word behind them."""
    determiner, noun_at = words.word(at), at + 1
    which = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 2}[determiner]
    if not words.near(noun_at):
        return None
    if determiner in {"past", "coming"}:
        return _stretch(words, noun_at, which)
    named = _determined_name(words, noun_at, which)
    if named:
        return named, _past_day_part(words, noun_at + 1)
    if words.word(noun_at) in {"morning", "afternoon", "evening", "night"}:
        is_told = which == 2 or (which == -1 and words.word(noun_at) in {"night", "evening"})
        return (Shift("day", min(which, 0)), noun_at + 1) if is_told else None
    return _determined_unit(words, at, noun_at, which)


def _determined_name(words: Words, at: int, which: int) -> Expression | None:
    """Last Friday, next September, this summer, last weekend."""
    noun, is_capital = words.word(at), words.is_capital(at)
    if noun in WEEKDAYS and is_capital:
        return WeekdayOf(WEEKDAYS[noun], which)
    if noun in MONTHS and is_capital and not words.digits(at + 1):
        return MonthOf(MONTHS[noun], which)
    if noun in SEASONS and noun != "fall":
        return SeasonOf(SEASONS[noun], which)
    return WeekendOf(which) if noun == "weekend" else None


def _determined_unit(words: Words, at: int, noun_at: int, which: int) -> Match | None:
    noun, determiner = words.next_word(noun_at), words.word(at)
    if noun in UNITS and not noun.endswith("s"):
        unit, worth = UNITS[noun]
        if noun == "day":
            return (Shift("day", 1, from_mention=True), noun_at + 1) if determiner == "next" else None
        if noun in {"decade", "century", "quarter", "fortnight"}:
            return Vague(), noun_at + 1
        if determiner != "this" and words.previous_word(at) == "the":
            if words.previous_word(at - 1) in _STRETCH_CUES:
                return Stretch(unit, which * worth), noun_at + 1
            if determiner == "next":
                return Shift(unit, worth, from_mention=True), noun_at + 1
        return Shift(unit, {-1: -1, 1: 1, 2: 0}[which] * worth), noun_at + 1
    return _stretch(words, noun_at, which) if determiner in {"last", "next"} else None


_STRETCH_CUES = frozenset({"over", "during", "for", "in", "within", "throughout"})


def _stretch(words: Words, at: int, sign: int) -> Match | None:
    """30 days, few months, year: after "the past", "the last", "the next"."""
    if words.word(at) in UNITS:
        plural = words.word(at).endswith("s")
        unit, worth = UNITS[words.word(at)]
        return (Vague() if plural else Stretch(unit, sign * worth)), at + 1
    amount = amount_at(words, at)
    if amount is None or not words.near(amount[1]):
        return None
    word = words.word(amount[1])
    if word in SHORT_UNITS:
        days = amount[0] // 24 if amount[0] and word.startswith("h") else 0
        return (Stretch("day", sign * days) if days else Vague()), amount[1] + 1
    if word not in UNITS:
        return None
    unit, worth = UNITS[word]
    return (Vague() if amount[0] is None else Stretch(unit, sign * amount[0] * worth)), amount[1] + 1


def _anaphoric(words: Words, at: int) -> Match | None:
    """The same year, that day, the following month, the previous week."""
    noun = words.next_word(at + 1)
    unit = UNITS.get(noun)
    if unit is None or noun.endswith("s") or unit[1] != 1:
        return None
    amount = {"previous": -1, "preceding": -1, "following": 1}.get(words.word(at), 0)
    return Shift(unit[0], amount, from_mention=True), at + 2


def _weekend(words: Words, at: int) -> Match | None:
    return (WeekendOf(0), at + 1) if words.previous_word(at) == "the" else None


def _season(words: Words, at: int) -> Match | None:
    """Summer 2012, the summer of 2012, the winter of 2013-14."""
    year = year_at(words, at + 2 if words.next_word(at + 1) == "of" else at + 1)
    if year is None or words.gap(year[1] - 1) not in {" ", "\u00a0"}:
        return None
    both_years = words.gap(year[1]) in {"-", "–", "/"} and len(words.digits(year[1])) == 2
    return Fixed(cal.months(year[0], SEASONS[words.word(at)], 3)), year[1] + both_years


def _ordinal(words: Words, at: int) -> Match | None:
    """The nineteenth century, the third quarter."""
    read = read_words(words.tokens, at)
    return ordinal_noun(words, at, int(read.value), read.end) if read and read.is_ordinal else None


def _abbreviated_part(words: Words, at: int) -> Match | None:
    """Q3 2023, H1 2024."""
    digits = words.digits(at + 1)
    if words.gap(at + 1) != "" or len(digits) != 1 or not words.is_capital(at):
        return None
    size = 3 if words.word(at) == "q" else 6
    fiscal = fiscal_year_at(words, at + 3 if words.next_word(at + 2) == "of" else at + 2)
    if fiscal:
        return Vague(), fiscal
    year = year_at(words, at + 2)
    if not 1 <= int(digits) <= 12 // size:
        return None
    if year:
        return Fixed(cal.months(year[0], size * (int(digits) - 1) + 1, size)), year[1]
    return (Vague(), at + 2) if size == 3 else None


def _fiscal(words: Words, at: int) -> Match | None:
    end = fiscal_year_at(words, at)
    return (Vague(), end) if end else None


def _week_number(words: Words, at: int) -> Match | None:
    """Week 18 of 2024, week 18, 2024."""
    week = words.digits(at + 1)
    year = year_at(words, at + 3 if words.next_word(at + 2) == "of" else at + 2)
    if not 1 <= len(week) <= 2 or not words.near(at + 1) or year is None:
        return None
    return Fixed(cal.read_iso(f"{words.digits(year[1] - 1)}-W{int(week):02d}")), year[1]


def _end_of(words: Words, at: int) -> Match | None:
    """The end of the year; by the end of August."""
    if words.next_word(at + 1) != "of":
        return None
    start = at - 1 if words.previous_word(at) == "the" else at
    is_deadline = words.word(at) == "end" and words.previous_word(start) in _DEADLINE_CUES
    inner_at = at + 3 if words.next_word(at + 2) == "the" else at + 2
    unit = UNITS.get(words.next_word(inner_at))
    if unit and unit[1] == 1 and unit[0] != "day" and not words.word(inner_at).endswith("s"):
        inner: Expression = Shift(unit[0], 0)
        return (Deadline(inner) if is_deadline else inner), inner_at + 1
    match = expression_at(words, inner_at) if is_deadline and inner_at < len(words.tokens) else None
    return (Deadline(match[0]), match[1]) if match else None


def _decade_word(words: Words, at: int) -> Match | None:
    before = words.previous_word(at)
    if before in POSSESSIVES or (before not in {"the", "early", "late", "mid"}):
        return None
    first = 1900 + DECADES[words.word(at)]
    return Fixed(cal.years(first, first + 9)), at + 1


def _feast(words: Words, at: int) -> Match | None:
    for names, (month, day) in FEASTS.items():
        if all(words.word(at + n) == name for n, name in enumerate(names)) and words.is_capital(at):
            return day_of_month(words, month, day, day, at + len(names))
    return None


def _named_hour(words: Words, at: int) -> Match | None:
    known = words.previous_word(at) in {"at", "by", "until", "before", "after", "around", "since", "from"}
    return (Clock({"noon": 12, "midday": 12, "midnight": 0}[words.word(at)], 0), at + 1) if known else None


_Parser = Callable[[Words, int], Match | None]


def _parsers() -> dict[str, _Parser]:
    tables: list[tuple[Sequence[str], _Parser]] = [
        (list(CARDINALS), counted_units),
        (["a", "an", "several", "few", "many"], counted_units),
        (list(ORDINALS), _ordinal),
        (list(UNITS), _unit_word),
        (list(SEASONS), _season),
        (list(MONTHS), _month),
        ([*WEEKDAYS, *WEEKDAY_ABBREVIATIONS], _weekday),
        (["today", "yesterday", "tomorrow", "tonight"], _near_day),
        (["last", "past", "next", "coming", "this"], _determined),
        (["same", "that", "following", "previous", "preceding"], _anaphoric),
        (["weekend"], _weekend),
        (["q", "h"], _abbreviated_part),
        (["end", "start", "beginning", "middle"], _end_of),
        (list(DECADES), _decade_word),
        ([names[0] for names in FEASTS], _feast),
        (["fiscal", "financial", "fy"], _fiscal),
        (["noon", "midday", "midnight"], _named_hour),
    ]
    return {word: parser for words, parser in tables for word in words}


_PARSERS = _parsers()
