"""`summarizer batch` as a process: killed, interrupted, out of money, out of room."""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli import main
from tests.jobs.reading_server import ReadingServer
from tests.jobs.stories import story
from tests.scripted_server import Reply, completion

Ran = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[2]
MODEL = "openai/gpt-4o-mini"


@pytest.fixture
def readers() -> Iterator[ReadingServer]:
    """A server that takes its time, so that there is something to interrupt."""
    with ReadingServer(seconds=0.03) as server:
        yield server


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Thirty stories in one file."""
    return stories(tmp_path / "stories.jsonl", 30)


def stories(file: Path, number: int) -> Path:
    """That many stories in a file."""
    with file.open("w", encoding="utf-8") as lines:
        for n in range(number):
            one = story(n)
            lines.write(json.dumps({"text": one.text, "title": one.title, "published": "2026-03-02"}) + "\n")
    return file


def started(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """The program, started."""
    command = [sys.executable, "-m", "summarizer", "batch", *map(str, arguments)]
    environment = {**os.environ, "OPENAI_API_KEY": "none", "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **options
    )


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ran:
    """Runs the program in this process: exit status, standard output and standard error."""
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["summarizer", "batch", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        return int(left.value.code or 0), *capfd.readouterr()

    return run


def results(file: Path) -> list[dict[str, Any]]:
    """What is in an output file, without how it was made."""
    return [json.loads(line) | {"run": None} for line in file.read_text("utf-8").splitlines()]


def by(server: ReadingServer, *more: object) -> list[object]:
    """The options that name the server."""
    return ["-m", MODEL, "--base-url", server.base_url, "--task", "summary,timeline", "--concurrency", 4, *more]


def test_a_run_writes_output_and_summary(ran: Ran, readers: ReadingServer, sources: Path, tmp_path: Path) -> None:
    """Exit 0, a line a result in order, nothing on standard output, and the end for people and machines."""
    out, summary = tmp_path / "out.jsonl", tmp_path / "summary.json"
    status, said, told = ran(sources, *by(readers), "--out", out, "--summary-json", summary)
    assert (0, "") == (status, said)
    assert [f"{sources}:{n}" for n in range(1, 31) for _ in range(2)] == [
        one["article"]["source"] for one in results(out)
    ]
    assert "30 articles: 30 read now, 0 kept from before\n60 results complete" in told
    end = json.loads(summary.read_text("utf-8"))
    assert (30, 60, 30, 3000, None) == (
        *(end[name] for name in ("articles", "complete", "requests", "input_tokens", "stopped")),
    )
    assert end["cost_usd"] == pytest.approx(30 * (36 * 0.15 + 64 * 0.075 + 20 * 0.6) / 1e6)


def test_a_repeated_run_is_free_unless_the_cache_is_not_wanted(
    ran: Ran, readers: ReadingServer, sources: Path, tmp_path: Path
) -> None:
    """What the store has is not asked again; with --no-cache all of it is."""
    out = tmp_path / "out.jsonl"
    ran(sources, *by(readers), "--out", out)
    paid = sum(readers.asked.values())
    ran(sources, *by(readers), "--out", out)
    assert paid == sum(readers.asked.values())

    status, _, _ = ran(sources, *by(readers), "--out", out, "--no-cache")
    assert (0, 2 * paid) == (status, sum(readers.asked.values()))


def test_killed_at_any_moment_no_committed_answer_is_asked_again(ran: Ran, sources: Path, tmp_path: Path) -> None:
    """SIGKILL twice at random, then to the end: the same output, and only what was under way repeated."""
    with ReadingServer(seconds=0.03) as undisturbed:
        assert 0 == ran(sources, *by(undisturbed), "--out", tmp_path / "whole.jsonl")[0]
    out = tmp_path / "out.jsonl"
    with ReadingServer(seconds=0.03) as server:
        for chance in (random.Random(3).uniform(0.03, 0.1) for _ in range(2)):
            process, before = started(sources, *by(server), "--out", out), server.asked.total()
            while server.asked.total() == before:
                time.sleep(0.005)
            time.sleep(chance)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            assert not out.exists()
        assert 0 == ran(sources, *by(server), "--out", out)[0]
        # Four requests at most were under way at each kill.
        assert server.asked.total() <= 30 + 2 * 4
    assert results(tmp_path / "whole.jsonl") == results(out)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs the process table of Linux")
def test_killed_it_leaves_no_process_behind(sources: Path, tmp_path: Path) -> None:
    """The processes that read beside it go when it is killed."""
    process = started(stories(sources, 2000), "-m", "extractive", "--out", tmp_path / "out.jsonl")
    children: list[str] = []
    table = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(children) < 2 and process.poll() is None:
        children = table.read_text().split()
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    assert [] == [child for child in children if Path(f"/proc/{child}").exists()]


def test_ctrl_c_finishes_what_is_under_way_and_the_next_run_goes_on(
    ran: Ran, readers: ReadingServer, sources: Path, tmp_path: Path
) -> None:
    """Exit 130 with what is finished written; nothing is asked twice."""
    out = tmp_path / "out.jsonl"
    process = started(sources, *by(readers), "--out", out)
    while readers.asked.total() < 8:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert 130 == process.returncode
    assert "finishing what is under way" in told
    assert readers.asked.total() * 2 == len(results(out)) < 60
    assert 0 == ran(sources, *by(readers), "--out", out)[0]
    assert ({1}, 60) == (set(readers.asked.values()), len(results(out)))


def test_the_budget_stops_with_6_and_keeps_what_was_paid(
    ran: Ran, readers: ReadingServer, sources: Path, tmp_path: Path
) -> None:
    """What is finished is written, and the reason is told."""
    out = tmp_path / "out.jsonl"
    status, _, told = ran(sources, *by(readers, "--max-cost", "0.0033"), "--out", out)
    assert 6 == status
    assert "by all runs on this store" in told
    assert 0 < len(results(out)) == readers.asked.total() * 2 < 60


def test_a_dry_run_sends_nothing_and_leaves_nothing(
    ran: Ran, readers: ReadingServer, sources: Path, tmp_path: Path
) -> None:
    """Requests, tokens and cost, from the prompts as they would be sent."""
    before = set(tmp_path.iterdir())
    status, said, _ = ran(sources, sources, *by(readers), "--dry-run", "--out", tmp_path / "out.jsonl")
    found = json.loads(said)
    assert (0, 60, 30, 30) == (status, found["articles"], found["identical"], found["requests"])
    assert found["cost_usd"] > 0
    assert (0, before) == (readers.asked.total(), set(tmp_path.iterdir()))


def test_failures_leave_with_5_and_say_why(ran: Ran, sources: Path, tmp_path: Path) -> None:
    """One article declined for good: its reason is counted, all others are there."""
    declined = completion(None, refusal="I will not")
    out = tmp_path / "out.jsonl"
    with ReadingServer(lambda mark, before: declined if mark == "story-7" else None) as server:
        status, _, told = ran(sources, *by(server), "--out", out)
    assert (5, 2) == (status, sum(one["status"] == "failed" for one in results(out)))
    assert "2 failed (2 answer_refused)" in told


def test_a_wrong_key_stops_at_once(ran: Ran, sources: Path, tmp_path: Path) -> None:
    """Exit 5 and one line, however many articles there are."""
    no = Reply({"error": {"message": "bad key"}}, status=401)
    with ReadingServer(lambda mark, before: no) as server:
        status, _, told = ran(sources, *by(server), "--out", tmp_path / "out.jsonl")
        assert server.asked.total() < 20
    assert (5, 1) == (status, told.count("bad key"))


def test_export_rebuilds_the_output_in_any_form(ran: Ran, sources: Path, tmp_path: Path) -> None:
    """From the store alone, with no source and no model."""
    out = tmp_path / "out.jsonl"
    assert 0 == ran(sources, "-m", "extractive", "--out", out)[0]
    whole = out.read_bytes()
    out.unlink()
    assert 0 == ran("--export", "--out", out)[0]
    assert whole == out.read_bytes()
    assert 0 == ran("--export", "--store", f"{out}.sqlite", "--out", tmp_path / "out.csv")[0]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert 30 == len({row["article"] for row in rows}) < len(rows)


def test_several_processes_read_as_one_does(ran: Ran, sources: Path, tmp_path: Path) -> None:
    """`extractive` on all cores gives what the library gives in one process."""
    from summarizer.client import Summarizer
    from summarizer.reading import read_all

    assert 0 == ran(sources, "-m", "extractive", "--task", "summary,entities", "--out", tmp_path / "out.jsonl")[0]
    with Summarizer("extractive") as client:
        alone = list(client.batch(read_all(str(sources)), ("summary", "entities")))  # type: ignore[arg-type]
    assert [json.loads(one.to_json()) | {"run": None} for one in alone] == results(tmp_path / "out.jsonl")


def test_no_more_room_is_told_and_nothing_is_lost(ran: Ran, readers: ReadingServer, tmp_path: Path) -> None:
    """The store can grow no further: exit 3 and the reason; with room the job goes on where it was."""
    sources, out = stories(tmp_path / "many.jsonl", 60), tmp_path / "out.jsonl"

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, 1_200_000))

    process = started(sources, *by(readers), "--out", out, preexec_fn=little_room)
    told = process.communicate(timeout=60)[1]
    assert 3 == process.returncode
    assert "everything finished so far is kept" in told
    answered = readers.asked.total()
    assert 0 < answered < 60
    assert 0 == ran(sources, *by(readers), "--out", out)[0]
    assert readers.asked.total() <= 60 + 8
    assert 120 == len(results(out))


WRONG = [
    (["--out", "out.jsonl"], 2, "no sources"),
    (["{sources}"], 2, "name the file for the results"),
    (["{sources}", "--out", "out.doc"], 2, "end it in one of .jsonl, .csv, .xlsx, .parquet"),
    (["{sources}", "--out", "out.jsonl", "--task", "poem"], 2, "poem"),
    (["{sources}", "--out", "out.jsonl", "--task", "answer"], 2, "needs a question"),
    (["{sources}", "--out", "none/out.jsonl"], 3, "cannot be opened"),
    (["missing.txt", "--out", "out.jsonl"], 3, "missing.txt"),
    (["--export", "--out", "nothing.jsonl"], 3, "no such store"),
    (["{sources}", "--out", "out.jsonl", "--store", "{sources}"], 3, "not a store"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[2])
def test_what_is_wrong_is_one_line_and_a_status(
    ran: Ran, wrong: tuple[list[str], int, str], sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Usage is 2, files and folders are 3."""
    arguments, status, said = wrong
    monkeypatch.chdir(sources.parent)
    came, _, told = ran(*(argument.format(sources=sources) for argument in arguments), "-m", "extractive")
    assert status == came, told
    assert said in told
    assert "Traceback" not in told
