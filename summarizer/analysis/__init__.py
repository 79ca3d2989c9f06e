"""What is found in an article without asking a language model: names, dates, quantities; each once, on first use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from summarizer.analysis.entities import FoundEntity, find_entities
from summarizer.article import Article
from summarizer.schemas.entities import DateMention, Quantity
from summarizer.values.dates import find_dates
from summarizer.values.quantities import find_quantities

if TYPE_CHECKING:
    from summarizer.reader import Reader

__all__ = ["Analysis", "FoundEntity"]


@dataclass(frozen=True)
class Analysis:
    """What code finds in `article`, and the reader where one is given. Pass it along instead of looking again.

    Args:
        article: the article.
        reader: has a vote on the types of the names that code finds (benchmarks/entities has the table).

    """

    article: Article
    reader: Reader | None = field(default=None, compare=False)

    @cached_property
    def entities(self) -> tuple[FoundEntity, ...]:
        """Named things in order of first mention, each with how sure its type is."""
        return find_entities(self.article, self.reader)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Temporal expressions in order of first mention."""
        return find_dates(self.article)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Numbers with units in order of the article."""
        return find_quantities(self.article)
