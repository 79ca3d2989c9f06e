"""What kind of thing a name is, read off a small model's next word: "X is the name of a ...".

A 135M-parameter model types names far better by the words it expects than by a label it writes, and better after four
examples, which the server keeps. What it expects is added to code's own probabilities, log by log: where code is sure,
the model does not matter; where code wavers, it decides. The weights were fitted on names of training documents
(`benchmarks/entities/README.md`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from summarizer.errors import Spent
from summarizer.models.local import LocalModel
from summarizer.models.model import Message
from summarizer.schemas.entities import EntityType

TOP_TOKENS = 100

_CODE, _MODEL = 0.6, 0.7
_BIAS: Mapping[EntityType, float] = {"person": 1.0, "organisation": -0.1, "place": -0.7, "other": -0.2}
"""The model says too often that a name is of a place, and says "renowned" or "Japanese" of persons."""

_LEAST_CODE, _LEAST_MODEL = 1e-3, 1e-4

_EXAMPLES = (
    ("Ms Obeng joined Kestrel Foods after leaving the city council.", "Kestrel Foods", "company"),
    ("A storm cut the road between Lomé and Aneho on Sunday.", "Aneho", "town"),
    ("Tickets for Winterlight sold out within an hour, the organisers said.", "Winterlight", "festival"),
    ("The goal that Marchetti scored was his tenth this season.", "Marchetti", "person"),
)

_WORDS: Mapping[EntityType, str] = {
    "person": (
        "person man woman musician scientist actor actress player poet writer author politician singer character "
        "artist leader doctor official"
    ),
    "place": (
        "city country town place state street region village mountain river road island province district county "
        "continent planet port municipality"
    ),
    "organisation": (
        "company organization group team newspaper band university court party club business school agency institution "
        "hospital bank restaurant store"
    ),
    "other": (
        "movie film song game event festival book album type sport language holiday race disease movement thing "
        "product term musical religion play software"
    ),
}
_TYPES = {word: kind for kind, words in _WORDS.items() for word in words.split()}


async def type_of(
    name: str, sentence: str, kinds: Mapping[EntityType, float], guess: EntityType, model: LocalModel
) -> tuple[EntityType, Spent]:
    """The type of `name` as `sentence` uses it, and what asking cost.

    `kinds` are code's probabilities of the four kinds, `guess` its own choice, which may be finer than those: an
    `event` or a `work` stands where the answer is `other`.
    """
    likelihoods, spent = await model.likelihoods(prompt(name, sentence), TOP_TOKENS)
    scores = weighed(kinds, likelihoods)
    best = max(scores, key=lambda kind: scores[kind])
    return (guess if best == "other" and guess not in _WORDS else best), spent


def prompt(name: str, sentence: str) -> tuple[Message, ...]:
    """Four examples, then the question and the beginning of its answer."""
    found: list[Message] = []
    for text, example, word in _EXAMPLES:
        found += [_question(example, text), Message("assistant", f"{example} is the name of a {word}.")]
    return (*found, _question(name, sentence), Message("assistant", f"{name} is the name of a"))


def weighed(kinds: Mapping[EntityType, float], likelihoods: Mapping[str, float]) -> dict[EntityType, float]:
    """A score for each kind from code's probabilities and the model's next words."""
    mass = dict.fromkeys(_WORDS, 0.0)
    for token, logarithm in likelihoods.items():
        kind = _TYPES.get(token.strip().lower())
        if kind:
            mass[kind] += math.exp(logarithm)
    whole = sum(mass.values()) + len(mass) * _LEAST_MODEL
    return {
        kind: _CODE * math.log(max(kinds.get(kind, 0.0), _LEAST_CODE))
        + _MODEL * math.log((mass[kind] + _LEAST_MODEL) / whole)
        + _BIAS[kind]
        for kind in _WORDS
    }


def _question(name: str, sentence: str) -> Message:
    return Message("user", f"{sentence}\nWhat is {name}?")
