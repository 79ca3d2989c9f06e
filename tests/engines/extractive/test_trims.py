"""Trims: what can go without changing what is said, and what must stay."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.engines.extractive.trims import kept, trim, trimmed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("(CNN) -- The ship sank.", "The ship sank."),
        ("Canberra, Australia (CNN) -- The ship sank.", "The ship sank."),
        ("WASHINGTON (AP) — The ship sank.", "The ship sank."),
        ("BOSTON, Mass. — The ship sank.", "The ship sank."),
        ("NEW YORK, March 3 - The ship sank.", "The ship sank."),
        ("Tuesday, September 12, 2023 – The ship sank.", "The ship sank."),
        ("Bishop John Folda (pictured) resigned.", "Bishop John Folda resigned."),
        ("The bishop (pictured left) and the mayor (right) resigned.", "The bishop and the mayor resigned."),
        ("But the ship sank.", "The ship sank."),
        ("And then the ship sank.", "Then the ship sank."),
    ],
)
def test_what_is_no_part_of_the_statement_goes(text: str, left: str) -> None:
    """Datelines, agency marks, picture notes, a leading But or And."""
    assert left == trimmed(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ship sank, according to the coastguard.",
        "According to the coastguard, the ship sank.",
        "The ship may have sunk.",
        "The ship did not sink.",
        "But for the pilot the ship would have sunk.",
        "Butter rose by 3 per cent.",
        "Android phones sank in price.",
        "The ship (built in 1912) sank.",
        "Anne – the captain – was saved.",
        "May – the prime minister – resigned.",
        "The vote was 12-3.",
        "Reports, the ministry said on Monday - without a source - were false.",
        "FALSE – The ship sank.",
        "John Smith (Labour) – The Guardian's choice – won.",
        "LONDON – The ship sank.",
        "(CNN) --",
        "But",
        "",
    ],
)
def test_what_bears_on_the_statement_stays(text: str) -> None:
    """Attributions, hedges, negations, names and numbers; and a sentence never becomes empty."""
    assert text == trimmed(text)


@given(st.text(alphabet='But And(pictured)CNN-–— ."LONDON12,', max_size=80))
def test_what_is_kept_is_pieces_of_the_text_in_order(text: str) -> None:
    """Ranges lie inside, do not overlap, and hold every negation that was there."""
    ranges = kept(text)
    assert all(0 <= start <= end <= len(text) for start, end in ranges)
    assert all(first[1] <= second[0] for first, second in pairwise(ranges))
    start, end = trim(text)
    assert end == len(text)
    assert bool(text[start:end].strip()) == bool(text.strip())


def test_long_runs_take_linear_time() -> None:
    """No pattern goes back and forth over what a line can hold."""
    for text in ("A" * 200_000, "But " * 50_000, "(pictured" * 20_000, "LONDON " * 30_000, "(" * 200_000):
        assert len(trimmed(text)) <= len(text)
