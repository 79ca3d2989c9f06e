"""One claim laid over the sentences it cites: what every room of the check looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from summarizer.analysis.dates import dates_in
from summarizer.grounding.alignment import Alignment
from summarizer.grounding.coverage import Coverage, coverage
from summarizer.grounding.lexicon import WEEKDAYS
from summarizer.grounding.reading import Reading, read

Keys = tuple[str, ...]
"""A name as the keys of its words."""


class OtherNames(Protocol):
    """What the article knows about names that mean the same."""

    def named(self, name: Keys) -> bool:
        """Whether the cited sentences name this one otherwise, or by a pronoun that is safe to resolve."""

    def same(self, one: Keys, other: Keys) -> bool:
        """Whether both names are names of one entity."""


class NoOtherNames:
    """Where there is no article, a name means itself only."""

    def named(self, name: Keys) -> bool:
        """Nobody is known under another name."""
        return False

    def same(self, one: Keys, other: Keys) -> bool:
        """Only equal names are the same."""
        return one == other


@dataclass(frozen=True)
class Case:
    """A claim, its source (the cited sentences) and how the one lies over the other.

    Args:
        alignment: the claim laid over the source.
        strict: whether every dropped or added word counts.
        others: what the article knows about names that mean the same.
        texts: the claim and the cited sentences as they came.
        published: the day the article was published, against which "Sunday" is resolved.

    """

    alignment: Alignment
    strict: bool
    others: OtherNames
    texts: tuple[str, ...]
    published: date | None = None

    @property
    def claim(self) -> Reading:
        """The claim."""
        return self.alignment.claim

    @cached_property
    def coverage(self) -> Coverage:
        """How much of the claim's wording the sentences carry."""
        tokens = self.claim.tokens
        dated = any(
            tokens[at].kind == "number" or tokens[at].key.startswith("month:") or tokens[at].form in WEEKDAYS
            for at in self.alignment.novel
        )
        return coverage(self.alignment, self.told_days if dated else ())

    @cached_property
    def told_days(self) -> frozenset[str]:
        """Words and numbers of the claim's dates that the sentences tell in another form: September 10 for "Sunday"."""
        claim, *sentences = self.texts
        theirs = [d.iso for text in sentences for d in dates_in(text, published=self.published) if d.iso]
        told: set[str] = set()
        for found in dates_in(claim, published=self.published):
            if found.iso and any(iso == found.iso or iso.startswith(f"{found.iso}-") for iso in theirs):
                forms = (token.form for token in read([claim[found.start : found.end]]).tokens)
                told.update(form for form in forms if _may_be(form, found.iso))
        return frozenset(told)

    @property
    def source(self) -> Reading:
        """The cited sentences, read together."""
        return self.alignment.source


def _may_be(form: str, iso: str) -> bool:
    """Whether a word may stand in the name of this day: no "Monday" for a Tuesday."""
    if form not in WEEKDAYS or len(iso) != 10:
        return True
    return date.fromisoformat(iso).isoweekday() == WEEKDAYS[form]
