"""One claim laid over the sentences it cites: what every room of the check looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from summarizer.grounding.alignment import Alignment
from summarizer.grounding.reading import Reading

SameName = Callable[[tuple[str, ...]], bool]
"""Whether the article uses another name for this one, and that other name (or a safe pronoun) is in the sentences."""


@dataclass(frozen=True)
class Case:
    """A claim, its source (the cited sentences) and how the one lies over the other.

    Args:
        alignment: the claim laid over the source.
        strict: whether every dropped or added word counts.
        same_name: answers whether a name that is not in the sentences stands for one that is.
        published: the day the article was published, against which "Sunday" is resolved.

    """

    alignment: Alignment
    strict: bool
    same_name: SameName
    published: date | None = None

    @property
    def claim(self) -> Reading:
        """The claim."""
        return self.alignment.claim

    @property
    def source(self) -> Reading:
        """The cited sentences, read together."""
        return self.alignment.source
