"""Numbers with what they measure or count: value, unit, kind, and which of them restates which.

Not quantities: ordinals, dates and times (three years ago is a date, 20 hours a quantity), digits inside names, codes
and lists (Covid-19, F-16, "(31)"), vague words. A range is two quantities of one unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.analysis.date_expressions import Found, find_expressions
from summarizer.analysis.date_words import word_set
from summarizer.analysis.number_words import Token, joined
from summarizer.analysis.numbers import Number, find_in, tokenise
from summarizer.analysis.units import CURRENCY_BEFORE, Unit, convert, unit_behind, unit_of
from summarizer.article import Article
from summarizer.schemas.entities import Quantity, QuantityKind
from summarizer.schemas.evidence import Mention


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
    gathered: dict[tuple[str, Decimal, str | None, QuantityKind], int] = {}
    places: list[list[Mention]] = []
    ties: list[int | None] = []
    for sentence in article.sentences:
        indices: list[int] = []
        for found in quantities_in(article.text, sentence.start, sentence.end):
            text = article.text[found.start : found.end]
            index = gathered.setdefault((text, found.value, found.unit, found.kind), len(gathered))
            if index == len(places):
                places.append([])
                ties.append(indices[found.same_as] if found.same_as is not None else None)
            places[index].append(Mention(sentence=sentence.number, start=found.start, end=found.end, text=text))
            indices.append(index)
    return tuple(
        Quantity(text=text, value=float(value), unit=unit, kind=kind, same_as=ties[n], mentions=places[n])
        for (text, value, unit, kind), n in gathered.items()
    )


def quantities_in(text: str, start: int = 0, end: int | None = None) -> tuple[FoundQuantity, ...]:
    """The quantities of `text[start:end]` in order, with offsets into `text`. Linear in the length of the range."""
    stop = len(text) if end is None else end
    tokens = tokenise(text, start, stop)
    numbers = _outside_dates(find_in(text, tokens), tokens, find_expressions(text, start, stop))
    read = [_read(text, tokens, number, index, (start, stop)) for number, index in numbers]
    return _tied(text, _with_range_units(text, read))


def _outside_dates(
    numbers: Sequence[Number], tokens: Sequence[Token], found: Sequence[Found]
) -> list[tuple[Number, int]]:
    """The numbers that count something, each with the index of the token behind it."""
    kept: list[tuple[Number, int]] = []
    dates = iter([(item.start, item.end) for item in found])
    date = next(dates, None)
    at = 0
    for number in numbers:
        while date and date[1] <= number.start:
            date = next(dates, None)
        while at < len(tokens) and tokens[at].start < number.end:
            at += 1
        if number.kind in {"cardinal", "fraction"} and not (date and date[0] < number.end):
            kept.append((number, at))
    return kept


def _read(
    text: str, tokens: Sequence[Token], number: Number, behind: int, limits: tuple[int, int]
) -> FoundQuantity | Number:
    """The quantity that `number` tells, or the bare number."""
    money = _money_before(text, number, limits[0])
    if money:
        begin, unit, sign = money
        return FoundQuantity(begin, number.end, sign * number.value, unit.code, "money", unit, number.opens_range)
    measured = unit_behind(text, number.end)
    if measured and measured[1] <= limits[1] and _is_unit(text, number, measured):
        return _measured(text, number, measured, limits)
    return _counted(text, tokens, number, behind, limits[0]) or number


_CURRENCIES = "|".join(re.escape(sign) for sign in sorted(CURRENCY_BEFORE, key=len, reverse=True))
_CURRENCY = re.compile(rf"(?<![^\W\d_])(?:{_CURRENCIES})[ \u00a0]?$")


def _money_before(text: str, number: Number, floor: int) -> tuple[int, Unit, int] | None:
    """Where the currency sign before `number` begins, the currency, and the sign of the amount."""
    head = max(floor, number.start - 6)
    match = _CURRENCY.search(text[head : number.start]) or _CURRENCY_SIGN.search(text[head : number.start])
    if match is None:
        return None
    begin = head + match.start()
    code = CURRENCY_BEFORE[match[0].rstrip(" \u00a0")]
    unit = unit_of(code) or Unit(code, "money", code, Decimal(1))
    if begin > floor and text[begin - 1] in "-−" and (begin - 1 == floor or text[begin - 2].isspace()):
        return begin - 1, unit, -1
    return begin, unit, 1


_CURRENCY_SIGN = re.compile(r"[$€£¥₹₽₩₺₴₪฿₦₫₱＄￡￥][ \u00a0]?$")


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
    unit, end = _in_context(text, number, measured[0], measured[1], limits), measured[1]
    end = min(end, limits[1])
    found = FoundQuantity(
        number.start, end, number.value * unit.times, unit.code, unit.kind, unit, opens_range=number.opens_range
    )
    return _with_rate(text, found, limits[1])


def _in_context(text: str, number: Number, unit: Unit, end: int, limits: tuple[int, int]) -> Unit:
    """Tells pounds of money from pounds of weight, and degrees of warmth from degrees of an angle."""
    name = text[number.end : end].strip(" -\u00a0").lower()
    if name in {"pound", "pounds"} and (number.value >= 100_000 or text.find("£", *limits) >= 0):
        return unit_of("GBP") or unit
    if unit.code == "deg" and _WARMTH.search(text, max(limits[0], number.start - 80), min(limits[1], end + 80)):
        return replace(unit, code=None, kind="temperature", base="degree of an unnamed scale")
    return unit


_WARMTH = re.compile(r"(?i)temperature|\bheat|\bwarm|\bhot|\bcold|\bcool|weather|freez|\bmercury\b|\bsun(?:ny|shine)\b")
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


def _counted(text: str, tokens: Sequence[Token], number: Number, behind: int, floor: int) -> FoundQuantity | None:
    """A number and the noun that it counts."""
    previous = _previous(tokens, number)
    if number.kind == "fraction":
        of = behind < len(tokens) and tokens[behind].before == " " and tokens[behind].word in {"of", "the"}
        sure = of or text[number.end - 1] == "s"  # "nearly three-quarters agreed", but not "a quarter later"
        return FoundQuantity(number.start, number.end, number.value, None, "other") if sure else None
    if _belongs_to_name(text, number, previous, floor):
        return None
    end = _noun_end(tokens, behind, number.value)
    if end is not None:
        last = tokens[end - 1].end
        return FoundQuantity(number.start, last, number.value, None, "count", opens_range=number.opens_range)
    of = behind < len(tokens) and tokens[behind].before == " " and tokens[behind].word == "of"
    known = previous is not None and previous.word in _BEFORE_A_BARE_COUNT and number.start - previous.end == 1
    if (known or of) and number.value > 1 and number.value == number.value.to_integral_value():
        return FoundQuantity(number.start, number.end, number.value, None, "count", opens_range=number.opens_range)
    return None


def _previous(tokens: Sequence[Token], number: Number) -> Token | None:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].start < number.start:
            low = middle + 1
        else:
            high = middle
    return tokens[low - 1] if low else None


def _belongs_to_name(text: str, number: Number, previous: Token | None, floor: int) -> bool:
    """Boeing 737 jets, Chapter 11 filings, Route 66 motels, (31) ...: a capital before the digits, not at the start."""
    if previous is None or not text[number.start].isdecimal() or number.start - previous.end != 1:
        return False
    is_name = text[previous.start].isupper() and (previous.start > floor or previous.word not in _OPENERS)
    return is_name and text[previous.end] == " "


def _with_range_units(text: str, read: Sequence[FoundQuantity | Number]) -> list[FoundQuantity]:
    """Gives the low end of a range the unit of the high end, and the high end the currency of the low one."""
    found: list[FoundQuantity] = []
    for n, item in enumerate(read):
        following = read[n + 1] if n + 1 < len(read) else None
        previous = read[n - 1] if n else None
        if isinstance(item, Number):
            if item.opens_range and isinstance(following, FoundQuantity):
                times = following.measure.times if following.measure else Decimal(1)
                found.append(
                    replace(following, start=item.start, end=item.end, value=item.value * times, opens_range=True)
                )
            elif isinstance(previous, FoundQuantity) and previous.opens_range and previous.kind == "money":
                found.append(replace(previous, start=item.start, end=item.end, value=item.value, opens_range=False))
        elif (
            item.kind == "count"
            and isinstance(previous, FoundQuantity)
            and previous.opens_range
            and previous.kind == "money"
        ):
            found.append(replace(previous, start=item.start, end=item.end, value=item.value, opens_range=False))
        else:
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
        first = _restated(text, found, n)
        if first is not None:
            tied[n] = replace(found[n], same_as=first)
            if found[first].opens_range and n + 1 < len(found) and _opens_to(found, first, n):
                tied[n + 1] = replace(found[n + 1], same_as=first + 1)
    return tuple(tied)


def _opens_to(found: Sequence[FoundQuantity], first: int, n: int) -> bool:
    return found[n].opens_range and found[n + 1].unit == found[n].unit and first + 1 < n


def _restated(text: str, found: Sequence[FoundQuantity], n: int) -> int | None:
    """Index of the quantity that `found[n]` restates, or None."""
    first = n - 2 if n >= 2 and found[n - 2].opens_range and found[n].opens_range else n - 1
    one, other = found[n - 1], found[n]
    gap = text[one.end : other.start]
    if one.kind != other.kind or one.unit == other.unit or one.kind in {"count", "percent"} or len(gap) > 40:
        return None
    if _RESTATES.fullmatch(gap):
        return first
    return first if _OR.fullmatch(gap) and _converts(one, other) else None


def _converts(one: FoundQuantity, other: FoundQuantity) -> bool:
    if one.measure is None or other.measure is None or one.kind == "money":
        return False
    expected = convert(one.value, one.measure, other.measure)
    return expected is not None and abs(expected - other.value) <= _AGREES * abs(other.value)


# What a number counts: the noun behind it.
_IRREGULAR_PLURALS = word_set(
    """people men women children police troops fish sheep aircraft cattle feet teeth mice geese media species staff crew
    personnel countrymen servicemen policemen policewomen firefighters clergy infantry cavalry spacecraft offspring
    alumni criteria phenomena bacteria fungi larvae dice oxen salmon deer elk bison shrimp cod bird-watchers youth dead
    injured wounded missing others percent gunmen crewmen fishermen businessmen congressmen salesmen spokesmen"""
)
_SINGULARS = word_set(
    """person man woman child boy girl soldier officer policeman passenger victim student worker death injury case time
    vote goal point car house family member other shot game match seat day arrest patient ship plane suspect"""
)
_NOT_NOUNS = word_set(
    """was is has his its this us as less across plus yes thus previous various serious famous always news does says
    goes towards besides perhaps afterwards hers ours yours theirs whereas unless versus overseas sometimes upwards
    takes gives needs comes means remains wants seems looks gets lets plays includes nowadays"""
)
_BREAKS = word_set(
    """a an the and or but of in on at to from by for with than then that which who whom when where while will would can
    could may might had have were are be been being not no so if after before since until because against between
    into through during under over per he she it they we you i said did do al about some more most each every ago"""
)
_LONGEST_PHRASE = 5

_BEFORE_A_BARE_COUNT = word_set(
    """killed injured wounded least than about some nearly over almost around only roughly approximately total
    estimated killing wounding injuring arrested detained"""
)

_OPENERS = _BREAKS | _BEFORE_A_BARE_COUNT | word_set("police another these those these all both exactly just up")


def _noun_end(tokens: Sequence[Token], at: int, value: Decimal) -> int | None:
    """Index behind the noun that is counted, where token `at` is the first behind the number; None without one.

    The noun is the first plural within five words that nothing but a space or hyphen parts from the number.
    """
    if not joined(tokens, at):
        return None
    if value == 1:
        return at + 1 if tokens[at].word in _SINGULARS else None
    for place in range(at, min(len(tokens), at + _LONGEST_PHRASE)):
        word = tokens[place].word
        if not joined(tokens, place) or not word or word in _BREAKS:
            return None
        if _is_plural(word):
            return _whole_phrase(tokens, place)
    return None


def _whole_phrase(tokens: Sequence[Token], at: int) -> int:
    """One plural further where it makes a compound: "sports cars", "arms dealers"."""
    follows = joined(tokens, at + 1) and _is_plural(tokens[at + 1].word) and tokens[at + 1].before == " "
    compound = tokens[at].word in {"sports", "arms", "sales", "goods", "women", "men", "savings", "systems", "news"}
    return at + 2 if follows and compound else at + 1


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR_PLURALS:
        return True
    if word in _NOT_NOUNS or len(word) <= 3:
        return False
    return word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))
