"""Exact facts, kind by kind: each case is a sentence, a claim, a level, and whether the claim holds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.grounding import check
from summarizer.grounding.days import wrong_days
from summarizer.grounding.facts import in_their_form, wrong_figures
from summarizer.schemas.evidence import Span
from summarizer.settings import Level

CASES = [
    (path.stem, json.loads(line))
    for path in sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
ARTICLE = Article(
    "North Korean leader Kim Jong-un has arrived in Russia ahead of a meeting with President Vladimir Putin. "
    "Mr Kim spent 20 hours on the train. "
    "The Korean Central News Agency (KCNA) said Kim boarded his train on Sunday afternoon. "
    "He waved to a crowd of 400 people. "
    "Kremlin spokesman Dmitry Peskov declined to name the place. "
    "Vladimir Putin will open a forum in Vladivostok on Wednesday.",
    published=date(2023, 9, 12),
)


def cited(number: int) -> Span:
    return Span.of(ARTICLE.sentences[number - 1])


@pytest.mark.parametrize(("kind", "case"), CASES, ids=[f"{kind}-{case['claim'][:60]}" for kind, case in CASES])
def test_each_kind_of_exact_fact(kind: str, case: dict[str, Any]) -> None:
    """Changed facts are refused, the same fact in another form is accepted."""
    found = check(case["claim"], [case["sentence"]], level=Level(case["level"]))

    assert case["supported"] is found.supported, (kind, found)


def test_every_kind_has_ten_cases_and_both_ways() -> None:
    """A kind that is tested one way only would pass by refusing all."""
    for kind in {kind for kind, _ in CASES}:
        mine = [case["supported"] for name, case in CASES if name == kind]
        assert len(mine) >= 10, kind
        assert {True, False} == set(mine), kind


@pytest.mark.parametrize(
    ("claim", "number", "expected"),
    [
        ("Kim Jong-un spent 20 hours on the train.", 2, True),
        ("Kim Jong Un spent 20 hours on the train.", 2, True),
        ("Dmitry Peskov spent 20 hours on the train.", 2, False),
        ("Vladimir Putin spent 20 hours on the train.", 2, False),
        ("KCNA said Kim boarded his train on Sunday.", 3, True),
        ("Kim waved to a crowd of 400 people.", 4, True),
        ("Peskov waved to a crowd of 400 people.", 4, False),
        ("Putin will open a forum in Vladivostok on Wednesday.", 6, True),
    ],
)
def test_a_name_may_stand_for_another_of_the_same_person(claim: str, number: int, expected: bool) -> None:
    """Only where the article makes both names one, or a pronoun can mean it."""
    assert expected is check(claim, [cited(number)], article=ARTICLE).supported


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("10 September", True),
        ("September 10, 2023", True),
        ("2023-09-10", True),
        ("11 September", False),
        ("10 August", False),
        ("Monday", False),
    ],
)
def test_a_weekday_is_the_date_it_falls_on(day: str, expected: bool) -> None:
    """Told from the day of publication."""
    found = check(f"KCNA said Kim boarded his train on {day}.", [cited(3)], level=Level.LENIENT, article=ARTICLE)

    assert expected is (not any("is not in" in problem for problem in found.problems))


@pytest.mark.parametrize(("day", "expected"), [("Wednesday", True), ("Thursday", False), ("last Wednesday", False)])
def test_a_headline_tells_the_future_in_the_present(day: str, expected: bool) -> None:
    """ "Opens on Wednesday" of a claim may be the Wednesday of "will open": its tense makes it no other day."""
    found = check(f"Putin opens a forum in Vladivostok {day}.", [cited(6)], level=Level.LENIENT, article=ARTICLE)

    assert expected is (not any("is not in" in problem for problem in found.problems))


@pytest.mark.parametrize(
    ("claim", "sentence", "written"),
    [
        ("It left at 3.30 pm.", "The train left at 15:30.", "It left at 15:30."),
        ("It has 300 megawatts.", "The farm has 300 MW.", "It has 300 MW."),
        ("It took 14 days.", "It took two weeks.", "It took two weeks."),
        ("Nearly 40,000 came.", "38,200 came.", "38,200 came."),
        ("Five ships left.", "Seven ships left.", "Five ships left."),
        (
            "It holds up two third-quarter deliveries.",
            "It delays two deliveries in the third quarter.",
            "It holds up two third-quarter deliveries.",
        ),
        ("But two hours are long.", "Two hours are long.", "But two hours are long."),
    ],
)
def test_the_reader_sees_figures_as_the_sentences_write_them(claim: str, sentence: str, written: str) -> None:
    """What is equal by code must not look different to the reader; what differs stays."""
    assert written == in_their_form(claim, [sentence])


@pytest.mark.parametrize(
    ("claim", "sentence", "differs"),
    [
        ("Fry the onions for thirty minutes.", "Fry the onions. That takes half an hour.", False),
        ("Fry the onions for twenty minutes.", "Fry the onions. That takes half an hour.", True),
        ("She could not play for six months.", "She could not play for half a year.", False),
        ("She could not play for five months.", "She could not play for half a year.", True),
        ("One in four roofs is too weak.", "A quarter of the roofs are too weak.", False),
        ("One in five roofs is too weak.", "A quarter of the roofs are too weak.", True),
        ("They measured on two days without wind.", "They measured on two windless days.", False),
        ("They measured on three days without wind.", "They measured on two windless days.", True),
        ("The two sisters are rivals at cards.", "Kari won twenty races. Hanne beats her at cards.", False),
        ("The two onions are fried.", "Chop eight onions and fry them.", True),
        ("Eighteen deputies stayed out of it.", "Twelve deputies abstained and six were absent.", False),
        ("Nineteen deputies stayed out of it.", "Twelve deputies abstained and six were absent.", True),
        ("Its status was raised four years later.", "It was watched in 1970 and upgraded in 1974.", False),
        ("Its status was raised fourteen years later.", "It was watched in 1970 and upgraded in 1974.", True),
    ],
)
def test_the_same_amount_said_otherwise(claim: str, sentence: str, differs: bool) -> None:
    """Half an hour is thirty minutes, a quarter one in four, 18 twelve and six; a unit may stand further off."""
    assert differs is bool(list(wrong_figures(claim, [sentence])))


@pytest.mark.parametrize(
    ("claim", "differs"),
    [
        ("Sunday opening costs 96,000.", False),
        ("On a Sunday it costs 96,000.", False),
        ("On a Saturday it costs 96,000.", True),
    ],
)
def test_a_weekday_may_be_told_in_the_plural(claim: str, differs: bool) -> None:
    """ "On Sundays" tells of Sunday."""
    assert differs is bool(wrong_days(claim, ["To open on Sundays costs 96,000."])[0])
