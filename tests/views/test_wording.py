"""Words and figures the views share."""

from __future__ import annotations

import pytest

from summarizer.tasks.wording import plain_date
from summarizer.views import wording


@pytest.mark.parametrize(
    ("iso", "plain"),
    [
        ("2023-09-12", "12 September 2023"),
        ("2023-09", "September 2023"),
        ("2019", "2019"),
        ("2023-09-12T14:30:00Z", "12 September 2023, 14:30"),
        ("2023-09-11/2023-09-13", "11 – 13 September 2023"),
        ("2023-09-30/2023-10-02", "30 September – 2 October 2023"),
        ("2023-W37", "2023-W37"),
        ("2023-19-12", "2023-19-12"),
    ],
)
def test_dates_are_written_as_people_write_them(iso: str, plain: str) -> None:
    """What both ends of an interval share is said once; what cannot be read is left as it is."""
    assert plain == plain_date(iso)


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [
        (None, "cost unknown"),
        (0.0, "$0.00"),
        (0.00173, "$0.0017"),
        (0.00001, "under $0.0001"),
        (0.2, "$0.20"),
        (12.5, "$12.50"),
    ],
)
def test_unknown_cost_is_not_zero(dollars: float | None, shown: str) -> None:
    """None is unknown; a small sum keeps the digits that matter."""
    assert shown == wording.money(dollars)


@pytest.mark.parametrize(("duration", "shown"), [(0.04, "40 ms"), (2.13, "2.1 s"), (185.0, "3 min 5 s")])
def test_durations_have_a_fitting_unit(duration: float, shown: str) -> None:
    """Milliseconds, seconds, minutes."""
    assert shown == wording.seconds(duration)
