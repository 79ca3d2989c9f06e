"""Which sentences say most of an article: position and centrality, without repeating.

Centrality is the mean cosine of a sentence with all others (Radev et al. 2004, "Centroid-based summarization");
repetition is held down by maximal marginal relevance (Carbonell and Goldstein 1998). Mean word frequency (SumBasic)
and the mentions of names were tried beside them and did not make summaries better.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.analysis.words import words as words_of
from summarizer.article import Article, Sentence
from summarizer.extractive import story, weights

# Tuned on 100 CNN/DailyMail articles of the training split; see benchmarks/summaries/README.md.
_TITLE, _FOCUS, _REDUNDANCY = 0.3, 4.0, 1.4
_DECAY, _ANYWHERE = 15.0, 0.6
_USUAL_WORDS = 40
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"', "”", "’", "'", ")")

_Vector = dict[str, float]


def select(
    analysis: Analysis, points: int, *, words: int | None = None, focus: str | None = None, told: Sentence | None = None
) -> tuple[Sentence, ...]:
    """At most `points` sentences that say most of the article, in its order.

    Args:
        analysis: the article and its findings.
        points: the greatest number of sentences.
        words: the greatest number of words of all of them together; one sentence is given even if it has more.
        focus: what the summary should be about, in words of the article; sentences near them are preferred.
        told: a sentence that need not be said again, since it is the headline.

    """
    article = analysis.article
    scores = _scores(article, focus)
    vectors = _vectors(article)
    heavy = {number: weights.weight(article, article.sentences[number]) for number in scores}
    most, left = max(scores.values(), default=0.0), math.inf if words is None else words
    open_ones = {number: score * heavy[number] for number, score in scores.items() if score * heavy[number] > 0}
    repeats = {n: _cosine(vectors[n], vectors[told.number - 1]) if told else 0.0 for n in open_ones}
    if told:
        open_ones.pop(told.number - 1, None)
    chosen: list[Sentence] = []
    while open_ones and len(chosen) < points and left > 0:
        number = max(open_ones, key=lambda n: (open_ones[n] - _REDUNDANCY * most * repeats[n], -n))
        del open_ones[number]
        count = _count(article.sentences[number])
        if count > left and chosen:
            continue
        chosen.append(article.sentences[number])
        left -= count
        for other in open_ones:
            repeats[other] = max(repeats[other], _cosine(vectors[number], vectors[other]))
    return tuple(sorted(chosen, key=lambda sentence: sentence.number))


def headline(analysis: Analysis) -> Sentence | None:
    """The sentence that leads: the first of the story, or of those that weigh most in its form; None where none is."""
    article = analysis.article
    sentences = story.told(article)
    decided = [one for one in sentences if weights.is_decision(article, one)]
    if story.form_of(article) in ("news", "study"):
        return max(sentences, key=lambda one: (weights.standing(article, one), -one.number), default=None)
    return max(decided or sentences, key=lambda one: (weights.weight(article, one), -one.number), default=None)


@lru_cache(maxsize=4)
def _vectors(article: Article) -> tuple[_Vector, ...]:
    """Each sentence as a unit vector of stem weights."""
    stems = [Counter(content_stems(sentence.text)) for sentence in article.sentences]
    spread = Counter(stem for found in stems for stem in found)
    raw = [{stem: many * math.log(1 + len(stems) / spread[stem]) for stem, many in found.items()} for found in stems]
    return tuple({stem: weight / math.hypot(*one.values()) for stem, weight in one.items()} for one in raw)


def _scores(article: Article, focus: str | None) -> dict[int, float]:
    """How much each sentence of the story says, by its place in the article counted from 0."""
    vectors = _vectors(article)
    decay = max(_DECAY, len(vectors) / 10)
    top = weights.is_told_from_the_top(article)
    central = _scaled(_centrality(vectors))
    titled = _scaled(_nearness(vectors, article.title or ""))
    focused = _scaled(_nearness(vectors, focus or ""))
    scores = {}
    for sentence in story.told(article):
        n = sentence.number - 1
        near = (math.exp(-n / decay) if top else _ANYWHERE) + central[n] + _TITLE * titled[n] + _FOCUS * focused[n]
        scores[n] = near * _readable(vectors[n], sentence)
    return scores


def _scaled(values: list[float]) -> list[float]:
    most = max(values, default=0.0)
    return [value / most for value in values] if most > 0 else values


def _centrality(vectors: Sequence[_Vector]) -> list[float]:
    """Cosine with every other sentence, summed: the dot product with the sum of all vectors, less its own."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] += weight
    return [_cosine(vector, total) - 1.0 for vector in vectors]


def _nearness(vectors: Sequence[_Vector], text: str) -> list[float]:
    wanted = set(content_stems(text))
    return [sum(weight for stem, weight in vector.items() if stem in wanted) for vector in vectors]


def _cosine(one: _Vector, other: _Vector) -> float:
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def _count(sentence: Sentence) -> int:
    return sum(1 for _ in words_of(sentence.text))


def _readable(vector: _Vector, sentence: Sentence) -> float:
    """Below 1 for what makes a poor point: a fragment, a caption without an end, a page in one breath."""
    factor = min(1.0, len(vector) / 4) * min(1.0, _USUAL_WORDS / max(1, _count(sentence)))
    return factor if sentence.text.endswith(_ENDS) else factor * 0.8
