"""The index of many articles: kept between runs, and true to the files."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from summarizer.errors import InputError
from summarizer.reading import Unreadable
from summarizer.search.index import Index


def files(folder: Path, **texts: str) -> Path:
    """A folder with these articles."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def found(index: Index, question: str) -> str:
    """The sentence that is nearest."""
    return index.search(question, 1)[0].sentence.text


def rows(file: Path, *texts: str) -> Path:
    """A file of JSON lines."""
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    return file


def test_a_second_look_reads_only_what_changed(tmp_path: Path) -> None:
    """Nothing the first time after; then the changed file, the new one and the one that is gone."""
    folder = files(
        tmp_path / "news", bridge="The bridge opened in 1931.", zoo="The zoo has a tiger.", sea="The sea rose."
    )
    told: list[str] = []
    with Index.kept([str(folder)], tell=told.append) as index:
        assert (3, "The bridge opened in 1931.") == (len(index), found(index, "When did the bridge open?"))
    with Index.kept([str(folder)], tell=told.append) as index:
        assert 3 == len(index)
    assert 1 == len(told)

    (folder / "sea.txt").unlink()
    files(folder, zoo="The zoo has a lion now.", park="The park closed in May.")
    os.utime(folder / "zoo.txt", ns=(1, 1))
    with Index.kept([str(folder)], tell=told.append) as index:
        assert 3 == len(index)
        assert "The zoo has a lion now." == found(index, "What does the zoo have?")
        assert "The park closed in May." == found(index, "When did the park close?")
        assert () == index.search("tiger", 1)
        assert () == index.search("sea", 1)
    assert ["indexed 2 articles", "dropped 2"] == [told[1].split(" in ")[0], told[1].split("s, ")[1].split(";")[0]]


def test_rows_of_a_file(tmp_path: Path) -> None:
    """Each row is an article; a row that is gone is forgotten, the others of its file stay."""
    file = rows(tmp_path / "rows.jsonl", "The bridge opened in 1931.", "The zoo has a tiger.", "The sea rose.")
    with Index.kept([str(file)]) as index:
        assert 3 == len(index)
    rows(file, "The bridge opened in 1931.", "The zoo has a lion.")
    with Index.kept([str(file)]) as index:
        assert (2, "The zoo has a lion.") == (len(index), found(index, "What does the zoo have?"))


def test_the_same_sources_in_another_order_share_an_index(tmp_path: Path) -> None:
    """Other sources have another one."""
    one, other = files(tmp_path / "one", a="One tiger."), files(tmp_path / "other", b="Two lions.")
    for sources in ([one, other], [other, one], [one]):
        Index.kept([str(source) for source in sources]).close()
    assert 2 == len(list((tmp_path / "cache" / "indexes").glob("*.db")))


def test_what_cannot_be_read_is_told_each_time(tmp_path: Path) -> None:
    """The others are found all the same."""
    folder = files(tmp_path / "news", bridge="The bridge opened in 1931.", empty=" ")
    for _ in range(2):
        told: list[Unreadable] = []
        with Index.kept([str(folder)], complain=told.append) as index:
            assert 1 == len(index)
        assert [str(folder / "empty.txt")] == [item.source for item in told]


def test_nothing_to_read(tmp_path: Path) -> None:
    """There is no index of nothing."""
    with pytest.raises(InputError, match="no article"):
        Index.kept([str(tmp_path / "none"), str(tmp_path / "neither")])


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    """It is only a copy."""
    folder = files(tmp_path / "news", bridge="The bridge opened in 1931.")
    Index.kept([str(folder)]).close()
    (kept,) = (tmp_path / "cache" / "indexes").glob("*.db")
    kept.write_bytes(b"no database")
    with Index.kept([str(folder)]) as index:
        assert "The bridge opened in 1931." == found(index, "bridge")


def test_a_thousand_files(tmp_path: Path) -> None:
    """The first index takes less than 10 s, a later look and a question less than 0.3 s each."""
    texts = {
        f"a{n}": f"The town of Nr{n} has a mayor. The bridge number {n} was opened in {1000 + n}." for n in range(1000)
    }
    folder = files(tmp_path / "news", **texts)
    begun = time.perf_counter()
    Index.kept([str(folder)]).close()
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    with Index.kept([str(folder)]) as index:
        again = time.perf_counter() - begun
        begun = time.perf_counter()
        assert "The bridge number 417 was opened in 1417." == found(index, "When was bridge number 417 opened?")
        asking = time.perf_counter() - begun
    assert (True, True, True) == (first < 10, again < 1, asking < 0.3), (first, again, asking)
