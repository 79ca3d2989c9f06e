"""The store as a file: whose it is, and what is said of one that cannot be used."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from summarizer.client import Summarizer
from summarizer.errors import InputError
from summarizer.jobs.database import Database
from tests.jobs.stories import story

FIRST_EDITION = """
CREATE TABLE articles (key TEXT PRIMARY KEY, text BLOB, title TEXT, published TEXT, metadata TEXT);
CREATE TABLE inputs (job INTEGER, position INTEGER, article TEXT, source TEXT, PRIMARY KEY (job, position));
CREATE TABLE results (article TEXT, want TEXT, source TEXT, json TEXT, PRIMARY KEY (article, want));
INSERT INTO results VALUES ('a', 'w', '"s"', '{}');
"""


@pytest.mark.parametrize("exclusive", [True, False], ids=["a run", "an export"])
def test_a_store_of_the_first_edition_is_refused_in_one_line_and_left_as_it_is(exclusive: bool, tmp_path: Path) -> None:
    """A new store is needed, and the line says so; what the old one holds is still there."""
    file = tmp_path / "job.sqlite"
    with sqlite3.connect(file) as old:
        old.executescript(FIRST_EDITION)
    old.close()
    before = file.read_bytes()
    with pytest.raises(InputError, match=r"another edition.*name a new one with --store"):
        Database(file, exclusive=exclusive)
    assert before == file.read_bytes()


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    """Text under the name of a store: one line, exit status 3, the file as it was."""
    file = tmp_path / "job.sqlite"
    file.write_text("this is no database at all, but a text of some length\n" * 20)
    with Summarizer("extractive") as client, pytest.raises(InputError, match="is not a store"):
        list(client.batch([story(1)], store=file))
    assert file.read_text().startswith("this is no database")
