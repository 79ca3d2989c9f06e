"""Temporal expressions are found at their place with the value a reader gives them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.values.calendar_values import read_iso
from summarizer.values.date_expressions import find_expressions
from summarizer.values.dates import dates_in, find_dates

CASES = Path(__file__).with_name("date_cases.txt")


def cases() -> list[tuple[date, str, list[tuple[str, str | None]]]]:
    """The sentences of the table, each with the day of publication and its dates in order."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = []
    for head, answer in zip(lines[::2], lines[1::2], strict=True):
        published, _, sentence = head.partition(" | ")
        items = [] if answer.strip() == "none" else [item.split(" = ") for item in answer.strip().split("; ")]
        dates = [(text, None if iso == "?" else iso) for text, iso in items]
        rows.append((date.fromisoformat(published), sentence, dates))
    return rows


def read(sentence: str, published: date | None) -> list[tuple[str, str | None]]:
    return [(sentence[found.start : found.end], found.iso) for found in dates_in(sentence, published=published)]


def test_the_table_is_read_right() -> None:
    """Of at least 100 expressions, 95 in 100 have the right text and value, and nothing else is found."""
    rows = [(sentence, answer, read(sentence, published)) for published, sentence, answer in cases()]
    total = sum(max(1, len(answer)) for _, answer, _ in rows)
    wrong = [row for row in rows if row[1] != row[2]]
    faults = sum(max(1, len(set(answer) ^ set(found)) // 2) for _, answer, found in wrong)

    assert total >= 100
    assert faults <= 0.05 * total, json.dumps(wrong, indent=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed on 9/12/23 in Bonn", [("9/12/23", None)]),
        ("the second on 13/02/24", [("13/02/24", "2024-02-13")]),
        ("on 12/25/23 and 25/12/23", [("12/25/23", "2023-12-25"), ("25/12/23", "2023-12-25")]),
        ("on 31.12.99", [("31.12.99", "1999-12-31")]),
        ("version 1.2.24 and call 12-25-23", []),
        ("closed from 23 December to 7 January", [("23 December", "2024-12-23"), ("7 January", "2025-01-07")]),
        ("closed from 27 December until 3 January", [("27 December", "2024-12-27"), ("3 January", "2025-01-03")]),
        ("shut 28 December – 4 January", [("28 December", "2024-12-28"), ("4 January", "2025-01-04")]),
        ("between November and February", [("November", "2024-11"), ("February", "2025-02")]),
        ("met on 5 March and 3 January", [("5 March", "2025-03-05"), ("3 January", "2025-01-03")]),
        ("Minutes of 2024-W18 are missing", [("2024-W18", "2024-W18")]),
        ("in week 18 of 2024 and on 2024-W18-3", [("week 18 of 2024", "2024-W18"), ("2024-W18-3", "2024-05-01")]),
        ("in the third quarter of fiscal 2024", [("third quarter of fiscal 2024", None)]),
        ("in Q3 FY24 and Q1 2024", [("Q3 FY24", None), ("Q1 2024", "2024-01/2024-03")]),
        ("in the financial year 2022-23", [("financial year 2022-23", None)]),
        ("fiscal policy after the financial crisis of 2008", [("2008", "2008")]),
    ],
)
def test_figures_ranges_weeks_and_fiscal_years(text: str, expected: list[tuple[str, str | None]]) -> None:
    """Two readings are unknown, a range does not end before it begins, a company's year is its own."""
    assert expected == read(text, date(2025, 5, 6))


def test_without_a_day_of_publication_relative_dates_are_unknown() -> None:
    """Unknown stays None; what names its year is known all the same."""
    text = "On Monday, three years ago, last month, in May 2020 and the next year, it rained on 5 July."

    assert [iso for _, iso in read(text, None)] == [None, None, None, "2020-05", "2021", "2021-07-05"]


def test_one_date_for_the_same_text_and_value() -> None:
    """The same words with the same value are one date with all its places; another value makes another date."""
    text = "It rained on Monday. It snowed on Monday. It will hail on Monday."
    article = Article(text=text, published=date(2024, 3, 14))
    past, future = find_dates(article)

    assert ((past.text, past.iso), (future.text, future.iso)) == (("Monday", "2024-03-11"), ("Monday", "2024-03-18"))
    assert [mention.sentence for mention in past.mentions] == [1, 2]


def test_offsets_are_into_the_whole_text() -> None:
    """A range of the text is scanned in place, and what stands outside it is not seen."""
    text = "In 1998 and in 2004 and 2010."

    assert [(found.start, found.end) for found in find_expressions(text, 8, 20)] == [(15, 19)]


@pytest.mark.parametrize("text", ["2023年9月10日", "١٠ سبتمبر ٢٠٢٣", "10 сентября", "0001-01-01 ago", "9999 years ago"])
def test_other_languages_and_far_years_do_not_crash(text: str) -> None:
    """Dates of other languages are not guessed at, and the calendar's ends are respected."""
    dates_in(text, published=date(2024, 3, 14))


@pytest.mark.parametrize(
    "piece", ["Monday ", "May ", "the end of ", "1990-", "10 September ", "last ", "a ", "19th and "]
)
def test_cost_is_linear(piece: str) -> None:
    """A long run of beginnings of dates is read in one pass."""
    dates_in(piece * (30_000 // len(piece)), published=date(2024, 3, 14))


WORDS = (
    "Monday |May |3 |10 |1998|2024-03-10 |s |last |next |the |end of |year |years |ago |later |-|–|to |, |. |at |pm "
)
PIECES = f"{WORDS}|:30 |of |century |spring |9999 |0001-01-01 "


@given(st.lists(st.sampled_from(PIECES.split("|"))).map("".join) | st.text(), st.none() | st.dates())
def test_every_mention_is_its_slice_and_every_value_is_iso(text: str, published: date | None) -> None:
    """For any text and day a mention equals its slice, lies in its sentence, and its value can be read back."""
    article = Article(text=text, published=published)
    for found in find_dates(article):
        assert found.iso is None or read_iso(found.iso) is not None
        for mention in found.mentions:
            sentence = article.sentences[mention.sentence - 1]
            assert sentence.start <= mention.start < mention.end <= sentence.end
            assert found.text == mention.text == text[mention.start : mention.end]


@pytest.mark.parametrize("name", ["Monday", "Sun", "Wed", "Sunday"])
@pytest.mark.parametrize("behind", ["0", "2024", "X9", "é", "ein"])
def test_a_weekday_with_something_against_it_is_none(name: str, behind: str) -> None:
    """Whatever letters or figures they are; a comma and a date behind them change nothing."""
    for sentence in (f"{name}{behind}", f"On {name}{behind}, 3 May 2024, it rained."):
        found = dates_in(sentence, published=date(2024, 5, 3))
        assert not any(name in sentence[one.start : one.end] for one in found)
