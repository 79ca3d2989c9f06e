"""Questions: what is asked for, told from the question's own words."""

from __future__ import annotations

import pytest

from summarizer.extractive.questions import LONGEST, Kind, understand


@pytest.mark.parametrize(
    ("question", "kind", "noun"),
    [
        ("Who won?", "person", None),
        ("When did he leave?", "date", None),
        ("In what year did he leave?", "date", "year"),
        ("Where did they meet?", "place", None),
        ("Which eastern city hosted them?", "place", "city"),
        ("What is the name of the city?", "place", "city"),
        ("Which team won the cup?", "organisation", "team"),
        ("How many people came?", "number", "people"),
        ("What percentage of voters stayed at home?", "number", "percentage"),
        ("How far is it?", "number", None),
        ("How did she win?", "manner", None),
        ("Why did she win?", "reason", None),
        ("Did she win?", "yes_no", None),
        ("What did the president say?", "thing", None),
        ("What was a Happy Days spinoff?", "thing", "spinoff"),
        ("Tell me about the flood", "thing", None),
        ("", "thing", None),
    ],
)
def test_the_type_asked_for(question: str, kind: Kind, noun: str | None) -> None:
    """By the word that asks, and by the noun behind what and which."""
    assert (kind, noun) == (understand(question).kind, understand(question).noun)


@pytest.mark.parametrize(
    ("question", "is_list"),
    [
        ("Who travelled with her?", True),
        ("Which countries signed?", True),
        ("Who are the ministers?", True),
        ("Who won?", False),
        ("How many ministers are there?", False),
        ("What did she eat?", False),
    ],
)
def test_questions_for_several_things(question: str, is_list: bool) -> None:
    """A plural noun, "who are", and who was with somebody ask for a list."""
    assert is_list == understand(question).is_list


def test_the_words_it_is_about_are_neither_small_nor_asking_words() -> None:
    """And names are told by a capital or a digit, but not at the start."""
    asked = understand("When did Ada Lovelace write the first program of 1843?")
    assert ["ada", "lovelace", "write", "first", "program", "1843"] == [word.folded for word in asked.telling]
    assert ["ada", "lovelace", "1843"] == [word.folded for word in asked.names]


def test_only_the_beginning_of_an_endless_question_is_read() -> None:
    """So that one of 100,000 characters costs no more than a long one."""
    assert LONGEST == len(understand("Who? " * 20_000).text)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How much does the car park bring in?", ("money",)),
        ("How much will the roof cost?", ("money",)),
        ("How much money was asked for?", ("money",)),
        ("How much rice is needed?", ()),
        ("How far is it?", ("distance",)),
        ("What was the profit?", ("money",)),
    ],
)
def test_what_a_question_measures(question: str, measure: tuple[str, ...]) -> None:
    """Money where something is paid or brought in, else what the word beside "how" measures."""
    assert measure == understand(question).measure
