"""Which sentences of an article have which words, for questions: without accents, by stem, or by a shared beginning."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from summarizer.analysis.words import Word, stem, words
from summarizer.article import Article

_K1, _B = 1.2, 0.5
_BEGINNING, _KINDRED = 5, 0.3


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
