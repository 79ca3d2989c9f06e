"""Quantities and dates in the words of a person: "425 miles", "3 years", "two thirds", "13 February 2024"."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from summarizer.schemas.entities import Quantity
from summarizer.values import calendar_values as cal
from summarizer.values.calendar_values import When
from summarizer.values.number_words import CARDINALS, DENOMINATORS, ordinal_suffix
from summarizer.values.units import names_of

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "UAH": "₴", "TRY": "₺"}
_PER = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_WORDS = {value: word for word, value in CARDINALS.items()}
_PARTS = {bottom: word for word, bottom in DENOMINATORS.items() if word != "fourth"}
_MOST_DIGITS = 3
_SEASONS = {(3, 5): "spring", (6, 8): "summer", (9, 11): "autumn", (12, 2): "winter"}


def quantity_in_words(quantity: Quantity) -> str:
    """The quantity as a person says it; its own text where it counts something or its unit has no name.

    The code of the unit (UCUM, ISO 4217) stays in `quantity.unit`.
    """
    text, code = " ".join(quantity.text.split()), quantity.unit
    if quantity.value is None:
        return text
    value = Decimal(str(quantity.value))
    if code is None:
        return (_fraction(value) or text) if quantity.kind == "other" else text
    if quantity.kind == "money":
        return _money(value, code)
    unit, _, time = (code, "", "") if names_of(code) else code.partition("/")
    names = names_of(unit)
    if not names or (time and time not in _PER):
        return text
    # A word stands in the table in the plural, then in the singular; a symbol is shown as it is.
    is_word = len(names[0]) > 3 and names[0].islower() and len(names) > 1 and len(names[1]) > 2
    name = names[1] if is_word and abs(value) == 1 else names[0]
    gap = "" if name in {"%", "°C", "°F"} else " "
    return f"{_number(value)}{gap}{name}" + (f" per {_PER[time]}" if time else "")


def _number(value: Decimal) -> str:
    """1,180; 2.5; 5.2 million: no more digits than the number has, a scale only where it leaves three of them."""
    for scale, word in _SCALES:
        scaled = (value / scale).normalize()
        if abs(value) >= scale and len(scaled.as_tuple().digits) <= _MOST_DIGITS:
            return f"{scaled:f} {word}"
    return f"{int(value):,}" if value % 1 == 0 else f"{value.normalize():,f}"


def _fraction(value: Decimal) -> str | None:
    """Two thirds, three quarters, half; None for what has no such name."""
    near = Fraction(value).limit_denominator(10)
    top, bottom = near.numerator, near.denominator
    if abs(Fraction(value) - near) > Fraction(1, 10**6) or not 0 < near < 1 or bottom not in _PARTS:
        return None
    return "half" if bottom == 2 else f"{_WORDS[top]} {_PARTS[bottom]}{'s' if top > 1 else ''}"


def _money(value: Decimal, code: str) -> str:
    number, minus = _number(abs(value)), "-" if value < 0 else ""
    if re.fullmatch(r"[\d,]+\.\d", number):
        number += "0"  # $3.50
    return f"{minus}{_SIGNS[code]}{number}" if code in _SIGNS else f"{minus}{number} {code}"


def date_in_words(iso: str | None, said: str = "") -> str:
    """An ISO 8601 day, week, month, year or interval as a person says it; what cannot be read is given back.

    Args:
        iso: the date.
        said: the words it was read from; where they name a season it is one: "spring 2029".

    """
    when = cal.read_iso(iso) if iso else None
    if not iso or when is None:
        return iso or ""
    first, _, last = iso.partition("/")
    if not last:
        return _point(when) + (f", {first.partition('T')[2][:5]}" if "T" in first else "")
    begin, end = cal.read_iso(first) or when, cal.read_iso(last) or when
    return _season(when, said) or _named_stretch(when) or f"{_point(begin, before=end)} to {_point(end)}"


def _point(when: When, before: When | None = None) -> str:
    """A day, week, month or year; `before` the end of a stretch without what that says again."""
    day, same = when.first, before if before and before.unit == when.unit else None
    if when.unit == "week":
        return f"week {day.isocalendar().week} of {day.isocalendar().year}"
    if same and day.year == same.first.year and when.unit != "year":
        month = f"{day:%B}" if when.unit == "month" or day.month != same.first.month else ""
        return f"{day.day} {month}".strip() if when.unit == "day" else month
    return {"day": f"{day.day} {day:%B} {day.year}", "month": f"{day:%B} {day.year}", "year": str(day.year)}[when.unit]


def _season(when: When, said: str) -> str | None:
    """Spring 2029, winter 2029 to 2030, where the words have that season; None for any other stretch."""
    name = _SEASONS.get((when.first.month, when.last.month)) if when.unit == "month" else None
    if name is None or not re.search(rf"\b{name}\b", said.lower().replace("fall", "autumn")):
        return None
    first, last = when.first.year, when.last.year
    return f"{name} {first}" if first == last else f"{name} {first} to {last}"


def _named_stretch(when: When) -> str | None:
    """The 1990s, the 19th century; None for any other stretch."""
    first, last = when.first.year, when.last.year
    if when.unit == "year" and first % 10 == 0 and last == first + 9:
        return f"the {first}s"
    if when.unit == "year" and first % 100 == 1 and last == first + 99:
        return f"the {last // 100}{ordinal_suffix(last // 100)} century"
    return None
