"""The sentences of one article that are nearest to a question, and how much of the question they cover.

BM25 over stems, raised by what the neighbours have of the question, by how close together its words stand, and by a
piece of the type asked for. A package is not needed for one article: the sums are ten lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.analysis.words import Word, stem
from summarizer.article import Article, Sentence
from summarizer.extractive.answer_kinds import holds
from summarizer.extractive.sentence_index import SentenceIndex, key_of, sentence_index
from summarizer.extractive.questions import Kind, Question, understand

# Fitted on XQuAD's English questions to 32 articles; see benchmarks/answers/README.md. The first two are shares of a
# neighbour's score, the others of the greatest sum the question's words can weigh.
_BEFORE, _BEHIND = 0.28, 0.22
_CLOSE = 0.05
_TYPED: dict[Kind, float] = {"person": 0.3, "date": 0.3, "number": 0.3, "place": 0.2, "organisation": 0.1}


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
    bonus = _TYPED.get(asked.kind, 0.0) * matches.weight()
    scores = {n: s + bonus * bool(bonus and holds(analysis, asked, sentences[n])) for n, s in matches.scores().items()}
    return matches.best(scores, limit)


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

    def weight(self) -> float:
        return sum(map(self.index.rarity, self.where))

    def scores(self) -> dict[int, float]:
        plain = self.index.bm25(self.where)
        wanted = {stem(key_of(word)) for word in self.where}
        weight = self.weight()
        return {
            number: score
            + _BEFORE * plain.get(number - 1, 0.0)
            + _BEHIND * plain.get(number + 1, 0.0)
            + _CLOSE * weight * _closeness(wanted, self.index.stems[number])
            for number, score in plain.items()
        }

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


def _closeness(wanted: AbstractSet[str], stems: Sequence[str]) -> float:
    """How densely the question's words stand in the sentence: 1 when nothing is between them; 0 for one alone."""
    places = [place for place, found in enumerate(stems) if found in wanted]
    different = len({stems[place] for place in places})
    return different / (places[-1] - places[0] + 1) if different > 1 else 0.0
