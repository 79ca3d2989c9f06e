"""What kind of thing a name is, read off a small model's next word: "X is the name of a ...".

Zero-shot, a 135M-parameter model types names far better by the words it expects than by a label it writes; code's
own guess, as a prior, makes both better.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from summarizer.errors import Spent
from summarizer.models.local import LocalModel
from summarizer.models.model import Message
from summarizer.schemas.entities import EntityType

TOP_TOKENS = 100
PRIOR_NATS = 2.0

_WORDS: Mapping[EntityType, tuple[str, ...]] = {
    "person": ("person", "man", "woman"),
    "place": ("city", "country", "place", "town"),
    "organisation": ("company", "organization", "group", "team", "newspaper"),
    "other": ("movie", "game", "event", "disease", "movement", "thing"),
}
_TYPES = {word: kind for kind, words in _WORDS.items() for word in words}


async def type_of(name: str, sentence: str, guess: EntityType, model: LocalModel) -> tuple[EntityType, Spent]:
    """The type of `name` as `sentence` uses it, with code's `guess` as a prior of two nats, and what asking cost.

    A guess finer than the model's four kinds (`event`, `work`) stands where the model says `other`.
    """
    messages = (
        Message("user", f"{sentence}\nWhat is {name}?"),
        Message("assistant", f"{name} is the name of a"),
    )
    likelihoods, spent = await model.likelihoods(messages, TOP_TOKENS)
    scores = _scores(likelihoods)
    coarse = guess if guess in _WORDS else "other"
    scores[coarse] = scores.get(coarse, -math.inf) + PRIOR_NATS
    best = max(scores, key=lambda kind: scores[kind])
    return (guess if best == coarse else best), spent


def _scores(likelihoods: Mapping[str, float]) -> dict[EntityType, float]:
    """Log of the probability mass on each kind's words."""
    mass: dict[EntityType, float] = {}
    for token, logarithm in likelihoods.items():
        kind = _TYPES.get(token.strip().lower())
        if kind:
            mass[kind] = mass.get(kind, 0.0) + math.exp(logarithm)
    return {kind: math.log(value) for kind, value in mass.items() if value > 0}
