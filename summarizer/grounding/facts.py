"""Exact facts: which figures of a claim differ from those of the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from summarizer.analysis.figures import Figure, Figures, figures_of, numeral
from summarizer.analysis.words import plain
from summarizer.values.units import convert

_CLOSE, _FAR, _UP, _DOWN = Decimal("0.1"), Decimal("0.2"), 1, -1
_ROUNDED = {"near": (0, _CLOSE), "nearly": (_UP, _CLOSE)}
_ROUNDED |= dict.fromkeys(("under", "most"), (_UP, _FAR)) | dict.fromkeys(("over", "least"), (_DOWN, _FAR))
"""Which way a figure may be rounded with a hedge (0: both), and how far, of the larger value."""
SAME = Decimal("0.03")
"""Of the value: 90 days are three months."""
MOST_RECKONED = 8
THIS_CENTURY = 2100
MOST_ALIKE = 50
"""Places of one number that are looked at: more of them tell nothing new."""
_DEGREES = frozenset({None, "deg", "Cel", "[degF]"})
_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f'](?=\d)\d+)*")


def wrong_figures(claim: str, sentences: Sequence[str], told: Sequence[str] = ()) -> Iterator[str]:
    """What differs, in words a person can read. `told` are expressions of the claim known to be right: its dates."""
    for expression in told:
        claim = claim.replace(expression, "|")
    own, theirs = figures_of(claim), figures_of(" | ".join(sentences))
    known = {*theirs.codes, *(numeral(figure.value) for figure in theirs.numbers)}
    known |= {numeral(1)} if "i" in theirs.named else set()  # "In Los Angeles I stayed up."
    yield from (f"{code} is not in the cited sentences" for key, code in own.codes.items() if key not in known)
    yield from _clocks(own, theirs)
    for one, other in own.pairs.keys() - theirs.pairs.keys():
        if (other, one) in theirs.pairs and one != other:
            yield f"the article says {other:f} and {one:f} in this order, the claim {one:f} and {other:f}"
    for figure in own.numbers:
        yield from _number(figure, own, theirs)


def digits_not_in(claim: str, sentences: Sequence[str]) -> list[str]:
    """Figures of the claim that the sentences do not have, by their digits alone: 5,2 in German is 5.2 in English."""
    known = {re.sub(r"\D", "", figure) for text in sentences for figure in _DIGITS.findall(plain(text))}
    return [figure for figure in _DIGITS.findall(plain(claim)) if re.sub(r"\D", "", figure) not in known]


def in_their_form(claim: str, sentences: Sequence[str]) -> str:
    """The claim with its figures and times of day written as the sentences write them.

    What is equal is equal by code; a learned reader takes "3.30 pm" for another time than "15:30".
    """
    own, theirs = figures_of(claim), figures_of(" | ".join(sentences))
    text = own.text
    for figure in sorted(own.numbers, key=lambda figure: figure.span, reverse=True):
        if other := _told_as(figure, theirs):
            (start, end), written = other
            if written.casefold() != text[start:end].casefold():
                text = text[:start] + written + text[end:]
    for written, clock in own.clocks.items():
        others = [other for other, told in theirs.clocks.items() if _same_time(clock, told)]
        if others and written not in others:
            text = text.replace(written, others[0])
    return text


def _told_as(figure: Figure, theirs: Figures) -> tuple[tuple[int, int], str] | None:
    """Where this figure stands in the claim, and how the sentences write it; None where they do not have it."""
    alike = [other for other in _equals(figure, theirs) if figure.unit == other.unit]
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


def _clocks(own: Figures, theirs: Figures) -> Iterator[str]:
    bare = {figure.value * 60 for figure in theirs.numbers if figure.unit is None}
    for written, clock in own.clocks.items():
        same = [told for told in theirs.clocks.values() if told[0] == clock[0]]
        if not any(_same_time(clock, told) for told in same) and (same or clock[0] not in bare):
            yield f"{written} is not a time of day of the cited sentences"


def _same_time(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """Whether minutes are equal, and the half of the day where both tell it."""
    return one[0] == other[0] and (one[1] == other[1] or not (one[1] and other[1]))


def _number(figure: Figure, own: Figures, theirs: Figures) -> Iterator[str]:
    same = _equals(figure, theirs)
    fitting = [other for other in same if _fits(figure, other, theirs)]
    if not fitting and _is_told_otherwise(figure, own, theirs):
        return
    if not same:
        yield _missing(figure, own, theirs)
    elif not fitting:
        units = " or ".join(sorted({other.unit or "no unit" for other in same}))
        yield f"the unit of {figure.text} is {units} in the article, {figure.unit or 'missing'} in the claim"
    elif figure.points == "for" and all(other.points == "ago" for other in same):
        yield f"the article says {same[0].text} ago, not for so long"
    elif dropped := _rate(figure, same, own):
        yield f"{figure.text} is per {dropped} in the article"
    elif added := figure.rates - theirs.each.union(*(other.rates for other in theirs.numbers)):
        yield f"{figure.text} is not per {min(added)} in the article"


def _equals(figure: Figure, theirs: Figures) -> list[Figure]:
    """Figures of the sentences of its value, both or neither an ordinal or a decade."""
    alike = theirs.by_value.get(figure.value, ())[:MOST_ALIKE]
    return [other for other in alike if len(told := {figure.kind, other.kind}) == 1 or not told & {"decade", "ordinal"}]


def _fits(one: Figure, other: Figure, theirs: Figures) -> bool:
    """Whether the units agree; where one side tells none, what it measures is left to the reader."""
    if one.unit == other.unit:
        return True
    if one.unit is None:
        return other.unit != "%"
    # "Two windless days": the unit does not stand behind its number, but it stands there.
    return other.unit is None and (one.unit == "a" or one.unit in theirs.named)


def _rate(figure: Figure, same: Sequence[Figure], own: Figures) -> str:
    """What the article's figure is told per and the claim nowhere names: kg, where 5 mg/kg became 5 mg."""
    left = [sorted(other.rates - figure.rates - own.named) for other in same]
    return min(left, key=len)[0] if all(left) else ""


def _is_told_otherwise(figure: Figure, own: Figures, theirs: Figures) -> bool:
    """Whether the sentences give this figure in another form: a share, another unit, a numeral, or to be rounded."""
    others = theirs.numbers
    if figure.kind == "decade":
        return any(figure.value <= other.value < figure.value + 10 for other in others)
    if figure.kind == "fraction" or figure.unit == "%":
        share = figure.value / 100 if figure.unit == "%" else figure.value
        shares = _shares(others) | {one / other for one, other in theirs.pairs if other}
        shares |= {1 / other.value for other in others if other.kind == "ordinal" and other.value > 2}  # "a fifth less"
        is_told = any(other.kind == "fraction" for other in others)
        return any(_rounds(figure, share, one) for one in shares) or (figure.is_weak and not is_told)
    if any(figure.value in (one, of) and one < of and one / of in _shares(others) for one, of in own.pairs):
        return True
    values = [_in_unit(other, figure) for other in others]
    if figure.measure:  # "a decade" is ten years
        values += [convert(unit.times, unit, figure.measure) for unit in theirs.units]
    if numeral(figure.value) in theirs.codes or any(_rounds(figure, figure.value, value) for value in values):
        return True
    if _is_reckoned(figure, others):
        return True
    return figure.is_weak and not _rivals(figure, own, theirs)


def _is_reckoned(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether it is the sum of two figures or what lies between them: "18 either abstained or were absent" of 12 and 6.

    Years are in no unit: what lies between 1970 and 1974 is four years, or three for an age.
    """
    others = others[:MOST_RECKONED]
    alike = [value for other in others if (value := _in_unit(other, figure)) is not None]
    if any(figure.value in {one + other, abs(one - other)} for one, other in combinations(alike, 2)):
        return True
    years = [other.value for other in others if other.unit is None and 1000 <= other.value <= THIS_CENTURY]
    apart = {abs(one - other) for one, other in combinations(years, 2)}
    return figure.unit in {None, "a"} and not apart.isdisjoint({figure.value, figure.value + 1})


def _shares(others: Sequence[Figure]) -> set[Decimal]:
    """The fractions and percentages among them: "one in four" is a quarter or 25 %."""
    return {o.value for o in others if o.kind == "fraction"} | {o.value / 100 for o in others if o.unit == "%"}


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
    way, far = _ROUNDED.get(figure.hedge, (0, Decimal(0)))
    off = claimed - value
    return off * way >= 0 and abs(off) <= far * max(abs(claimed), abs(value))


def _left(own: Figures, theirs: Figures) -> list[Figure]:
    """Figures of the sentences that the claim does not tell."""
    return [number for number in theirs.numbers if number.value not in own.by_value]


def _rivals(figure: Figure, own: Figures, theirs: Figures) -> list[Figure]:
    """Figures that a small number word ("one", "first", "three") would have to stand for, had it been changed."""
    ordinal = figure.kind == "ordinal"
    left = [o for o in _left(own, theirs) if (o.kind == "ordinal") == ordinal and o.unit is None]
    if figure.value == 1 and not ordinal:
        return [o for o in left if o.counted and o.counted == figure.counted]
    if figure.value == 2 and not ordinal and figure.counted:  # "the two sisters" of Kari and Hanne in "the eight"
        return [o for o in left if o.counted in {"", figure.counted}]
    return [o for o in left if abs(o.value) <= 100]


def _missing(figure: Figure, own: Figures, theirs: Figures) -> str:
    """The figure of the article that stands where this one does, if there is one."""
    left = [o for o in _left(own, theirs) if o.unit == figure.unit and (figure.unit or o.counted == figure.counted)]
    if len({other.value for other in left}) == 1:
        return f"the article says {left[0].text}, the claim {figure.text}"
    return f"{figure.text} is not in the cited sentences"
