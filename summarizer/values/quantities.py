"""Numbers with what they measure or count: value, unit, kind, and which of them restates which.

Not quantities: ordinals, dates and times (three years ago is a date, 20 hours a quantity), digits inside names, codes
and lists (Covid-19, F-16, "(31)"), vague words. A range is two quantities of one unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from summarizer.article import Article
from summarizer.schemas.entities import Quantity, QuantityKind
from summarizer.schemas.evidence import Mention
from summarizer.values.counted_nouns import BEFORE_A_BARE_COUNT, BREAKS, noun_end
from summarizer.values.date_expressions import Found, find_expressions
from summarizer.values.number_tokens import Token, tokenise
from summarizer.values.numbers import Number, find_in
from summarizer.values.units import CURRENCY_BEFORE, Unit, convert, unit_behind, unit_of


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A quantity at `text[start:end]`. `same_as` is the index of the one it restates, within the same call."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    kind: QuantityKind
    measure: Unit | None = None
    opens_range: bool = False
    same_as: int | None = None


def find_quantities(article: Article) -> tuple[Quantity, ...]:
    """The quantities of `article` in order of the text; the same text with the same meaning is one, with all places."""
    gathered: dict[tuple[str, Decimal, str | None, QuantityKind], tuple[int, int | None, list[Mention]]] = {}
    for sentence in article.sentences:
        keys: list[tuple[str, Decimal, str | None, QuantityKind]] = []
        for found in quantities_in(article.text, sentence.start, sentence.end):
            text = article.text[found.start : found.end]
            keys.append((text, found.value, found.unit, found.kind))
            tie = gathered[keys[found.same_as]][0] if found.same_as is not None else None
            _, _, places = gathered.setdefault(keys[-1], (len(gathered), tie, []))
            places.append(Mention(sentence=sentence.number, start=found.start, end=found.end, text=text))
    return tuple(
        Quantity(text=text, value=float(value), unit=unit, kind=kind, same_as=tie, mentions=places)
        for (text, value, unit, kind), (_, tie, places) in gathered.items()
    )


def quantities_in(text: str, start: int = 0, end: int | None = None) -> tuple[FoundQuantity, ...]:
    """The quantities of `text[start:end]` in order, with offsets into `text`. Linear in the length of the range."""
    stop = len(text) if end is None else end
    tokens = tokenise(text, start, stop)
    numbers = _outside_dates(find_in(text, tokens), find_expressions(text, start, stop))
    return _tied(text, _with_range_units([_read(text, tokens, number, (start, stop)) for number in numbers]))


def _outside_dates(numbers: Sequence[Number], dates: Sequence[Found]) -> list[Number]:
    """The numbers that count something."""
    ends = [found.end for found in dates]
    kept: list[Number] = []
    for number in numbers:
        n = bisect_left(ends, number.start + 1)
        if number.kind in {"cardinal", "fraction"} and not (n < len(dates) and dates[n].start < number.end):
            kept.append(number)
    return kept


def _read(text: str, tokens: Sequence[Token], number: Number, limits: tuple[int, int]) -> FoundQuantity | Number:
    """The quantity that `number` tells, or the bare number."""
    money = _money_before(text, number, limits[0])
    if money:
        begin, unit, sign = money
        return FoundQuantity(begin, number.end, sign * number.value, unit.code, "money", unit, number.opens_range)
    measured = unit_behind(text, number.end)
    if measured and measured[1] <= limits[1] and _is_unit(text, number, measured):
        return _measured(text, number, measured, limits)
    return _counted(text, tokens, number, limits[0]) or number


_SIGNS = "".join(sign for sign in CURRENCY_BEFORE if len(sign) == 1)
_LETTERED = "|".join(re.escape(sign) for sign in sorted(CURRENCY_BEFORE, key=len, reverse=True) if len(sign) > 1)
_CURRENCY = re.compile(rf"((?<![^\W\d_])(?:{_LETTERED})|[{_SIGNS}])[ \u00a0]?$")


def _money_before(text: str, number: Number, floor: int) -> tuple[int, Unit, int] | None:
    """Where the currency sign before `number` begins, the currency, and the sign of the amount."""
    head = max(floor, number.start - 6)
    match = _CURRENCY.search(text[head : number.start])
    if match is None:
        return None
    begin, code = head + match.start(), CURRENCY_BEFORE[match[1]]
    unit = unit_of(code) or Unit(code, "money", code, Decimal(1))
    if begin > floor and text[begin - 1] in "-−" and (begin - 1 == floor or text[begin - 2].isspace()):
        return begin - 1, unit, -1
    return begin, unit, 1


_LINES_OF_VIDEO = frozenset({240, 360, 480, 720, 1080, 1440, 2160})
_ATTACHED_ONLY = frozenset({"p", "t", "g", "W", "V", "J", "L", "pc", "C", "F", "m", "h", "in", "st"})


def _is_unit(text: str, number: Number, measured: tuple[Unit, int]) -> bool:
    """Whether what is written like a unit is one here: not 1080p, the 20 C in a heading, "3 won"."""
    gap, name = text[number.end : number.end + 1], text[number.end : measured[1]].strip(" -\u00a0\u202f\n")
    is_attached = not (gap.isspace() or gap == "-")
    if name in _ATTACHED_ONLY and not is_attached and (gap == "-" or name not in {"m", "g", "h", "t"}):
        return False
    if name == "p" and (number.value in _LINES_OF_VIDEO or number.value > 999):
        return False
    if name == "won":
        return number.value >= 100
    return name not in {"second", "crown", "cup"} or gap == "-" or number.value <= 1


def _measured(text: str, number: Number, measured: tuple[Unit, int], limits: tuple[int, int]) -> FoundQuantity:
    """The quantity with its unit; pounds are money beside a pound sign, and where they are very many."""
    unit, end = measured
    is_pounds = text[number.end : end].strip(" -\u00a0").lower() in {"pound", "pounds"}
    if is_pounds and (number.value >= 100_000 or text.find("£", *limits) >= 0):
        unit = unit_of("GBP") or unit
    value, opens = number.value * unit.times, number.opens_range
    return _with_rate(text, FoundQuantity(number.start, end, value, unit.code, unit.kind, unit, opens), limits[1])


_RATE = re.compile(
    r"""(?:[\ \u00a0-]?/[\ \u00a0]?|[\ -]per[\ -]|\ an?\ )
    (?:(second|sec|s)|(minute|min)|(hour|hr|h)|(day)|(week|wk)|(month)|(year|yr|annum))(?!\w)""",
    re.VERBOSE,
)
_RATE_CODES = ("s", "min", "h", "d", "wk", "mo", "a")
_RATED = frozenset({"distance", "volume", "mass", "energy", "data", "area"})


def _with_rate(text: str, found: FoundQuantity, stop: int) -> FoundQuantity:
    """Barrels per day, litres a second, kilometres a day."""
    match = _RATE.match(text, found.end, stop)
    if match is None or found.kind not in _RATED or found.unit is None or match.lastindex is None:
        return found
    code = f"{found.unit}/{_RATE_CODES[match.lastindex - 1]}"
    kind: QuantityKind = "speed" if found.kind == "distance" else "data" if found.kind == "data" else "other"
    known = unit_of(code)
    return replace(found, end=match.end(), unit=code, kind=known.kind if known else kind, measure=known)


def _counted(text: str, tokens: Sequence[Token], number: Number, floor: int) -> FoundQuantity | None:
    """A number and the noun that it counts."""
    first, behind = (bisect_left(tokens, place, key=attrgetter("start")) for place in (number.start, number.end))
    word = tokens[behind].word if behind < len(tokens) and tokens[behind].before == " " else ""
    if number.kind == "fraction":
        sure = word in {"of", "the"} or text[number.end - 1] == "s"  # "three-quarters agreed", not "a quarter later"
        return FoundQuantity(number.start, number.end, number.value, None, "other") if sure else None
    previous = tokens[first - 1] if first and number.start - tokens[first - 1].end == 1 else None
    if previous and _is_name(text, number, previous, floor):
        return None
    last = noun_end(tokens, behind, number.value)
    if last is None:
        known = word == "of" or (previous is not None and previous.word in BEFORE_A_BARE_COUNT)
        if not known or number.value <= 1 or number.value % 1:
            return None
    end = number.end if last is None else tokens[last - 1].end
    return FoundQuantity(number.start, end, number.value, None, "count", opens_range=number.opens_range)


def _is_name(text: str, number: Number, previous: Token, floor: int) -> bool:
    """Boeing 737 jets, Chapter 11 filings, Route 66 motels: a capital before the digits, not at the start."""
    is_capital = text[previous.start].isupper() and (
        previous.start > floor or previous.word not in BREAKS | BEFORE_A_BARE_COUNT
    )
    return is_capital and text[number.start].isdecimal() and text[previous.end] == " "


def _with_range_units(read: Sequence[FoundQuantity | Number]) -> list[FoundQuantity]:
    """Gives the low end of a range the unit of the high end, and the high end the currency of the low one."""
    found: list[FoundQuantity] = []
    for n, item in enumerate(read):
        other = read[n - 1] if n else None
        if isinstance(item, Number) and item.opens_range:
            other = read[n + 1] if n + 1 < len(read) else None
        elif isinstance(item, FoundQuantity) and item.kind != "count":
            other = None
        is_end = isinstance(other, FoundQuantity) and other.opens_range and other.kind == "money"
        if isinstance(other, FoundQuantity) and (is_end or (isinstance(item, Number) and item.opens_range)):
            times = other.measure.times if other.measure else Decimal(1)
            value, opens = item.value * times, item.opens_range
            found.append(replace(other, start=item.start, end=item.end, value=value, opens_range=opens))
        elif isinstance(item, FoundQuantity):
            found.append(item)
    return found


_ABOUT = r"(?:(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|just|over|under|more than|c\.?) |[~≈])"
_RESTATES = re.compile(rf"\s{{0,2}}[(\[]\s?(?:or |i\.e\. )?{_ABOUT}{{0,2}}")
_OR = re.compile(rf",? (?:or|i\.e\.) {_ABOUT}{{0,2}}|\s?/\s?")
_AGREES = Decimal("0.06")


def _tied(text: str, found: list[FoundQuantity]) -> tuple[FoundQuantity, ...]:
    """Ties what stands in brackets, or behind "or", to the quantity of the same kind before it."""
    tied = list(found)
    for n in range(1, len(found)):
        if not _restates(text, found[n - 1], found[n]):
            continue
        is_range = n >= 2 and found[n - 2].opens_range and found[n].opens_range
        tied[n] = replace(found[n], same_as=n - 2 if is_range else n - 1)
        if is_range and n + 1 < len(found) and found[n + 1].unit == found[n].unit:
            tied[n + 1] = replace(found[n + 1], same_as=n - 1)
    return tuple(tied)


def _restates(text: str, one: FoundQuantity, other: FoundQuantity) -> bool:
    gap = text[one.end : other.start]
    if one.kind != other.kind or one.unit == other.unit or one.kind in {"count", "percent"} or len(gap) > 40:
        return False
    if _RESTATES.fullmatch(gap):
        return True
    expected = convert(one.value, one.measure, other.measure) if one.measure and other.measure else None
    agrees = expected is not None and abs(expected - other.value) <= _AGREES * abs(other.value)
    return agrees and one.kind != "money" and _OR.fullmatch(gap) is not None
