"""`python -m benchmarks.jobs [--bench DIR] [--work DIR] [MEASUREMENT...]`: prints a table for each measurement."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.jobs.bench import MODEL, ROOT, THREE, Bench, Ran, Server, clear, ran, results, serving, started

FAULTS = {"429": 5, "500": 3, "drop": 2, "invalid_json": 3, "truncated": 1.5, "refusal": 1, "hang": 0.5}


def main() -> None:
    """Run the measurements that are named, else all."""
    measurements = {one.__name__: one for one in (speed, speed_one_second, faults, kills, memory, cores, room)}
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(os.environ.get("SUMMARIZER_SHARED", ROOT.parent / "shared")) / "bench"
    parser.add_argument("--bench", type=Path, default=default)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "summarizer-jobs")
    parser.add_argument("measurements", nargs="*", default=list(measurements))
    asked = parser.parse_args()
    if not (asked.bench / "latency_server.py").exists():
        sys.exit(f"the shared bench is not at {asked.bench}")
    asked.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(asked.bench, asked.work)
    for name in asked.measurements:
        print(f"\n## {name}, load {os.getloadavg()[0]:.1f}", flush=True)
        measurements[name](bench)


def by(server: Server, concurrency: int = 32, tasks: str = THREE) -> list[object]:
    """The options that name the server."""
    return ["-m", MODEL, "--base-url", f"{server.url}/v1", "--task", tasks, "--concurrency", concurrency]


def one_run(bench: Bench, server: Server, number: int, latency: float, *more: object) -> tuple[Ran, dict]:
    """A whole run on a clean store."""
    out = bench.work / "out.jsonl"
    clear(out)
    result = ran(bench.articles(number), *by(server), *more, "--out", out, summary=bench.work / "summary.json")
    return result, server.call("/stats")


def speed(bench: Bench, number: int = 300, latency: float = 200) -> None:
    """Three products an article in one request, 32 at once: wall over ideal, CPU and memory."""
    with serving(bench) as server:
        server.reset(latency_ms=latency)
        done, stats = one_run(bench, server, number, latency)
    ideal = stats["requests"] * latency / 1000 / 32
    job = done.end["seconds"]
    print(
        "| articles | requests | job s | ideal s | job/ideal | process s | CPU ms/article | peak MiB | with helpers |"
    )
    print(f"| {number} | {stats['requests']} | {job:.1f} | {ideal:.1f} | {job / ideal:.2f} | {done.wall:.1f}"
          f" | {1000 * done.cpu / number:.1f} | {done.peak:.0f} | {done.whole:.0f} |")  # fmt: skip
    print(done.told.splitlines()[-3:], stats["max_inflight"])


def speed_one_second(bench: Bench) -> None:
    """The same with 3,000 articles and one second."""
    speed(bench, 3000, 1000)


def faults(bench: Bench) -> None:
    """300 articles under faults: how many end with results, and how many requests it took."""
    for seed in (7, 8):
        with serving(bench) as server:
            server.reset(latency_ms=200, faults=FAULTS, seed=seed, retry_after=1)
            done, stats = one_run(bench, server, 300, 200, "--timeout", 10)
        end = done.end
        print(f"seed {seed}: exit {done.status}; {end['complete']} of 900 results complete, {end['failed']} failed"
              f" {end['failures']}; {stats['requests']} requests ({stats['requests'] / 300:.2f} an article),"
              f" {end['seconds']:.1f} s; faults met {stats['faults']}")  # fmt: skip
        empty = [one for one in results(bench.work / "out.jsonl") if one["value"] is None and not one["issues"]]
        print(f"silently empty: {len(empty)}", flush=True)


def kills(bench: Bench, number: int = 300) -> None:
    """15 SIGKILLs at random moments, then to the end, without faults and with: what was asked twice or lost."""
    whole = bench.work / "whole.jsonl"
    clear(whole)
    with serving(bench) as server:
        server.reset(latency_ms=200)
        ran(bench.articles(number), *by(server, 16), "--out", whole, summary=bench.work / "summary.json")
        for faults in ({}, {"faults": FAULTS, "seed": 7, "retry_after": 1}):
            server.reset(latency_ms=200, **faults)
            _killed(bench, server, number, whole, bool(faults))


def _killed(bench: Bench, server: Server, number: int, whole: Path, faulty: bool) -> None:
    out, chance, lost = bench.work / "killed.jsonl", random.Random(11), 0
    clear(out)
    job = (bench.articles(number), *by(server, 16), "--timeout", 10, "--out", out)
    for _ in range(15):
        process, before = started(*job), _requests(server)
        while process.poll() is None and _requests(server) == before:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.0, 0.5))
        committed = _committed(out)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        lost += committed - _committed(out)
    missing, asked = number - _committed(out), _requests(server)
    last = ran(*job, summary=bench.work / "summary.json")
    stats = server.call("/stats")
    made = results(out)
    print(
        f"{'faults and ' * faulty}15 kills: {len({one['article']['id'] for one in made if one['value']})} of {number}"
    )
    print(f"  committed rows lost {lost}; missing {missing}, asked by the last run {stats['requests'] - asked}")
    print(f"  requests in all {stats['requests']}; faults met {stats['faults']}; exit {last.status}")
    print(f"  output equal apart from `run`: {results(whole) == made}", flush=True)


def _requests(server: Server) -> int:
    return int(server.call("/stats")["requests"])


def _committed(out: Path) -> int:
    store = out.with_name(out.name + ".sqlite")
    if not store.exists():
        return 0
    with sqlite3.connect(store) as connection:
        try:
            return int(connection.execute("SELECT COUNT(DISTINCT article) FROM results").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def memory(bench: Bench) -> None:
    """Peak memory at 1,000 and 10,000 articles, one product, no latency."""
    print("| articles | peak MiB | with helpers | articles/s | CPU ms/article |")
    for number in (1000, 10_000):
        with serving(bench) as server:
            server.reset(latency_ms=0)
            out = bench.work / "out.jsonl"
            clear(out)
            done = ran(bench.articles(number), *by(server, 32, "summary"), "--out", out,
                       summary=bench.work / "summary.json")  # fmt: skip
        print(f"| {number} | {done.peak:.0f} | {done.whole:.0f} | {number / done.end['seconds']:.0f}"
              f" | {1000 * done.cpu / number:.1f} |", flush=True)  # fmt: skip


def cores(bench: Bench) -> None:
    """`extractive` on all cores: articles a second at 1,000 and 10,000."""
    print("| articles | s | articles/s | CPU s | cores used | peak MiB | with helpers |")
    for number in (1000, 10_000):
        out = bench.work / "out.jsonl"
        clear(out)
        done = ran(bench.articles(number), "-m", "extractive", "--task", "summary", "--out", out,
                   summary=bench.work / "summary.json")  # fmt: skip
        seconds = done.end["seconds"]
        print(f"| {number} | {seconds:.1f} | {number / seconds:.1f} | {done.cpu:.1f} | {done.cpu / done.wall:.2f}"
              f" | {done.peak:.0f} | {done.whole:.0f} |", flush=True)  # fmt: skip


def room(bench: Bench) -> None:
    """A disk that gets full, and a read-only folder: needs the right to mount."""
    disk = bench.work / "disk"
    disk.mkdir(exist_ok=True)
    out = disk / "out.jsonl"
    with serving(bench) as server:
        server.reset(latency_ms=20)
        _mount(disk, "size=6m")
        try:
            done = ran(bench.articles(300), *by(server), "--out", out, summary=bench.work / "none.json")
            asked = _requests(server)
            print(f"full disk: exit {done.status}: {done.told.splitlines()[-1]!r}; {asked} requests")
            _mount(disk, "remount,size=64m")
            done = ran(bench.articles(300), *by(server), "--out", out, summary=bench.work / "summary.json")
            print(f"with room again: exit {done.status}, {_requests(server) - asked} requests, {done.end['kept']} kept")
            clear(out)
            _mount(disk, "remount,ro")
            done = ran(bench.articles(300), *by(server), "--out", out, summary=bench.work / "none.json")
            print(f"read-only: exit {done.status}: {done.told.splitlines()[-1]!r}")
        finally:
            subprocess.run(["umount", str(disk)], check=False)


def _mount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(disk)], check=True)


if __name__ == "__main__":
    main()
