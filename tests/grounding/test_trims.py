"""Trims: what may be left out of a sentence by code alone."""

from __future__ import annotations

import pytest

from summarizer.article import Article
from summarizer.grounding.trims import is_cut, is_own_title, is_trim, is_verbatim, lost

SENTENCE = "The minister, who took office in May, said on Friday that the bridge (pictured) would not open before 2025."


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (SENTENCE, True),
        (SENTENCE.rstrip("."), True),
        (f"“{SENTENCE}”", True),
        ("The minister said on Friday that the bridge would not open before 2025.", True),
        ("The bridge would not open before 2025.", False),
        ("The minister said on Friday that the bridge would open before 2025.", False),
        ("The minister said on Friday that the tunnel would not open before 2025.", False),
        ("The bridge said on Friday that the minister would not open before 2025.", False),
        ("", False),
    ],
)
def test_whole_parts_may_go(claim: str, expected: bool) -> None:
    """Parts between marks; no word is moved, no other part goes."""
    assert expected is is_trim(claim, SENTENCE)
    assert expected is is_verbatim(claim, ["Nothing else was said.", SENTENCE])


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("The deal, which cost 5 million dollars, was signed on Monday.", "The deal was signed on Monday."),
        ("On Monday, the council opened the bridge.", "The council opened the bridge."),
        ("The council opened the bridge in May, and a second one followed.", "The council opened the bridge in May."),
        ("The band (formed in 1990) toured Europe.", "The band toured Europe."),
        ("It costs 5 per cent, the bank fears; rates rise.", "It costs 5%, the bank fears; rates rise."),
        ("Born on August 30, 1963, he moved to Bonn.", "Born on 30 August 1963, he moved to Bonn."),
    ],
)
def test_a_safe_trim(sentence: str, claim: str) -> None:
    """An aside, an opening time, a closing part; counts and days may be written otherwise."""
    assert is_trim(claim, sentence)


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("If Congress approves, the bill will cut taxes.", "The bill will cut taxes."),
        ("The results were mixed, he said.", "The results were mixed."),
        ("The bridge is safe, but only in summer.", "The bridge is safe."),
        ("The plan, though not final, was approved.", "The plan was approved."),
        ("Near the port of Harwick, police found a boat.", "Harwick police found a boat."),
        ("Apple, managers said, sold ten phones.", "Apple sold ten phones."),
        ("The network failed, largely because of its cost.", "The network failed, because of its cost."),
    ],
)
def test_a_part_that_qualifies_stays(sentence: str, claim: str) -> None:
    """Conditions, denials, degrees, and who says so."""
    assert not is_trim(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("She studied in Ann Arbor.", True),
        ("She studied in Columbus.", False),
        ("She taught in Ann Arbor.", False),
    ],
)
def test_a_cut_joins_nothing_that_is_told_apart(claim: str, expected: bool) -> None:
    """A gap may not reach over "and"."""
    assert expected is is_cut(claim, "She studied in Ann Arbor and taught in Columbus.")


@pytest.mark.parametrize(
    ("sentence", "claim", "expected"),
    [
        ("Kim arrived for a meeting where both could agree on a deal.", "Kim arrived for a meeting.", True),
        ("Kim arrived in Bonn, which could cost him the vote.", "Kim arrived in Bonn.", True),
        ("Kim was seen in Bonn, which he denied.", "Kim was seen in Bonn.", False),
        ("Kim could arrive in Bonn.", "Kim arrive in Bonn.", False),
    ],
)
def test_doubt_in_a_relative_clause_is_its_own(sentence: str, claim: str, expected: bool) -> None:
    """What could happen "where both leaders meet" does not make their arrival doubtful; a denial does."""
    assert expected is is_cut(claim, sentence)


def test_a_name_in_brackets_is_no_change() -> None:
    """A replacement names who "He" is."""
    assert is_verbatim("He [Tom Hale] left. Rain fell.", ["He left.", "Rain fell."])


@pytest.mark.parametrize(
    ("claim", "left"), [("The man stole it.", "police said"), ("The man stole it, police said.", "")]
)
def test_what_a_copy_lost(claim: str, left: str) -> None:
    """Who says so is missed in a copy."""
    assert left == lost(claim, "The man stole it, police said.")


@pytest.mark.parametrize(
    ("claim", "sentence", "left"),
    [
        ("Borders are important.", "Borders aren’t important.", "not"),
        ("The bridge was closed.", "The bridge was never closed.", "never"),
        ("He could pay.", "He could no longer pay.", "no longer"),
        ("Borders are not important.", "Borders aren't important.", ""),
        ("The mayor left.", "The mayor, who did not pay, left.", ""),
    ],
)
def test_a_copy_that_lost_its_denial(claim: str, sentence: str, left: str) -> None:
    """It says the contrary; a denial that goes with its clause is no loss."""
    assert left == lost(claim, sentence)


def test_then_is_no_word_that_may_go() -> None:
    """What was a third of the city then is none now."""
    now, sentence = "They came in 1890, a third of the city.", "They came in 1890, then a third of the city."
    assert not is_cut(now, sentence)


@pytest.mark.parametrize(
    ("fields", "source", "own"),
    [
        ({"from": "Ann", "to": "all", "id": "<1>"}, "a.eml", True),
        ({"from": "Leeds", "to": "York"}, "flights.csv:4", False),
        ({"from": "Leeds", "to": "York", "price": "9"}, "flight", False),
    ],
)
def test_a_subject_is_a_mails_own_and_no_column_is_one(fields: dict[str, str], source: str, own: bool) -> None:
    """The title of a row of flights has to be borne out by its sentences."""
    title = "Ann Roe murdered the mayor"
    assert own is is_own_title(title, Article("The mill closed.", title=title, fields=fields, source=source))


def test_marks_of_bold_and_italics_are_not_counted() -> None:
    """They set words apart; a power of two is no number of two digits."""
    assert is_verbatim("It was agreed at once.", ["It was **agreed** at *once*."])
    assert not is_verbatim("It is 23.", ["It is 2**3."])
