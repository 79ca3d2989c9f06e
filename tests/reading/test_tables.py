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
    assert Article("First article. It is short.", "One", date(2024, 5, 3), f"{lines}:1", fields={"id": "1"}) == first
    assert Article("Second article.", "Two", date(2024, 5, 4), f"{lines}:2", fields={"id": "2"}) == second
    assert "text from 'body', title from 'headline', day from 'date', id from 'id'" in caplog.text


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


def rows(path: Path, content: str, **options: str) -> list[Article | Unreadable]:
    path.write_text(content, "utf-8")
    return list(read_all(path, **options))  # type: ignore[arg-type]


def test_the_other_columns_come_out_with_the_article(tmp_path: Path) -> None:
    """The id first, everything as text: numbers as written, lists as JSON, empty cells not at all."""
    row = {"town": "Vik", "text": "One.", "year": 2024, "share": 0.5, "tags": ["a"], "none": None, "ref": "A7"}
    (article,) = rows(tmp_path / "a.jsonl", json.dumps(row), id_field="ref")
    assert isinstance(article, Article)
    assert [("ref", "A7"), ("town", "Vik"), ("year", "2024"), ("share", "0.5"), ("tags", '["a"]')] == list(
        article.fields.items()
    )


@pytest.mark.parametrize(
    ("content", "first"),
    [
        ("town,id,text\nVik,1,One.\nHolm,2,Two.\n", "id"),
        ("town,id,guid,text\nVik,1,x,One.\nHolm,1,y,Two.\n", "guid"),
        ("town,id,text\nVik,1,One.\nHolm,1,Two.\n", "town"),
        ("town,Article-ID,text\nVik,1,One.\nHolm,2,Two.\n", "Article-ID"),
    ],
    ids=["by name", "told apart by another", "told apart by none", "spelled otherwise"],
)
def test_the_id_is_guessed(tmp_path: Path, content: str, first: str) -> None:
    """A column with the name of an id counts where it tells the rows apart; it stands first in the fields."""
    article, _ = rows(tmp_path / "a.csv", content)
    assert isinstance(article, Article)
    assert first == next(iter(article.fields))


def test_an_id_that_is_not_there(tmp_path: Path) -> None:
    """The line says which fields there are."""
    with pytest.raises(InputError, match="no field 'nr'; there are: 'id', 'text'"):
        rows(tmp_path / "a.csv", "id,text\n1,One.\n", id_field="nr")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'text\n"One.\nOn three\nlines."\nTwo.\n'),
        ("a.jsonl", '\n\n{"text": "One."}\n\n{"text": "Two."}\n'),
    ],
)
def test_row_numbers_are_rows(tmp_path: Path, name: str, content: str) -> None:
    """Not physical lines: line ends in a cell and empty lines between rows do not count."""
    assert [f"{tmp_path / name}:{n}" for n in (1, 2)] == [item.source for item in rows(tmp_path / name, content)]


@pytest.mark.parametrize("written", ["NULL", "N/A", "n/a", "None", "nan", "-", "\\N", "#N/A", " "])
def test_what_programs_write_into_empty_cells_is_no_text(tmp_path: Path, written: str) -> None:
    """An article needs a writer."""
    one, two = rows(tmp_path / "a.csv", f"id,title,text\n1,{written},One.\n2,Two,{written}\n")
    assert isinstance(one, Article)
    assert (None, Unreadable(f"{tmp_path}/a.csv:2", "no text in 'text'")) == (one.title, two)


def test_html_in_a_column_is_read_as_text(tmp_path: Path) -> None:
    """Without tags and entities, and with places; a lone sign of less-than is no tag."""
    body = '"<p>The ferry sails on <b>Monday</b>.</p><p>Lena Ruud &amp; crew are glad.</p>"'
    page, plain = rows(tmp_path / "a.csv", f"id,title,body,date\n1,Ferry &amp; bus,{body},2025-03-14\n2,x,1 < 2 & 3,\n")
    assert isinstance(page, Article)
    assert isinstance(plain, Article)
    assert "The ferry sails on Monday.\n\nLena Ruud & crew are glad." == page.text
    assert ("Ferry & bus", "paragraph 2") == (page.title, page.place_of(len(page.text) - 1))
    assert "1 < 2 & 3" == plain.text


def test_half_of_a_surrogate_pair_is_made_harmless(tmp_path: Path) -> None:
    """JSON can write what no file can hold; offsets stay."""
    (article,) = rows(tmp_path / "a.jsonl", '{"text": "One \\udc00 two.", "title": "T \\udc00", "k": "\\ud800"}')
    assert isinstance(article, Article)
    assert ("One \ufffd two.", "T \ufffd", "\ufffd") == (article.text, article.title, article.fields["k"])
    assert article.text.encode()


def test_a_sheet_of_articles_and_one_of_figures() -> None:
    """Rows with texts are articles; a sheet without any is one text of its cells."""
    pytest.importorskip("openpyxl")
    files = Path(__file__).parent / "files"
    first, _ = read_all(files / "rows.xlsx")
    assert isinstance(first, Article)
    assert (f"{files}/rows.xlsx/rows:1", "Ferry stops", date(2025, 5, 6)) == (
        first.source,
        first.title,
        first.published,
    )
    assert {"id": "A7", "town": "Vik"} == first.fields
    (plan,) = read_all(files / "plan.xlsx")
    assert isinstance(plan, Article)
    assert "Route | Minutes | Boat\nHolm to Vik | 25 | Ida\nVik to Lund | 40 | Tor" == plan.text
    assert "sheet plan" == plan.place_of(0)


def test_sheets_that_are_skipped_are_told(tmp_path: Path) -> None:
    """Beside a sheet of articles, one of figures only; hidden sheets are not shown, and not read."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for name, cells in (("News", ["text", "The ferry sails."]), ("Plan", ["Minutes", 25]), ("Draft", ["text", "No."])):
        sheet = book.create_sheet(name)
        for cell in cells:
            sheet.append([cell])
    book["Draft"].sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    article, skipped = read_all(path)
    assert isinstance(article, Article)
    assert ("The ferry sails.", f"{path}/News:1") == (article.text, article.source)
    assert Unreadable(f"{path}/Plan", "skipped: a sheet without a column of texts") == skipped
