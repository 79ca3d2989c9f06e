"""The figures of a text: numbers with units and rates, pairs, times of day and codes, by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from summarizer.analysis.words import plain, stem, words
from summarizer.grounding import figure_forms as forms
from summarizer.values.numbers import Number, find_numbers
from summarizer.values.quantities import FoundQuantity, quantities_in
from summarizer.values.units import Unit, unit_behind


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
    text = _with_digits(plain(text))
    codes = [match for match in forms.CODE.finditer(text) if "@" in match[0] or not forms.NO_CODE.match(match[0])]
    clocks = list(_clocks(text))
    taken = {at for span in (*(match.span() for match in codes), *(span for span, _ in clocks)) for at in range(*span)}
    found = [number for number in find_numbers(text) if number.start not in taken]
    pairs = [(one, other) for one, other in pairwise(found) if forms.PAIR.fullmatch(text[one.end : other.start])]
    return Figures(
        text=text,
        numbers=tuple(_figures(text, found)),
        pairs={(a.value, b.value): text[a.start : b.end] for a, b in pairs},
        clocks={text[slice(*span)]: clock for span, clock in clocks},
        codes={match[0].rstrip(".,;:").casefold().replace("-", ""): match[0].rstrip(".,;:") for match in codes}
        | {match[0]: match[0] for match in forms.GRADE.finditer(text)}
        | {numeral(_roman(match["roman"])): match[0] for match in forms.ROMAN.finditer(text)},
        units=tuple(unit[0] for match in forms.BARE_UNIT.finditer(text) if (unit := _unit_named(match[1]))),
        named=frozenset(rate_key(word.folded) for word in words(text)),
        each=frozenset(rate_key(match[1] or match[2]) for match in forms.EACH.finditer(text)),
    )


@lru_cache(maxsize=8192)
def in_digits(text: str) -> str:
    """`text` with counts in digits, days in ISO 8601 and "%": for comparing what may be written in several ways."""

    def iso(match: re.Match[str]) -> str:
        month, day = forms.MONTHS[(match[2] or match[3])[:3].lower()], (match[1] or match[4]).zfill(2)
        return f"{match[5] + '-' if match[5] else '--'}{month}-{day}"

    text = forms.DAY.sub(iso, _with_digits(plain(text)))
    pieces, at = [], 0
    for number in find_numbers(text):
        if number.kind == "cardinal":
            pieces += [text[at : number.start], f"{number.value.normalize():f}"]
            at = number.end
    return forms.PER_CENT.sub("%", "".join((*pieces, text[at:])))


def _with_digits(text: str) -> str:
    """Decimals in words as digits with a point, halves of an hour or a year as whole minutes or months."""

    def digits(match: re.Match[str]) -> str:
        whole = forms.DIGITS.get((match[1] or "zero").lower())
        behind = "".join(forms.DIGITS[word.lower()] for word in re.split(r"[ -]", match[2].strip(" -")))
        return f"{whole}.{behind}" if whole else match[0]

    text = forms.HALF.sub(lambda match: forms.HALVED[match[1].lower()], text)
    return forms.POINT.sub(digits, text)


def _clocks(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, str]]]:
    """Times of day: minutes since noon or midnight, and "am", "pm" or "" where the text does not tell."""
    for match in forms.CLOCK.finditer(text):
        if match["name"]:
            yield match.span(), (0, "am" if match["name"].lower() == "midnight" else "pm")
            continue
        told = (match["hour"] or match["hours"]).lower()
        hour, minute = int(forms.DIGITS.get(told, told)), int(match["minute"] or match["minutes"] or 0)
        half = forms.HALVES.get((match["half"] or match["part"] or "").lower(), "")
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
    hedged = forms.HEDGED.search(text[max(0, start - 24) : start])
    is_small = told.replace(" ", "").isalpha() and abs(number.value) <= 10
    return Figure(
        text=told,
        kind=number.kind,
        value=quantity.value if quantity and measure and measure.times != 1 else number.value,
        unit=unit,
        measure=measure,
        rates=_rates(text, end) | ({rate} if rate else set()),
        hedge=forms.HEDGES[hedged[1].lower()] if hedged else "",
        points="ago" if forms.AGO.match(text, end) else "for" if forms.FOR.search(text[: number.start][-5:]) else "",
        counted=stem(match[1].lower()) if unit is None and (match := forms.COUNTED.match(text, number.end)) else "",
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
    if number.kind != "code" and (symbol := forms.SYMBOL.match(text, number.end)):
        return symbol[1], "", symbol.end()
    return None, "", quantity.end if quantity else number.end


def _rates(text: str, at: int) -> frozenset[str]:
    found = set()
    while match := forms.RATE.match(text, at):
        found.add(rate_key(match[1]))
        at = match.end()
    return frozenset(found)


@lru_cache(maxsize=4096)
def rate_key(word: str) -> str:
    """One key for the names of a unit, the stem of any other word: hour, hours, hourly and h are "h"."""
    word = forms.SPREAD.get(word.lower(), word)
    unit = _unit_named(word)
    return unit[0].code or stem(word.lower()) if unit and unit[1] == len(word) + 1 else stem(word.lower())


def _unit_named(word: str) -> tuple[Unit, int] | None:
    return unit_behind(f" {word}", 0)
