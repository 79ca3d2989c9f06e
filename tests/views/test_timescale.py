"""Dates on a line drawn to scale."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.views.timescale import Extent, Stretch, extent, stretches, ticks


def _day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


@pytest.mark.parametrize(
    ("iso", "first", "behind"),
    [
        ("2023-09-12", "2023-09-12", "2023-09-13"),
        ("2023-09", "2023-09-01", "2023-10-01"),
        ("2023-12", "2023-12-01", "2024-01-01"),
        ("2024", "2024-01-01", "2025-01-01"),
        ("2023-W37", "2023-09-11", "2023-09-18"),
        ("2023-09-11/2023-09-13", "2023-09-11", "2023-09-14"),
        ("2019/2023-09", "2019-01-01", "2023-10-01"),
        ("2023-09-12/..", "2023-09-12", "2023-09-13"),
    ],
)
def test_an_expression_covers_all_its_days(iso: str, first: str, behind: str) -> None:
    """A month is as long as a month is, and an interval ends behind its last day."""
    assert Extent(_day(first), _day(behind)) == extent(iso)


def test_a_time_is_a_part_of_its_day() -> None:
    """Noon is half a day in."""
    assert Extent(_day("2023-09-12") + 0.5, _day("2023-09-12") + 0.5 + 1 / 1440) == extent("2023-09-12T12:00")


@pytest.mark.parametrize("iso", [None, "", "soon", "2023-13", "2023-02-30", "0000", "2023-W60", "<b>", "/", "T1"])
def test_what_cannot_be_placed_has_no_extent(iso: str | None) -> None:
    """Unknown is None, never a guess."""
    assert extent(iso) is None


def test_a_long_gap_beside_close_dates_is_left_out() -> None:
    """Four days in 2023 do not shrink to a point because something happened in 2019."""
    line = [found for iso in ("2019", "2023-09-10", "2023-09-12", "2023-09-11") if (found := extent(iso))]
    assert [stretch.members for stretch in stretches(line)] == [(0,), (1, 3, 2)]


def test_two_distant_dates_stay_on_one_line() -> None:
    """There is nothing to squeeze where each side is one date."""
    line = [found for iso in ("2019-01-01", "2023-09-10") if (found := extent(iso))]
    assert [stretch.members for stretch in stretches(line)] == [(0, 1)]


_EXTENTS = st.builds(lambda at, long: Extent(at, at + long), st.integers(1, 800_000), st.integers(1, 5_000))


@given(st.lists(_EXTENTS, max_size=30))
def test_every_extent_lies_inside_exactly_one_stretch(line: list[Extent]) -> None:
    """No date is lost, and stretches follow one another."""
    found = stretches(line)
    assert list(range(len(line))) == sorted(i for stretch in found for i in stretch.members)
    for stretch in found:
        assert stretch.start == min(line[i].start for i in stretch.members)
        assert stretch.end == max(line[i].end for i in stretch.members)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(_EXTENTS)
def test_marks_are_few_and_inside(one: Extent) -> None:
    """A stretch has one to six marks, none outside of it."""
    marks = ticks(Stretch(one.start, one.end, (0,)))
    assert 1 <= len(marks) <= 6
    assert all(one.start <= mark.day < one.end for mark in marks)


def test_marks_name_their_year_once() -> None:
    """Days name the year on the first mark; a whole year is named as such."""
    days = ticks(Stretch(_day("2023-09-10"), _day("2023-09-13"), ()))
    year = ticks(Stretch(_day("2019-01-01"), _day("2020-01-01"), ()))
    assert [mark.label for mark in days] == ["10 Sep 2023", "11 Sep", "12 Sep"]
    assert [mark.label for mark in year] == ["2019"]
