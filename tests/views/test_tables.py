"""Flat rows: each joins back to its article and input row, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InputError, UsageError
from summarizer.schemas.result import Issue, Result
from summarizer.views.tables import csv_text, flat_rows, write_table
from tests.views.samples import ATTACKS, hostile_results, seed_reader, seed_results, seed_summary

FIELDS = {"id": "row-7", "desk": "city", "source": "wire", "text": "x"}


def with_fields(result: Result[Any], fields: dict[str, str]) -> Result[Any]:
    """The result of an article that was a row."""
    return result.model_copy(update={"article": result.article.model_copy(update={"fields": fields})})


def everything() -> list[dict[str, Any]]:
    """All rows on the seed, as of a table's row."""
    return [row for result in seed_results()[0] for row in flat_rows(with_fields(result, FIELDS))]


def test_the_article_stands_in_front_of_every_row() -> None:
    """Its id, source, title, day, then the columns of the input; one that is called as ours has a prefix."""
    rows = everything()
    assert ["article", "source", "title", "published", "id", "desk", "input_source"] == list(rows[0])[:7]
    assert {("row-7", "city", "wire")} == {(row["id"], row["desk"], row["input_source"]) for row in rows}
    assert {"2023-09-12"} == {row["published"] for row in rows}
    assert "x" == rows[0]["text"]
    assert rows[0]["summary_text"].startswith("Kim Jong-un has arrived")


def test_one_row_a_claim_an_entity_an_event_an_answer() -> None:
    """Headline and four points, eight entities with two dates and two quantities, six events, two answers."""
    tasks = [row["task"] for row in everything()]
    counts = {task: tasks.count(task) for task in dict.fromkeys(tasks)}
    assert {"summary": 5, "entities": 12, "timeline": 6, "answer": 2} == counts


def test_a_failed_result_is_a_row_that_says_why() -> None:
    """No article is missing from the table."""
    issue = Issue(code="model_failed", where="", message="the model gave nothing", action="unread")
    (row,) = flat_rows(seed_reader().result("summary", None, (issue,)))
    assert ("failed", "the model gave nothing") == (row["status"], row["issues"])


def test_a_task_that_is_not_installed_has_rows_too() -> None:
    """A line of its view each."""
    read = seed_reader()
    (row,) = flat_rows(read.result("mine", {"why": read.claim("Kim left.", "boarded").model_dump()}))
    assert ("why", "Kim left.", "4") == (row["field"], row["text"], row["sentences"])


@pytest.mark.parametrize(
    "dangerous", ["=1+1", "=5", "+1+1", "-1+A1", "-", "@SUM(A1)", "@5", "\t=1", "\r=1", "\n=1", "  =1"]
)
def test_no_cell_and_no_column_is_a_formula(dangerous: str, tmp_path: Path) -> None:
    """In CSV text that begins like one stands behind an apostrophe, in a workbook it is marked as text."""
    openpyxl = pytest.importorskip("openpyxl")
    row = {"article": "a", dangerous: dangerous}
    text = list(csv.reader(io.StringIO(csv_text([row]), newline="")))
    write_table(tmp_path / "out.xlsx", [row])
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active

    cells = [cell for line in text for cell in line]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert {"s"} == {cell.data_type for line in sheet.iter_rows() for cell in line if cell.value}
    marked = [
        cell for line in sheet.iter_rows() for cell in line if cell.value and cell.value.strip() == dangerous.strip()
    ]
    assert [True, True] == [cell.quotePrefix for cell in marked]


@pytest.mark.parametrize("figure", ["-5", "+3.75", "-1,250.5", " -5"])
def test_a_figure_of_a_column_stays_as_it_is(figure: str) -> None:
    """The column "score" of a table with -5 in it is read back as a column of figures."""
    assert figure in next(csv.reader(io.StringIO(csv_text([{"score": figure}]).split("\n", 1)[1])))


def test_all_forms_hold_the_same_rows(tmp_path: Path) -> None:
    """Read back by openpyxl, by pyarrow and as CSV."""
    openpyxl, parquet = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow.parquet")
    rows = everything()
    for form in ("csv", "xlsx", "parquet"):
        assert len(rows) == write_table(tmp_path / f"out.{form}", iter(rows))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        texts = list(csv.DictReader(file))
    head, *lines = openpyxl.load_workbook(tmp_path / "out.xlsx").active.values
    table = parquet.read_table(tmp_path / "out.parquet")

    assert list(texts[0]) == list(head) == table.column_names
    assert [row["text"] for row in texts] == [line[head.index("text")] or "" for line in lines]
    assert [row.get("mentions") for row in rows] == table["mentions"].to_pylist()
    assert [3, 3] == [lines[5][head.index("mentions")], table["mentions"].to_pylist()[5]]


def test_hostile_text_is_written_in_every_form(tmp_path: Path) -> None:
    """Control characters, lone surrogates and cells that are too long stop no file."""
    pytest.importorskip("openpyxl")
    rows = [row for result in hostile_results()[0] for row in flat_rows(result)]
    rows.append({"article": "a", "text": "W" * 40_000 + ATTACKS[10]})
    for form in ("csv", "xlsx", "parquet"):
        assert len(rows) == write_table(tmp_path / f"out.{form}", rows)


@pytest.mark.parametrize("harmful", ["\x1b[2J", "\x9b31m", "\x07", "\x00", "\x7f", "\x85", "\ud83d"])
def test_no_cell_and_no_column_commands_a_terminal(harmful: str, tmp_path: Path) -> None:
    """A CSV may be looked at in one; columns are named by whoever made the input. Parquet holds text as it is."""
    pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow")
    row = {"article": "a", f"name{harmful}": f"one{harmful}two", "number": 1}
    text = csv_text([row])
    for form in ("csv", "xlsx", "parquet"):
        assert 1 == write_table(tmp_path / f"out.{form}", [row])

    assert harmful[0] not in text
    assert harmful[0] not in (tmp_path / "out.csv").read_text("utf-8")
    assert "one\ufffd" in text


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """An ending of no form, a folder that is not there; what was there stays."""
    with pytest.raises(UsageError, match="end it in"):
        write_table(tmp_path / "out.doc", [])
    with pytest.raises(InputError, match="cannot be written"):
        write_table(tmp_path / "none" / "out.csv", flat_rows(seed_summary(seed_reader())))
    assert [] == list(tmp_path.iterdir())
