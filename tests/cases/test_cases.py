"""Inputs that the first edition got wrong, each as a file that stands for its kind, and what is right.

The numbers are those of the files. Tested with the same input elsewhere, and not here again:

| case | what | test |
|---|---|---|
| 26 | a piece of a page | reading/test_html.py::test_a_piece_of_a_page |
| 30 | columns in turn | reading/test_pdf.py::test_columns_are_read_one_after_the_other |
| 32 | marks of notes, a table | reading/test_pdf.py::test_the_marks_of_notes_are_no_figures |
| 33 | words with a place each | reading/test_pdf.py::test_words_with_a_place_each_are_lines |
| 70-7b, `lenient` | exact facts | grounding/test_facts.py::test_each_kind_of_exact_fact |
| 90 | after a fork | models/test_processes.py::test_a_process_reads_whatever_its_parent_did |
| 91 | a proxy, loopback | models/test_network.py::test_loopback_is_asked_without_a_proxy |
| 99 | HTML and NULL in a column | reading/test_tables.py::test_html_in_a_column_is_read_as_text and the one before it |
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from summarizer import Summarizer
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import check
from summarizer.reading import read
from summarizer.settings import Level
from tests.cli.conftest import Outcome
from tests.scripted_server import Reply, ScriptedServer, completion

FILES = Path(__file__).parent / "files"
SHORT = str(FILES / "80-article.txt")
PUBLISHED = date(2025, 5, 6)

Run = Callable[..., Outcome]


def article(number: str) -> Article:
    """The text of a case, published on a day."""
    file = next(FILES.glob(f"{number}-*"))
    if file.suffix == ".html":
        pytest.importorskip("trafilatura", reason="pages of the web need the extra html")
    return read(file, published=PUBLISHED)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("01", ['In May the band played "Hey! Hey! Wait for Me" in Oslo.', "Yahoo! said it would appeal.",
                "The film Who's Afraid of Rita? won a prize.", "He joined Panic! at the club."]),
        ("02", ["The agency approved the filter at 4 p.m.", "Monday's trial was moved to Friday.",
                "It was held in Washington, D.C.", "Mr. Wade paid for it."]),
        ("03", ["The port earned 84 million euros in 2024.[1]", "It spent 61 million on the quay.[2][3]",
                "The board meets in June.¹", "Nobody objected."]),
        ("23", ["The Fjord Bank will close its branch in Holm on 30 June 2025.",
                "Eleven people work there, its head Nils Aker said."]),
    ],
)  # fmt: skip
def test_sentences(number: str, expected: list[str]) -> None:
    """Marks in titles, half days before names, marks of notes; a cookie wall is not read."""
    assert expected == [sentence.text for sentence in article(number).sentences]


@pytest.mark.parametrize(
    "part",
    [
        "Users on plan B must call support before 4 June 2025.",
        "Old keys stop working after 30 days.",
        "Tom Brandt",
        "Keys have 32 letters",
    ],
)
def test_22_all_of_a_page_is_read(part: str) -> None:
    """Statements in divisions, sections and lists."""
    assert part in article("22").text


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("40", [("Park Geun-soo", "person", 2, ["Park"]), ("Abe Kenji", "person", 1, []), ("Oslo", "place", 1, []),
                ("Jean-Luc O'Neill-Fraser", "person", 1, [])]),
        ("41", [("eBay", "organisation", 1, []), ("iRobot", "organisation", 1, []), ("Bonn", "place", 1, []),
                ("iPhone", "product", 1, []), ("bell hooks", "person", 1, [])]),
        ("43", [("Isagon", "organisation", 1, []), ("Moorland Ltd", "organisation", 1, [])]),
    ],
)  # fmt: skip
def test_names(number: str, expected: list[tuple[str, str, int, list[str]]]) -> None:
    """Hyphens, small letters, and a head of two lines."""
    with Summarizer(model="extractive") as client:
        found = client.entities(article(number)).value.entities
    assert expected == [(one.name, one.type, len(one.mentions), one.aliases) for one in found]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("50", [("9/12/23", None), ("13/02/24", "2024-02-13")]),
        ("51", [("23 December", "2024-12-23"), ("7 January", "2025-01-07"),
                ("27 December", "2024-12-27"), ("3 January", "2025-01-03")]),
        ("53", [("2024-W18", "2024-W18"), ("2025-W06", "2025-W06")]),
    ],
)  # fmt: skip
def test_dates(number: str, expected: list[tuple[str, str | None]]) -> None:
    """A day that may be another is null, a range ends after its start, a week is a week."""
    assert expected == [(one.text, one.iso) for one in Analysis(article(number)).dates]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("60", [("One point two million people", 1_200_000, None), ("zero point five per cent", 0.5, "%")]),
        ("61", [("1.5 m cubic feet", 1_500_000, "[cft_i]"), ("3 m tonnes", 3_000_000, "t"),
                ("40 k users", 40_000, None)]),
        ("64", [("Two thirds", 2 / 3, None), ("three-quarters", 3 / 4, None), ("A fifth", 1 / 5, None)]),
    ],
)  # fmt: skip
def test_quantities(number: str, expected: list[tuple[str, float, str | None]]) -> None:
    """Spelled decimals, scales before units, fractions."""
    assert expected == [(one.text, one.value, one.unit) for one in Analysis(article(number)).quantities]


CHECKS = [
    (path.name[:2], json.loads(line))
    for path in sorted(FILES.glob("7*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(("kind", "case"), CHECKS, ids=[f"{kind}-{case['claim'][:50]}" for kind, case in CHECKS])
def test_checks_at_the_default_level(kind: str, case: dict[str, Any]) -> None:
    """What differs in a fact is refused at `balanced` too, and what says the same is accepted."""
    found = check(case["claim"], [case["sentence"]], level=Level.BALANCED)
    assert case["supported"] is found.supported, (kind, found)


def answer(number: str) -> dict[str, Any]:
    """What the server of a case answers."""
    content: dict[str, Any] = json.loads(next(FILES.glob(f"{number}-answer-*.json")).read_text("utf-8"))
    return content


def summarized(run: Run, server: ScriptedServer, source: str = SHORT) -> Outcome:
    """A summary of the article of all these answers, by a server."""
    return run("summarize", source, "-m", "openai/m", "--base-url", server.base_url)


class CutServer(ScriptedServer):
    """Gives the answer that is always cut, and tells that it took all it was allowed."""

    def next(self) -> Reply:
        """The start of an object, and blanks."""
        body, cut = self.requests[-1], answer("80")
        taken = body.get("max_completion_tokens") or body["max_tokens"]
        usage = {"prompt_tokens": 900, "completion_tokens": taken}
        return completion(cut["content"], finish=cut["finish_reason"], usage=usage)


@pytest.mark.parametrize("sentences", [2, 60])
def test_80_an_answer_that_is_always_cut(run: Run, tmp_path: Path, sentences: int) -> None:
    """Four requests at most, however long the article."""
    text = " ".join(f"Ferry {n} sails to the harbour of Holm on Monday with {n + 3} guests." for n in range(sentences))
    (tmp_path / "a.txt").write_text(text)
    with CutServer() as server:
        outcome = summarized(run, server, str(tmp_path / "a.txt"))
    assert (5, True) == (outcome.status, "the answer stopped at its length limit" in outcome.err)
    assert len(server.requests) <= 4


def test_81_a_wrong_shape_names_the_field(run: Run, server: ScriptedServer) -> None:
    """A list that is a word."""
    server.script(completion(answer("81")["content"]))
    outcome = summarized(run, server)
    assert (5, True) == (outcome.status, "points: Input should be a valid array" in outcome.err)


def test_82_a_form_that_is_unavailable(run: Run, server: ScriptedServer) -> None:
    """The next form is asked for."""
    told = answer("82")
    server.script(Reply(told["body"], told["status"]), completion(told["then"]))
    outcome = summarized(run, server)
    assert 0 == outcome.status, outcome.err
    assert ["json_schema", "json_object"] == [one["response_format"]["type"] for one in server.requests]


@pytest.mark.parametrize("number", ["83", "85"], ids=["numbers as text", "an unknown key"])
def test_harmless_shapes_are_taken(run: Run, server: ScriptedServer, number: str) -> None:
    """At the first request."""
    server.script(completion(answer(number)["content"]))
    outcome = summarized(run, server)
    assert 0 == outcome.status, outcome.err
    assert "Queen Elizabeth II opened the dam in 1958.  [2]" in outcome.out
    assert 1 == len(server.requests)


def test_88_a_job_tells_what_was_spent_and_keeps_to_its_cap(run: Run, tmp_path: Path) -> None:
    """On answers that fail, too."""
    folder, told = tmp_path / "articles", tmp_path / "told.json"
    folder.mkdir()
    for n in range(20):
        (folder / f"{n}.txt").write_text(f"Ferry {n} sails on Sunday. Its captain is Lena Ruud.")
    with CutServer() as server:
        outcome = run(
            "batch", str(folder), "--max-cost", "0.05", "-m", "openai/gpt-5-mini", "--base-url", server.base_url,
            "--out", str(tmp_path / "out.jsonl"), "--summary-json", str(told),
        )  # fmt: skip
    summary = json.loads(told.read_text("utf-8"))
    assert 6 == outcome.status, outcome.err
    assert len(server.requests) == summary["requests"]
    assert 0 < summary["cost_usd"] <= 0.05
    assert f"{summary['requests']} requests" in outcome.err


def test_94_half_of_a_surrogate_pair_in_a_title(run: Run) -> None:
    """It is asked about like any article."""
    source = FILES / "94-lone-surrogate-title.jsonl"
    outcome = run("ask", str(source), "-q", "Who is its captain?", "-m", "extractive")
    assert (0, True) == (outcome.status, "Lena Ruud" in outcome.out), outcome.err
