"""Words and figures the views share."""

from __future__ import annotations

import pytest

from summarizer.views import wording


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
