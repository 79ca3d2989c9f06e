"""What all measurements stand on: the shared bench's server and articles, and the program as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MODEL = "openai/gpt-4o-mini"
THREE = "summary,entities,timeline"


@dataclass(frozen=True)
class Bench:
    """The folder of the shared bench and one to work in."""

    shared: Path
    work: Path

    def articles(self, number: int) -> Path:
        """So many of the bench's articles, as JSON lines."""
        file = self.work / f"articles-{number}.jsonl"
        if not file.exists():
            sys.path.insert(0, str(self.shared))
            from make_corpus import articles

            with file.open("w", encoding="utf-8") as lines:
                for one in articles(number):
                    row = {"text": one["text"], "title": one["title"], "published": "2026-03-02"}
                    lines.write(json.dumps(row) + "\n")
        return file


class Server:
    """The bench's server, in a process of its own."""

    def __init__(self, bench: Bench) -> None:
        command = [sys.executable, str(bench.shared / "latency_server.py"), "--port", "0", "--max-seconds", "1200"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{json.loads(self._process.stdout.readline())['port']}"

    def call(self, path: str, data: Any = None) -> Any:
        """A request to the server's own pages."""
        body = json.dumps(data).encode() if data is not None else None
        request = urllib.request.Request(self.url + path, method="POST" if body else "GET", data=body)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)

    def reset(self, **settings: Any) -> None:
        """Counters to zero, and these settings."""
        self.call("/reset", {"latency_ms": 200, "latency_dist": "fixed", "faults": {}, "track_prefix": 0, **settings})

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)


@contextmanager
def serving(bench: Bench) -> Iterator[Server]:
    """A server while the body runs."""
    server = Server(bench)
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Ran:
    """One run of the program: times in seconds, memory in MiB (`peak` of the program, `whole` with its helpers)."""

    status: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    whole: float = 0.0
    told: str = ""
    end: dict[str, Any] = field(default_factory=dict)


def started(*arguments: object, python: str = sys.executable, **more: str) -> subprocess.Popen[str]:
    """The program, started."""
    environment = {**os.environ, "OPENAI_API_KEY": "none", "PYTHONPATH": str(ROOT), **more}
    command = [python, "-m", "summarizer", "batch", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)


def ran(*arguments: object, python: str = sys.executable, summary: Path, **more: str) -> Ran:
    """The program from start to end, watched."""
    begun, result = time.perf_counter(), Ran()
    process = started(*arguments, "--summary-json", summary, python=python, **more)
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, over, result), daemon=True)
    watch.start()
    assert process.stderr is not None
    result.told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    over.set()
    watch.join()
    result.status = os.waitstatus_to_exitcode(status)
    result.wall, result.cpu = time.perf_counter() - begun, used.ru_utime + used.ru_stime
    result.end = json.loads(summary.read_text("utf-8")) if summary.exists() else {}
    return result


def _watch(pid: int, over: threading.Event, result: Ran) -> None:
    while not over.wait(0.2):
        own, children = _rss(pid), sum(_rss(child) for child in _children(pid))
        result.peak, result.whole = max(result.peak, own), max(result.whole, own + children)


def _rss(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def results(file: Path) -> list[Any]:
    """What is in an output file, without how it was made."""
    return [json.loads(line) | {"run": None} for line in file.read_text("utf-8").splitlines()]


def clear(*files: Path) -> None:
    """Remove outputs and their stores."""
    for file in files:
        for one in file.parent.glob(file.name + "*"):
            one.unlink()
