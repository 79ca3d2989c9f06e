"""Results as files: whole, in order, and readable by what people use."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from summarizer.desk import Summarizer
from summarizer.errors import InputError, UsageError
from summarizer.jobs.database import Database
from summarizer.jobs.export import COLUMNS, check_form, export
from summarizer.jobs.store import Store
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.whole_file import whole_file
from tests.jobs.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three stories, summarised and listed."""
    with Summarizer("extractive") as desk:
        list(desk.batch((story(n) for n in range(3)), ("summary", "entities"), store=tmp_path / "job.sqlite"))
    return Store(Database(tmp_path / "job.sqlite", exclusive=False))


def written(store: Store, path: Path) -> Path:
    """The last job in a file."""
    job = store.last_job()
    assert job is not None
    assert 6 == export(store, job, path)
    return path


def test_lines_of_json_are_results_in_order(store: Store, tmp_path: Path) -> None:
    """Each line validates back to the result it was."""
    lines = written(store, tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [f"paper/{n}.txt" for n in range(3) for _ in range(2)] == [
        json.loads(line)["article"]["source"] for line in lines
    ]
    assert isinstance(Result[Summary].model_validate_json(lines[0]).value, Summary)


def test_csv_has_one_row_a_result(store: Store, tmp_path: Path) -> None:
    """Value and issues are JSON in their cells."""
    with written(store, tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(COLUMNS) == list(rows[0])
    assert (["summary", "entities"] * 3, "2026-03-02") == ([row["task"] for row in rows], rows[0]["published"])
    assert "headline" in json.loads(rows[0]["value"])


def test_parquet_keeps_types_and_nulls(store: Store, tmp_path: Path) -> None:
    """Numbers are numbers, and what is not known is null."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(written(store, tmp_path / "out.parquet"))
    assert (list(COLUMNS), 6) == (table.column_names, table.num_rows)
    assert (0, None) == (table["requests"][0].as_py(), table["question"][0].as_py())


def test_an_unknown_ending_is_told_before_anything_runs() -> None:
    """No form is guessed."""
    with pytest.raises(UsageError, match=r"end it in \.jsonl, \.csv or \.parquet"):
        check_form(Path("out.xlsx"))


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    """A failure half-way leaves the old file, and nothing beside it."""
    file = tmp_path / "out.jsonl"
    file.write_text("old")
    with pytest.raises(ZeroDivisionError), whole_file(file) as part:
        part.write_text(f"new {1 // 0}")
    assert ("old", [file]) == (file.read_text(), list(tmp_path.iterdir()))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """One clear line with the path."""
    with pytest.raises(InputError, match="cannot be written"), whole_file(tmp_path / "none" / "out.jsonl"):
        raise AssertionError("there is nowhere to write")
