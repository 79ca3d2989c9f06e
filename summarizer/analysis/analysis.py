"""One article's findings, each computed once, on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.analysis.dates import find_dates
from summarizer.analysis.entities import FoundEntity, find_entities
from summarizer.analysis.quantities import find_quantities
from summarizer.article import Article
from summarizer.schemas.entities import DateMention, Quantity


@dataclass(frozen=True)
class Analysis:
    """What code finds in `article`. Pass it along instead of looking things up again."""

    article: Article

    @cached_property
    def entities(self) -> tuple[FoundEntity, ...]:
        """Named things in order of first mention, each with how sure code is of its type."""
        return find_entities(self.article)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Temporal expressions in order of first mention."""
        return find_dates(self.article)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers with units in order of the article."""
        return find_quantities(self.article)
