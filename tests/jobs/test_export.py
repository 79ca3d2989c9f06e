"""Results as files: whole, in order, and readable by what people use."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer.client import Summarizer
from summarizer.errors import InputError, UsageError
from summarizer.jobs.database import Database
from summarizer.jobs.export import check_apart, check_form, export
from summarizer.jobs.store import Store
from summarizer.output import whole_file
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from tests.jobs.stories import story


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three stories of a table with ids, and the first text again under another id; two tasks each."""
    rows = [replace(story(n), fields={"id": f"row-{n}", "desk": "city"}) for n in range(3)]
    rows.append(replace(rows[0], source="paper/again.txt", fields={"id": "row-0b", "desk": "sport"}))
    with Summarizer("extractive") as client:
        list(client.batch(rows, ("summary", "entities"), store=tmp_path / "job.sqlite"))
    return Store(Database(tmp_path / "job.sqlite", exclusive=False))


IDS = ["row-0", "row-1", "row-2", "row-0b"]


def written(store: Store, path: Path) -> Path:
    """The last job in a file."""
    job = store.last_job()
    assert job is not None
    assert 8 == export(store, job, path)
    return path


def test_lines_of_json_are_results_in_order_with_the_fields_of_their_row(store: Store, tmp_path: Path) -> None:
    """Each line validates back to the result it was; the same text twice has the fields of each of its rows."""
    lines = written(store, tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(line)["article"] for line in lines]
    assert [one for one in IDS for _ in range(2)] == [article["fields"]["id"] for article in articles]
    assert ("paper/again.txt", "sport") == (articles[-1]["source"], articles[-1]["fields"]["desk"])
    assert isinstance(Result[Summary].model_validate_json(lines[0]).value, Summary)


def test_a_table_has_flat_rows_that_join_back_by_id(store: Store, tmp_path: Path) -> None:
    """One claim or entity a row, the article's id and fields in front, no JSON in a cell."""
    with written(store, tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert IDS == list(dict.fromkeys(row["id"] for row in rows))
    assert {"summary", "entities"} == {row["task"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell and cell.startswith(("{", "["))]


def test_parquet_has_the_same_rows(store: Store, tmp_path: Path) -> None:
    """As many rows as the CSV, joined by the same ids."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(written(store, tmp_path / "out.parquet"))
    with written(store, tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == table["id"].to_pylist()


@pytest.mark.parametrize("name", ["in.jsonl", "../folder/in.jsonl", "link.jsonl"])
def test_an_output_that_is_an_input_is_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its own name, by another way to it, and by a link."""
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("in.jsonl").write_text("{}")
    Path("link.jsonl").symlink_to("in.jsonl")
    with pytest.raises(UsageError, match="one of the sources"):
        check_apart(Path(name), ["other.txt", "in.jsonl"])
    check_apart(Path("out.jsonl"), ["in.jsonl", "."])


def test_an_unknown_ending_is_told_before_anything_runs() -> None:
    """No form is guessed."""
    with pytest.raises(UsageError, match=r"end it in one of \.jsonl, \.csv, \.xlsx, \.parquet"):
        check_form(Path("out.doc"))


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
