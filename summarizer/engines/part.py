"""A part of an article: the sentences, or pieces of one, that a model is shown in one request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from summarizer.article import Article


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a piece of one too long for a request: `article.text[start:end]`, under the sentence's number.

    Whatever a model cites of it is the whole sentence, so that evidence never depends on how a text was split.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """Pieces in the order of the article, not always next to one another."""

    pieces: tuple[Piece, ...]

    @classmethod
    def whole(cls, article: Article) -> Part:
        """All of an article."""
        return cls.of(article, range(1, len(article.sentences) + 1))

    @classmethod
    def of(cls, article: Article, numbers: Iterable[int]) -> Part:
        """These sentences of an article, whole."""
        found = (article.sentences[number - 1] for number in numbers)
        return cls(tuple(Piece(sentence.number, sentence.start, sentence.end) for sentence in found))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its sentences."""
        return frozenset(piece.number for piece in self.pieces)
