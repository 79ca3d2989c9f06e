"""Which sentences say most of an article: position and centrality, without repeating.

Centrality is the mean cosine of a sentence with all others (Radev et al. 2004, "Centroid-based summarization");
repetition is held down by maximal marginal relevance (Carbonell and Goldstein 1998). Mean word frequency (SumBasic)
and the mentions of names were tried beside them and did not make summaries better. Every step is linear in the length
of the text.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems, words
from summarizer.article import Article, Sentence
from summarizer.extractive import story

# Tuned on 100 CNN/DailyMail articles of the training split; see benchmarks/summaries/README.md.
_POSITION, _CENTRALITY, _TITLE, _FOCUS = 1.0, 1.0, 0.3, 4.0
_REDUNDANCY = 1.4
_DECAY = 15.0
_USUAL_WORDS = 40
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "’", "'", ")")


@dataclass(frozen=True, slots=True)
class _Vector:
    """A sentence as a unit vector of stem weights; `count` is its number of words."""

    weights: dict[str, float]
    count: int


def select(
    analysis: Analysis, points: int, *, words: int | None = None, focus: str | None = None
) -> tuple[Sentence, ...]:
    """At most `points` sentences that say most of the article, in its order.

    Args:
        analysis: the article and its findings.
        points: the greatest number of sentences.
        words: the greatest number of words of all of them together; one sentence is given even if it has more.
        focus: what the summary should be about, in words of the article; sentences near them are preferred.

    """
    sentences = analysis.article.sentences
    vectors = _vectors(analysis.article)
    scores = _scores(analysis.article, vectors, focus)
    chosen = _spread(vectors, scores, points, words)
    return tuple(sentences[index] for index in sorted(chosen))


def headline(analysis: Analysis) -> Sentence | None:
    """The sentence that leads: the first of the story, or of those that weigh most in its form; None where none is."""
    article = analysis.article
    return max(story.told(article), key=lambda one: (story.weight(article, one), -one.number), default=None)


@lru_cache(maxsize=4)
def _vectors(article: Article) -> tuple[_Vector, ...]:
    stems = [content_stems(sentence.text) for sentence in article.sentences]
    spread = Counter(stem for found in stems for stem in set(found))
    return tuple(
        _unit(found, spread, len(stems), sum(1 for _ in words(sentence.text)))
        for found, sentence in zip(stems, article.sentences, strict=True)
    )


def _unit(stems: Sequence[str], spread: Counter[str], total: int, count: int) -> _Vector:
    raw = {stem: many * math.log(1 + total / spread[stem]) for stem, many in Counter(stems).items()}
    norm = math.sqrt(sum(weight * weight for weight in raw.values()))
    return _Vector({stem: weight / norm for stem, weight in raw.items()} if norm else {}, count)


def _scores(article: Article, vectors: Sequence[_Vector], focus: str | None) -> list[float]:
    decay = max(_DECAY, len(vectors) / 10)
    parts = [
        (_POSITION * story.is_told_from_the_top(article), [math.exp(-index / decay) for index in range(len(vectors))]),
        (_CENTRALITY, _scaled(_centrality(vectors))),
        (_TITLE, _scaled(_nearness(vectors, article.title or ""))),
        (_FOCUS, _scaled(_nearness(vectors, focus or ""))),
    ]
    sums = [sum(weight * part[index] for weight, part in parts) for index in range(len(vectors))]
    told = {sentence.number for sentence in story.told(article)}
    return [
        score * _readable(vector, sentence) * story.weight(article, sentence) * (sentence.number in told)
        for score, vector, sentence in zip(sums, vectors, article.sentences, strict=True)
    ]


def _scaled(values: list[float]) -> list[float]:
    most = max(values, default=0.0)
    return [value / most for value in values] if most > 0 else values


def _centrality(vectors: Sequence[_Vector]) -> list[float]:
    """Cosine with every other sentence, summed: the dot product with the sum of all vectors, less its own."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for stem, weight in vector.weights.items():
            total[stem] += weight
    return [sum(weight * total[stem] for stem, weight in vector.weights.items()) - 1.0 for vector in vectors]


def _nearness(vectors: Sequence[_Vector], text: str) -> list[float]:
    wanted = set(content_stems(text))
    return [sum(weight for stem, weight in vector.weights.items() if stem in wanted) for vector in vectors]


def _readable(vector: _Vector, sentence: Sentence) -> float:
    """Below 1 for what makes a poor point: a fragment, a caption without an end, a page in one breath."""
    factor = min(1.0, len(vector.weights) / 6) * min(1.0, _USUAL_WORDS / max(1, vector.count))
    return factor if sentence.text.endswith(_ENDS) else factor * 0.8


def _spread(vectors: Sequence[_Vector], scores: Sequence[float], points: int, words: int | None) -> list[int]:
    """Take the best sentence that repeats least, again and again.

    What a sentence repeats only grows, so a heap with stale values finds the best without looking at all of them.
    """
    where = _postings(vectors)
    repeats = [0.0] * len(vectors)
    heap = [(-score, index) for index, score in enumerate(scores) if score > 0]
    heapq.heapify(heap)
    chosen: list[int] = []
    left = math.inf if words is None else words
    while heap and len(chosen) < points and left > 0:
        value, index = heapq.heappop(heap)
        now = -(scores[index] - _REDUNDANCY * max(scores) * repeats[index])
        if now > value + 1e-12:
            heapq.heappush(heap, (now, index))
        elif vectors[index].count <= left or not chosen:
            chosen.append(index)
            left -= vectors[index].count
            _mark(repeats, vectors[index], where)
    return chosen


def _postings(vectors: Iterable[_Vector]) -> dict[str, list[tuple[int, float]]]:
    where: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, vector in enumerate(vectors):
        for stem, weight in vector.weights.items():
            where[stem].append((index, weight))
    return where


def _mark(repeats: list[float], taken: _Vector, where: dict[str, list[tuple[int, float]]]) -> None:
    same: defaultdict[int, float] = defaultdict(float)
    for stem, weight in taken.weights.items():
        for index, other in where[stem]:
            same[index] += weight * other
    for index, cosine in same.items():
        repeats[index] = max(repeats[index], cosine)
