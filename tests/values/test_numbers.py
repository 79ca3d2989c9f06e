"""Numbers are found where they stand, with the value an English reader gives them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.values.number_tokens import tokenise
from summarizer.values.numbers import Number, find_in, find_numbers


def only(text: str) -> Number:
    (number,) = find_numbers(text)
    return number


def values(text: str) -> list[Decimal]:
    return [number.value for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,180", "1180"),
        ("1180", "1180"),
        ("1.180", "1.180"),
        ("1.180,5", "1180.5"),
        ("1.180.000", "1180000"),
        ("1,00,000", "100000"),
        ("1\u00a0180", "1180"),
        ("10 000", "10000"),
        ("1'180'000", "1180000"),
        ("one thousand one hundred and eighty", "1180"),
        ("one hundred and two thousand", "102000"),
        ("three million two hundred thousand and five", "3200005"),
        ("5.2 million", "5200000"),
        ("300million", "300000000"),
        ("twenty", "20"),
        ("forty-two", "42"),
        ("a dozen", "12"),
        ("half a dozen", "6"),
        ("two and a half million", "2500000"),
        ("2½", "2.5"),
        ("1 1/2", "1.5"),
        ("5 crore", "50000000"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("minus five", "-5"),
        ("１，１８０", "1180"),
        ("١٬١٨٠٫٥", "1180.5"),
        ("४२", "42"),
        (".38", "0.38"),
        ("one point two million", "1200000"),
        ("zero point five", "0.5"),
        ("minus two point five", "-2.5"),
        ("three point one four one", "3.141"),
        ("5 Mio", "5000000"),
        ("2,5 Mrd. ", "2500000000"),
        ("1.5e6", "1500000"),
        ("2.1e-5", "0.000021"),
        ("3 x 10^8", "300000000"),
        ("6.02×10²³", "602000000000000000000000"),
        ("10^6", "1000000"),
    ],
)
def test_the_whole_expression_has_one_value(text: str, value: str) -> None:
    """Digits of any script, grouping, words, scales and signs are one number that covers the expression."""
    number = only(text)

    assert (0, len(text.rstrip()), Decimal(value)) == (number.start, number.end, number.value)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("the 2nd", "ordinal", "2"),
        ("the twenty-first", "ordinal", "21"),
        ("half of it", "fraction", "0.5"),
        ("three-quarters", "fraction", "0.75"),
        ("a three-quarter majority", "fraction", "0.75"),
        ("3/4", "fraction", "0.75"),
        ("the 1960s", "decade", "1960"),
        ("Covid-19", "code", "19"),
        ("an F-16", "code", "16"),
        ("the G20", "code", "20"),
        ("mid-1990", "cardinal", "1990"),
        ("20-year-old", "cardinal", "20"),
    ],
)
def test_kind(text: str, kind: str, value: str) -> None:
    """An ordinal, a fraction, a decade and digits inside a name are told from a count."""
    number = only(text)

    assert (kind, Decimal(value)) == (number.kind, number.value)


@pytest.mark.parametrize("text", ["22:30", "3,5", "10/09/2023", "2023-09-10", "192.168.1.1", "555-123-4567"])
def test_times_dates_and_versions_are_codes(text: str) -> None:
    """Every part of a time, a date in digits, an address or a telephone number is a code."""
    assert {"code"} == {number.kind for number in find_numbers(text)}


@pytest.mark.parametrize("text", ["20%", "20 %", "20 per cent", "twenty percent", "20 percentage points", "２０％"])
def test_percent_is_marked_and_not_covered(text: str) -> None:
    """The sign or word stays outside the span; the mark tells of it."""
    number = only(text)

    assert number.percent
    assert Decimal(20) == number.value
    assert "p" not in text[number.start : number.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10-15 people", [10, 15]),
        ("10 to 15", [10, 15]),
        ("between one hundred and two hundred", [100, 200]),
        ("$5-6 million", [5_000_000, 6_000_000]),
        ("between two and three million", [2_000_000, 3_000_000]),
    ],
)
def test_a_range_is_two_numbers(text: str, expected: list[int]) -> None:
    """The low end is marked and takes the scale of the high end."""
    low, high = find_numbers(text)

    assert expected == [low.value, high.value]
    assert low.opens_range
    assert not high.opens_range


def test_percent_of_a_range_belongs_to_both_ends() -> None:
    """In "10-15%" ten is a percentage too."""
    assert [number.percent for number in find_numbers("10-15%")] == [True, True]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$5.2m", 5_200_000),
        ("£3bn", 3 * 10**9),
        ("30k", 30_000),
        ("2m people", 2_000_000),
        ("a 5m wall", 5),
        ("1.5 m cubic feet", 1_500_000),
        ("3 m tonnes", 3_000_000),
        ("40 k users", 40_000),
        ("12 k runners", 12_000),
        ("5 m litres", 5_000_000),
        ("4 b gallons", 4 * 10**9),
        ("300 k tons", 300_000),
        ("40m NOK", 40_000_000),
        ("NOK 40m", 40_000_000),
        ("3 M sales", 3_000_000),
        ("2 m long", 2),
        ("a 3 m wall", 3),
        ("5 m in length", 5),
        ("4 k video", 4),
    ],
)
def test_letters_scale_only_where_they_cannot_be_a_unit(text: str, value: int) -> None:
    """An m is a million behind a currency sign, before people and before another unit, else a metre."""
    assert value == only(text).value


@pytest.mark.parametrize(
    "text", ["dozens of", "several hundred", "a few", "no one", "one another", "a second later", "a b"]
)
def test_vague_words_are_no_numbers(text: str) -> None:
    """Nothing is guessed from words that name no number."""
    assert find_numbers(text) == ()


def test_and_does_not_join_what_it_lists() -> None:
    """ "and" joins only a smaller rest to hundreds and thousands."""
    assert values("two and three") == [2, 3]
    assert values("Three thousand, two of them") == [3000, 2]


def test_at_one_point_is_no_decimal() -> None:
    """ "At one point five men left" tells of five men."""
    assert [1, 5] == values("At one point five men left")


def test_a_note_mark_behind_a_year_is_no_decimal() -> None:
    """ "in 2024.1 The board" is the year and a note."""
    assert [("2024", "cardinal"), ("1", "code")] == [
        (str(n.value), n.kind) for n in find_numbers("in 2024.1 The board")
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("7/8 of it", "0.875"), ("2/5 of them", "0.4"), ("9/10 of it", "0.9"), ("two-fifths", "0.4")]
)
def test_parts_of_a_whole(text: str, value: str) -> None:
    """A day could be written 2/5: a fraction of a kind that is rare needs an "of"."""
    assert ("fraction", Decimal(value)) == (only(text).kind, only(text).value)


def test_offsets_are_into_the_whole_text() -> None:
    """A range of the text is scanned in place."""
    text = "one two three"

    assert [(number.start, number.end) for number in find_in(text, tokenise(text, 4, 7))] == [(4, 7)]


def test_a_megabyte_of_digits_is_read() -> None:
    """Neither a long chain nor a long number takes more than linear time or overflows."""
    assert len(find_numbers("1," * 50_000)) == 50_000
    assert only("9" * 1_000_000).kind == "code"
    assert only("-" + "1,234" + ",234" * 100_000).kind == "code"


PIECES = [*"0123456789.,/:-–%$€ '½½asmkthnd٣７", "two ", "hundred ", "and ", "half ", "million ", "between "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_numbers_are_ordered_and_inside_the_text(text: str) -> None:
    """For any text, spans do not overlap and begin and end at something visible."""
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == text[number.start : number.end].strip()
        at = number.end
