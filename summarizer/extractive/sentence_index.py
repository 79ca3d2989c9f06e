"""Which sentences of an article have which words, for questions: without accents, by stem, or by a shared beginning."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.analysis.words import Word, stem, words
from summarizer.article import Article

_K1, _B = 1.2, 0.5
_BEGINNING = 5
_KINDRED = 0.3


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """Stems of an article by sentence (counted from 0), and the sentences by stem.

    `kindred` gives the stems of words with the same first letters: "Norman", "Normandy"; "invade", "invasion".
    """

    stems: tuple[tuple[str, ...], ...]
    where: Mapping[str, Mapping[int, int]]
    kindred: Mapping[str, frozenset[str]]
    short_words: frozenset[str]
    mean_length: float

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
        return stem(key) in self.where or key in self.short_words or _beginning(key) in self.kindred

    def rarity(self, word: Word) -> float:
        """Inverse sentence frequency, as BM25 has it; a word that no sentence has is the rarest."""
        count = len(self.where.get(stem(key_of(word)), ()))
        return math.log(1 + (len(self.stems) - count + 0.5) / (count + 0.5))

    def bm25(self, wanted: Mapping[Word, Mapping[int, float]]) -> dict[int, float]:
        """Okapi BM25 (Robertson and Zaragoza 2009) of every sentence that has a word of `wanted` (with where it is)."""
        scores: defaultdict[int, float] = defaultdict(float)
        for word, occurrences in wanted.items():
            rarity = self.rarity(word)
            for number, count in occurrences.items():
                length = 1 - _B + _B * len(self.stems[number]) / self.mean_length
                scores[number] += rarity * count * (_K1 + 1) / (count + _K1 * length)
        return dict(scores)


@lru_cache(maxsize=4)
def sentence_index(article: Article) -> SentenceIndex:
    """The index of an article; the last few are kept, so that many questions on one article read it once."""
    found = [tuple(words(sentence.text)) for sentence in article.sentences]
    keys = [[key_of(word) for word in sentence if word.is_content] for sentence in found]
    stems = tuple(tuple(map(stem, sentence)) for sentence in keys)
    return SentenceIndex(
        stems,
        _where(stems),
        _kindred(keys),
        frozenset(word.folded for sentence in found for word in sentence if not word.is_content),
        sum(map(len, stems)) / max(1, len(stems)) or 1.0,
    )


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


def _where(stems: Sequence[Sequence[str]]) -> dict[str, dict[int, int]]:
    where: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, sentence in enumerate(stems):
        for found, count in Counter(sentence).items():
            where[found][number] = count
    return dict(where)


def _kindred(keys: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    kindred: defaultdict[str, set[str]] = defaultdict(set)
    for key in {key for sentence in keys for key in sentence}:
        if _beginning(key):
            kindred[_beginning(key)].add(stem(key))
    return {beginning: frozenset(stems) for beginning, stems in kindred.items()}
