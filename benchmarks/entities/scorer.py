"""CoNLL-style scores of names (exact span and type) and B-cubed of alias clusters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.entities.gold import Row
from summarizer.analysis.clusters import key_of
from summarizer.analysis.entities import FoundEntity
from summarizer.analysis.mentions import Names

Span = tuple[int, int]
ALIKE = {"group": "other", "event": "other", "work": "other", "product": "other"}


@dataclass(frozen=True)
class Counts:
    """True positives, predictions and gold marks."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the predictions that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold marks that are found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        whole = self.predicted + self.gold
        return 2 * self.right / whole if whole else 0.0


def listed(entities: Iterable[FoundEntity]) -> dict[Span, str]:
    """The mentions of the entities a user gets, with the types the gold has."""
    found = [entity.entity for entity in entities]
    return {(m.start, m.end): ALIKE.get(entity.type, entity.type) for entity in found for m in entity.mentions}


def with_nationalities(spans: dict[Span, str], names: Names) -> dict[Span, str]:
    """`spans` and the adjectives of nationality, which wikigold marks as "other" and a user is not shown."""
    return {(name.start, name.end): "other" for name in names.names if name.kind == "nationality"} | spans


def score(row: Row, predicted: dict[Span, str], *, typed: bool) -> Counts:
    """Exact spans (and types). A prediction equal to a nested gold mark is ignored: the gold leaves those out."""
    gold = {(start, end): kind for start, end, kind in row.names}
    nested = {(start, end) for start, end, _ in row.nested}
    counted = {span: kind for span, kind in predicted.items() if span not in nested}
    right = sum(gold.get(span) == kind if typed else span in gold for span, kind in counted.items())
    return Counts(right, len(counted), len(gold))


@dataclass(frozen=True)
class BCubed:
    """Sums of B-cubed precision and recall, and over how many names (Bagga and Baldwin 1998)."""

    precision_sum: float = 0.0
    predicted: int = 0
    recall_sum: float = 0.0
    gold: int = 0

    def __add__(self, other: BCubed) -> BCubed:
        return BCubed(
            self.precision_sum + other.precision_sum,
            self.predicted + other.predicted,
            self.recall_sum + other.recall_sum,
            self.gold + other.gold,
        )

    @property
    def f1(self) -> float:
        """Harmonic mean of the averages."""
        precision = self.precision_sum / self.predicted if self.predicted else 0.0
        recall = self.recall_sum / self.gold if self.gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def b_cubed(gold: Iterable[Iterable[str]], predicted: Iterable[Iterable[str]], *, strict: bool) -> BCubed:
    """B-cubed over distinct names (folded). A name of several clusters belongs to the first of them.

    `strict`: a gold name that was not found has recall 0 and a found name that is not in the gold precision 0.
    Otherwise only names on both sides count, which judges the gathering alone.
    """
    of_gold, of_predicted = _by_name(gold), _by_name(predicted)
    both = of_gold.keys() & of_predicted.keys()
    precision = recall = 0.0
    for name in both:
        same_gold = {other for other in both if of_gold[other] == of_gold[name]}
        same_predicted = {other for other in both if of_predicted[other] == of_predicted[name]}
        right = len(same_gold & same_predicted)
        precision += right / len(same_predicted)
        recall += right / len(same_gold)
    if strict:
        return BCubed(precision, len(of_predicted), recall, len(of_gold))
    return BCubed(precision, len(both), recall, len(both))


def _by_name(groups: Iterable[Iterable[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, group in enumerate(groups):
        for name in group:
            found.setdefault(" ".join(key_of(name)), number)
    return found
