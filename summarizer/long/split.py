"""Where a text is split: between sentences, rather between paragraphs; inside a sentence only when it must be.

Parts do not overlap and together hold every sentence once, in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from summarizer.article import Article
from summarizer.engines.part import Part, Piece
from summarizer.long.budget import Costs

LEAST_PIECE = 200
"""Code points below which a piece of a sentence is not split again."""

_TAIL = 0.25


def split(article: Article, costs: Costs, numbers: Iterable[int] | None = None) -> list[Part]:
    """Parts that fit into the room, about equally long; of all sentences or of those with these numbers."""
    wanted = list(numbers) if numbers is not None else list(range(1, len(article.sentences) + 1))
    total = sum(_cost(number, costs) for number in wanted)
    how_many = -(-total // costs.room)
    filling = _Filling(article, costs, min(costs.room, -(-total // max(1, how_many)) + _longest(wanted, costs)))
    for number in wanted:
        filling.add(number)
    return filling.finished()


def halved(part: Part, article: Article) -> list[Part]:
    """The part as two, at the paragraph or sentence end nearest to its middle; one that cannot be split stays whole."""
    pieces = part.pieces
    if len(pieces) == 1:
        return [Part((piece,)) for piece in _cut(article, pieces[0], 2)]
    middle = sum(piece.end - piece.start for piece in pieces) / 2
    sums = _running(piece.end - piece.start for piece in pieces)
    at = min(range(1, len(pieces)), key=lambda n: abs(sums[n - 1] - middle))
    near = range(max(1, at - len(pieces) // 8), min(len(pieces), at + len(pieces) // 8 + 1))
    at = min(
        (n for n in near if _is_paragraph(article, pieces[n - 1], pieces[n])), key=lambda n: abs(n - at), default=at
    )
    return [Part(pieces[:at]), Part(pieces[at:])]


@dataclass
class _Filling:
    """Parts being filled, sentence by sentence, up to `target` tokens."""

    article: Article
    costs: Costs
    target: int
    parts: list[Part] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    spent: int = 0
    names: set[int] = field(default_factory=set)

    def add(self, number: int) -> None:
        """Take in a sentence, in a part of its own where it is too long, in pieces where it is longer than a part."""
        sentence = self.article.sentences[number - 1]
        piece, cost = Piece(number, sentence.start, sentence.end), self._new(number)
        if cost > self.costs.room:
            self._close(len(self.pieces))
            how_many = -(-_cost(number, self.costs) // self.costs.room)
            self.parts += [Part((one,)) for one in _cut(self.article, piece, how_many)]
            return
        if self.pieces and self.spent + cost > self.target:
            self._close(self._end_of_paragraph())
        if self.pieces and self.spent + self._new(number) > self.costs.room:
            self._close(len(self.pieces))
        self._take(piece)

    def finished(self) -> list[Part]:
        """All parts."""
        self._close(len(self.pieces))
        return self.parts

    def _new(self, number: int) -> int:
        """What a sentence adds to the part: its line, and the names that are not yet in the part's list."""
        names = self.costs.names.get(number, {})
        return self.costs.lines[number - 1] + sum(tokens for name, tokens in names.items() if name not in self.names)

    def _close(self, at: int) -> None:
        """Make a part of the first `at` pieces; the others begin the next one."""
        if at:
            self.parts.append(Part(tuple(self.pieces[:at])))
        left, self.pieces, self.spent, self.names = self.pieces[at:], [], 0, set()
        for piece in left:
            self._take(piece)

    def _take(self, piece: Piece) -> None:
        self.spent += self._new(piece.number)
        self.pieces.append(piece)
        self.names.update(self.costs.names.get(piece.number, ()))

    def _end_of_paragraph(self) -> int:
        """The last end of a paragraph in the last quarter of the part, or the end of its last sentence."""
        first = max(1, int(len(self.pieces) * (1 - _TAIL)))
        ends = (
            at
            for at in range(len(self.pieces) - 1, first - 1, -1)
            if _is_paragraph(self.article, self.pieces[at - 1], self.pieces[at])
        )
        return next(ends, len(self.pieces))


def _cost(number: int, costs: Costs) -> int:
    return costs.lines[number - 1] + sum(costs.names.get(number, {}).values())


def _longest(numbers: list[int], costs: Costs) -> int:
    return min(costs.room, max((_cost(number, costs) for number in numbers), default=0))


def _running(lengths: Iterable[int]) -> list[int]:
    total, sums = 0, []
    for length in lengths:
        total += length
        sums.append(total)
    return sums


def _is_paragraph(article: Article, before: Piece, after: Piece) -> bool:
    return article.text.count("\n", before.end, after.start) > 1


def _cut(article: Article, piece: Piece, how_many: int) -> list[Piece]:
    """A piece as so many, at spaces where there are some; fewer where they would be too short."""
    how_many = max(1, min(how_many, (piece.end - piece.start) // LEAST_PIECE))
    size, start, pieces = -(-(piece.end - piece.start) // how_many), piece.start, []
    while start < piece.end:
        end = min(start + size, piece.end)
        space = article.text.rfind(" ", start + size // 2, end) if end < piece.end else -1
        end = space + 1 if space >= 0 else end
        pieces.append(Piece(piece.number, start, end))
        start = end
    return pieces
