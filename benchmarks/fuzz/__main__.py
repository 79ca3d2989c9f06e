"""`python -m benchmarks.fuzz --minutes N [--only ROOM]`: tries every property in turn until the time is over."""

from __future__ import annotations

import argparse
import faulthandler
import logging
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.fuzz.properties import PROPERTIES, SECONDS, Property

ROUND = 50
"""Examples between two looks at the clock."""
HANGS = 60
"""Seconds of the processor after which an input is broken off; those of the wall would tell of a loaded machine."""
BLOCKED = 3600
"""Seconds on the wall after which nothing goes on at all: then the stacks of all threads are printed."""


class Hanging(BaseException):
    """Nothing that catches errors may catch this."""


@dataclass
class Tried:
    """What came of a property: examples, seconds, and for each kind of failure the smallest example found."""

    examples: int = 0
    seconds: float = 0.0
    processor: float = 0.0
    slowest: float = 0.0
    failures: dict[str, str] = field(default_factory=dict)


def one_round(one: Property, tried: Tried, number: int) -> None:
    """Up to `ROUND` examples; where one fails, hypothesis makes it small and it is noted."""
    last: list[Any] = [None, None]

    def attempt(example: Any) -> None:
        tried.examples += 1
        last[0] = example
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, HANGS)
        faulthandler.dump_traceback_later(BLOCKED, exit=True)
        try:
            one.holds(example)
        except BaseException as error:
            last[1] = example
            raise error if isinstance(error, Exception) else AssertionError(f"hangs: {error}") from error
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.cancel_dump_traceback_later()
        took = time.process_time() - began
        tried.processor += took
        tried.slowest = max(tried.slowest, took)
        if took > SECONDS:
            last[1] = example
            raise AssertionError(f"takes {took:.0f} s of the processor, more than {SECONDS:.0f}")

    phases = (Phase.generate, Phase.shrink)
    quiet = settings(max_examples=ROUND, database=None, deadline=None, phases=phases, report_multiple_bugs=False,
                     suppress_health_check=list(HealthCheck), print_blob=False)  # fmt: skip
    try:
        seed(number)(quiet(given(one.inputs)(attempt)))()
    except Exception as error:  # noqa: BLE001  whatever it is, it is what was looked for
        kind = _kind(error)
        shown = f"{kind}\n{''.join(traceback.format_exception(error)[-12:])}\nexample: {last[1]!r:.4000}"
        if kind not in tried.failures or len(shown) < len(tried.failures[kind]):
            tried.failures[kind] = shown


def _kind(error: BaseException) -> str:
    """Where and as what it came: failures of one kind are told once."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "site-packages" not in one.filename]
    ours = [one for one in frames if "/summarizer/" in one.filename] or frames
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    said = str(error).split("\n")[0] if isinstance(error, AssertionError) else ""
    return f"{type(error).__name__} {where} {said[:80]}".strip()


def run(minutes: float, rooms: tuple[Property, ...], first: int, tell: Callable[[str], None]) -> dict[str, Tried]:
    """Round by round, each property in turn for as long as the others, until the minutes are over."""
    found = {one.room: Tried() for one in rooms}
    end, number = time.monotonic() + minutes * 60, first
    while time.monotonic() < end:
        one = min(rooms, key=lambda one: found[one.room].seconds)
        tried, before, began = found[one.room], len(found[one.room].failures), time.monotonic()
        one_round(one, tried, number)
        tried.seconds += time.monotonic() - began
        number += 1
        if len(tried.failures) > before:
            tell(f"\n== {one.room}, seed {number - 1}: {list(tried.failures.values())[-1]}\n")
    return found


def main() -> None:
    """Print how much was tried, and what failed; exit status 1 where something did."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for how long; 5 by default")
    parser.add_argument("--only", choices=[one.room for one in PROPERTIES], help="one room")
    parser.add_argument(
        "--seed", type=int, default=int(time.time()), help="of the first round; others count on from it"
    )
    asked = parser.parse_args()
    _be_quiet()
    rooms = tuple(one for one in PROPERTIES if asked.only in (None, one.room))
    print(f"seed {asked.seed}")
    found = run(asked.minutes, rooms, asked.seed, lambda text: print(text, flush=True))
    print(
        "| room | examples | failures | seconds | CPU s | slowest, CPU s |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    for room, tried in found.items():
        told = f"{len(tried.failures)} | {tried.seconds:.0f} | {tried.processor:.0f} | {tried.slowest:.1f}"
        print(f"| {room} | {tried.examples:,} | {told} |")
    sys.exit(any(tried.failures for tried in found.values()))


def _be_quiet() -> None:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Hanging("".join(traceback.format_stack(frame)[-3:]))

    signal.signal(signal.SIGPROF, ring)
    faulthandler.enable()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")


if __name__ == "__main__":
    main()
