"""How far a job is: what a progress bar, a log and the closing summary tell."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from summarizer.errors import Spent


@dataclass
class Tally:
    """Counts of one run. Articles are inputs: an article that is there twice counts twice.

    `entered` are the inputs read so far, all of them once `whole`; `kept` of them were settled before this run,
    `done` were settled by it. `failed`, `incomplete` and `abstained` are results of this run. `cost` is in US
    dollars, None where the price is not known; `spent` is that of this run alone.
    """

    entered: int = 0
    whole: bool = False
    kept: int = 0
    done: int = 0
    results: int = 0
    failed: int = 0
    incomplete: int = 0
    abstained: int = 0
    unreadable: int = 0
    spent: Spent = field(default_factory=Spent)
    cost: float | None = 0.0
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Wall time since the run began."""
        return time.monotonic() - self.began

    @property
    def rate(self) -> float:
        """Articles settled a second by this run."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds to go at this rate; None while that cannot be told."""
        if not self.whole or not self.done:
            return None
        return max(0, self.entered - self.kept - self.done) / self.rate
