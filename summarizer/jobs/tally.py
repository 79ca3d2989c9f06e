"""How far a job is and what it waits for: what a progress bar, a log and the closing summary tell."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from summarizer.errors import Spent
from summarizer.reader import Reader, load_reader

LEAST_SECONDS = 10.0
"""Of checking: below that nobody waits for it."""


@dataclass
class Tally:
    """Counts of one run. Articles are inputs: an article that is there twice counts twice.

    `entered` are the inputs read so far, all of them once `whole`; `kept` of them were settled before this run,
    `done` were settled by it. `failed` and `abstained` are results of this run.

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

    def bottleneck(self) -> str | None:
        """One line where checking, which more cores would speed up, holds the job back and not the model."""
        if not self.asking or self.checking < max(self.asking, LEAST_SECONDS):
            return None
        spent = f"{self.checking:.0f} s of checking, {self.asking:.0f} s of waiting for the model, over all articles"
        return f"this job waits for checking, not for the model ({spent}); more cores make it faster"


class TimedReader:
    """Reads as the given reader does, a `Reader`; `None` and a folder are loaded when they are first needed.

    `seconds` is the wall time in which it judged claims, summed over threads.
    """

    def __init__(self, reader: Reader | Path | str | None) -> None:
        self._given, self._lock = reader, Lock()
        self.seconds = 0.0

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """What the reader says, see `Reader.supports`."""
        began = time.monotonic()
        try:
            return self._reader.supports(pairs)
        finally:
            with self._lock:
                self.seconds += time.monotonic() - began

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    @property
    def _reader(self) -> Reader:
        given = self._given
        return load_reader(given) if given is None or isinstance(given, (Path, str)) else given
