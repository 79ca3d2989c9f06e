"""Where a text is split: between sentences, rather between paragraphs; inside a sentence only when it must be.

Parts do not overlap and together hold every sentence once, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from summarizer.article import Article
from summarizer.engines.prompting import Part, Piece
from summarizer.long.budget import Costs

LEAST_PIECE = 200
"""Code points below which a piece of a sentence is not split again."""

_TAIL = 0.25


def split(article: Article, costs: Costs, numbers: Iterable[int] | None = None) -> list[Part]:
    """Parts that fit into the room, about equally long; of all sentences or of those with these numbers."""
    wanted = list(numbers) if numbers is not None else list(range(1, len(article.sentences) + 1))
    target = _target(costs, [costs.lines[number - 1] for number in wanted])
    parts: list[Part] = []
    pieces: list[Piece] = []
    for number in wanted:
        sentence, cost = article.sentences[number - 1], costs.lines[number - 1]
        piece = Piece(number, sentence.start, sentence.end)
        if cost > costs.room:  # a part of its own, or several
            parts += [Part(tuple(pieces))] if pieces else []
            parts += [Part((one,)) for one in _cut(article, piece, -(-cost // costs.room))]
            pieces = []
            continue
        while pieces and _spent(pieces, costs) + cost > target:
            at = _end_of_paragraph(article, pieces)
            parts.append(Part(tuple(pieces[:at])))
            pieces = pieces[at:]
        pieces.append(piece)
    return [*parts, Part(tuple(pieces))] if pieces else parts


def halved(part: Part, article: Article) -> list[Part]:
    """The part as two, at the paragraph or sentence end nearest to its middle; one that cannot be split stays whole."""
    pieces = part.pieces
    if len(pieces) == 1:
        return [Part((piece,)) for piece in _cut(article, pieces[0], 2)]
    sums = list(accumulate(piece.end - piece.start for piece in pieces))
    at = min(range(1, len(pieces)), key=lambda n: abs(sums[n - 1] - sums[-1] / 2))
    near = range(max(1, at - len(pieces) // 8), min(len(pieces), at + len(pieces) // 8 + 1))
    ends = [n for n in near if _is_paragraph(article, pieces[n - 1], pieces[n])]
    at = min(ends, key=lambda n: abs(n - at), default=at)
    return [Part(pieces[:at]), Part(pieces[at:])]


def _target(costs: Costs, lines: Sequence[int]) -> int:
    """Tokens of a part where all are about equally long."""
    how_many = max(1, -(-sum(lines) // costs.room))
    return min(costs.room, -(-sum(lines) // how_many) + max(lines, default=0))


def _spent(pieces: Sequence[Piece], costs: Costs) -> int:
    return sum(costs.lines[piece.number - 1] for piece in pieces)


def _end_of_paragraph(article: Article, pieces: Sequence[Piece]) -> int:
    """The last end of a paragraph in the last quarter of the pieces, or the end of the last one."""
    first = max(1, int(len(pieces) * (1 - _TAIL)))
    back = range(len(pieces) - 1, first - 1, -1)
    return next((at for at in back if _is_paragraph(article, pieces[at - 1], pieces[at])), len(pieces))


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
