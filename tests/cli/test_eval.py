"""`eval`: scores on gold, by models and from files of results."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome

pytest.importorskip("rouge_score")

Run = Callable[..., Outcome]
GOLD = Path(__file__).parents[2] / "benchmarks" / "gold" / "gold.jsonl"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two articles of the gold set."""
    lines = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()[:2]]
    for line in lines:
        line["article"] = str(GOLD.parent / line["article"])
    file = tmp_path / "gold.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return file


def metrics(out: str, model: int = 0) -> dict[str, Any]:
    """The metrics of a model."""
    found: dict[str, Any] = json.loads(out)["models"][model]["metrics"]
    return found


def test_two_models_side_by_side(run: Run, small: Path) -> None:
    """A table with both, intervals, differences and costs; nothing else on standard output."""
    outcome = run("eval", str(small), "-m", "extractive", "-m", "fake", "--resamples", "50")
    assert 0 == outcome.status
    assert ["extractive", "fake"] == outcome.out.splitlines()[0].split()
    assert "names F1, typed" in outcome.out
    assert "2 articles; 95% intervals" in outcome.out


def test_json_repeats_itself(run: Run, small: Path) -> None:
    """The same seed gives the same figures."""
    first, second = (
        json.loads(run("eval", str(small), "-m", "extractive", "-f", "json", "--resamples", "50", "--quiet").out)
        for _ in range(2)
    )
    for one in (first, second):
        one["models"][0].pop("seconds")
    assert first == second
    assert first["models"][0]["metrics"]["claims grounded"]["value"] == 1


def test_results_made_before(run: Run, small: Path, tmp_path: Path) -> None:
    """Stored results give the scores the model gave, without asking it."""
    gold = [json.loads(line) for line in small.read_text("utf-8").splitlines()]
    file = tmp_path / "results.jsonl"
    content = ""
    for line in gold:
        points = str(line["summary"]["options"]["points"])
        content += run("brief", line["article"], "-m", "extractive", "-f", "jsonl", "--points", points).out
        asked = [part for question in line["answer"]["questions"] for part in ("-q", question["question"])]
        content += run("ask", line["article"], *asked, "-m", "extractive", "-f", "jsonl").out
    file.write_text(content, "utf-8")

    live = run("eval", str(small), "-m", "extractive", "-f", "json", "--resamples", "20")
    stored = run("eval", str(small), "--results", str(file), "-f", "json", "--resamples", "20")
    assert (0, "") == (stored.status, stored.err)
    assert metrics(live.out) == metrics(stored.out)


def test_results_that_miss_an_article(run: Run, small: Path, tmp_path: Path) -> None:
    """They count as wrong, are told, and the status is 4."""
    file, article = tmp_path / "results.jsonl", json.loads(small.read_text("utf-8").splitlines()[0])["article"]
    run("brief", article, "-m", "extractive", "-f", "jsonl", "-o", str(file), "--quiet")
    outcome = run("eval", str(small), "--results", str(file), "-f", "json", "--resamples", "20")
    assert 4 == outcome.status
    assert "telescope: no result" in outcome.err
    assert metrics(outcome.out)["refused"]["value"] == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["nowhere.jsonl"], 3),
        ([str(GOLD), "-m", "no/such-model"], 2),
        ([str(GOLD), "--results", "nowhere.jsonl"], 3),
    ],
)
def test_faults(run: Run, arguments: list[str], status: int) -> None:
    """A file that is not there, a model nobody knows."""
    assert status == run("eval", *arguments).status


def test_recorded_and_replayed(run: Run, small: Path, tmp_path: Path) -> None:
    """Models are measured again from their recordings, with no server; code alone needs none."""
    from tests.scripted_server import ScriptedServer, completion

    gold = tmp_path / "one.jsonl"
    line = json.loads(small.read_text("utf-8").splitlines()[0])
    gold.write_text(json.dumps({name: line[name] for name in ("id", "article", "summary")}), "utf-8")
    claim = {"evidence": [6], "text": "Repairs cost 41 million kroner, twice the first estimate of 20 million."}
    arguments = ["-m", "extractive", "-m", "vllm/reader", "-f", "json", "--resamples", "10", "--quiet"]
    with ScriptedServer() as server:
        server.script(completion({"headline": claim, "points": [claim]}))
        where = ["--base-url", server.base_url, "--record", str(tmp_path / "tapes")]
        live = run("eval", str(gold), *arguments, *where)
    replayed = run("eval", str(gold), *arguments, "--replay", str(tmp_path / "tapes"))

    assert (0, "") == (replayed.status, replayed.err)
    assert ["vllm-reader.yaml"] == [file.name for file in (tmp_path / "tapes").iterdir()]
    assert metrics(live.out, 1) == metrics(replayed.out, 1)
    assert 1 == json.loads(replayed.out)["models"][1]["requests"]
    assert 1 == metrics(replayed.out, 1)["summary evidence precision"]["value"]


def test_what_is_not_installed_is_told_before_anything_is_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gold with references and no rouge-score: status 2, and how to mend it."""
    from importlib import util

    there = util.find_spec
    monkeypatch.setattr(util, "find_spec", lambda name: None if name == "rouge_score" else there(name))
    outcome = run("eval", str(GOLD), "-m", "extractive")
    assert 2 == outcome.status
    assert "grounded-summarizer[eval]" in outcome.err
    assert "read by" not in outcome.err
