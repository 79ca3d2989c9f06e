"""One figure from 0 to 1 for how well a claim is carried by its sentences."""

from __future__ import annotations

from summarizer.grounding.coverage import Coverage


def score(covered: Coverage, problems: int) -> float:
    """Wording carried by the sentences, lessened by every fact that is wrong."""
    carried = 0.6 * covered.words + 0.3 * covered.pairs + 0.1 * covered.run
    return carried * 0.5**problems


def threshold() -> float:
    """The least score at which a claim without a wrong fact is accepted."""
    return 0.5
