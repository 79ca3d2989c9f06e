"""Statements of one article that cannot all be true, where arithmetic alone proves it.

Three proofs, and nothing weaker (percentages that do not add up prove nothing):

- A quantity and its restatement in another unit do not convert, even when each may be off by half of its last
  written digit, or by 5 % where it ends in zeros, and whichever ton, gallon or mile is meant.
- A journey of a stated length took a stated time, and its speed is stated as less than the average that these give.
  (More proves nothing: there are stops.) Each number may be off by half of its last written digit, a speed called
  "about" by 10 %. Length and time stand alone in one sentence with a verb of travel; the speed stands in that
  sentence or one of the next two, and both name the same vehicle.
- A date with its year is not on the weekday it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from summarizer.analysis.date_words import WEEKDAYS, word_set
from summarizer.analysis.numbers import tokenise
from summarizer.analysis.units import Unit, convert, name_of, unit_of
from summarizer.article import Article, Sentence
from summarizer.schemas.entities import DateMention, Quantity
from summarizer.schemas.result import Issue

_Range = tuple[Decimal, Decimal]

# What else a name of a unit may mean, by the factor to its base: long and metric tons, imperial measures, sea miles.
_OTHER_FACTORS = {
    "[ston_av]": ("1000000", "1016046.9088"), "t": ("907184.74", "1016046.9088"), "[gal_us]": ("4.54609",),
    "[pt_us]": ("0.56826125",), "[mi_i]": ("1852",), "[foz_us]": ("0.0284130625",), "kcal": ("4.184",),
}  # fmt: skip
_TRAVEL = word_set(
    """travel travels travelled traveled travelling traveling journey trip voyage cover covers covered covering
    drive drove driven driving ride rode ridden riding fly flew flown flying flight sail sailed sailing walk
    walked walking run ran running cycle cycled cycling trek trekked march marched crossed crossing swam row
    rowed hauled made"""
)
_VEHICLES = word_set(
    """train trains plane planes aircraft jet jets car cars bus buses coach ship ships boat boats ferry ferries
    convoy truck trucks lorry lorries van helicopter yacht rocket probe spacecraft drone bicycle bike motorcycle
    tram locomotive carriage submarine balloon storm hurricane typhoon cyclone runner cyclist peloton horse
    caravan motorcade tanker"""
)
_AT_LEAST = re.compile(r"(?:more than|over|at least|above|exceeding|in excess of|faster than)\s$", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:about|around|approximately|roughly|nearly|almost|some|average(?: speed)? of)\s$", re.IGNORECASE
)
_ABOUT_TOLERANCE = Decimal("0.10")
_ZEROS_TOLERANCE = Decimal("0.05")
_SENTENCES_AHEAD = 2


def find_conflicts(
    article: Article, quantities: Sequence[Quantity], dates: Sequence[DateMention] = ()
) -> tuple[Issue, ...]:
    """What the article states against its own arithmetic, as issues `inconsistent` with action `none`.

    Args:
        article: the article.
        quantities: its quantities, as `find_quantities` gives them; `where` of an issue points into them.
        dates: its dates, as `find_dates` gives them.

    """
    return (*_restatements(quantities), *_journeys(article, quantities), *_weekdays(dates))


def _issue(where: str, message: str) -> Issue:
    return Issue(code="inconsistent", where=where, message=message, action="none")


def _restatements(quantities: Sequence[Quantity]) -> Iterator[Issue]:
    for index, quantity in enumerate(quantities):
        stated = quantities[quantity.same_as] if quantity.same_as is not None else None
        if stated is None or quantity.kind == "money":
            continue
        expected = _conflicting(stated, quantity)
        unit = _unit(quantity)
        if expected is not None and unit is not None:
            value = f"{_short(expected)} {name_of(unit)}"
            yield _issue(
                f"/quantities/{index}",
                f"The article gives {stated.text} as {quantity.text}, but {stated.text} is about {value}.",
            )


def _conflicting(stated: Quantity, restated: Quantity) -> Decimal | None:
    """What `stated` is in the unit of `restated`, where no reading of the two agrees; else None."""
    one, other = _unit(stated), _unit(restated)
    if one is None or other is None or stated.value is None or restated.value is None:
        return None
    exact = convert(Decimal(str(stated.value)), one, other)
    readings = [(a, b) for a in _meanings(one) for b in _meanings(other)]
    agree = any(_meet(_converted(_rounded(stated), a, b), _rounded(restated)) for a, b in readings)
    return None if agree or exact is None else exact


def _unit(quantity: Quantity) -> Unit | None:
    return unit_of(quantity.unit) if quantity.unit else None


def _meanings(unit: Unit) -> list[Unit]:
    """The unit, what else its name may mean, and for a temperature the difference of two."""
    others = [replace(unit, factor=Decimal(factor)) for factor in _OTHER_FACTORS.get(unit.code or "", ())]
    differences = [replace(unit, offset=Decimal(0))] if unit.offset else []
    return [unit, *others, *differences]


def _converted(stretch: _Range, one: Unit, other: Unit) -> _Range | None:
    low, high = convert(stretch[0], one, other), convert(stretch[1], one, other)
    return (low, high) if low is not None and high is not None else None


def _meet(one: _Range | None, other: _Range) -> bool:
    return one is None or (one[0] <= other[1] and other[0] <= one[1])


def _rounded(quantity: Quantity) -> _Range:
    """Between what values the quantity may lie: half its last digit, or 5 % where it ends in zeros."""
    value = Decimal(str(quantity.value)).normalize()
    last_digit = Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2
    slack = max(_half_digit(quantity), min(last_digit, abs(value) * _ZEROS_TOLERANCE))
    return value - slack, value + slack


def _half_digit(quantity: Quantity) -> Decimal:
    """Half of the last digit written: 0.5 of 20 hours, 0.05 of 2.5 hours."""
    match = re.search(r"\d[.·](\d{1,12})(?!\d)", quantity.text)
    return Decimal(1).scaleb(-len(match[1]) if match else 0) / 2


def _journeys(article: Article, quantities: Sequence[Quantity]) -> Iterator[Issue]:
    by_sentence: dict[int, list[int]] = {}
    for index, quantity in enumerate(quantities):
        for mention in quantity.mentions:
            by_sentence.setdefault(mention.sentence, []).append(index)
    for number, indices in by_sentence.items():
        journey = _journey(article.sentences[number - 1], [quantities[index] for index in indices])
        if journey is None:
            continue
        for ahead in range(number, number + _SENTENCES_AHEAD + 1):
            for index in by_sentence.get(ahead, ()):
                issue = _too_slow(article, journey, number, quantities[index], ahead)
                if issue:
                    yield _issue(f"/quantities/{index}", issue)


def _journey(sentence: Sentence, quantities: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The one distance and the one duration of a sentence that tells of travel, restatements aside."""
    own = [quantity for quantity in quantities if quantity.same_as is None]
    distances = [quantity for quantity in own if quantity.kind == "distance"]
    durations = [quantity for quantity in own if quantity.kind == "duration"]
    if len(distances) != 1 or len(durations) != 1 or not _words(sentence) & _TRAVEL:
        return None
    return (distances[0], durations[0]) if distances[0].value and durations[0].value else None


def _words(sentence: Sentence) -> set[str]:
    return {token.word for token in tokenise(sentence.text, 0, len(sentence.text)) if token.word}


def _too_slow(
    article: Article, journey: tuple[Quantity, Quantity], number: int, speed: Quantity, ahead: int
) -> str | None:
    """The message where the stated speed of the same vehicle is below the journey's average; else None."""
    told, later = article.sentences[number - 1], article.sentences[ahead - 1]
    unit = _unit(speed)
    if speed.kind != "speed" or speed.same_as is not None or unit is None or speed.value is None:
        return None
    if not _words(told) & _words(later) & _VEHICLES:
        return None
    mention = next(mention for mention in speed.mentions if mention.sentence == ahead)
    before = article.text[max(later.start, mention.start - 24) : mention.start]
    if _AT_LEAST.search(before):
        return None
    about = _ABOUT_TOLERANCE if _ABOUT.search(before) else Decimal(0)
    highest = (Decimal(str(speed.value)) + _half_digit(speed)) * (1 + about)
    distance, duration = journey
    lowest = _average(distance, duration, unit, _half_digit(distance), _half_digit(duration))
    average = _average(distance, duration, unit, Decimal(0), Decimal(0))
    if lowest is None or average is None or lowest <= highest:
        return None
    return (
        f"{distance.text} in {duration.text} is {_short(average)} {name_of(unit)} on average, "
        f"but the speed is given as {'about ' if about else ''}{speed.text}."
    )


def _average(distance: Quantity, duration: Quantity, unit: Unit, less: Decimal, more: Decimal) -> Decimal | None:
    """The speed, in `unit`, over a distance that is `less` shorter in a time that is `more` longer than written."""
    length, time = _unit(distance), _unit(duration)
    if length is None or time is None:
        return None
    metres = (Decimal(str(distance.value)) - less) * length.factor
    seconds = (Decimal(str(duration.value)) + more) * time.factor
    return metres / seconds / unit.factor


def _weekdays(dates: Sequence[DateMention]) -> Iterator[Issue]:
    """Dates with a year that do not fall on the weekday they are given."""
    for index, item in enumerate(dates):
        words = [token.word for token in tokenise(item.text, 0, len(item.text))]
        if not words or words[0] not in WEEKDAYS or not item.iso or not re.search(r"\d{4}", item.text):
            continue
        try:
            day = date.fromisoformat(item.iso)
        except ValueError:
            continue
        if day.weekday() != WEEKDAYS[words[0]]:
            yield _issue(f"/dates/{index}", f"The article says {item.text}, but {item.iso} is a {day:%A}.")


def _short(value: Decimal) -> str:
    """Three significant digits, without an exponent."""
    return f"{Decimal(f'{value:.3g}').normalize():f}"
