"""Human judgements: claims with an article and a label; the reader finds the evidence of each sentence itself."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grounding.sources import DATA, rows_of
from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.article import Article
from summarizer.grounding import Checker
from summarizer.grounding.evidence import in_order, others
from summarizer.sentences import split


@dataclass(frozen=True)
class Judged:
    """A claim (one or more sentences), whether people found it supported by the article, and its score here."""

    source: str
    label: bool
    score: float


def judged(data: Path = DATA) -> list[Judged]:
    """The development rows; nothing where the data is not there."""
    return [
        Judged(row["source"], bool(row["label"]), score(row["claim"], Article(row["article"])))
        for row in rows_of("faithfulness_dev.jsonl", data)
    ]


def score(claim: str, article: Article) -> float:
    """The least of the claim's sentences, each by the evidence that carries it best; 0 where an exact fact differs."""
    statements = [claim[start:end] for start, end in split(claim)]
    return min((_statement(one, Analysis(article)) for one in statements if content_stems(one)), default=0.0)


def _statement(statement: str, analysis: Analysis) -> float:
    found = others(statement, (), (), analysis)
    neighbours = [
        [s for s in (analysis.article.sentence(one.number + step) for step in (-1, 0, 1)) if s] for one in found
    ]
    evidence = [in_order(found), *([one] for one in found), *neighbours]
    checker = Checker()
    checker.judge_ahead([(statement, one) for one in evidence], analysis)  # type: ignore[arg-type]
    best = 0.0
    for one in evidence:
        outcome = checker.check(statement, one, analysis)
        best = max(best, 1.0 if outcome.verbatim else outcome.score or 0.0)
    return best


def balanced_accuracy(rows: Sequence[Judged], threshold: float) -> dict[str, float]:
    """Mean of the share of true claims accepted and of false ones refused, by source."""
    groups: dict[str, dict[bool, list[bool]]] = defaultdict(lambda: {True: [], False: []})
    for row in rows:
        groups[row.source][row.label].append((row.score >= threshold) is row.label)
    return {
        source: statistics.fmean(sum(one) / max(1, len(one)) for one in by_label.values())
        for source, by_label in groups.items()
    }


def best_threshold(rows: Sequence[Judged]) -> float:
    """The threshold with the best mean over the sources of `rows`."""
    return max(
        sorted({round(row.score, 2) for row in rows}),
        key=lambda t: statistics.fmean(balanced_accuracy(rows, t).values()),
    )


def left_out(rows: Sequence[Judged]) -> dict[str, float]:
    """Balanced accuracy of each source at the threshold that is best on the others."""
    found = {}
    for source in dict.fromkeys(row.source for row in rows):
        cut = best_threshold([row for row in rows if row.source != source])
        found |= balanced_accuracy([row for row in rows if row.source == source], cut)
    return found
