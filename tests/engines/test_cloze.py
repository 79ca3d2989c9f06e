"""Typing by the next word: the model's words and code's probabilities are weighed."""

from __future__ import annotations

import math
from typing import cast

import pytest

from summarizer.engines.cloze import prompt, type_of, weighed
from summarizer.errors import Spent
from summarizer.models.local import LocalModel
from summarizer.schemas.entities import EntityType

SURE_PERSON: dict[EntityType, float] = {"person": 0.97, "organisation": 0.01, "place": 0.01, "other": 0.01}
UNSURE: dict[EntityType, float] = {"person": 0.3, "organisation": 0.3, "place": 0.2, "other": 0.2}


class Saying:
    """A model that expects certain next words."""

    def __init__(self, **words: float) -> None:
        self._words = {f" {word}": math.log(chance) for word, chance in words.items()}

    async def likelihoods(self, messages: object, limit: int) -> tuple[dict[str, float], Spent]:
        return self._words, Spent()


async def asked(kinds: dict[EntityType, float], guess: EntityType, **words: float) -> EntityType:
    model = cast("LocalModel", Saying(**words))
    kind, _ = await type_of("Velin", "Velin was quiet.", kinds, guess, model)
    return kind


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"town": 0.5}, "place"),
        ({"company": 0.4, "group": 0.2}, "organisation"),
        ({"musician": 0.4}, "person"),
        ({"festival": 0.6}, "other"),
    ],
)
async def test_where_code_wavers_the_model_decides(words: dict[str, float], expected: EntityType) -> None:
    """Each kind has its words."""
    assert expected == await asked(UNSURE, "person", **words)


async def test_where_code_is_sure_the_model_hardly_matters() -> None:
    """A weak opinion does not turn a sure person into a town."""
    assert "person" == await asked(SURE_PERSON, "person", town=0.05, man=0.01)


async def test_a_finer_guess_stands_where_the_model_says_other() -> None:
    """An event is one of the things the model calls other."""
    assert "event" == await asked(UNSURE, "event", festival=0.6)


def test_a_model_that_says_nothing_leaves_every_kind_possible() -> None:
    """All scores are finite, and code's order of the two likeliest kinds holds by its own weight and bias."""
    scores = weighed(SURE_PERSON, {})
    assert all(math.isfinite(score) for score in scores.values())
    assert "person" == max(scores, key=lambda kind: scores[kind])


def test_the_question_comes_last_and_its_answer_is_begun() -> None:
    """The examples come first, alike for every name, so that the server keeps them."""
    one, other = prompt("Velin", "Velin was quiet."), prompt("Senn", "Senn slept.")
    assert one[:-2] == other[:-2]
    assert "Velin is the name of a" == one[-1].content
    assert one[-2].content.endswith("What is Velin?")
