"""The sentences of one article that are nearest to a question, and how much of the question they cover.

BM25 over stems (Robertson and Zaragoza 2009), raised by what a sentence has of the type asked for, by the
question's word pairs and by its neighbours. A package is not needed for one article: the sums are ten lines.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarizer.analysis import Analysis
from summarizer.analysis.words import words
from summarizer.article import Article, Sentence
from summarizer.engines.extractive.candidates import fitting
from summarizer.engines.extractive.questions import Question, understand

_K1, _B = 1.2, 0.5
_PREFIX = 5
_KINDRED = 0.6
_PAIR, _TYPE, _NEIGHBOUR, _PRONOUN = 0.5, 1.0, 0.15, 0.3
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "his", "her", "its", "their", "this", "these", "those", "him", "them")
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and its score; scores of one question compare with each other only."""

    sentence: Sentence
    score: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages, best first. `coverage` (0 to 1) is the share of the question's words that the best two contain.

    `missing` are names and numbers of the question that the article does not have.
    """

    passages: tuple[Passage, ...]
    coverage: float
    missing: tuple[str, ...]


def retrieve(analysis: Analysis, question: str, limit: int = 5) -> Retrieved:
    """At most `limit` sentences that share words with the question, best first."""
    asked = understand(question)
    scores = _scores(analysis.article, asked)
    sentences = analysis.article.sentences
    typed = {n: s + _TYPE * bool(fitting(analysis, asked, sentences[n])) for n, s in scores.items()}
    return _best(analysis.article, asked, typed, limit)


def nearest(article: Article, question: str, limit: int = 5) -> Retrieved:
    """As `retrieve`, but by words alone: for many articles, where names and dates of each would take too long."""
    asked = understand(question)
    return _best(article, asked, _scores(article, asked), limit)


def _best(article: Article, asked: Question, scores: dict[int, float], limit: int) -> Retrieved:
    index = _index(article)
    best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
    passages = tuple(Passage(article.sentences[number], scores[number]) for number in best)
    return Retrieved(passages, index.coverage(asked, best[:2]), index.missing(asked))


@dataclass(frozen=True)
class _Index:
    """Stems of an article by sentence (counted from 0), and the sentences by stem."""

    stems: tuple[tuple[str, ...], ...]
    starts_with_pronoun: tuple[bool, ...]
    where: dict[str, dict[int, int]]
    kindred: dict[str, tuple[str, ...]]
    folded: frozenset[str]

    def weights(self, asked: Question) -> dict[str, float]:
        """The question's stems with their inverse sentence frequency; a word no sentence has weighs most."""
        return {stem: self._idf(len(self.where.get(stem, ()))) for stem in asked.stems}

    def _idf(self, count: int) -> float:
        return math.log(1 + (len(self.stems) - count + 0.5) / (count + 0.5))

    def scores(self, wanted: dict[str, float]) -> dict[int, float]:
        """BM25 of every sentence that has one of the stems or of their kin."""
        mean = sum(map(len, self.stems)) / max(1, len(self.stems)) or 1.0
        scores: defaultdict[int, float] = defaultdict(float)
        for stem, weight in wanted.items():
            for number, count in self._occurrences(stem).items():
                length = 1 - _B + _B * len(self.stems[number]) / mean
                scores[number] += weight * count * (_K1 + 1) / (count + _K1 * length)
        return dict(scores)

    def _occurrences(self, stem: str) -> dict[int, float]:
        """Where a stem stands; one that shares its first letters ("invade", "invasion") counts less."""
        found: dict[int, float] = dict(self.where.get(stem, {}))
        for other in self.kindred.get(stem[:_PREFIX], ()) if len(stem) >= _PREFIX else ():
            for number, count in self.where[other].items():
                found[number] = max(found.get(number, 0.0), _KINDRED * count)
        return found

    def coverage(self, asked: Question, numbers: Sequence[int]) -> float:
        """The share of the question's stems that these sentences have."""
        present = sum(any(number in self._occurrences(stem) for number in numbers) for stem in asked.stems)
        return present / max(1, len(asked.stems))

    def missing(self, asked: Question) -> tuple[str, ...]:
        """Names and numbers of the question that stand nowhere in the article."""
        return tuple(
            asked.text[name.start : name.end]
            for name in asked.names
            if name.stem not in self.where and name.folded not in self.folded
        )


@lru_cache(maxsize=4)
def _index(article: Article) -> _Index:
    found = [tuple(words(sentence.text)) for sentence in article.sentences]
    stems = tuple(tuple(word.stem for word in sentence if word.is_content) for sentence in found)
    where: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, sentence in enumerate(stems):
        for stem, count in Counter(sentence).items():
            where[stem][number] = count
    kindred: defaultdict[str, list[str]] = defaultdict(list)
    for stem in where:
        if len(stem) >= _PREFIX:
            kindred[stem[:_PREFIX]].append(stem)
    return _Index(
        stems,
        tuple(any(word.folded in _PRONOUNS for word in sentence[:3]) for sentence in found),
        dict(where),
        {prefix: tuple(kin) for prefix, kin in kindred.items()},
        frozenset(word.folded for sentence in found for word in sentence),
    )


def _scores(article: Article, asked: Question) -> dict[int, float]:
    """BM25, raised by word pairs of the question and by what the sentence before has of it."""
    index = _index(article)
    plain = index.scores(index.weights(asked))
    return {
        number: score
        + _PAIR * _pairs(asked.stems, index.stems[number])
        + (_PRONOUN if index.starts_with_pronoun[number] else _NEIGHBOUR) * plain.get(number - 1, 0.0)
        for number, score in plain.items()
    }


def _pairs(wanted: Sequence[str], stems: Sequence[str]) -> int:
    """How many neighbouring words of the question are neighbours in the sentence."""
    neighbours = set(pairwise(stems))
    return sum(pair in neighbours for pair in pairwise(wanted))
