"""The units and currencies that quantities are told in: the tables in data/units.txt and data/currencies.txt.

Codes are UCUM (ucum.org) for units and ISO 4217 for money. Where UCUM has none, an annotation in braces stands in:
{bit}, {pixel}. `%{points}` are percentage points. A dollar sign without a country is the US dollar, "ton" the short
ton, "gallon" and "pint" those of the US; "pounds" are told apart in quantities.py. Names of currencies that several
countries share (peso, dinar, krone) have no code: unknown is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import get_args

from summarizer.schemas.entities import QuantityKind


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. A value in it is `value * factor + offset` in units of `base`; units of one base convert.

    `times` multiplies the number written, for words that have no code of their own: three decades are 30 a.
    """

    code: str | None
    kind: QuantityKind
    base: str
    factor: Decimal
    offset: Decimal = Decimal(0)
    times: Decimal = Decimal(1)


_SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH",
    "₪": "ILS", "฿": "THB", "₦": "NGN", "₫": "VND", "₱": "PHP", "＄": "USD", "￡": "GBP", "￥": "JPY",
}  # fmt: skip
_LETTERED = {
    "US$": "USD", "U.S.$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "RMB": "CNY", "Rs": "INR", "Rs.": "INR", "CN¥": "CNY",
}  # fmt: skip
_ISO = """USD EUR GBP JPY CNY INR RUB KRW CHF AUD CAD NZD HKD SGD TWD SEK NOK DKK PLN CZK HUF TRY UAH ILS ZAR BRL
    MXN THB"""

CURRENCY_BEFORE: dict[str, str] = _SIGNS | _LETTERED | {code: code for code in _ISO.split()}
"""What may stand before an amount, and its currency."""


def convert(value: Decimal, unit: Unit, to: Unit) -> Decimal | None:
    """`value` in units of `to`, or None where the two measure different things."""
    if unit.base != to.base:
        return None
    return (value * unit.factor + unit.offset - to.offset) / to.factor


def unit_of(code: str) -> Unit | None:
    """The unit with this code, or None."""
    return _BY_CODE.get(code)


def names_of(code: str) -> tuple[str, ...]:
    """The ways to write the unit with this code, the one to show first; none where the code is unknown."""
    return _NAMES.get(code, ())


def _cells(file: str) -> list[list[str]]:
    text = files("summarizer.values").joinpath("data", file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def _rows() -> Iterator[tuple[str, Unit]]:
    kinds: dict[str, QuantityKind] = {kind: kind for kind in get_args(QuantityKind)}
    for code_cell, kind, base, factor, names in _cells("units.txt"):
        code, _, times = code_cell.partition(" *")
        scale, _, offset = factor.partition("+")
        unit = Unit(code, kinds[kind], base, Decimal(scale.strip()), Decimal(offset.strip() or 0), Decimal(times or 1))
        yield from ((name, unit) for name in names.split(";"))
    for code_cell, names in _cells("currencies.txt"):
        code, _, times = code_cell.partition(" *")
        unit = Unit(None if code == "-" else code, "money", code, Decimal(1), times=Decimal(times or 1))
        yield from ((name, unit) for name in names.split(";"))


_ROWS = list(_rows())
_BY_CODE = {unit.code: unit for _, unit in reversed(_ROWS) if unit.code and unit.times == 1}
_NAMES = {code: tuple(name for name, unit in _ROWS if unit.code == code and unit.times == 1) for code in _BY_CODE}
_EXACT = {name: unit for name, unit in _ROWS if len(name) <= 3 or not name.replace(" ", "").isalpha()}
_WORDS = {name.lower(): unit for name, unit in _ROWS if name not in _EXACT or "-" in name}


def _alternatives(names: dict[str, Unit]) -> str:
    spaced = (re.escape(name).replace(r"\ ", r"[\s\u00a0-]") for name in sorted(names, key=len, reverse=True))
    return "|".join(spaced)


_BEHIND = re.compile(
    rf"[ \u00a0\u202f\n-]?(?:(?P<word>(?i:{_alternatives(_WORDS)}))|(?P<exact>{_alternatives(_EXACT)}))(?![^\W_])"
)


def unit_behind(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit written at `at`, behind a number and at most one space or hyphen, and where it ends; or None."""
    match = _BEHIND.match(text, at)
    if match is None:
        return None
    names, name = (_WORDS, match["word"].lower()) if match["word"] else (_EXACT, match["exact"])
    return names.get(name) or names[re.sub(r"[\s\u00a0-]" if match["word"] else r"[\s\u00a0]", " ", name)], match.end()
