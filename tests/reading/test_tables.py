"""Articles in rows: which field is the text, and what becomes of a row that cannot be read."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.reading import Unreadable, read_all

ROWS = [
    {"id": 1, "headline": "One", "body": "First article. It is short.", "date": "2024-05-03"},
    {"id": 2, "headline": "Two", "body": "Second article.", "date": "2024-05-04T10:00:00Z"},
]


def texts(path: Path, **options: str) -> list[str]:
    return [item.text if isinstance(item, Article) else item.message for item in read_all(path, **options)]  # type: ignore[arg-type]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n\n")
    return path


def test_json_lines(lines: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Fields are found by their names, and the log says which."""
    with caplog.at_level(logging.INFO):
        first, second = read_all(lines)
    assert Article("First article. It is short.", "One", date(2024, 5, 3), f"{lines}:1") == first
    assert Article("Second article.", "Two", date(2024, 5, 4), f"{lines}:2") == second
    assert "text from 'body', title from 'headline', day from 'date'" in caplog.text


def test_fields_can_be_named(lines: Path) -> None:
    """What is named counts; a name that is not there is told with those that are."""
    assert ["One", "Two"] == texts(lines, text_field="headline")
    with pytest.raises(InputError, match=r"no field 'txt'; there are: 'id', 'headline', 'body', 'date'"):
        texts(lines, text_field="txt")


def test_a_bad_row_does_not_lose_the_others(tmp_path: Path) -> None:
    """Each has its line."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "One."}\n{"text": \n[1]\n{"text": 3}\n{"text": "caf\xe9"}\n{"text": "Six."}\n"Seven."\n'
    )
    items = list(read_all(path))
    assert ["One.", "Six.", "Seven."] == [item.text for item in items if isinstance(item, Article)]
    faults = [item for item in items if isinstance(item, Unreadable)]
    assert [f"{path}:{n}" for n in (2, 3, 4, 5)] == [fault.source for fault in faults]
    assert "not UTF-8: byte 0xe9 at 13 of the line" == faults[3].message


def test_without_a_known_name_the_longest_text_is_taken(tmp_path: Path) -> None:
    """A guess, and said to be one."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"kind": "news", "Inhalt": "Ein langer Artikel über Brücken."}\n')
    assert ["Ein langer Artikel über Brücken."] == texts(path)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        json.dumps({"count": 2, "articles": ROWS}),
        json.dumps(["First article. It is short.", "Second article."]),
        "\n".join(map(json.dumps, ROWS)),
    ],
)
def test_json(tmp_path: Path, content: str) -> None:
    """A list, a list in an object, texts, and lines under the wrong ending."""
    path = tmp_path / "a.json"
    path.write_text(content)
    assert ["First article. It is short.", "Second article."] == texts(path)


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_csv(tmp_path: Path, name: str, mark: str) -> None:
    """Quoted line ends stay as they are."""
    path = tmp_path / name
    path.write_bytes(
        f'id{mark}Text\r\n1{mark}"One, or{mark} ""two"".\r\nThree; four."\r\n2{mark}\r\n'.encode("utf-8-sig")
    )
    assert [f'One, or{mark} "two".\r\nThree; four.', "no text in 'Text'"] == texts(path)


def test_parquet(tmp_path: Path) -> None:
    """Days are days."""
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"text": ["One.", None], "published": [date(2024, 5, 3)] * 2}), path)
    first, second = read_all(path)
    assert Article("One.", None, date(2024, 5, 3), f"{path}:1") == first
    assert Unreadable(f"{path}:2", "no text in 'text'") == second
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="a damaged Parquet file"):
        texts(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", "\n", "empty: there is no row"),
        ("a.jsonl", "one\n", "no row can be read; the first is not JSON"),
        ("a.json", "{", "not JSON"),
        ("a.csv", "id,n\n1,2\n", "no field holds text; there are: 'id', 'n'"),
        ("a.csv", "text\n", "empty: there is no row"),
    ],
)
def test_nothing_to_read(tmp_path: Path, name: str, content: str, words: str) -> None:
    """One clear line."""
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError, match=words):
        texts(path)


def test_memory_does_not_grow_with_the_lines(tmp_path: Path) -> None:
    """JSON lines are read one at a time: the first article is there before the file is at its end."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n' * 100)
    items = read_all(path)
    assert isinstance(next(items), Article)
    path.write_text("")
    assert len(list(items)) < 100
