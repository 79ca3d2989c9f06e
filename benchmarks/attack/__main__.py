"""`python -m benchmarks.attack`: every case by every way of asking; a table of what came of it."""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import warnings

from benchmarks.attack.answers import ANSWERS
from benchmarks.attack.connections import CONNECTIONS
from benchmarks.attack.runs import WAYS, Outcome, attack, watched, wrong_in_log
from benchmarks.attack.wire import completion, replied

CASES = {"a good answer": replied(completion)} | CONNECTIONS | ANSWERS
SECURE = ("TLS garbage", "an SSH server", "closed at once", "hung")
"""Cases that are tried by https, too."""


def main() -> None:
    """Print the table, then each fault; exit status 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("--only", default="", help="cases with these words in their name")
    parser.add_argument("--way", choices=WAYS, action="append", help="one way of asking; may be given again")
    parser.add_argument("--at-once", type=int, default=8, help="calls at a time; most of them wait")
    parser.add_argument("--seconds", type=float, default=5, help="the deadline of an article")
    parser.add_argument("--slack", type=float, default=10, help="seconds beyond its deadline, for a loaded machine")
    warnings.simplefilter("ignore", ResourceWarning)
    sys.exit(asyncio.run(_tried(parser.parse_args())))


async def _tried(asked: argparse.Namespace) -> bool:
    """Whether anything is wrong."""
    ways, turns = asked.way or list(WAYS), asyncio.Semaphore(asked.at_once)
    cases = [(name, name, False) for name in CASES] + [(f"{name}, by https", name, True) for name in SECURE]
    chosen = [case for case in cases if asked.only in case[0]]

    async def one(name: str, way: str, secure: bool) -> Outcome:
        async with turns:
            patient = way == "batch" and name.startswith("429")
            return await attack(CASES[name], way, asked.seconds, asked.slack, secure=secure, patient=patient)

    print(f"| case | {' | '.join(ways)} |\n| --- |{' --- |' * len(ways)}", flush=True)
    faults: list[str] = []
    with watched() as log:
        for way in ways:  # what is imported and loaded at the first call is no case's time
            await attack(CASES["a good answer"], way, 300, 0)
        runs = {
            (shown, way): asyncio.create_task(one(name, way, secure)) for shown, name, secure in chosen for way in ways
        }
        for shown, _, _ in chosen:
            outcomes = {way: await runs[shown, way] for way in ways}
            print(f"| {shown} | {' | '.join(map(_cell, outcomes.values()))} |", flush=True)
            faults += [f"{shown}, {way}: {fault}" for way, outcome in outcomes.items() for fault in outcome.faults]
        faults += wrong_in_log(log)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{len(runs)} calls, {len(faults)} faults, {memory} MB at most", *faults, sep="\n")
    return bool(faults)


def _cell(one: Outcome) -> str:
    """How it ended, seconds, requests; marked where something is wrong."""
    return f"{one.end} · {one.seconds:.0f} s · {one.requests}{' **!**' if one.faults else ''}"


if __name__ == "__main__":
    main()
