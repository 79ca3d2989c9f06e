"""The sentences of one article that are nearest to a question, and how much of the question they cover.

BM25 over stems, raised by what a sentence has of the type asked for, by the question's word pairs and by the
sentence before. A package is not needed for one article: the sums are ten lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.analysis import Analysis
from summarizer.analysis.words import Word, stem
from summarizer.article import Article, Sentence
from summarizer.engines.extractive.candidates import fitting
from summarizer.engines.extractive.questions import Question, understand
from summarizer.engines.extractive.sentence_index import SentenceIndex, key_of, sentence_index

# Tuned on XQuAD's English questions on 32 articles; see benchmarks/answers/README.md.
_PAIR, _TYPE, _PREVIOUS, _LEANS = 0.3, 0.3, 0.15, 0.3


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
    matches = _Matches.of(analysis.article, asked)
    sentences = analysis.article.sentences
    scores = matches.scores()
    typed = {n: score + _TYPE * bool(fitting(analysis, asked, sentences[n])) for n, score in scores.items()}
    return matches.best(typed, limit)


def nearest(article: Article, question: str, limit: int = 5) -> Retrieved:
    """As `retrieve`, but by words alone: for many articles, where names and dates of each would take too long."""
    matches = _Matches.of(article, understand(question))
    return matches.best(matches.scores(), limit)


@dataclass(frozen=True, slots=True)
class _Matches:
    """Where in an article each telling word of a question stands."""

    article: Article
    index: SentenceIndex
    asked: Question
    where: Mapping[Word, Mapping[int, float]]

    @classmethod
    def of(cls, article: Article, asked: Question) -> _Matches:
        index = sentence_index(article)
        different = {stem(key_of(word)): word for word in reversed(asked.telling)}
        return cls(article, index, asked, {word: index.occurrences(word) for word in reversed(different.values())})

    def scores(self) -> dict[int, float]:
        plain = self.index.bm25(self.where)
        wanted = [stem(key_of(word)) for word in self.asked.telling]
        return {number: self._raised(plain, number, wanted) for number in plain}

    def _raised(self, plain: Mapping[int, float], number: int, wanted: Sequence[str]) -> float:
        share = _LEANS if self.index.leans_on_previous[number] else _PREVIOUS
        return plain[number] + share * plain.get(number - 1, 0.0) + _PAIR * _pairs(wanted, self.index.stems[number])

    def best(self, scores: Mapping[int, float], limit: int) -> Retrieved:
        order = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        passages = tuple(Passage(self.article.sentences[number], scores[number]) for number in order)
        return Retrieved(passages, self._coverage(order[:2]), self._missing())

    def _coverage(self, numbers: Sequence[int]) -> float:
        present = sum(any(number in where for number in numbers) for where in self.where.values())
        return present / max(1, len(self.where))

    def _missing(self) -> tuple[str, ...]:
        text = self.asked.text
        return tuple(text[name.start : name.end] for name in self.asked.names if not self.index.has(name))


def _pairs(wanted: Sequence[str], stems: Sequence[str]) -> int:
    """How many neighbouring words of the question are neighbours in the sentence."""
    neighbours = set(pairwise(stems))
    return sum(pair in neighbours for pair in pairwise(wanted))
