"""Human judgements: claims with an article and a label, the evidence found by a small retrieval of our own."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from benchmarks.grounding.sources import shared
from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence
from summarizer.grounding import check, prepare
from summarizer.sentences import split


@dataclass(frozen=True)
class Judged:
    """A claim (one or more sentences) and whether people found it supported by the article."""

    source: str
    article: Article
    claim: str
    label: bool

    @property
    def statements(self) -> list[str]:
        """The sentences of the claim."""
        pieces = [self.claim[start:end] for start, end in split(self.claim)]
        return [piece for piece in pieces if content_stems(piece)]

    @cached_property
    def scores(self) -> tuple[float, bool]:
        """The least score among the statements, and whether the lenient check accepts all of them."""
        retrieval = Retrieval(self.article)
        grounds = prepare(self.article)
        found = [
            [check(statement, evidence, article=grounds) for evidence in retrieval.evidence(statement)]
            for statement in self.statements
        ]
        least = min((max(c.score for c in checks) for checks in found if checks), default=0.0)
        return least, all(any(c.supported for c in checks) for checks in found)


class Retrieval:
    """Sentences of one article by the stems they share with a claim, weighed by how rare a stem is (BM25's idf)."""

    def __init__(self, article: Article) -> None:
        self.sentences = article.sentences
        self.holding: dict[str, set[int]] = defaultdict(set)
        for n, sentence in enumerate(self.sentences):
            for stem in content_stems(sentence.text):
                self.holding[stem].add(n)

    def evidence(self, claim: str) -> Iterator[list[Sentence]]:
        """The best sentence with the one that adds most to it, then each alone."""
        stems = {stem for stem in content_stems(claim) if stem in self.holding}
        if not self.sentences:
            return
        best = self._best(stems, None)
        rest = {stem for stem in stems if best not in self.holding[stem]}
        if rest:
            second = self._best(rest, best)
            yield [self.sentences[n] for n in sorted({best, second})]
            yield [self.sentences[second]]
        yield [self.sentences[best]]

    def _best(self, stems: set[str], near: int | None) -> int:
        worth = [0.0] * len(self.sentences)
        for stem in stems:
            for n in self.holding[stem]:
                worth[n] += self._rarity(stem)
        return max(range(len(worth)), key=lambda n: (worth[n], -abs(n - (near or 0))))

    def _rarity(self, stem: str) -> float:
        count = len(self.holding[stem])
        return math.log(1 + (len(self.sentences) - count + 0.5) / (count + 0.5))


def judged() -> list[Judged]:
    """The development rows, or nothing where the shared data is not there."""
    folder = shared()
    if folder is None:
        return []
    rows = map(json.loads, (folder / "data/faithfulness_dev.jsonl").read_text("utf-8").splitlines())
    return [Judged(r["source"], Article(text=r["article"]), r["claim"], bool(r["label"])) for r in rows]


def qags(folder: Path) -> list[Judged]:
    """The QAGS judgements: one row a summary sentence, two of three votes decide."""
    found = []
    for part in ("cnndm", "xsum"):
        for line in (folder / f"mturk_{part}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            article = Article(text=row["article"])
            for sentence in row["summary_sentences"]:
                yes = sum(vote["response"] == "yes" for vote in sentence["responses"])
                found.append(Judged(f"qags_{part}", article, sentence["sentence"], yes >= 2))
    return found


def bigram_overlap(row: Judged) -> float:
    """Share of the claim's stem bigrams that the article has (ROUGE-2 precision, on content words)."""
    claim, text = content_stems(row.claim), content_stems(row.article.text)
    pairs = list(pairwise(claim)) or [(stem, "") for stem in claim]
    have = set(pairwise(text))
    return sum(pair in have for pair in pairs) / max(1, len(pairs))


def word_overlap(row: Judged) -> float:
    """Share of the claim's content stems that the article has."""
    claim, text = content_stems(row.claim), set(content_stems(row.article.text))
    return sum(stem in text for stem in claim) / max(1, len(claim))


def balanced_accuracy(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Mean of the share of true claims accepted and of false ones refused, from (accepted, label)."""
    by_label: dict[bool, list[bool]] = {True: [], False: []}
    for accepted, label in pairs:
        by_label[label].append(accepted == label)
    return sum(sum(found) / max(1, len(found)) for found in by_label.values()) / 2


def by_source(rows: Sequence[Judged], accepts: Callable[[Judged], bool]) -> dict[str, float]:
    """Balanced accuracy of each source."""
    groups: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row in rows:
        groups[row.source].append((accepts(row), row.label))
    return {source: balanced_accuracy(pairs) for source, pairs in groups.items()}


def mean(figures: dict[str, float]) -> float:
    """The mean over the sources."""
    return sum(figures.values()) / max(1, len(figures))


def best_threshold(rows: Sequence[Judged], value: Callable[[Judged], float]) -> float:
    """The threshold with the best mean balanced accuracy over the sources of `rows`."""
    values = {id(row): value(row) for row in rows}
    candidates = sorted({round(v, 2) for v in values.values()})
    return max(candidates, key=lambda t: mean(by_source(rows, lambda row: values[id(row)] >= t)))


def left_out(rows: Sequence[Judged], value: Callable[[Judged], float]) -> dict[str, float]:
    """Balanced accuracy of each source at the threshold that is best on the other sources."""
    figures = {}
    for source in dict.fromkeys(row.source for row in rows):
        cut = best_threshold([row for row in rows if row.source != source], value)
        figures |= by_source([row for row in rows if row.source == source], lambda row, cut=cut: value(row) >= cut)
    return figures
