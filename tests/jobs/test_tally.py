"""What a job tells of itself: where its time goes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import cast

from summarizer.jobs.tally import Tally, TimedReader
from summarizer.reader import Reader


class SlowReader:
    """A reader that takes its time."""

    name = "slow@1"

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Everything, after a while."""
        time.sleep(0.05)
        return [0.9 for _ in pairs]


def test_time_with_the_reader_is_counted_and_what_it_says_is_its_own() -> None:
    """Two calls, and the name it has."""
    timed = TimedReader(cast("Reader", SlowReader()))
    assert [[0.9], [0.9, 0.9]] == [timed.supports([("a", "b")]), timed.supports([("a", "b"), ("c", "d")])]
    assert (True, "slow@1") == (timed.seconds >= 0.1, timed.name)


def test_a_job_says_when_checking_holds_it_back() -> None:
    """More time with the reader than with the model, and enough of it to matter: one line."""
    assert "waits for checking" in (Tally(checking=40.0, asking=12.0).bottleneck() or "")
    assert (None, None) == (Tally(checking=12.0, asking=40.0).bottleneck(), Tally(checking=3.0).bottleneck())
