"""What a reader does, whoever trained it: the seam that a user's own model fills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

NameType = Literal["person", "organisation", "place", "other"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The span that answers a question best.

    Args:
        text: its words, `passages[passage][start:end]`.
        passage: which of the passages holds it, from 0.
        start: code point in that passage.
        end: code point behind it.
        margin: score of the span less the score of "no answer", a logit without unit; from 1 on it is an answer.

    """

    text: str
    passage: int
    start: int
    end: int
    margin: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `text[start:end]`, in code points, with its type and the mean probability of its words."""

    start: int
    end: int
    type: NameType
    probability: float


class Reader(Protocol):
    """Judges meaning.

    Every method blocks: call it in a thread. Equal input has equal output, whatever is asked beside it.

    Args:
        name: `NAME@HASH`: which weights judge.
        languages: ISO 639-1 codes of the languages it reads.
        levels: the least probability of support that a level asks for: `balanced` and `lenient`.
        copies: for claims in the evidence's own words: `cut`, the least probability where it only leaves out and
            nothing that qualifies; `rearranged`, what is added to a level's threshold where the words are moved.
        band: the probabilities between which a second opinion is worth its price.

    """

    @property
    def name(self) -> str: ...
    @property
    def languages(self) -> frozenset[str]: ...
    @property
    def levels(self) -> Mapping[str, float]: ...
    @property
    def copies(self) -> Mapping[str, float]: ...
    @property
    def band(self) -> tuple[float, float]: ...

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """P(the evidence supports the claim), in [0, 1], for each pair of evidence and claim, in order."""

    def answer(self, question: str, passages: Sequence[str]) -> Answer | None:
        """The best span over all passages; None where there is no passage."""

    def names(self, text: str) -> list[Name]:
        """The names of a text in order, not nested."""
