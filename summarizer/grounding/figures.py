"""The figures of a text: numbers with units and rates, pairs, times of day, grades, numerals and codes, by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from summarizer.analysis.number_words import NUMBER_WORDS
from summarizer.analysis.numbers import Number, find_numbers
from summarizer.analysis.quantities import FoundQuantity, quantities_in
from summarizer.analysis.units import Unit, unit_behind
from summarizer.analysis.words import plain, stem, words

Hedge = Literal["", "near", "nearly", "over", "under", "least", "most"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is told.

    Args:
        text: as written.
        value: its value; 1.2 million is 1200000.
        unit: UCUM or ISO 4217 code, "%", a symbol as written, or None for a bare number.
        measure: the unit, where two of its kind convert.
        rates: what stands behind "per": kg and d in "5 mg/kg a day".
        hedge: the word before it that makes it round: about, nearly, over, under, at least, up to.
        counted: stem of the word behind a bare number.
        whole: whether it is the five of "one in five" or "two of the five".
        weak: whether it is written as a small word that is often no figure: one, first, three.
        points: "ago" where it is told how long ago something was, "for" where how long it lasted, else "".
        kind: cardinal, ordinal, fraction, decade or code.
        start: where it begins in the normalised text.

    """

    text: str
    value: Decimal
    unit: str | None
    measure: Unit | None
    rates: frozenset[str]
    hedge: Hedge
    counted: str
    whole: bool
    weak: bool
    points: str
    kind: str
    start: int


@dataclass(frozen=True)
class Figures:
    """All figures of a text. `pairs` keep their order; a time of day is minutes of half a day, and which half.

    `units` are the units named without a number ("a decade", "the first year"); `named` are the rate keys of all its words, `each` of those behind "each", "every", "per", "a" and "one".
    """

    numbers: tuple[Figure, ...] = ()
    pairs: frozenset[tuple[Decimal, Decimal]] = frozenset()
    clocks: dict[str, tuple[int, str]] = field(default_factory=dict)
    grades: frozenset[str] = frozenset()
    romans: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    units: tuple[Unit, ...] = ()
    named: frozenset[str] = frozenset()
    each: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def figures_of(text: str) -> Figures:
    """The figures of `text`. Linear in its length; the last 4,096 texts are kept."""
    text = _with_digits(plain(text))
    codes = {match[0].rstrip(".,;:"): match.span() for match in _CODE.finditer(text) if _is_code(match[0])}
    clocks = list(_clocks(text))
    taken = [*codes.values(), *(span for _, span, _ in clocks)]
    found = [n for n in find_numbers(text) if not any(n.start < end and start < n.end for start, end in taken)]
    pairs = [(one, other) for one, other in pairwise(found) if _PAIRS.fullmatch(text[one.end : other.start])]
    wholes = {b.start for a, b in pairs if _PART.fullmatch(text[a.end : b.start]) and a.value < b.value}
    return Figures(
        tuple(_figures(text, found, wholes)),
        frozenset((a.value, b.value) for a, b in pairs),
        {text[slice(*span)]: clock for _, span, clock in clocks},
        frozenset(match[0] for match in _GRADE.finditer(text)),
        {match[0]: _roman(match["roman"]) for match in _ROMAN.finditer(text)},
        {_code_key(code): code for code in codes},
        tuple(unit for match in _BARE_UNIT.finditer(text) if (unit := _unit_named(match[1]))),
        frozenset(rate_key(word.folded) for word in words(text)),
        frozenset(rate_key(match[1] or match[2]) for match in _EACH.finditer(text)),
    )


_EACH = re.compile(r"\b(?:each|every|per|an?|one)\s([^\W\d_]+)|/([^\W\d_]+)", re.IGNORECASE)


# "More than a decade" is ten years, "the year to May" twelve months.
_BARE_UNIT = re.compile(
    r"\b(?:an?|one|the|first|last|next|past|this|every|each|per)\s(hour|day|week|month|year|decade|century)\b",
    re.IGNORECASE,
)


def _unit_named(word: str) -> Unit | None:
    found = unit_behind(f" {word.lower()}", 0)
    return found[0] if found else None


_MONTHS = {name: f"{n:02}" for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}|{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?)(?!\w)(?:,?\s(\d{{4}})\b)?",
    re.IGNORECASE,
)


def _in_iso(text: str) -> str:
    """Days of the year as in ISO 8601: "August 30, 1963" and "30 August 1963" are 1963-08-30."""

    def iso(match: re.Match[str]) -> str:
        month, day = _MONTHS[(match[2] or match[3])[:3].lower()], (match[1] or match[4]).zfill(2)
        return f"{match[5] + '-' if match[5] else '--'}{month}-{day}"

    return _DAY.sub(iso, text)


_PER_CENT = re.compile(r"(?<=\d)\s?(?:per ?cent|percent|pct)\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def in_digits(text: str) -> str:
    """`text` with its counts as digits and "%": for comparing what may be written in several ways."""
    text = _in_iso(_with_digits(plain(text)))
    for number in reversed([n for n in find_numbers(text) if n.kind == "cardinal"]):
        text = f"{text[: number.start]}{number.value.normalize():f}{text[number.end :]}"
    return _PER_CENT.sub("%", text)


def _code_key(code: str) -> str:
    return code.casefold().replace("-", "")


# "One point two million", "nought point five".
_POINT = re.compile(
    r"\b(?:([a-z]+)[ -])?point((?:[ -](?:nought|zero|oh|one|two|three|four|five|six|seven|eight|nine))+)\b",
    re.IGNORECASE,
)
_DIGITS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine".split())} | {
    "nought": "0", "oh": "0", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
# "€3,5 Mio" is told with a decimal comma, as its scale is German.
_CONTINENTAL = re.compile(r"(\d+),(\d{1,2})(?=\s(?:Mio|Mrd|Millionen|Milliarden)\b)")
_SCALE = {"Mio": "million", "Mrd": "billion", "Millionen": "million", "Milliarden": "billion"}
_SCALES = re.compile(rf"(?<=\d )(?:{'|'.join(_SCALE)})\b\.?")


def _with_digits(text: str) -> str:
    def digits(match: re.Match[str]) -> str:
        whole = _DIGITS.get((match[1] or "zero").lower())
        behind = "".join(_DIGITS[word.lower()] for word in re.split(r"[ -]", match[2].strip(" -")))
        return f"{whole}.{behind}" if whole else match[0]

    text = _CONTINENTAL.sub(r"\1.\2", _POINT.sub(digits, text))
    return _SCALES.sub(lambda match: _SCALE[match[0].rstrip(".")], text)


_CODE = re.compile(
    r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>\"]+|www\.[^\s<>\"]+"
    r"|(?<![\w$€£-])[A-Za-z]{1,6}-?\d+[A-Za-z\d]*(?:-\d+)*(?!\w)|(?<![\w-])[a-z]{1,2}[A-Z]{2,}[a-z]?(?!\w)"
)
_NO_CODE = re.compile(r"(?:[a-z]+-|USD|EUR|GBP|US|Rs|No|[Qq])\d", re.IGNORECASE)


def _is_code(text: str) -> bool:
    """CO2, B-52, H5N1, mRNA; not mid-1990s, USD5, Q3."""
    return "@" in text or ":" in text or (not _NO_CODE.match(text) or (text[0].isupper() and "-" in text))


_HOUR_WORDS = "|".join(word for word in NUMBER_WORDS if word in _DIGITS)
_CLOCK = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<hour>\d{{1,2}}|(?i:{_HOUR_WORDS}))(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?o'clock|\s(?:o'clock\s)?in\sthe\s(?P<part>morning|afternoon|evening))"
    r"|(?P<hours>[01]?\d|2[0-4])[:](?P<minutes>[0-5]\d)(?![\d:])|(?P<name>(?i:noon|midday|midnight)))"
)
_HALVES = {"a": "am", "p": "pm", "morning": "am", "afternoon": "pm", "evening": "pm"}


def _clocks(text: str) -> Iterator[tuple[str, tuple[int, int], tuple[int, str]]]:
    """Times of day: minutes since noon or midnight, and "am", "pm" or "" where the text does not tell."""
    for match in _CLOCK.finditer(text):
        if match["name"]:
            yield match[0], match.span(), (0, "am" if match["name"].lower() == "midnight" else "pm")
            continue
        told = (match["hour"] or match["hours"]).lower()
        hour, minute = int(_DIGITS.get(told, told)), int(match["minute"] or match["minutes"] or 0)
        half = _HALVES.get((match["half"] or match["part"] or "").lower(), "")
        if not half and match["hours"]:
            half = "pm" if hour > 12 else "am" if told.startswith("0") or hour in {0, 24} else ""
        yield match[0], match.span(), (hour % 12 * 60 + minute, half)


_PAIRS = re.compile(
    r"\s?[-/:]\s?|\sto\s|\s(?:[a-z]+\s)?(?:in|(?:out\s)?of)(?:\s(?:the|its|their|his|her|those|these))?\s"
)
_PART = re.compile(r"\s(?:[a-z]+\s)?(?:in|(?:out\s)?of)(?:\s\w+)?\s")
_GRADE = re.compile(
    r"(?<![\w+-])(?:([A-D])\1{0,2}[+-](?![\w+-])|(?:AAA|AA|BBB|BB|CCC|CC)(?![\w+-])|[ABC]aa?[1-3](?!\w))"
)
_ROMAN = re.compile(
    r"\b(?:[A-Z][\w'-]+|(?:phase|stage|type|part|chapter|war|class|act|title|tier|volume|grade|level|article|schedule)s?)"
    r"\s(?P<roman>(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w'.-]\w|\w)"
)
_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _roman(text: str) -> int:
    values = [_ROMANS[letter] for letter in text]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _figures(text: str, numbers: list[Number], wholes: set[int]) -> Iterator[Figure]:
    quantities = sorted(quantities_in(text), key=lambda quantity: quantity.start)
    for number in numbers:
        quantity = next((q for q in quantities if q.start <= number.start < q.end), None)
        unit, end = _unit(text, number, quantity)
        told = text[number.start : number.end]
        is_fraction = number.kind == "fraction"
        is_weak = (unit is None or is_fraction) and told.replace(" ", "").isalpha() and abs(number.value) <= 10
        counted = _next_word(text, number.end) if unit is None else ""
        measure = quantity.measure if quantity and unit == quantity.unit else None
        rates = _rates(text, end) or frozenset(_slashed(quantity))
        value = quantity.value if measure and quantity and measure.times != 1 else number.value
        yield Figure(
            told, value, unit, measure, rates, _hedge(text, number.start), counted,
            number.start in wholes, is_weak, _points(text, number.start, end), number.kind, number.start,
        )  # fmt: skip


# A prefix with its symbol: "Mg" and "mW" are none of the table's, and are not mg and MW.
_SYMBOL = re.compile(r"[ -]?([YZEPTGMkhdcmµun](?:g|m|L|l|Wh?|Hz|B|b|Pa|eV|V|J|A))(?![A-Za-z])")


def _unit(text: str, number: Number, quantity: FoundQuantity | None) -> tuple[str | None, int]:
    """The unit of a number, and where its words end."""
    if quantity and quantity.unit:
        unit, _, rate = quantity.unit.partition("/")
        end = max(quantity.end, number.end)
        return (quantity.unit if rate in _SPEEDS or not rate else unit), end
    if number.percent:
        return "%", number.end
    symbol = _SYMBOL.match(text, number.end)
    if symbol and number.kind != "code":
        return symbol[1], symbol.end()
    return None, quantity.end if quantity else number.end


_SPEEDS = frozenset({"h", "s", "min"})
_RATE = re.compile(
    r"(?:\s?(?:/|per\s)\s?|\s(?:each|every)\s|\san?\s(?=(?:second|minute|hour|day|night|week|month|quarter|year|person"
    r"|head|share|barrel|tonne|ton|litre|liter|gallon|kilo|kilogram|piece|ticket|square)\b))(?!cent\b)([A-Za-z]+)",
    re.IGNORECASE,
)
_SPREAD = {
    "hourly": "h", "daily": "d", "weekly": "wk", "monthly": "mo", "yearly": "a", "annual": "a", "annually": "a",
    "nightly": "night", "quarterly": "quarter",
}  # fmt: skip


def _slashed(quantity: FoundQuantity | None) -> list[str]:
    """The rate that is a part of the unit found: km/a."""
    rate = (quantity.unit or "").partition("/")[2] if quantity else ""
    return [rate] if rate and rate not in _SPEEDS else []


def _rates(text: str, at: int) -> frozenset[str]:
    found = set()
    while match := _RATE.match(text, at):
        found.add(rate_key(match[1]))
        at = match.end()
    return frozenset(found)


@lru_cache(maxsize=4096)
def rate_key(word: str) -> str:
    """One key for the names of a unit; the stem of any other word: hour, hours, hourly and h are "h"."""
    word = _SPREAD.get(word.lower(), word)
    unit = unit_behind(f" {word}", 0)
    return unit[0].code or stem(word.lower()) if unit and unit[1] == len(word) + 1 else stem(word.lower())


_HEDGES: dict[Hedge, str] = {
    "near": "about around approximately roughly some circa close_to an_estimated estimated",
    "nearly": "nearly almost just_under just_short_of not_quite just_below",
    "over": "over more_than above exceeding in_excess_of upwards_of just_over well_over greater_than",
    "under": "under less_than fewer_than below well_under lower_than",
    "least": "at_least no_fewer_than no_less_than not_less_than a_minimum_of",
    "most": "at_most up_to no_more_than not_more_than a_maximum_of",
}
_WORD_OF_HEDGE = {words.replace("_", " "): kind for kind, all_words in _HEDGES.items() for words in all_words.split()}
_BEFORE = re.compile(
    rf"\b({'|'.join(sorted(_WORD_OF_HEDGE, key=len, reverse=True))})\s(?:an?\s|the\s)?[^\w\s]?$", re.IGNORECASE
)


def _hedge(text: str, start: int) -> Hedge:
    match = _BEFORE.search(text[max(0, start - 24) : start])
    return _WORD_OF_HEDGE[match[1].lower()] if match else ""


def _points(text: str, start: int, end: int) -> str:
    if re.compile(r"\sago\b").match(text, end):
        return "ago"
    return "for" if text[max(0, start - 4) : start].lower() == "for " else ""


def _next_word(text: str, at: int) -> str:
    match = re.compile(r"[\s-]([^\W\d_]+)").match(text, at)
    return stem(match[1].lower()) if match else ""


def joined(parts: list[Figures]) -> Figures:
    """The figures of several texts as those of one."""
    if len(parts) == 1:
        return parts[0]
    together = Figures()
    for part in parts:
        together = replace(
            together,
            numbers=together.numbers + part.numbers,
            pairs=together.pairs | part.pairs,
            clocks=together.clocks | part.clocks,
            grades=together.grades | part.grades,
            romans=together.romans | part.romans,
            codes=together.codes | part.codes,
            units=together.units + part.units,
            named=together.named | part.named,
            each=together.each | part.each,
        )
    return together
