"""Exact facts: which figures of a claim differ from those of the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from summarizer.analysis.units import Unit, convert
from summarizer.analysis.words import plain
from summarizer.grounding.figures import Figure, Figures, figures_of

CLOSE = Decimal("0.1")
"""Of the value: how far a figure with "about" or "nearly" may be rounded."""
SAME = Decimal("0.03")
"""Of the value: 90 days are three months."""
MOST_ALIKE = 50
"""Places of one number that are looked at: more of them tell nothing new."""
FAR = Decimal("0.2")
"""The same for "over" and "under"."""


def wrong_figures(claim: str, sentences: Sequence[str], told: Sequence[str] = ()) -> Iterator[str]:
    """What differs, in words a person can read. `told` are expressions of the claim known to be right: its dates."""
    for expression in told:
        claim = claim.replace(expression, "|")
    own, theirs = figures_of(claim), figures_of(" | ".join(sentences))
    yield from _codes(own, theirs)
    yield from _clocks(own, theirs)
    for one, other in own.pairs.keys() - theirs.pairs.keys():
        if (other, one) in theirs.pairs and one != other:
            yield f"the article says {other:f} and {one:f} in this order, the claim {one:f} and {other:f}"
    for figure in own.numbers:
        yield from _number(figure, own, theirs)


def in_their_form(claim: str, sentences: Sequence[str]) -> str:
    """The claim with its figures and times of day written as the sentences write them.

    What is equal is equal by code; a learned reader takes "3.30 pm" for another time than "15:30".
    """
    own, theirs = figures_of(claim), figures_of(" | ".join(sentences))
    text = own.text
    for figure in sorted(own.numbers, key=lambda figure: figure.span, reverse=True):
        if other := _told_as(figure, theirs):
            (start, end), written = other
            text = text[:start] + written + text[end:]
    for written, (minutes, half) in own.clocks.items():
        told = theirs.clocks.items()
        others = [other for other, (at, part) in told if at == minutes and (part == half or not (part and half))]
        if others and written not in others:
            text = text.replace(written, others[0])
    return text


def _told_as(figure: Figure, theirs: Figures) -> tuple[tuple[int, int], str] | None:
    """Where this figure stands in the claim, and how the sentences write it; None where they do not have it."""
    alike = [
        o for o in theirs.by_value.get(figure.value, ())[:MOST_ALIKE] if figure.unit == o.unit and _equal(figure, o)
    ]
    if figure.unit and not alike:
        alike = [other for other in theirs.numbers if _in_unit(other, figure) == figure.value]
    if alike:
        return figure.span, theirs.text[slice(*alike[0].span)]
    for other in theirs.numbers if figure.hedge or figure.unit == "%" else ():
        if figure.unit == "%" and other.kind == "fraction" and figure.value == 100 * other.value:
            return figure.span, other.text
        if figure.hedge and _rounds(figure, figure.value, _in_unit(other, figure)):
            return figure.hedged, theirs.text[slice(*other.hedged)]
    shares = (text for (one, of), text in theirs.pairs.items() if of and figure.value == 100 * one / of)
    return next(((figure.span, share) for share in shares if figure.unit == "%"), None)


def _codes(own: Figures, theirs: Figures) -> Iterator[str]:
    for key, code in own.codes.items():
        if key not in theirs.codes:
            yield f"{code} is not in the cited sentences"
    for grade in own.grades - theirs.grades:
        yield f"{grade} is not in the cited sentences"
    values = {*theirs.romans.values(), *(figure.value for figure in theirs.numbers)}
    for written, value in own.romans.items():
        if value not in values and not (value == 1 and "i" in theirs.named):
            yield f"{written} is not in the cited sentences"


def _clocks(own: Figures, theirs: Figures) -> Iterator[str]:
    bare = {figure.value * 60 for figure in theirs.numbers if figure.unit is None}
    for written, (minutes, half) in own.clocks.items():
        same = [other for at, other in theirs.clocks.values() if at == minutes]
        if not any(half == other or not half or not other for other in same) and (same or minutes not in bare):
            yield f"{written} is not a time of day of the cited sentences"


def _number(figure: Figure, own: Figures, theirs: Figures) -> Iterator[str]:
    same = [other for other in theirs.by_value.get(figure.value, ())[:MOST_ALIKE] if _equal(figure, other)]
    fitting = [other for other in same if _fits(figure, other, theirs)]
    if not fitting and _is_told_otherwise(figure, own, theirs):
        return
    if not same:
        yield _missing(figure, own, theirs)
    elif not fitting:
        units = " or ".join(sorted({other.unit or "no unit" for other in same}))
        yield f"the unit of {figure.text} is {units} in the article, {figure.unit or 'missing'} in the claim"
    else:
        yield from _told_alike(figure, same, own, theirs)


def _told_alike(figure: Figure, same: Sequence[Figure], own: Figures, theirs: Figures) -> Iterator[str]:
    """What still differs where value and unit are equal: bounds, rates, shares, how often it is told."""
    if not any(_directed(figure, other) for other in same):
        yield f"the article says {same[0].text}, not {figure.hedge} {figure.text}"
    elif figure.points == "for" and all(other.points == "ago" for other in same):
        yield f"the article says {same[0].text} ago, not for so long"
    elif dropped := _rate(figure, same, own):
        yield f"{figure.text} is per {dropped} in the article"
    elif added := _added_rate(figure, theirs):
        yield f"{figure.text} is not per {added} in the article"
    elif _without_part(figure, same, own, theirs):
        yield f"{figure.text} is only the whole of a share in the article"
    elif _is_repeated(figure, own, theirs):
        yield _missing(figure, own, theirs)


def _equal(one: Figure, other: Figure) -> bool:
    """Equal in value, and both or neither an ordinal or a decade."""
    told = {one.kind, other.kind}
    return one.value == other.value and (len(told) == 1 or not told & {"decade", "ordinal"})


def _fits(one: Figure, other: Figure, theirs: Figures) -> bool:
    """Whether the units agree; where one side tells none, what it measures is left to the reader."""
    if one.unit == other.unit:
        return True
    if one.unit is None:
        return other.unit != "%"
    if other.unit is None:
        return one.unit == "a" or any(figure.unit == one.unit for figure in theirs.numbers)
    return False


_SPANNED = frozenset({"m", "km", "[mi_i]", "a", "mo", "wk", "d", "h"})
_UP, _DOWN = frozenset({"over", "least"}), frozenset({"nearly", "under", "most"})


def _directed(one: Figure, other: Figure) -> bool:
    """ "Over 40" is not said of 40, nor "nearly 40"."""
    if one.hedge == "over" and one.unit not in _SPANNED:  # "over 10,000 metres", "over two years" are no bounds
        return other.hedge in _UP
    if one.hedge in {"nearly", "under"}:
        return other.hedge in _DOWN or (one.hedge == "nearly" and other.hedge == "near")
    return True


def _rate(figure: Figure, same: Sequence[Figure], own: Figures) -> str:
    """What the article's figure is told per and the claim nowhere names: kg, where 5 mg/kg became 5 mg."""
    left = [sorted(other.rates - figure.rates - own.named) for other in same]
    return min(left, key=len)[0] if all(left) else ""


def _added_rate(figure: Figure, theirs: Figures) -> str:
    """What only the claim tells it per: 240,000 in all became 240,000 per container."""
    known = theirs.each.union(*(other.rates for other in theirs.numbers))
    return next((rate for rate in sorted(figure.rates) if rate not in known), "")


def _without_part(figure: Figure, same: Sequence[Figure], own: Figures, theirs: Figures) -> bool:
    """Whether "two of the five" became "the five": the claim tells the whole and not the part."""
    parts = {one for one, other in theirs.pairs if other == figure.value}
    whole = all(other.is_whole for other in same) and not figure.is_whole
    return whole and not any(number.value in parts for number in own.numbers)


def _is_repeated(figure: Figure, own: Figures, theirs: Figures) -> bool:
    """Whether the claim has it more often than the sentences, while another number of theirs is left over."""
    mine, known = own.by_value[figure.value], theirs.by_value.get(figure.value, [])
    return len(mine) > len(known) and figure is mine[-1] and bool(_left(own, theirs))


def _left(own: Figures, theirs: Figures) -> list[Figure]:
    """Figures of the sentences that the claim does not tell."""
    return [number for number in theirs.numbers if number.value not in own.by_value]


_DEGREES = frozenset({None, "deg", "Cel", "[degF]"})


def _is_told_otherwise(figure: Figure, own: Figures, theirs: Figures) -> bool:
    """Whether the sentences give this figure in another form: a share, another unit, a numeral, or to be rounded."""
    others = theirs.numbers
    shares = {one / other for one, other in theirs.pairs if other}
    shares |= {1 / other.value for other in others if other.kind == "ordinal" and other.value > 2}  # "a fifth smaller"
    if figure.kind == "fraction" or figure.unit == "%":
        share = figure.value / 100 if figure.unit == "%" else figure.value
        fractions = {other.value for other in others if other.kind == "fraction"}
        shares |= fractions | {other.value / 100 for other in others if other.unit == "%"}
        return any(_rounds(figure, share, one) for one in shares) or (figure.is_weak and not fractions)
    if figure.kind == "decade":
        return any(figure.value <= other.value < figure.value + 10 for other in others)
    values = [*(_in_unit(other, figure) for other in others), *(_single(unit, figure) for unit in theirs.units)]
    if figure.value in theirs.romans.values() or any(_rounds(figure, figure.value, value) for value in values):
        return True
    return figure.is_weak and not _rivals(figure, own, theirs)


def _single(unit: Unit, figure: Figure) -> Decimal | None:
    """One of `unit` in the unit of `figure`: a decade is ten years."""
    return convert(unit.times, unit, figure.measure) if figure.measure else None


def _in_unit(other: Figure, figure: Figure) -> Decimal | None:
    """The value of `other` in the unit of `figure`, or None where they measure different things."""
    if other.unit == figure.unit or {other.unit, figure.unit} <= _DEGREES:  # "44.2C" as "more than 44 degrees"
        return other.value
    if other.measure is None or figure.measure is None or "money" in {other.measure.kind, figure.measure.kind}:
        return None
    value = convert(other.value, other.measure, figure.measure)
    return figure.value if value is not None and abs(value - figure.value) <= SAME * figure.value else value


def _rounds(figure: Figure, claimed: Decimal, value: Decimal | None) -> bool:
    """Whether `claimed` may stand for `value`: the same, or rounded with a hedge, in the right direction."""
    if value is None or claimed == value:
        return value is not None
    if len(claimed.normalize().as_tuple().digits) >= len(value.normalize().as_tuple().digits):
        return False  # "around 1291" is no rounded 1294
    less, near = claimed < value, abs(claimed - value)
    match figure.hedge:
        case "near":
            return near <= CLOSE * abs(value)
        case "nearly":
            return not less and near <= CLOSE * abs(claimed)
        case "over" | "least":
            return less and near <= FAR * abs(value)
        case "under" | "most":
            return not less and near <= FAR * abs(claimed)
        case _:
            return False


def _rivals(figure: Figure, own: Figures, theirs: Figures) -> list[Figure]:
    """Figures that a small number word ("one", "first", "three") would have to stand for, had it been changed."""
    ordinal = figure.kind == "ordinal"
    left = [o for o in _left(own, theirs) if (o.kind == "ordinal") == ordinal and o.unit is None]
    if figure.value == 1 and not ordinal:
        return [o for o in left if o.counted and o.counted == figure.counted]
    return [o for o in left if abs(o.value) <= 100]


def _missing(figure: Figure, own: Figures, theirs: Figures) -> str:
    """The figure of the article that stands where this one does, if there is one."""
    left = [o for o in _left(own, theirs) if o.unit == figure.unit and (figure.unit or o.counted == figure.counted)]
    if len({other.value for other in left}) == 1:
        return f"the article says {left[0].text}, the claim {figure.text}"
    return f"{figure.text} is not in the cited sentences"


_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f'](?=\d)\d+)*")


def digits_not_in(claim: str, sentences: Sequence[str]) -> list[str]:
    """Figures of the claim that the sentences do not have, by their digits alone: 5,2 in German is 5.2 in English."""
    known = {_bare(figure) for text in sentences for figure in _DIGITS.findall(plain(text))}
    return [figure for figure in _DIGITS.findall(plain(claim)) if _bare(figure) not in known]


def _bare(figure: str) -> str:
    return "".join(filter(str.isdigit, figure))
