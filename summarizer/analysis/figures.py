"""The figures of a text: numbers with units and rates, pairs, times of day and codes, by value; linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from summarizer.analysis.words import plain, stem, words
from summarizer.values.number_words import CARDINALS
from summarizer.values.numbers import Number, find_numbers
from summarizer.values.quantities import FoundQuantity, quantities_in
from summarizer.values.units import Unit, unit_behind

_HALVED = {"minute": "30 seconds", "hour": "30 minutes", "day": "12 hours", "year": "6 months", "century": "50 years"}
_HALF = re.compile(rf"\bhalf an?\s({'|'.join(_HALVED)})\b", re.IGNORECASE)

_CODE = re.compile(
    r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|https?://[^\s<>\"]+|www\.[^\s<>\"]+"
    r"|(?<![\w$€£-])[A-Za-z]{1,6}-?\d+[A-Za-z\d]*(?:-\d+)*(?!\w)|(?<![\w-])[a-z]{1,2}[A-Z]{2,}[a-z]?(?!\w)"
    r"|\b[a-z]+(?:\.[a-z]+){2,}\b"  # will.i.am
)
_NO_CODE = re.compile(r"(?:[a-z]+-|(?i:USD|EUR|GBP|US|Rs|No|Q))\d")

_HOURS = {word: n for word, n in CARDINALS.items() if 1 <= n <= 12}
_CLOCK = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<hour>\d{{1,2}}|(?i:{'|'.join(_HOURS)}))(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s?(?P<half>[ap])(?:\.\s?m\.|\s?m\b)|\s?o'clock|\s(?:o'clock\s)?in\sthe\s(?P<part>morning|afternoon|evening))"
    r"|(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?![\d:])|(?P<name>(?i:noon|midday|midnight)))"
)
_HALVES = {"a": "am", "p": "pm", "morning": "am", "afternoon": "pm", "evening": "pm"}

# "3-1", "120/80", "from 5 to 7", "one in five", "two of the five", "one cow in ten".
_OF = r"\s(?:[a-z]+\s)?(?:in|(?:out\s)?of)(?:\s(?:the|its|their|his|her|those|these))?\s"
_PAIR = re.compile(rf"\s?[-/:]\s?|\sto\s|{_OF}")
_GRADE = re.compile(
    r"(?<![\w+-])(?:([A-D])\1{0,2}[+-](?![\w+-])|(?:AAA|AA|BBB|BB|CCC|CC)(?![\w+-])|[ABC]aa?[1-3](?!\w))"
)
_ROMAN = re.compile(
    r"\b(?:[A-Z][\w'-]+|(?:phase|stage|type|part|chapter|war|class|act|title|tier|volume|grade|level|article)s?)"
    r"\s(?P<roman>(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w'.-]\w|\w)"
)

# A prefix with its symbol: "Mg" and "mW" are no mg and MW.
_SYMBOL = re.compile(r"[ -]?([YZEPTGMkhdcmµun](?:g|m|L|l|Wh?|Hz|B|b|Pa|eV|V|J|A))(?![A-Za-z])")
_RATE = re.compile(
    r"(?:\s?(?:/|per\s)\s?|\s(?:each|every)\s|\san?\s(?=(?:second|minute|hour|day|night|week|month|quarter|year|person"
    r"|head|share|barrel|tonne|ton|litre|liter|gallon|kilo|kilogram|piece|ticket|square)\b))(?!cent\b)([A-Za-z]+)",
    re.IGNORECASE,
)
_EACH = re.compile(r"\b(?:each|every|per|an?|one)\s([^\W\d_]+)|/([^\W\d_]+)", re.IGNORECASE)
_SPREAD = {
    "hourly": "h", "daily": "d", "weekly": "wk", "monthly": "mo", "yearly": "a", "annual": "a", "annually": "a",
    "nightly": "night", "quarterly": "quarter",
}  # fmt: skip
# "More than a decade" is ten years, "the year to May" twelve months.
_BARE_UNIT = re.compile(
    r"\b(?:an?|one|the|first|last|next|past|this|every|each|per)\s(hour|day|week|month|year|decade|century)\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"(?:\s\w+)?\sago\b")
_FOR = re.compile(r"\bfor\s$", re.IGNORECASE)
_COUNTED = re.compile(r"[\s-]([^\W\d_]+)")

_KINDS_OF_HEDGES = {
    "near": "about around approximately roughly some circa close_to estimated",
    "nearly": "nearly almost just_under just_short_of not_quite just_below",
    "over": "over more_than above exceeding in_excess_of upwards_of just_over well_over greater_than",
    "under": "under less_than fewer_than below well_under lower_than",
    "least": "at_least no_fewer_than no_less_than not_less_than a_minimum_of",
    "most": "at_most up_to no_more_than not_more_than a_maximum_of",
}
_HEDGES = {phrase.replace("_", " "): kind for kind, phrases in _KINDS_OF_HEDGES.items() for phrase in phrases.split()}
HEDGED = re.compile(rf"\b({'|'.join(sorted(_HEDGES, key=len, reverse=True))})\s(?:an?\s|the\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is told."""

    text: str  # as written
    kind: str  # cardinal, ordinal, fraction, decade or code
    value: Decimal  # 1.2 million is 1200000
    unit: str | None  # UCUM or ISO 4217 code, "%", a symbol as written; None for a bare number
    measure: Unit | None  # the unit, where two of its kind convert
    rates: frozenset[str]  # what stands behind "per": kg and d in "5 mg/kg a day"
    hedge: str  # what it is rounded with: near, nearly, over, under, least, most, or ""
    points: str  # "ago" where it says how long ago something was, "for" where how long it lasted, else ""
    counted: str  # stem of the word behind a bare number
    is_weak: bool  # written as a small word that often is no figure: one, first, three, half
    hedged: tuple[int, int]  # where it stands in the normalised text, with its hedge, currency and unit
    span: tuple[int, int]  # the same without the hedge


@dataclass(frozen=True)
class Figures:
    """All figures of a text, with the text as it was normalised.

    `pairs` keep their order, and how they are written; a time of day is minutes of half a day, and which half; `codes`
    hold grades and Roman numerals too, by what may be compared. `units` are named without a number ("a decade", "the
    first year"), `named` the rate keys of all words, `each` of those behind "each", "per" and "a".
    """

    text: str
    numbers: tuple[Figure, ...]
    pairs: dict[tuple[Decimal, Decimal], str]
    clocks: dict[str, tuple[int, str]]
    codes: dict[str, str]
    units: tuple[Unit, ...]
    named: frozenset[str]
    each: frozenset[str]

    @cached_property
    def by_value(self) -> dict[Decimal, list[Figure]]:
        """Its numbers by their value, each list in order."""
        table: dict[Decimal, list[Figure]] = {}
        for number in self.numbers:
            table.setdefault(number.value, []).append(number)
        return table


@lru_cache(maxsize=4096)
def figures_of(text: str) -> Figures:
    """The figures of `text`. Linear in its length; those of the last 4,096 texts are kept."""
    text = normalised(text)
    codes = [match for match in _CODE.finditer(text) if "@" in match[0] or not _NO_CODE.match(match[0])]
    clocks = list(_clocks(text))
    taken = {at for span in (*(match.span() for match in codes), *(span for span, _ in clocks)) for at in range(*span)}
    found = [number for number in find_numbers(text) if number.start not in taken]
    pairs = [(one, other) for one, other in pairwise(found) if _PAIR.fullmatch(text[one.end : other.start])]
    return Figures(
        text=text,
        numbers=tuple(_figures(text, found)),
        pairs={(a.value, b.value): text[a.start : b.end] for a, b in pairs},
        clocks={text[slice(*span)]: clock for span, clock in clocks},
        codes={match[0].rstrip(".,;:").casefold().replace("-", ""): match[0].rstrip(".,;:") for match in codes}
        | {match[0]: match[0] for match in _GRADE.finditer(text)}
        | {numeral(_roman(match["roman"])): match[0] for match in _ROMAN.finditer(text)},
        units=tuple(unit[0] for match in _BARE_UNIT.finditer(text) if (unit := _unit_named(match[1]))),
        named=frozenset(rate_key(word.folded) for word in words(text)),
        each=frozenset(rate_key(match[1] or match[2]) for match in _EACH.finditer(text)),
    )


def normalised(text: str) -> str:
    """Plain text with halves of an hour or a year as whole minutes or months."""
    return _HALF.sub(lambda match: _HALVED[match[1].lower()], plain(text))


def _clocks(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, str]]]:
    """Times of day: minutes since noon or midnight, and "am", "pm" or "" where the text does not tell."""
    for match in _CLOCK.finditer(text):
        if match["name"]:
            yield match.span(), (0, "am" if match["name"].lower() == "midnight" else "pm")
            continue
        told = (match["hour"] or match["hours"]).lower()
        hour, minute = int(_HOURS.get(told, told)), int(match["minute"] or match["minutes"] or 0)
        half = _HALVES.get((match["half"] or match["part"] or "").lower(), "")
        if not half and match["hours"]:
            half = "pm" if hour > 12 else "am" if told[0] == "0" or hour == 24 else ""
        yield match.span(), (hour % 12 * 60 + minute, half)


def numeral(value: Decimal | int) -> str:
    """The key of a Roman numeral."""
    return f"#{Decimal(value).normalize():f}"


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in text]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _figures(text: str, numbers: list[Number]) -> Iterator[Figure]:
    quantities = iter(sorted(quantities_in(text), key=lambda quantity: quantity.start))
    quantity = next(quantities, None)
    for number in numbers:
        while quantity and quantity.end <= number.start:
            quantity = next(quantities, None)
        # "Two third-quarter deliveries": the ordinal is no part of the count before it.
        is_its = quantity and quantity.start <= number.start and number.kind != "ordinal"
        yield _figure(text, number, quantity if is_its else None)


def _figure(text: str, number: Number, quantity: FoundQuantity | None) -> Figure:
    unit, rate, end = _unit(text, number, quantity)
    told = text[number.start : number.end]
    measure = quantity.measure if quantity and unit == quantity.unit else None
    start = min(number.start, quantity.start) if quantity else number.start
    hedged = HEDGED.search(text[max(0, start - 24) : start])
    is_small = told.replace(" ", "").isalpha() and abs(number.value) <= 10
    return Figure(
        text=told,
        kind=number.kind,
        value=quantity.value if quantity and measure and measure.times != 1 else number.value,
        unit=unit,
        measure=measure,
        rates=_rates(text, end) | ({rate} if rate else set()),
        hedge=_HEDGES[hedged[1].lower()] if hedged else "",
        points="ago" if _AGO.match(text, end) else "for" if _FOR.search(text[: number.start][-5:]) else "",
        counted=stem(match[1].lower()) if unit is None and (match := _COUNTED.match(text, number.end)) else "",
        is_weak=is_small and (unit is None or number.kind == "fraction"),
        hedged=(start - len(hedged[0]) if hedged else start, end if unit else number.end),
        span=(start, end if unit else number.end),
    )


def _unit(text: str, number: Number, quantity: FoundQuantity | None) -> tuple[str | None, str, int]:
    """The unit of a number, the rate that is a part of it (km/a), and where its words end."""
    if quantity and quantity.unit:
        unit, _, rate = quantity.unit.partition("/")
        end = max(quantity.end, number.end)
        if unit == "[lb_av]" and rate:  # "40 pounds an hour" is no weight
            return "GBP", rate, end
        return (quantity.unit, "", end) if rate in {"h", "s", "min"} else (unit, rate, end)
    if number.percent:
        return "%", "", number.end
    if number.kind != "code" and (symbol := _SYMBOL.match(text, number.end)):
        return symbol[1], "", symbol.end()
    return None, "", quantity.end if quantity else number.end


def _rates(text: str, at: int) -> frozenset[str]:
    found = set()
    while match := _RATE.match(text, at):
        found.add(rate_key(match[1]))
        at = match.end()
    return frozenset(found)


@lru_cache(maxsize=4096)
def rate_key(word: str) -> str:
    """One key for the names of a unit, the stem of any other word: hour, hours, hourly and h are "h"."""
    word = _SPREAD.get(word.lower(), word)
    unit = _unit_named(word)
    return unit[0].code or stem(word.lower()) if unit and unit[1] == len(word) + 1 else stem(word.lower())


def _unit_named(word: str) -> tuple[Unit, int] | None:
    return unit_behind(f" {word}", 0)
