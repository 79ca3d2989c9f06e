"""`python -m benchmarks.use`: whole-process wall times, medians of interleaved runs, as figures and ratios.

The embedded model's weights must be in place (`summarizer models pull smollm2-135m`); without them its row is left out.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from summarizer.models.local import runtime_installed
from summarizer.models.local.weights import SMOLLM2, present

ROOT = Path(__file__).parents[2]
SEED = str(ROOT / "seeds" / "kim-arrives-in-russia.txt")
RUNS = 5


def commands() -> dict[str, list[str]]:
    """What is timed, by the name it has in the table."""
    program = [sys.executable, "-m", "summarizer"]
    timed = {
        "python -c 'import typer'": [sys.executable, "-c", "import typer"],
        "summarizer --help": [*program, "--help"],
        "brief, extractive": [*program, "brief", SEED, "-m", "extractive", "--quiet"],
    }
    if runtime_installed() and present(SMOLLM2):
        timed["brief, local/smollm2-135m"] = [*program, "brief", SEED, "-m", "local/smollm2-135m", "--quiet"]
    return timed


def seconds(command: list[str]) -> float:
    """Wall time of one run of `command`."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    timed = commands()
    taken: dict[str, list[float]] = {name: [] for name in timed}
    for turn in range(RUNS + 1):
        for name, command in timed.items():
            took = seconds(command)
            if turn:
                taken[name].append(took)
    base = statistics.median(taken["python -c 'import typer'"])
    print(f"{'':28} {'median s':>9} {'min-max':>13} {'x typer':>8}")
    for name, runs in taken.items():
        median = statistics.median(runs)
        print(f"{name:28} {median:9.2f} {min(runs):6.2f}-{max(runs):<6.2f} {median / base:8.1f}")


if __name__ == "__main__":
    main()
