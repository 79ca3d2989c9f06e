"""Retrieval: the sentence nearest to a question comes first, and what is missing is told."""

from __future__ import annotations

import pytest

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.extractive.retrieval import retrieve

FLEET = (
    "Temür Öljeytü ruled from the capital. He moved the court to Kraków in 1596. The invasion of Normandy failed. "
    "The fleet sank near Malta. Twelve ships of the fleet were saved by fishermen. A storm was blamed."
)


def first(question: str, text: str = FLEET) -> int:
    return retrieve(Analysis(Article(text)), question).passages[0].sentence.number


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Where did the fleet sink?", 4),
        ("How many ships were saved?", 5),
        ("Who was blamed, the storm?", 6),
        ("To which city did Temur Oljeytu move his court, Krakow?", 2),
        ("When did the Normans invade?", 3),
    ],
)
def test_the_nearest_sentence_comes_first(question: str, number: int) -> None:
    """By stems, without accents, and by the first letters of kindred words."""
    assert number == first(question)


def test_the_seed_answers_plain_questions(seed: Article) -> None:
    """Whose spokesperson, and when who arrived."""
    for question, part in (
        ("Who is the Kremlin spokesperson?", "Peskov"),
        ("When did Putin arrive in Vladivostok?", "arrived on Monday"),
    ):
        assert part in retrieve(Analysis(seed), question).passages[0].sentence.text


def test_names_and_numbers_that_stand_nowhere_are_told() -> None:
    """A kindred name is not missing; another number is."""
    assert ("Paris", "1597") == retrieve(Analysis(Article(FLEET)), "Did the Normans see Paris in 1597?").missing


def test_coverage_is_the_share_of_the_questions_words() -> None:
    """All, half, none."""
    analysis = Analysis(Article(FLEET))
    assert retrieve(analysis, "fleet sank").coverage == 1.0
    assert retrieve(analysis, "fleet volcano").coverage == 0.5
    assert retrieve(analysis, "volcano").coverage == 0.0
    assert retrieve(analysis, "volcano").passages == ()


@pytest.mark.parametrize("question", ["", "???", "the of and", "\0", "\ud800", "()\"'* NEAR AND"])
def test_a_question_without_words_finds_nothing(question: str) -> None:
    """And does not fail."""
    assert not [p for p in retrieve(Analysis(Article("Rain fell.")), question).passages if p.score > 0]


def test_ties_go_to_the_earlier_sentence() -> None:
    """The order never depends on chance."""
    assert first("rain", "Rain fell. Snow fell. Rain fell.") == 1
