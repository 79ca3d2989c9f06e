"""How far a job is and what it waits for: what a progress bar, a log and the closing summary tell."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from summarizer.errors import Spent
from summarizer.reader import Reader, load_reader

LEAST_SECONDS = 10.0
"""Of checking: below that nobody waits for it."""


@dataclass
class Tally:
    """Counts of one run. Articles are inputs: an article that is there twice counts twice.

    `entered` are the inputs read so far, all of them once `whole`; `kept` of them were settled before this run,
    `done` were settled by it. `failed`, `incomplete` and `abstained` are results of this run.

    `spent` and `cost` are of all requests of this run, those of failures and of a stop among them; `cost` is in US
    dollars, None where a part of it is not known. `counted` is what counts against a cap: unknown spending at its
    most. `checking` and `asking` are the seconds that articles spent with the reader and with the model, summed over
    all articles.
    """

    entered: int = 0
    whole: bool = False
    kept: int = 0
    done: int = 0
    failed: int = 0
    incomplete: int = 0
    abstained: int = 0
    spent: Spent = field(default_factory=Spent)
    cost: float | None = 0.0
    counted: float = 0.0
    checking: float = 0.0
    asking: float = 0.0
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

    @property
    def waits_for(self) -> Literal["checking", "model"] | None:
        """Where articles spend most of their time; None without a hosted model, and where it is too short to matter."""
        if not self.asking or max(self.checking, self.asking) < LEAST_SECONDS:
            return None
        return "checking" if self.checking > self.asking else "model"

    def bottleneck(self) -> str | None:
        """One line where checking, which more cores would speed up, holds the job back and not the model."""
        if self.waits_for != "checking":
            return None
        spent = f"{self.checking:.0f} s of checking, {self.asking:.0f} s of waiting for the model, over all articles"
        return f"this job waits for checking, not for the model ({spent}); more cores make it faster"


class TimedReader:
    """Reads as the given reader does, a `Reader`; `None` and a folder are loaded when they are first needed.

    Attributes:
        seconds: wall time in its methods, summed over threads.

    """

    def __init__(self, reader: Reader | Path | str | None) -> None:
        self._given, self._lock = reader, Lock()
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        given = self._given
        found = getattr(load_reader(given) if given is None or isinstance(given, (Path, str)) else given, name)
        return self._timed(found) if callable(found) else found

    def _timed(self, method: Any) -> Any:
        def timed(*arguments: Any) -> Any:
            began = time.monotonic()
            try:
                return method(*arguments)
            finally:
                with self._lock:
                    self.seconds += time.monotonic() - began

        return timed
