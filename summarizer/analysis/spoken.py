"""Quantities and dates in the words of a person: "425 miles", "3 years", "two thirds", "13 February 2024"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.calendar_values import When
from summarizer.analysis.number_words import CARDINALS, DENOMINATORS
from summarizer.analysis.units import names_of
from summarizer.schemas.entities import Quantity

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "UAH": "₴", "TRY": "₺"}
_PER = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_WORDS = {value: word for word, value in CARDINALS.items()}
_MOST_DIGITS = 3


def quantity_in_words(quantity: Quantity) -> str:
    """The quantity as a person says it; its own text where it counts something or its unit has no name.

    The code of the unit (UCUM, ISO 4217) stays in `quantity.unit`.
    """
    text = " ".join(quantity.text.split())
    if quantity.value is None:
        return text
    value = Decimal(str(quantity.value))
    if quantity.unit is None:
        return (_fraction(value) or text) if quantity.kind == "other" else text
    if quantity.kind == "money":
        return _money(value, quantity.unit)
    unit, _, time = quantity.unit.partition("/") if not names_of(quantity.unit) else (quantity.unit, "", "")
    names = names_of(unit)
    if not names or (time and time not in _PER):
        return text
    name = _name(names, value)
    number = number_in_words(value)
    gap = "" if name in {"%", "°C", "°F"} else " "
    return f"{number}{gap}{name}" + (f" per {_PER[time]}" if time else "")


def number_in_words(value: Decimal) -> str:
    """1,180; 2.5; 5.2 million: no more digits than the number has, a scale only where it leaves three of them."""
    for scale, word in _SCALES:
        scaled = (value / scale).normalize()
        if abs(value) >= scale and len(scaled.as_tuple().digits) <= _MOST_DIGITS:
            return f"{scaled:f} {word}"
    whole = value.to_integral_value()
    return f"{int(whole):,}" if value == whole else f"{value.normalize():,f}"


def date_in_words(iso: str) -> str:
    """An ISO 8601 day, week, month, year or interval as a person says it; what cannot be read is given back."""
    when = cal.read_iso(iso)
    if when is None:
        return iso
    first, _, last = iso.partition("/")
    clock = f", {first.partition('T')[2]}" if "T" in first and not last else ""
    if not last:
        return _point(when) + clock
    return _named_stretch(when) or _stretch(cal.read_iso(first) or when, cal.read_iso(last) or when)


def _fraction(value: Decimal) -> str | None:
    """Two thirds, three quarters, half; None for what has no such name."""
    near = Fraction(value).limit_denominator(10)
    if abs(Fraction(value) - near) > Fraction(1, 10**6) or not 0 < near < 1:
        return None
    if near.denominator == 2:
        return "half"
    names = {bottom: word for word, bottom in DENOMINATORS.items() if word != "fourth"}
    if near.denominator not in names:
        return None
    return f"{_WORDS[near.numerator]} {names[near.denominator]}{'s' if near.numerator > 1 else ''}"


def _money(value: Decimal, code: str) -> str:
    sign = _SIGNS.get(code)
    number = number_in_words(abs(value))
    whole, point, decimals = number.partition(".")
    if point and len(decimals) == 1:
        number = f"{whole}.{decimals}0"  # $3.50
    minus = "-" if value < 0 else ""
    return f"{minus}{sign}{number}" if sign else f"{minus}{number} {code}"


def _name(names: tuple[str, ...], value: Decimal) -> str:
    """The name to show: a symbol as it is, else the word in the number that fits."""
    plural, singular = _both_numbers(names)
    return singular if names[0] == plural and abs(value) == 1 else names[0]


def _both_numbers(names: tuple[str, ...]) -> tuple[str, str]:
    """The plural and the singular among the ways to write a unit: years and year, feet and foot."""
    words = [name for name in names[:4] if len(name) > 3 or name == "day"]
    for long in words:
        for short in words:
            if long != short and (long in {f"{short}s", f"{short}es"} or (short, long) in _IRREGULAR):
                return long, short
    return names[0], names[0]


_IRREGULAR = {("foot", "feet"), ("inch", "inches"), ("square foot", "square feet"), ("cubic foot", "cubic feet"),
              ("century", "centuries"), ("square mile", "square miles"), ("light year", "light years")}  # fmt: skip


def _point(when: When) -> str:
    if when.unit == "week":
        year, week, _ = when.first.isocalendar()
        return f"week {week} of {year}"
    return {
        "day": f"{when.first.day} {when.first:%B} {when.first.year}",
        "month": f"{when.first:%B} {when.first.year}",
        "year": str(when.first.year),
    }[when.unit]


def _named_stretch(when: When) -> str | None:
    """The 1990s, the 19th century; None for any other stretch."""
    first, last = when.first.year, when.last.year
    if when.unit != "year":
        return None
    if first % 10 == 0 and last == first + 9:
        return f"the {first}s"
    if first % 100 == 1 and last == first + 99:
        number = last // 100
        suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"the {number}{suffix} century"
    return None


def _stretch(first: When, last: When) -> str:
    begin, end = _point(first), _point(last)
    if first.unit == last.unit == "day" and first.first.year == last.first.year:
        begin = f"{first.first.day}" + ("" if first.first.month == last.first.month else f" {first.first:%B}")
    elif first.unit == last.unit == "month" and first.first.year == last.first.year:
        begin = f"{first.first:%B}"
    return f"{begin} to {end}"
