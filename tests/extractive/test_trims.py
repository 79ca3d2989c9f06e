"""Trims: what can go without changing what is said, and what must stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.extractive.trims import shorter_forms, trimmed


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
        ("It was **agreed unanimously** by *The Tide Clerk*.", "It was agreed unanimously by The Tide Clerk."),
        ("Present:** 2 * 3, 2**3 and a_b_c.", "Present: 2 * 3, 2**3 and a_b_c."),
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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A: We repaired the roof.", "We repaired the roof."),
        ("3. The roof was repaired.", "The roof was repaired."),
        ("Held: the appeal is allowed in part.", "The appeal is allowed in part."),
    ],
)
def test_marks_of_a_list_an_interview_or_a_ruling_go(text: str, left: str) -> None:
    """They are not what is said."""
    assert left == trimmed(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (
            "Substitute Rafael Duarte scored twice in the last six minutes as Ashford came from behind to draw 3-3.",
            "Substitute Rafael Duarte scored twice in the last six minutes.",
        ),
        (
            "The clinic recalled 61,000 pumps worldwide, which were made in Graz, the ministry said on Friday.",
            "The clinic recalled 61,000 pumps worldwide, the ministry said on Friday.",
        ),
        (
            "The museum has received 26 plaques from a collector in Graz, the first of three planned returns.",
            "The museum has received 26 plaques from a collector in Graz.",
        ),
        (
            "The researchers, led by Aurelie Fontanges of a Paris institute, followed the participants for 24 years.",
            "The researchers followed the participants for 24 years.",
        ),
        (
            "The mayor, Ann Lee has come to Oslo ahead of a meeting with the king where both could agree on a visit.",
            "The mayor, Ann Lee has come to Oslo ahead of a meeting with the king.",
        ),
        (
            "The envoy is on her first journey since the flood during which the ministry had closed every harbour.",
            "The envoy is on her first journey since the flood.",
        ),
        (
            "The fair was held in 2019 in the town that lies forty miles north of the capital of the island.",
            "The fair was held in 2019.",
        ),
    ],
)
def test_a_sentence_may_end_where_a_whole_clause_is_left(text: str, form: str) -> None:
    """Who says it stays."""
    assert form in shorter_forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "The harbour will be dredged in the spring of next year, provided that the ministry agrees to lend the money.",
        "The group, which was founded in Graz by two brothers in 1921, never published any of its many reports there.",
        "The mayor said the bridge was safe and open to all, but the engineers who built it did not agree with her.",
        "Crews stopped trains between the capital, Velin, and the northern coast of the main island of the country.",
        "The firm wants to live in the north of the island that it bought from the heirs of its founder long ago.",
        "The company said that the old vessel would not sail again before the cause of the fire had been found by it.",
        "The girl had left school at 15 and learned to type in the three long winters which she spent in the town.",
        "Bees that are kept awake in the hours of the night are worse at finding the way home to their hives.",
        "After the flood, which cut the road to the coast for nine days, the town rebuilt both of its old bridges.",
        "Ada Lunde was the first woman in Europe to be licensed as a diver by the navy of the old kingdom.",
        "Born on the island of Hesse in 1937, the daughter of a keeper, she learned to dive to free the nets.",
        "The firm holds the yard by the river under a lease that ends in the last days of 2031.",
    ],
)
def test_what_cannot_be_cut_safely_is_left_whole(text: str) -> None:
    """No condition, negation, contrast or unfinished clause is cut."""
    assert () == shorter_forms(text)


def test_a_condition_stays_with_its_own_clause() -> None:
    """It binds the rent, and not what is told before."""
    whole = "The notice was therefore invalid, and the rent remains £18,000 until June unless a fresh notice is given."
    assert ("The notice was therefore invalid.",) == shorter_forms(whole)
    assert not any("safe." in form for form in shorter_forms("The bridge is safe, and the mayor said so unless told."))


@given(st.text(alphabet='But And(pictured)CNN-–— ."LONDON12,', max_size=80))
def test_a_sentence_never_becomes_empty(text: str) -> None:
    """Whatever is cut, something is left of what says something."""
    assert bool(trimmed(text).strip()) == bool(text.strip())


def test_long_runs_take_linear_time() -> None:
    """No pattern goes back and forth over what a line can hold."""
    for text in ("A" * 200_000, "But " * 50_000, "(pictured" * 20_000, "LONDON " * 30_000, "(" * 200_000):
        assert len(trimmed(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "spoilt"),
    [
        ("Together, on 2 September 1967, they found the low, flooded crawl that joins the two caves.", "1967 flooded"),
        ("He moved to Leith, where he set type for the Courier and, at night, experimented with zinc.", "at night."),
        ("Motherwell has added a new act, set in 1987, in which Ada's niece discovers the old papers.", ",."),
        ("The sound could give warning of a bog in trouble days before a satellite sees it.", "of a bog."),
    ],
)
def test_no_trim_ends_or_joins_where_words_belong_together(text: str, spoilt: str) -> None:
    """An object, an adverb and what a noun is said of are no insertions."""
    assert not any(spoilt in form for form in shorter_forms(text))
