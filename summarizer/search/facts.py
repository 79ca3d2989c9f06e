"""The figures and days that stand in evidence, and whether two of them can both be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.schemas.evidence import Claim, Span

_ROUGHLY = 1.5
_HEDGE = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|under|than|least|most|up to|circa)\W+\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or a day: its words, what it is of, its value (of a day in ISO form), and whether it is only rounded."""

    text: str
    kind: str
    value: float | str
    rough: bool = False


def facts(analysis: Analysis, evidence: Sequence[Span]) -> list[Fact]:
    """The figures and days that stand in the evidence."""
    figures = [
        Fact(mention.text, f"{one.kind} {one.unit or ''}", one.value, _is_rough(analysis, mention.start))
        for one in analysis.quantities
        if one.value is not None
        for mention in one.mentions
        if _is_in(mention.start, evidence)
    ]
    days = (
        Fact(mention.text, "day", one.iso)
        for one in analysis.dates
        if one.iso and "/" not in one.iso
        for mention in one.mentions
        if _is_in(mention.start, evidence)
    )
    return [*figures, *days]


def compatible(one: Fact, other: Fact) -> bool:
    """Whether both can be right: the same, one within the other (2019 and a day in it), or only rounded."""
    if one.kind != other.kind:
        return False
    if isinstance(one.value, str) or isinstance(other.value, str):
        ours, theirs = str(one.value), str(other.value)
        return ours.startswith(theirs) or theirs.startswith(ours)
    low, high = sorted((abs(one.value), abs(other.value)))
    return low == high or ((one.rough or other.rough) and high <= _ROUGHLY * low)


def of_article(claim: Claim, identity: str) -> Claim:
    """The claim with the article's id on its evidence."""
    spans = [span.model_copy(update={"article": identity}) for span in claim.evidence]
    return claim.model_copy(update={"evidence": spans})


def _is_in(offset: int, evidence: Iterable[Span]) -> bool:
    return any(span.start <= offset < span.end for span in evidence)


def _is_rough(analysis: Analysis, start: int) -> bool:
    return bool(_HEDGE.search(analysis.article.text[max(0, start - 24) : start]))
