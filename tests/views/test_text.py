"""The page for the terminal."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from summarizer.article import Article
from summarizer.client import Summarizer
from summarizer.schemas.result import Result
from summarizer.views.text import print_text
from summarizer.views.wording import legible
from tests.views.samples import ATTACKS, hostile_results, seed_reader, seed_results

Results = tuple[list[Result[Any]], dict[str, Article]]


def _printed(given: Results, *, everything: bool = False, **options: Any) -> str:
    file = StringIO()
    print_text(*given, Console(file=file, **options), everything=everything)
    return file.getvalue()


def test_a_reader_finds_what_matters() -> None:
    """Title, headline, points with sentence numbers, people, dated events, answers, issues, coverage and run."""
    page = _printed(seed_results())
    for expected in (
        "kim-arrives-in-russia.txt\n",
        "Kim Jong-un has arrived in Russia ahead of a meeting with Vladimir Putin.  [1] ~",
        "12 September 2023 · 12 sentences, all read",
        "• Kim spent 20 hours on a slow armoured train over 1,180km.  [2, 3] ~",
        "• The reports did not specify when or where.  [8]\n",
        "spy satellites.  [11] (unchecked)",
        "\n3× Kim Jong Un  North Korean leader; also Kim Jong-un  [1]",
        "10 September 2023 Kim boarded his train.  reported by KCNA  [4] ~",
        "Where would they meet?\nVladivostok",
        "Who is Kim's wife?\nThe article does not say.",
        "dropped: “1,280km” is not in sentence 2",
        "~ other words, checked against its sentences · (unchecked) not checked",
        "1,812 tokens in (1,024 cached), 403 out · $0.0017",
    ):
        assert expected in page, expected


def test_the_rest_is_counted_and_shown_on_demand() -> None:
    """Places, dates, quantities and events without a date are minor."""
    short, long = _printed(seed_results()), _printed(seed_results(), everything=True)
    assert "places 2, dates 2, quantities 2, timeline 1 more (--all shows them)" in " ".join(short.split())
    assert "They could agree on an arms deal." not in short
    for expected in ("PLACES", "Vladivostok", "733 miles", "They could agree on an arms deal."):
        assert expected in long
    assert "--all" not in long


def test_a_page_without_a_line_says_so() -> None:
    """An article that quotes nobody has no quotations, and that is the result."""
    article = Article("The ferry sails on Monday.")
    with Summarizer(model="extractive") as client:
        page = _printed(([client.read("quotes", article)], {article.id: article}))
    assert "\nnothing found\n" in page


def test_what_holds_for_the_whole_article_is_said_once() -> None:
    """Three results of one page each say that a passage was left out."""
    left_out = "left out 2 passage(s) of the page"
    article = Article("The ferry sailed on Monday. Nobody was hurt.", notices=(left_out,))
    with Summarizer(model="extractive") as client:
        page = _printed((list(client.read("brief", article)), {article.id: article}))
    assert 1 == page.count(left_out)


def test_a_mark_that_is_not_used_is_not_explained() -> None:
    """No legend where all is verbatim."""
    read = seed_reader()
    verbatim = read.result("mine", {"said": read.claim("Kim", "boarded", support="verbatim").model_dump()})
    assert "~" not in _printed(([verbatim], {}))


def test_a_brief_of_a_short_article_fits_a_screen() -> None:
    """Summary, names and events of the seed, their claims as long as a model words them."""
    results, articles = seed_results()
    assert len(_printed((results[:3], articles)).splitlines()) <= 40


def test_a_pipe_gets_plain_lines_of_a_stable_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour, no trailing space, 80 columns, whatever the terminal around it is."""
    monkeypatch.setenv("COLUMNS", "200")
    page = _printed(seed_results())
    assert "\x1b" not in page
    assert all(line == line.rstrip() and cell_len(line) <= 80 for line in page.splitlines())
    assert _printed(seed_results(), width=40) == page


def test_a_terminal_gets_colours_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR takes the colours away."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[36m[1]" in _printed(seed_results(), force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in _printed(seed_results(), force_terminal=True)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """A word of 10,000 characters is folded, not cut off."""
    page = _printed(hostile_results(), everything=True, force_terminal=True, color_system=None, width=width, height=50)
    assert all(cell_len(line) <= width for line in page.splitlines())
    assert page.count("W") >= 10_000


def test_article_text_is_neither_markup_nor_terminal_codes() -> None:
    """Square brackets are shown, escape sequences become visible characters."""
    page = _printed(hostile_results(), everything=True)
    assert "[red]not red[/red] [link=https://example.org]no link[/link]" in page
    assert "␛[31mred␛[0m" in page
    assert not {"\x1b", "\x07", "\x9b", "\x85", "\u202e", "\u2066", "\ud83d"} & set(page)


def test_a_page_that_the_encoding_cannot_hold_is_still_printed() -> None:
    """An old console gets question marks, not a traceback."""

    class OldConsole(StringIO):
        encoding = "ascii"

    file = OldConsole()
    print_text(*seed_results(), Console(file=file))
    assert file.getvalue().isascii()


def test_a_failed_result_says_so() -> None:
    """Nothing found is not shown as an empty success."""
    read = seed_reader()
    assert "summary is failed: 0 of 12 sentences read" in _printed(([read.result("summary", None)], {}))


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_legible_text_has_no_control_character(text: str) -> None:
    """One line, nothing a terminal would obey, and it can be written as UTF-8."""
    shown = legible(text)
    assert [c for c in shown if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0] == []
    assert len(shown.splitlines()) <= 1
    assert shown == shown.encode("utf-8").decode("utf-8")


def test_legible_leaves_ordinary_text_alone() -> None:
    """Only what is dangerous changes."""
    assert ATTACKS[0] == legible(ATTACKS[0])
    assert legible("שלום 👩‍👩‍👧‍👦 é") == "שלום 👩‍👩‍👧‍👦 é"
