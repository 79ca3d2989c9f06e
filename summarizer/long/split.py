"""Where a text is split: between sentences, rather between paragraphs; inside a sentence only when it must be.

Parts do not overlap and together hold every sentence once, in order; for a question there are the nearest passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, zip_longest

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.prompting import Part, Piece
from summarizer.extractive.retrieval import retrieve
from summarizer.long.budget import Costs

LEAST_PIECE = 200
"""Code points below which a piece of a sentence is not split again."""

MOST_TOKENS = 8000
"""Of passages: what a model reads well at once; more would cost more and answer no better."""

_PASSAGES = 60


def split(
    article: Article,
    costs: Costs,
    numbers: Iterable[int] | None = None,
    beside: Callable[[Part], int] = lambda part: 0,
) -> list[Part]:
    """Parts that fit into the room, about equally long; of all sentences or of those with these numbers.

    `beside` are the tokens of what is shown beside a part, for which some room is reserved.
    """
    whole = Part.whole(article) if numbers is None else Part.of(article, numbers)
    waiting, parts = [whole] if whole.pieces else [], list[Part]()
    while waiting:
        part = waiting.pop()
        text = costs.of(part, article)
        how_many = -(-text // costs.room)
        if how_many == 1 and text + beside(part) > costs.room + costs.reserved:
            how_many = 2
        both = parted(part, article, how_many) if how_many > 1 else [part]
        if len(both) > 1:
            waiting += both[::-1]
        else:
            parts += both
    return parts


def halved(part: Part, article: Article) -> list[Part]:
    """The part as two, about equally long; one that cannot be split stays whole."""
    return parted(part, article, 2)


def parted(part: Part, article: Article, how_many: int) -> list[Part]:
    """The part as two, so that `how_many` in all come out equally long, at the nearest paragraph or sentence end."""
    pieces, share = part.pieces, (how_many // 2) / how_many
    if len(pieces) == 1:
        return [Part((piece,)) for piece in _cut(article, pieces[0], share)]
    sums = list(accumulate(piece.end - piece.start for piece in pieces))
    at = min(range(1, len(pieces)), key=lambda n: abs(sums[n - 1] - sums[-1] * share))
    some = len(pieces) // (4 * how_many) + 2
    near = range(max(1, at - some), min(len(pieces), at + some + 1))
    ends = [n for n in near if article.text.count("\n", pieces[n - 1].end, pieces[n].start) > 1]
    at = min(ends, key=lambda n: abs(n - at), default=at)
    return [Part(pieces[:at]), Part(pieces[at:])]


def _cut(article: Article, piece: Piece, share: float) -> list[Piece]:
    """A piece as two, at a space where there is one; whole where they would be too short."""
    size = int((piece.end - piece.start) * share)
    if size < LEAST_PIECE:
        return [piece]
    end = piece.start + size
    space = article.text.rfind(" ", piece.start + size // 2, end)
    end = space + 1 if space >= 0 else end
    return [Piece(piece.number, piece.start, end), Piece(piece.number, end, piece.end)]


def passages(analysis: Analysis, questions: Sequence[str], costs: Costs) -> Part:
    """The nearest sentences of each question in turn, each between its neighbours, as many as there is room for."""
    ranked = [[one.sentence.number for one in retrieve(analysis, asked, _PASSAGES).passages] for asked in questions]
    last, left = len(analysis.article.sentences), min(costs.room, MOST_TOKENS)
    taken: set[int] = set()
    for number in (number for turn in zip_longest(*ranked) for number in turn if number):
        new = {near for near in (number - 1, number, number + 1) if 0 < near <= last} - taken
        cost = sum(costs.lines[near - 1] for near in new)
        if cost > left:
            break
        taken |= new
        left -= cost
    return Part.of(analysis.article, sorted(taken))
