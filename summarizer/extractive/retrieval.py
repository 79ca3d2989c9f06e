"""The sentences of one article that are nearest to a question, how much of it they cover, and whether any is near.

BM25 over stems and shared beginnings, without accents, raised by what the neighbours have of the question and by a
piece of the type asked for. A package is not needed for one article: the sums are ten lines.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from summarizer.analysis import Analysis
from summarizer.analysis.language import is_english
from summarizer.analysis.words import STOP_WORDS, Word, stem, words
from summarizer.article import Article, Sentence
from summarizer.extractive.answer_kinds import holds
from summarizer.extractive.questions import ASKING, AUXILIARIES, Kind, understand

CENTRES = 6
"""How many of the nearest sentences passages are put around."""
_PASSAGE_WORDS, _READ_WHOLE = 150, 450
FEWEST_WORDS, FEWEST_TELLING = 4, 2
# Fitted on XQuAD's English questions to 32 articles; see benchmarks/answers/README.md. The first is a share of each
# neighbour's score, the others of the greatest sum the question's words can weigh.
_NEIGHBOUR = 0.25
_TYPED: dict[Kind, float] = {"person": 0.3, "date": 0.3, "number": 0.3, "place": 0.2, "organisation": 0.1}

_K1, _B = 1.2, 0.5
_BEGINNING, _KINDRED = 5, 0.3


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
    if not (bonus := _TYPED.get(asked.kind, 0.0)):
        return nearest(analysis.article, question, limit)
    sentences = analysis.article.sentences
    return _retrieved(
        analysis.article, question, limit, {n: bonus for n, one in enumerate(sentences) if holds(analysis, asked, one)}
    )


def nearest(article: Article, question: str, limit: int = 5) -> Retrieved:
    """As `retrieve`, but by words alone: for many articles, where names and dates of each would take too long."""
    return _retrieved(article, question, limit, {})


def _retrieved(article: Article, question: str, limit: int, bonus: Mapping[int, float]) -> Retrieved:
    asked, index = understand(question), sentence_index(article)
    different = {stem(key_of(word)): word for word in reversed(asked.telling)}
    where = {word: index.occurrences(word) for word in reversed(different.values())}
    plain, weight = index.bm25(where), sum(map(index.rarity, where))
    scores = {
        n: score + _NEIGHBOUR * (plain.get(n - 1, 0.0) + plain.get(n + 1, 0.0)) + bonus.get(n, 0.0) * weight
        for n, score in plain.items()
    }
    order = sorted(scores, key=lambda n: (-scores[n], n))[:limit]
    covered = sum(any(n in found for n in order[:2]) for found in where.values())
    return Retrieved(
        tuple(Passage(article.sentences[n], scores[n]) for n in order),
        covered / max(1, len(where)),
        tuple(asked.text[name.start : name.end] for name in asked.names if not index.has(name)),
    )


def has_evidence(analysis: Analysis, question: str) -> bool:
    """Whether any sentence shares a word with the question or has what it measures, or code cannot tell.

    It cannot tell by one word alone ("What was on the agenda?"), for which another may stand, nor across languages.
    A question without evidence is answered without a model: the article does not say.
    """
    asked = understand(question)
    if len(asked.telling) < FEWEST_TELLING or retrieve(analysis, question, 1).passages:
        return True
    return is_foreign(question, analysis) or any(quantity.kind in asked.measure for quantity in analysis.quantities)


def is_foreign(question: str, analysis: Analysis) -> bool:
    """Whether the question is in another language than the article. Of very few words nobody can tell."""
    folded = [word.folded for word in understand(question).words]
    if len(folded) < FEWEST_WORDS:
        return False
    # A question is short: words that two languages share ("in", "die") decide nothing without one that English has.
    small = any(word in ASKING or word in AUXILIARIES or word in STOP_WORDS for word in folded)
    return (small and is_english(question)) != is_english(analysis.article.text)


def passages(article: Article, retrieved: Retrieved) -> list[tuple[int, int]]:
    """Ranges of the text to read: all of a short article, else about 150 words around each of the best sentences."""
    sentences = article.sentences
    lengths = [len(sentence.text.split()) for sentence in sentences]
    if sum(lengths) <= _READ_WHOLE or not retrieved.passages:
        return list(_windows(sentences, lengths))[:CENTRES]
    taken: set[int] = set()
    for passage in retrieved.passages:
        taken |= _around(passage.sentence.number - 1, lengths)
    runs = [[at for _, at in run] for _, run in groupby(enumerate(sorted(taken)), lambda pair: pair[1] - pair[0])]
    return [window for run in runs for window in _windows([sentences[at] for at in run], [lengths[at] for at in run])]


def _around(centre: int, lengths: Sequence[int]) -> set[int]:
    taken = {centre}
    for step in range(1, len(lengths)):
        if sum(lengths[at] for at in taken) >= _PASSAGE_WORDS:
            break
        taken |= {at for at in (centre - step, centre + step) if 0 <= at < len(lengths)}
    return taken


def _windows(sentences: Sequence[Sentence], lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of whole sentences of about 150 words; each begins with the last sentence of the one before."""
    windows, first, words = [], 0, 0
    for at, length in enumerate(lengths):
        if words + length > _PASSAGE_WORDS and at - first > 1:
            windows.append((sentences[first].start, sentences[at - 1].end))
            first, words = at - 1, lengths[at - 1]
        words += length
    return [*windows, (sentences[first].start, sentences[-1].end)] if sentences else []


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """For each stem of an article how often it stands in which sentences, counted from 0.

    `kindred` gives the stems of words with the same first letters: "Norman", "Normandy"; "invade", "invasion".
    `lengths` are the numbers of content words of the sentences, `small` the other words.
    """

    where: Mapping[str, Mapping[int, int]]
    kindred: Mapping[str, set[str]]
    small: frozenset[str]
    lengths: tuple[int, ...]

    def occurrences(self, word: Word) -> dict[int, float]:
        """The sentences that have the word, each with how often; kindred words count for less."""
        key = key_of(word)
        found: dict[int, float] = dict(self.where.get(stem(key), {}))
        for other in self.kindred.get(_beginning(key), ()):
            for number, count in self.where[other].items():
                found[number] = max(found.get(number, 0.0), _KINDRED * count)
        return found

    def has(self, word: Word) -> bool:
        """Whether the word, or a kindred one, stands anywhere."""
        key = key_of(word)
        return stem(key) in self.where or key in self.small or _beginning(key) in self.kindred

    def rarity(self, word: Word) -> float:
        """Inverse sentence frequency, as BM25 has it; a word that no sentence has is the rarest."""
        count = len(self.where.get(stem(key_of(word)), ()))
        return math.log(1 + (len(self.lengths) - count + 0.5) / (count + 0.5))

    def bm25(self, wanted: Mapping[Word, Mapping[int, float]]) -> dict[int, float]:
        """Okapi BM25 (Robertson and Zaragoza 2009) of every sentence that has a word of `wanted` (with where it is)."""
        mean = sum(self.lengths) / max(1, len(self.lengths)) or 1.0
        scores: defaultdict[int, float] = defaultdict(float)
        for word, occurrences in wanted.items():
            rarity = self.rarity(word)
            for number, count in occurrences.items():
                length = 1 - _B + _B * self.lengths[number] / mean
                scores[number] += rarity * count * (_K1 + 1) / (count + _K1 * length)
        return dict(scores)


@lru_cache(maxsize=4)
def sentence_index(article: Article) -> SentenceIndex:
    """The index of an article; the last few are kept, so that many questions on one article read it once."""
    where: defaultdict[str, dict[int, int]] = defaultdict(dict)
    kindred: defaultdict[str, set[str]] = defaultdict(set)
    small: set[str] = set()
    lengths = []
    for number, sentence in enumerate(article.sentences):
        found = tuple(words(sentence.text))
        small.update(word.folded for word in found if not word.is_content)
        keys = Counter(key_of(word) for word in found if word.is_content)
        lengths.append(keys.total())
        for key, count in keys.items():
            root = stem(key)
            where[root][number] = where[root].get(number, 0) + count
            if beginning := _beginning(key):
                kindred[beginning].add(root)
    return SentenceIndex(dict(where), dict(kindred), frozenset(small), tuple(lengths))


@lru_cache(maxsize=65536)
def _without_accents(folded: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))


def key_of(word: Word) -> str:
    """The form in which words of a question and of an article are compared: people type Ogedei for Ögedei."""
    plain = word.folded if word.folded.isascii() else _without_accents(word.folded)
    return plain.removesuffix("'s")


def _beginning(key: str) -> str:
    """The first letters of a long enough word; nothing of a number, where another number is another thing."""
    return key[:_BEGINNING] if len(key) >= _BEGINNING and key[0].isalpha() else ""
