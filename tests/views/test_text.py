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
from summarizer.schemas.result import Result
from summarizer.views.legible import legible
from summarizer.views.text import print_text
from tests.views.samples import ATTACKS, hostile_results, seed_reader, seed_results

Results = tuple[list[Result[Any]], dict[str, Article]]


def _printed(given: Results, **options: Any) -> str:
    file = StringIO()
    print_text(*given, Console(file=file, **options))
    return file.getvalue()


def test_a_reader_finds_everything() -> None:
    """Headline, points with sentence numbers, names by type, timeline, answers, issues, coverage and run."""
    page = _printed(seed_results())
    for expected in (
        "Kim Jong-un has arrived in Russia ahead of a meeting with Vladimir Putin.  [1]",
        "12 September 2023 · 12 sentences, all read",
        " 1. Kim spent 20 hours on a slow armoured train over 1,180km.  [2, 3]",
        "spy satellites.  [11]  (unchecked)",
        "PEOPLE\n 3× Kim Jong Un  also Kim Jong-un\n    North Korean leader  [1]",
        "10 September 2023       ◐  Kim boarded his train.  [4]  reported by KCNA",
        "Where would they meet?\nVladivostok",
        "The article does not say.\nNearest passages:\n[10] Kim’s delegation",
        "dropped   “1,280km” is not in sentence 2",
        "1,812 tokens in (1,024 cached), 403 out · $0.0017",
    ):
        assert expected in page


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
    page = _printed(hostile_results(), force_terminal=True, color_system=None, width=width, height=50)
    assert all(cell_len(line) <= width for line in page.splitlines())
    assert page.count("W") >= 10_000


def test_article_text_is_neither_markup_nor_terminal_codes() -> None:
    """Square brackets are shown, escape sequences become visible characters."""
    page = _printed(hostile_results())
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
