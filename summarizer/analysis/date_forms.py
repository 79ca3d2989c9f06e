"""What a temporal expression can say, and the pieces that words and digits share in reading one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis import calendar_values as cal
from summarizer.analysis.calendar_values import Unit, When
from summarizer.analysis.date_words import SHORT_UNITS, UNITS, VAGUE_AMOUNTS
from summarizer.analysis.number_words import CARDINALS, Token, read_words


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that needs no other to be known."""

    when: When | None


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """12 September, 10-12 September: the year is not said, the weekday (Monday is 0) may be."""

    month: int
    day: int
    last: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class MonthOf:
    """September. `which`: -1 last, 1 next, 2 this, 0 not said."""

    month: int
    which: int = 0


@dataclass(frozen=True, slots=True)
class WeekdayOf:
    """Sunday (Monday is 0). `which` as in `MonthOf`."""

    weekday: int
    which: int = 0


@dataclass(frozen=True, slots=True)
class WeekendOf:
    """The weekend. `which` as in `MonthOf`."""

    which: int


@dataclass(frozen=True, slots=True)
class SeasonOf:
    """Last summer: the season that begins in `month`. `which` as in `MonthOf`."""

    month: int
    which: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Some units away: yesterday, last week, three years ago; from the day before in the text if `from_mention`."""

    unit: Unit
    amount: int
    from_mention: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The past 30 days (`amount` -30), the next two years."""

    unit: Unit
    amount: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """By the end of something: its last day."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Vague:
    """A temporal expression whose value the text does not tell: a few months ago, the third quarter."""


Expression = (
    Fixed | DayOfMonth | MonthOf | WeekdayOf | WeekendOf | SeasonOf | Shift | Stretch | Deadline | Clock | Vague
)
Match = tuple[Expression, int]  # the expression and the index of the token behind it


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its tokens, asked by index; an index outside has no word."""

    text: str
    tokens: Sequence[Token]

    def word(self, at: int) -> str:
        """The word in lower case, '' for digits."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def gap(self, at: int) -> str:
        """What parts token `at` from the one before."""
        return self.tokens[at].before if 0 <= at < len(self.tokens) else "\n\n"

    def near(self, at: int) -> bool:
        """Whether a space or hyphen parts the token from the one before."""
        return self.gap(at) in {" ", "-", "\n", "\u00a0", "\u202f", "  ", "\u2011"}

    def next_word(self, at: int) -> str:
        """The word at `at` where it is near the one before, else ''."""
        return self.word(at) if self.near(at) else ""

    def previous_word(self, at: int) -> str:
        """The word before token `at` where the two are near, else ''."""
        return self.word(at - 1) if at > 0 and self.near(at) else ""

    def digits(self, at: int) -> str:
        """The text of token `at` where it is digits alone, else ''."""
        if not 0 <= at < len(self.tokens) or self.tokens[at].value is None:
            return ""
        written = self.text[self.tokens[at].start : self.tokens[at].end]
        return written if len(written) <= 4 and written.isdecimal() else ""

    def is_capital(self, at: int) -> bool:
        """Whether the word begins with a capital."""
        return 0 <= at < len(self.tokens) and self.text[self.tokens[at].start].isupper()

    def possessive(self, at: int) -> bool:
        """Whether 's follows the token before `at`."""
        return self.gap(at) in {"'", "’"} and self.word(at) == "s"


def day_at(words: Words, at: int) -> tuple[int, int] | None:
    """A day of the month: 12, 12th, and the index behind it."""
    digits = words.digits(at)
    if not digits or len(digits) > 2 or not 1 <= int(digits) <= 31:
        return None
    if words.gap(at + 1) == "" and words.word(at + 1):
        return (int(digits), at + 2) if words.word(at + 1) in {"st", "nd", "rd", "th"} else None
    return int(digits), at + 1


def year_at(words: Words, at: int) -> tuple[int, int] | None:
    """The year that completes a date: 2023 or ", 2023", and the index behind it."""
    digits = words.digits(at)
    if (
        len(digits) != 4
        or not 1000 <= int(digits) <= 2999
        or words.gap(at) not in {" ", ", ", ",", "\n", "\u00a0", ". "}
    ):
        return None
    attached = words.gap(at + 1) == "" and bool(words.word(at + 1))
    return None if attached else (int(digits), at + 1)


def range_end_at(words: Words, at: int, after: int) -> int | None:
    """Index of the token that ends a range which opened before `at`: -12, – 12, to 12; None where there is none."""
    if words.next_word(at) in {"to", "through"}:
        at += 1
        gap = words.gap(at)
        return at if gap == " " and words.digits(at) else None
    if not words.digits(at):
        return None
    between = words.text[words.tokens[after].end : words.tokens[at].start] if at < len(words.tokens) else ""
    return at if between in {"-", "–", " – ", " - ", "—"} else None


def day_of_month(words: Words, month: int, first: int, last: int, at: int) -> Match | None:
    """A day or days of a month, with the year where one follows at `at`."""
    year = year_at(words, at)
    if (month, first) == (9, 11) and words.next_word(at) in {"attack", "attacks", "hijackers", "terrorist"}:
        return Fixed(cal.day(2001, 9, 11)), at
    if year is None:
        return DayOfMonth(month, first, last), at
    begin, end = cal.day(year[0], month, first), cal.day(year[0], month, last)
    return (Fixed(cal.days(begin.first, end.last) if begin and end else None), year[1])


def amount_at(words: Words, at: int) -> tuple[int | None, int] | None:
    """How many: 3, three, "a", or None for "a few" and "several"; and the index behind it."""
    word = words.word(at)
    if word in {"a", "an"} and words.next_word(at + 1) not in VAGUE_AMOUNTS:
        return 1, at + 1
    start = at + 1 if word in {"a", "an"} else at
    if words.word(start) in VAGUE_AMOUNTS:
        return None, start + 2 if words.next_word(start + 1) == "of" else start + 1
    if words.digits(at):
        return int(words.digits(at)), at + 1
    read = read_words(words.tokens, at) if word in CARDINALS else None
    if read is None or read.is_fraction or read.value != int(read.value) or read.value > 9999:
        return None
    return int(read.value), read.end


def counted_units(words: Words, at: int) -> Match | None:
    """Three years ago, a week earlier, two days later, 24 hours ago, in two weeks' time."""
    amount = amount_at(words, at)
    if amount is None or not words.near(amount[1]):
        return None
    unit_at = amount[1]
    word = words.word(unit_at)
    if word not in UNITS and word not in SHORT_UNITS:
        return None
    after = unit_at + 1
    if words.gap(after) in {"' ", "’ "} and words.word(after) == "time":
        sign, end, from_mention = 1, after + 1, False
    else:
        sign, end, from_mention = _direction_at(words, after)
    if not sign:
        return None
    if amount[0] is None:
        return Vague(), end
    if word in SHORT_UNITS:
        return _hours(amount[0] * sign, word, from_mention), end
    unit, worth = UNITS[word]
    return Shift(unit, amount[0] * worth * sign, from_mention), end


def _direction_at(words: Words, at: int) -> tuple[int, int, bool]:
    """-1 for "ago" and "earlier", 1 for "later" and "from now", 0 for none; the index behind; from which day."""
    word = words.next_word(at)
    if word == "ago":
        return -1, at + 1, False
    if word == "earlier":
        return -1, at + 1, True
    if word == "later":
        return 1, at + 1, True
    if word == "from" and words.next_word(at + 1) in {"now", "today"}:
        return 1, at + 2, False
    return 0, at, False


def _hours(amount: int, word: str, from_mention: bool) -> Expression:
    if not word.startswith("h"):
        return Shift("day", 0, from_mention)
    return Shift("day", -(-amount // 24) if amount < 0 else amount // 24, from_mention)


def _part_of_year(words: Words, at: int, number: int, noun_at: int) -> Match | None:
    """The third quarter of 2023, the first half of this year; without a year nobody can tell which."""
    size = {"quarter": 3, "half": 6}.get(words.next_word(noun_at))
    if size is None or not 1 <= number <= 12 // size:
        return None
    of = words.next_word(noun_at + 1) in {"of", "in"}
    fiscal = fiscal_year_at(words, noun_at + (2 if of else 1))
    if fiscal:
        return Vague(), fiscal
    year = year_at(words, noun_at + (2 if of else 1))
    if year and (of or words.gap(year[1] - 1) == " "):
        return Fixed(cal.months(year[0], size * (number - 1) + 1, size)), year[1]
    return (Vague(), noun_at + 1) if size == 3 else None


def fiscal_year_at(words: Words, at: int) -> int | None:
    """Index behind "fiscal 2024", "the financial year 2023-24", "FY24"; None where there is none.

    Its value is unknown: nobody but the company knows where its year begins.
    """
    at += words.next_word(at) in {"the", "its"}
    if words.word(at) == "fy" and words.is_capital(at):
        return at + 2 if words.gap(at + 1) in {"", " "} and len(words.digits(at + 1)) in {2, 4} else None
    if words.word(at) not in {"fiscal", "financial"}:
        return None
    at += 2 if words.next_word(at + 1) == "year" else 1
    if len(words.digits(at)) != 4 or not words.near(at):
        return None
    both_years = words.gap(at + 1) in {"-", "–", "/"} and len(words.digits(at + 1)) in {2, 4}
    return at + 1 + both_years


def ordinal_noun(words: Words, at: int, number: int, noun_at: int) -> Match | None:
    """What an ordinal that ends before `noun_at` makes of a century or a quarter behind it."""
    if words.next_word(noun_at) in {"century", "centuries"}:
        before_christ = words.next_word(noun_at + 1) in {"bc", "bce"}
        return Fixed(None if before_christ else cal.years(number * 100 - 99, number * 100)), noun_at + 1
    return _part_of_year(words, at, number, noun_at)
