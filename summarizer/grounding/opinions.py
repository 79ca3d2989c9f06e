"""What a second model says of claims the check could not decide: no fact is wrong, only the wording is far."""

from __future__ import annotations

from collections.abc import Sequence
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
