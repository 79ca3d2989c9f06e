"""`report`: a results file as one page."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.reading import read
from tests.cli.conftest import Outcome
from tests.conftest import ARTICLES, SEED

Run = Callable[..., Outcome]


@pytest.fixture
def results(run: Run, tmp_path: Path) -> Path:
    """Results on the seed."""
    file = tmp_path / "results.jsonl"
    run("brief", str(SEED), "-m", "extractive", "-f", "jsonl", "-o", str(file), "--quiet")
    return file


def test_the_page_is_that_of_the_html_format(run: Run, results: Path, tmp_path: Path) -> None:
    """With the articles found by their sources, nothing is missing on the page."""
    outcome = run("report", str(results), "-o", str(tmp_path / "report.html"))
    page = (tmp_path / "report.html").read_text("utf-8")

    assert (0, "") == (outcome.status, outcome.out)
    assert f"3 results on 1 article written to {tmp_path / 'report.html'}" in outcome.err
    assert "Dmitry Peskov" in page
    assert '"text": null' not in page


def test_an_article_that_is_gone(run: Run, results: Path, tmp_path: Path) -> None:
    """Its evidence is quoted, the missing text is told, and the status is 4."""
    moved = results.read_text("utf-8").replace(json.dumps(str(SEED)), '"gone.txt"')
    results.write_text(moved, "utf-8")
    outcome = run("report", str(results), "-o", str(tmp_path / "report.html"))

    assert 4 == outcome.status
    assert 1 == outcome.err.count("gone.txt: shown without its text")
    assert "Dmitry Peskov" in (tmp_path / "report.html").read_text("utf-8")


def test_a_broken_line_is_left_out(run: Run, results: Path, tmp_path: Path) -> None:
    """The rest is shown, and the line is named."""
    results.write_text(results.read_text("utf-8") + '{"task": ', "utf-8")
    outcome = run("report", str(results), "-o", str(tmp_path / "report.html"))

    assert 4 == outcome.status
    assert f"{results}:4: left out" in outcome.err


def test_many_results(run: Run, results: Path, tmp_path: Path) -> None:
    """360 results on 120 articles take a moment, not minutes."""
    lines = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    folder = tmp_path / "articles"
    folder.mkdir()
    text, many = SEED.read_text("utf-8"), []
    for number in range(120):
        file = folder / f"{number}.txt"
        file.write_text(f"{text}\n\nNumber {number}.", "utf-8")
        identity = read(file).id
        about = {"id": identity, "source": str(file)}
        many += [json.dumps(line | {"article": line["article"] | about}) for line in lines]
    results.write_text("\n".join(many), "utf-8")

    begun = time.process_time()
    outcome = run("report", str(results), "--articles", str(folder), "-o", str(tmp_path / "report.html"))
    assert 0 == outcome.status
    assert time.process_time() - begun < 5


def test_where_it_cannot_be_written(run: Run, results: Path, tmp_path: Path) -> None:
    """No folder: status 3."""
    assert 3 == run("report", str(results), "-o", str(tmp_path / "nowhere" / "report.html")).status


def test_files_stores_and_folders_are_one_report(run: Run, results: Path, tmp_path: Path) -> None:
    """Each result once, however often it is named; of a folder what holds results is taken."""
    ferry, page = tmp_path / "made" / "ferry.jsonl", tmp_path / "report.html"
    ferry.parent.mkdir()
    run("batch", str(ARTICLES[1]), "--task", "summary", "-m", "extractive", "--out", str(ferry), "--quiet")
    (ferry.parent / "articles.jsonl").write_text('{"text": "No result."}\n', "utf-8")

    both = run("report", str(results), str(ferry), str(ferry), "-o", str(page))
    assert (0, "") == (both.status, both.out)
    assert "4 results on 2 articles" in both.err
    for named in (ferry.parent, ferry.with_name("ferry.jsonl.sqlite")):
        assert "1 result on 1 article" in run("report", str(named), "-o", str(page)).err
        assert 0 == run("check", str(named)).status


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("results.csv", b"a,b\n", "the store beside it"), ("other.sqlite", b"SQLite format 3\0" + b"x" * 200, "store")],
)
def test_what_holds_no_results_says_what_would(run: Run, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """In one line, with status 3."""
    (tmp_path / name).write_bytes(content)
    outcome = run("report", str(tmp_path / name))

    assert (3, 1) == (outcome.status, len(outcome.err.splitlines()))
    assert said in outcome.err
    assert 3 == run("report", str(tmp_path / "nothing")).status
