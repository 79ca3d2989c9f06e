"""What a second model says of claims the check could not decide: no fact is wrong, only the wording is far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summarizer.errors import Spent
from summarizer.schemas.evidence import Span
from summarizer.schemas.result import Issue

Key = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Claims a model supports and claims it does not, by `key_of`; what it cost; and issues, where it failed."""

    by: str = ""
    supported: frozenset[Key] = frozenset()
    refused: frozenset[Key] = frozenset()
    spent: Spent = field(default_factory=Spent)
    issues: tuple[Issue, ...] = ()


def key_of(text: str, cited: Sequence[Span]) -> Key:
    """A claim with the places it rests on: the same words elsewhere are another claim."""
    return text, tuple(sorted(span.start for span in cited))


def joined(opinions: Iterable[Opinions]) -> Opinions:
    """Opinions of one model on several parts of an article as one; each issue stands there once."""
    each = list(opinions)
    return Opinions(
        next((one.by for one in each if one.by), ""),
        frozenset().union(*(one.supported for one in each)),
        frozenset().union(*(one.refused for one in each)),
        sum((one.spent for one in each), Spent()),
        tuple(dict.fromkeys(issue for one in each for issue in one.issues)),
    )
