"""Temporal expressions as they are written: found by one scan over the words, not yet resolved to a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.date_digits import (
    counted,
    day_of_month,
    day_then_month,
    fiscal_year,
    from_digits,
    ordinal_noun,
    part_of_year,
)
from summarizer.analysis.date_forms import (
    Clock,
    DayOfMonth,
    Deadline,
    Expression,
    Fixed,
    MonthOf,
    SeasonOf,
    Shift,
    Stretch,
    WeekdayOf,
    WeekendOf,
)
from summarizer.analysis.date_words import (
    AMOUNT,
    DAY,
    DAY_PARTS,
    DECADES,
    END,
    FEASTS,
    MONTH,
    MONTHS,
    NOT_BEFORE_WEEKDAY,
    POSSESSIVES,
    RANGE,
    SEASONS,
    SHORT_UNITS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
    YEAR,
    Found,
    Match,
    S,
    Scan,
    amount_of,
    any_of,
)
from summarizer.analysis.number_words import CARDINALS, ORDINALS, read_words, tokenise_words

_TOKEN = re.compile(r"[^\W\d_]+|\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+")
_EARLY = re.compile(rf"(?<![^\W_])(?:(?:early|late|mid|earlier|later){S})+\Z", re.IGNORECASE)


def find_expressions(text: str, start: int, end: int) -> list[Found]:
    """The temporal expressions of `text[start:end]` in order; they do not overlap. Linear in the range."""
    scan, found, at = Scan(text, start, end), list[Found](), start
    while (token := _TOKEN.search(text, at, end)) is not None:
        match = expression_at(scan, token)
        if match is None:
            at = token.end()
            continue
        floor = max(found[-1].end if found else start, token.start() - 24)
        wider = _EARLY.search(text[floor : token.start()])
        found.append(Found(match[0], floor + wider.start() if wider else token.start(), match[1]))
        at = match[1]
    return found


def expression_at(scan: Scan, token: re.Match[str]) -> Match | None:
    """The expression that begins with `token`, and the offset behind it."""
    if token[0][0].isdecimal():
        is_decimal = (
            scan.text[token.start() - 2 : token.start()][-1:] in {".", ","} and scan.sign(token.start() - 2).isdecimal()
        )
        return None if "," in token[0] or is_decimal else from_digits(scan, token.start())
    parser = _PARSERS.get(token[0].lower())
    return parser(scan, token.start()) if parser else None


_MONTH = re.compile(MONTH)
_DAY_BEHIND = re.compile(rf"(?P<gap>{S}|\. )(?P<first>{DAY})(?:{RANGE}(?P<last>{DAY}))?")
_YEAR_BEHIND = re.compile(rf"(?:{S}(?:of|in){END})?{YEAR}")
_SURE_OF_A_MONTH = frozenset("in since until till last next this early late mid during between".split())


def _month(scan: Scan, at: int) -> Match | None:
    """September, September 12, 2023, Sept. 3-5, in May."""
    match = scan.match(_MONTH, at)
    if match is None:
        return None
    name, end = match["month"].lower(), match.end()
    short = len(name) <= 4 and name not in {"may", "june", "july"}
    day = scan.match(_DAY_BEHIND, end)
    if day and (day["gap"] != ". " or short):
        first, last = (int(one[:2].rstrip("sStTnNrR")) if one else 0 for one in (day["first"], day["last"]))
        if 1 <= first <= 31:
            ranged = first < last <= 31
            stop = day.end() if ranged else day.end("first")
            return day_of_month(scan, MONTHS[name], first, last if ranged else first, stop)
    year = scan.match(_YEAR_BEHIND, end)
    if year:
        return Fixed(cal.month(int(year["year"]), MONTHS[name])), year.end()
    return (MonthOf(MONTHS[name]), end) if _is_bare_month(scan, at, end, name, short) else None


def _is_bare_month(scan: Scan, at: int, end: int, name: str, short: bool) -> bool:
    before = scan.before(at)
    sure = before in _SURE_OF_A_MONTH
    if scan.text[end : end + 2] in {"'s", "’s"}:
        return not short and name not in {"may", "march", "april", "june", "august"}
    if name in {"may", "march"} or short:
        listed = before in {"and", "to", "or"} and scan.before(at - len(before) - 1) in MONTHS
        return sure or listed
    if name in {"april", "june", "august"} and scan.after(end) and scan.sign(end + 1).isupper():
        return sure
    return True


_DATE_BEHIND = re.compile(rf"(?:\., |, |\. |,|{S})(?:the )?")
_WEEKDAY_NAMES = WEEKDAYS | WEEKDAY_ABBREVIATIONS
_PAPERS = frozenset("times telegraph mirror mail express herald mass school".split())


def _weekday(scan: Scan, at: int) -> Match | None:
    """Sunday, Monday evening, Tuesday, 12 September 2023."""
    word = _TOKEN.match(scan.text, at, scan.end)
    if word is None or not word[0][0].isupper() or scan.before(at) in NOT_BEFORE_WEEKDAY:
        return None
    name, end = word[0].lower(), word.end()
    gap = scan.match(_DATE_BEHIND, end)
    if gap:
        dated = _month(scan, gap.end()) or day_then_month(scan, gap.end())
        if dated and isinstance(dated[0], DayOfMonth):
            return replace(dated[0], weekday=_WEEKDAY_NAMES[name]), dated[1]
        if dated and isinstance(dated[0], Fixed) and scan.text[gap.end() : dated[1]].split()[-1:] != []:
            return dated if any(character.isdecimal() for character in scan.text[gap.end() : dated[1]]) else None
    if name in WEEKDAY_ABBREVIATIONS or scan.after(end) in _PAPERS:
        return None
    return WeekdayOf(WEEKDAYS[name]), _past_day_part(scan, end)


def _past_day_part(scan: Scan, at: int) -> int:
    word = scan.after(at)
    return at + 1 + len(word) + (scan.text[at : at + 2] == "  ") if word in DAY_PARTS else at


def _near_day(scan: Scan, at: int) -> Match | None:
    word = _TOKEN.match(scan.text, at, scan.end)
    assert word is not None
    amount = {"yesterday": -1, "tomorrow": 1}.get(word[0].lower(), 0)
    return Shift("day", amount), _past_day_part(scan, word.end())


_PLURAL_UNIT = any_of([unit for unit in UNITS if unit.endswith("s")])
_UNITS_AGO = re.compile(rf"{_PLURAL_UNIT}{S}ago{END}", re.IGNORECASE)
_DAY_BEFORE = re.compile(rf"day{S}(?:before{S}yesterday|(?P<after>after{S}tomorrow)){END}", re.IGNORECASE)
_YEAR_END = re.compile(rf"year{S}end{END}", re.IGNORECASE)
_WEEK_NUMBER = re.compile(rf"week{S}(?P<week>\d{{1,2}})(?:{S}of{END})?{YEAR}", re.IGNORECASE)
_DEADLINES = frozenset({"by", "until", "till", "before", "through"})


def _unit_word(scan: Scan, at: int) -> Match | None:
    """Week 18 of 2024, the day before yesterday, year-end, years ago."""
    week = scan.match(_WEEK_NUMBER, at)
    if week:
        return Fixed(cal.read_iso(f"{week['year']}-W{int(week['week']):02d}")), week.end()
    day = scan.match(_DAY_BEFORE, at)
    if day:
        return Shift("day", 2 if day["after"] else -2), day.end()
    year_end = scan.match(_YEAR_END, at)
    if year_end and scan.before(at) not in {"a", "financial"}:
        inner = Shift("year", 0)
        return (Deadline(inner) if scan.before(at) in _DEADLINES else inner), year_end.end()
    ago = scan.match(_UNITS_AGO, at)
    return (Fixed(), ago.end()) if ago else None


_DETERMINED = re.compile(rf"(?P<which>last|past|next|coming|this){S}(?P<noun>[^\W\d_]+)?", re.IGNORECASE)
_STRETCHES = frozenset({"over", "during", "for", "in", "within", "throughout"})


def _determined(scan: Scan, at: int) -> Match | None:
    """What "last", "next", "this", "past", "coming" and the like make of the word behind them."""
    match = scan.match(_DETERMINED, at)
    if match is None:
        return None
    word, noun = match["which"].lower(), (match["noun"] or "").lower()
    which = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 2}[word]
    behind = match.start("noun") if noun else match.end()
    if word in {"past", "coming"}:
        return _stretch(scan, behind, which)
    named = _named(scan, behind, noun, which)
    if named:
        return named, _past_day_part(scan, match.end())
    if noun in {"morning", "afternoon", "evening", "night"}:
        is_told = which == 2 or (which == -1 and noun in {"night", "evening"})
        return (Shift("day", min(which, 0)), match.end()) if is_told else None
    if noun in UNITS and not noun.endswith("s"):
        return _determined_unit(scan, at, match.end(), noun, word)
    return _stretch(scan, behind, which) if word != "this" else None


def _named(scan: Scan, at: int, noun: str, which: int) -> Expression | None:
    """Last Friday, next September, this summer, last weekend."""
    is_capital = scan.sign(at).isupper()
    if noun in WEEKDAYS and is_capital:
        return WeekdayOf(WEEKDAYS[noun], which)
    if noun in MONTHS and is_capital and not scan.sign(at + len(noun) + 1).isdecimal():
        return MonthOf(MONTHS[noun], which)
    if noun in SEASONS and noun != "fall":
        return SeasonOf(SEASONS[noun], which)
    return WeekendOf(which) if noun == "weekend" else None


def _determined_unit(scan: Scan, at: int, end: int, noun: str, word: str) -> Match | None:
    unit, worth = UNITS[noun]
    sign = {"last": -1, "next": 1, "this": 0}[word]
    if noun == "day":
        return (Shift("day", 1, from_mention=True), end) if word == "next" else None
    if noun in {"decade", "century", "quarter", "fortnight"}:
        return Fixed(), end
    if sign and scan.before(at) == "the":
        if scan.before(at - 4) in _STRETCHES:
            return Stretch(unit, sign * worth), end
        if word == "next":
            return Shift(unit, worth, from_mention=True), end
    return Shift(unit, sign * worth), end


_STRETCH = re.compile(rf"(?:{AMOUNT}{S})?(?P<unit>{any_of([*UNITS, *SHORT_UNITS])})", re.IGNORECASE)


def _stretch(scan: Scan, at: int, sign: int) -> Match | None:
    """30 days, few months, year: after "the past", "the last", "the next"."""
    match = scan.match(_STRETCH, at)
    if match is None:
        return None
    word = match["unit"].lower()
    amount = amount_of(match["amount"]) if match["amount"] else None
    if amount is not None and amount < 0:
        return None
    if word in SHORT_UNITS:
        days = amount // 24 if amount and word.startswith("h") else 0
        return (Stretch("day", sign * days) if days else Fixed(), match.end()) if match["amount"] else None
    unit, worth = UNITS[word]
    if not match["amount"]:
        return (Fixed() if word.endswith("s") else Stretch(unit, sign * worth)), match.end()
    return (Fixed() if amount is None else Stretch(unit, sign * amount * worth)), match.end()


_ANAPHORIC = re.compile(
    rf"(?P<word>same|that|following|previous|preceding){S}(?P<unit>day|week|month|year){END}", re.IGNORECASE
)


def _anaphoric(scan: Scan, at: int) -> Match | None:
    """The same year, that day, the following month, the previous week."""
    match = scan.match(_ANAPHORIC, at)
    if match is None:
        return None
    amount = {"previous": -1, "preceding": -1, "following": 1}.get(match["word"].lower(), 0)
    return Shift(UNITS[match["unit"].lower()][0], amount, from_mention=True), match.end()


def _weekend(scan: Scan, at: int) -> Match | None:
    return (WeekendOf(0), at + len("weekend")) if scan.before(at) == "the" else None


_SEASON = re.compile(
    rf"(?P<season>{any_of(SEASONS)})(?:{S}of{END})?[ \u00a0](?P<year>[12]\d{{3}})(?:[-–/]\d\d{END}|{END})",
    re.IGNORECASE,
)


def _season(scan: Scan, at: int) -> Match | None:
    """Summer 2012, the summer of 2012, the winter of 2013-14."""
    match = scan.match(_SEASON, at)
    if match is None:
        return None
    return Fixed(cal.months(int(match["year"]), SEASONS[match["season"].lower()], 3)), match.end()


_WORDS = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)?")


def _ordinal(scan: Scan, at: int) -> Match | None:
    """The nineteenth century, the twenty-first century, the third quarter."""
    match = scan.match(_WORDS, at)
    if match is None:
        return None
    tokens = tokenise_words(match[0].lower())
    read = read_words(tokens, 0)
    return ordinal_noun(scan, int(read.value), at + tokens[read.end - 1].end) if read and read.is_ordinal else None


_ABBREVIATED = re.compile(rf"(?P<size>[QH])(?P<number>\d){END}(?P<of>{S}of{END})?")


def _abbreviated_part(scan: Scan, at: int) -> Match | None:
    """Q3 2023, H1 2024, Q3 FY24."""
    match = scan.match(_ABBREVIATED, at)
    return part_of_year(scan, int(match["number"]), 3 if match["size"] == "Q" else 6, match) if match else None


_END_OF = re.compile(
    rf"(?P<word>end|start|beginning|middle){S}of{S}(?:the{S})?(?P<unit>week|month|year){END}", re.IGNORECASE
)
_OF = re.compile(rf"end{S}of{S}(?:the{S})?", re.IGNORECASE)


def _end_of(scan: Scan, at: int) -> Match | None:
    """The end of the year; by the end of August."""
    before = scan.before(at)
    is_deadline = (
        scan.text[at : at + 3].lower() == "end" and (scan.before(at - 4) if before == "the" else before) in _DEADLINES
    )
    match = scan.match(_END_OF, at)
    if match:
        inner: Expression = Shift(UNITS[match["unit"].lower()][0], 0)
        return (Deadline(inner) if is_deadline else inner), match.end()
    of = scan.match(_OF, at) if is_deadline else None
    token = _TOKEN.match(scan.text, of.end(), scan.end) if of else None
    found = expression_at(scan, token) if token else None
    return (Deadline(found[0]), found[1]) if found else None


def _decade_word(scan: Scan, at: int) -> Match | None:
    word = _TOKEN.match(scan.text, at, scan.end)
    assert word is not None
    before = scan.before(at)
    if before in POSSESSIVES or before not in {"the", "early", "late", "mid"}:
        return None
    first = 1900 + DECADES[word[0].lower()]
    return Fixed(cal.years(first, first + 9)), word.end()


_FEAST_NAMES = [
    (re.compile(r"[\W]{1,2}".join(f"(?i:{name})" for name in names) + END), day) for names, day in FEASTS.items()
]


def _feast(scan: Scan, at: int) -> Match | None:
    for pattern, (month, day) in _FEAST_NAMES:
        match = scan.match(pattern, at)
        if match and match[0][0].isupper():
            return day_of_month(scan, month, day, day, match.end())
    return None


_HOURS = {"noon": 12, "midday": 12, "midnight": 0}


def _named_hour(scan: Scan, at: int) -> Match | None:
    word = _TOKEN.match(scan.text, at, scan.end)
    assert word is not None
    known = scan.before(at) in {"at", "by", "until", "before", "after", "around", "since", "from"}
    return (Clock(_HOURS[word[0].lower()], 0), word.end()) if known else None


def _fiscal(scan: Scan, at: int) -> Match | None:
    end = fiscal_year(scan, at)
    return (Fixed(), end) if end else None


_Parser = Callable[[Scan, int], Match | None]


def _parsers() -> dict[str, _Parser]:
    tables: list[tuple[Sequence[str], _Parser]] = [
        ([*CARDINALS, "a", "an", "several", "few", "many", "some"], counted),
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
        (list(_HOURS), _named_hour),
        (["fiscal", "financial", "fy"], _fiscal),
    ]
    return {word: parser for words, parser in tables for word in words}


_PARSERS = _parsers()
