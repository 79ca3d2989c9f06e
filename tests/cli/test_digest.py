"""`digest`: several sources as one, in every form, and verified again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome
from tests.search.test_digest import PAPERS

Run = Callable[..., Outcome]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with three articles."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for article in PAPERS:
        (folder / article.source).write_text(article.text, "utf-8")
    return folder


def test_a_page_for_a_person(run: Run, papers: Path) -> None:
    """What is agreed, what contradicts and what one says, with the file of each sentence."""
    outcome = run("digest", str(papers), "-m", "extractive")

    assert 0 == outcome.status
    for line in ("AGREED", "CONTRADICTION: DAY", "CONTRADICTION: MONEY", "SAID BY ONE", "TIMELINE"):
        assert line in outcome.out
    assert "herald.txt 3" in outcome.out


def test_stored_and_verified_again(run: Run, papers: Path, tmp_path: Path) -> None:
    """As JSON lines, whose every place and claim `check` finds again in the articles."""
    stored = tmp_path / "digest.jsonl"
    run("digest", str(papers), "-m", "extractive", "-f", "jsonl", "-o", str(stored))

    (value,) = (json.loads(line)["value"] for line in stored.read_text("utf-8").splitlines())
    assert {"money", "day"} == {one["about"] for one in value["contradictions"]}
    outcome = run("check", str(stored))
    assert (0, True) == (outcome.status, "everything holds" in outcome.out)


def test_a_table_has_a_row_a_claim(run: Run, papers: Path) -> None:
    """The two sides of a contradiction stand under one name."""
    outcome = run("digest", str(papers), "-m", "extractive", "-f", "csv")

    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert 2 == sum(row["about"] == "money" for row in rows)


def test_one_article_is_no_digest(run: Run, papers: Path) -> None:
    """One clear line."""
    outcome = run("digest", str(papers / "herald.txt"), "-m", "extractive")

    assert (2, "", True) == (outcome.status, outcome.out, "two different articles" in outcome.err)
