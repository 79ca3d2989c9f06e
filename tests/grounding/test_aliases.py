"""Other names: what an article calls by two names may be called by either; repair and preparation."""

from datetime import date

import pytest

from summarizer.article import Article
from summarizer.grounding import check, prepare, repair
from summarizer.schemas.evidence import Span

ARTICLE = Article(
    text=(
        "North Korean leader Kim Jong-un has arrived in Russia ahead of a meeting with President Vladimir Putin. "
        "Mr Kim spent 20 hours on the train. "
        "The Korean Central News Agency (KCNA) said Kim boarded his train on Sunday afternoon. "
        "He waved to a crowd of 400 people. "
        "Kremlin spokesman Dmitry Peskov declined to name the place. "
        "Vladimir Putin will open a forum in Vladivostok on Wednesday."
    ),
    published=date(2023, 9, 12),
)
GROUNDS = prepare(ARTICLE)


def cited(number: int) -> Span:
    sentence = ARTICLE.sentence(number)
    assert sentence is not None
    return Span.of(sentence)


@pytest.mark.parametrize(
    ("claim", "number", "expected"),
    [
        ("Kim Jong-un spent 20 hours on the train.", 2, True),
        ("Kim Jong Un spent 20 hours on the train.", 2, True),
        ("Dmitry Peskov spent 20 hours on the train.", 2, False),
        ("Vladimir Putin spent 20 hours on the train.", 2, False),
        ("Kim Jong-il spent 20 hours on the train.", 2, False),
        ("KCNA said Kim boarded his train on Sunday.", 3, True),
        ("Putin will open a forum in Vladivostok on Wednesday.", 6, True),
    ],
)
def test_a_name_may_stand_for_another_of_the_same_person(claim: str, number: int, expected: bool) -> None:
    """Only where the article makes both names one."""
    assert check(claim, [cited(number)], article=GROUNDS).supported is expected


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("KCNA said Kim boarded his train on 10 September.", True),
        ("KCNA said Kim boarded his train on September 10, 2023.", True),
        ("KCNA said Kim boarded his train on 2023-09-10.", True),
        ("KCNA said Kim boarded his train on 11 September.", False),
        ("KCNA said Kim boarded his train on 10 August.", False),
        ("KCNA said Kim boarded his train on Monday.", False),
    ],
)
def test_a_weekday_is_the_date_it_falls_on(claim: str, expected: bool) -> None:
    """Told from the day of publication."""
    assert check(claim, [cited(3)], article=GROUNDS).supported is expected


def test_cited_text_works_as_well_as_spans() -> None:
    """Plain strings are looked up in the article."""
    assert check("Kim Jong-un spent 20 hours on the train.", [cited(2).text], article=ARTICLE).supported is True
    assert check("Kim Jong-un spent 20 hours on the train.", [cited(2).text]).supported is False


@pytest.mark.parametrize(
    ("claim", "wrong", "expected"),
    [
        ("Kim Jong-un spent 20 hours on the train.", [1], 2),
        ("Dmitry Peskov declined to name the place.", [], 5),
        ("Kim Jong-un spent 30 hours on the train.", [1], None),
        ("A volcano erupted in Iceland.", [1], None),
    ],
)
def test_a_true_claim_finds_its_sentence(claim: str, wrong: list[int], expected: int | None) -> None:
    """Repair names the one sentence that supports the claim, or none."""
    found = repair(claim, [cited(n) for n in wrong], GROUNDS)
    assert (found.number if found else None) == expected


def test_repair_does_not_choose_between_two() -> None:
    """Where two sentences support the claim it is not known which one was meant."""
    article = Article(text="The dam burst on Monday. Rain fell. The dam burst on Monday, flooding the town.")
    assert repair("The dam burst on Monday.", [], article) is None
