"""Five hundred rows with ids of their own: every row of every output joins back to the row it came from."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli import main
from tests.jobs.reading_server import ReadingServer
from tests.jobs.stories import story

EMPTY, SAME = 77, 78
"""A row without a text, and one with the text of the row before the empty one."""


def row(number: int) -> dict[str, str]:
    """Ids with zeros before them, with a comma, with a quote, with what a sheet would calculate."""
    ids = (f"{number:05d}", f"A,{number}", f'"{number}"', f"=1+{number}")
    text = "" if number == EMPTY else story(EMPTY - 1 if number == SAME else number).text
    return {"id": ids[number % 4], "desk": f"north\n{number}", "text": text, "date": "2026-03-02"}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, str]]]:
    """The folder with the table and its four outputs, and the rows by id."""
    pytest.importorskip("openpyxl")
    pytest.importorskip("pyarrow")
    folder, table = tmp_path_factory.mktemp("rows"), {row(n)["id"]: row(n) for n in range(500)}
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["id", "desk", "text", "date"])
        writer.writeheader()
        writer.writerows(table.values())
    with pytest.MonkeyPatch.context() as patch, ReadingServer() as server:
        patch.setenv("OPENAI_API_KEY", "none")
        for form in ("jsonl", "csv", "xlsx", "parquet"):
            asked = ["batch", str(folder / "rows.csv"), "-m", "openai/gpt-4o-mini", "--base-url", server.base_url]
            kept = ["--store", str(folder / "store"), "--summary-json", str(folder / "end.json"), "--quiet"]
            more = ["--task", "summary,entities", "--out", str(folder / f"out.{form}"), *kept]
            patch.setattr(sys, "argv", ["summarizer", *asked, *more])
            with pytest.raises(SystemExit) as left:
                main()
            assert left.value.code == 3
        assert sum(server.asked.values()) == 498
    return folder, table


def written(found: dict[str, Any]) -> dict[str, Any]:
    """A row of a CSV file, where what a sheet would calculate stands behind an apostrophe."""
    return {name: cell.removeprefix("'") if isinstance(cell, str) else cell for name, cell in found.items()}


def joined(found: list[dict[str, Any]], table: dict[str, dict[str, str]]) -> None:
    """Every row of the table but the empty one is there, by id, with its other column as it was."""
    assert set(table) - {row(EMPTY)["id"]} == {one["id"] for one in found}
    assert {(key, each["desk"]) for key, each in table.items() if each["text"]} == {
        (one["id"], one["desk"]) for one in found
    }


def test_lines(rows: tuple[Path, dict[str, dict[str, str]]]) -> None:
    """Two results a row; the row without a text has none and is named by its number."""
    folder, table = rows
    lines = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    joined([one["article"]["fields"] for one in lines], table)
    assert len(lines) == 2 * 499
    assert [f"rows.csv:{EMPTY + 1}: no text in 'text'"] == [
        line.rpartition("/")[2] for line in json.loads((folder / "end.json").read_text("utf-8"))["unread"]
    ]


def test_a_sheet_in_openpyxl(rows: tuple[Path, dict[str, dict[str, str]]]) -> None:
    """No id lost its zeros, none is a formula."""
    openpyxl = pytest.importorskip("openpyxl")
    folder, table = rows
    sheet = openpyxl.load_workbook(folder / "out.xlsx").worksheets[0]
    head, *body = sheet.iter_rows()
    names = [str(cell.value) for cell in head]
    assert {"f"}.isdisjoint({cell.data_type for line in body for cell in line})
    joined([dict(zip(names, (cell.value for cell in line), strict=True)) for line in body], table)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_in_pandas(rows: tuple[Path, dict[str, dict[str, str]]], form: str) -> None:
    """As people open them, text as text."""
    pandas = pytest.importorskip("pandas")
    folder, table = rows
    read = {"csv": pandas.read_csv, "xlsx": pandas.read_excel, "parquet": pandas.read_parquet}[form]
    frame = read(folder / f"out.{form}", **({} if form == "parquet" else {"dtype": str}))
    joined([written(one) if form == "csv" else one for one in frame.to_dict("records")], table)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_in_duckdb(rows: tuple[Path, dict[str, dict[str, str]]], form: str) -> None:
    """A join with the table itself, by id."""
    duckdb = pytest.importorskip("duckdb")
    folder, _ = rows
    given, made = folder / "rows.csv", folder / f"out.{form}"
    found = duckdb.sql(
        f"SELECT COUNT(DISTINCT rows.id) FROM read_csv('{given}', all_varchar=true, header=true) rows "
        f"JOIN '{made}' made ON rows.id = ltrim(made.id, chr(39)) AND rows.desk = made.desk"
    )
    assert found.fetchall() == [(499,)]
