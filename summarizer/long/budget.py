"""What a request has room for, what a text takes of it, and where one that takes more is split.

A text is split between sentences, rather between paragraphs; inside a sentence only when it must be. Parts do not
overlap and together hold every sentence once, in order; for a question there are the nearest passages.

No package with the tables of hosted models is both small and well kept (tiktoken downloads its tables, bpe-openai is
74 MB, litellm drags in a gateway), so their tokens are estimated, and on the high side: what is planned must fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, zip_longest

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.llm import LLMEngine, combined_schema
from summarizer.engines.prompting import Part, Piece, line_of, messages_for
from summarizer.extractive.retrieval import retrieve
from summarizer.models.sent_schema import sent_schema
from summarizer.output import json_text

LEAST_ROOM = 200
"""Tokens of text a request holds at least. Where even that does not fit, the server says so."""

OF_A_MESSAGE = 8

# Tokens a code point by its kind, above what cl100k_base and o200k_base need for prose of the scripts that have such
# code points (two bytes in UTF-8: accents, Greek, Cyrillic, Hebrew, Arabic; three: CJK, Indic, Thai; four: emoji). Some
# tokenizers give every digit a token of its own, and nearly all of them every sign.
# Measured by `python -m benchmarks.long tokens`; see benchmarks/long/README.md.
_LETTER = 0.31
_KINDS = (
    (bytes(c for c in range(0x80) if c in b"\r\n\t0123456789" or (0x20 < c < 0x7F and not chr(c).isalnum())), 1.0),
    (bytes(range(0xC2, 0xE0)), 1.3),
    (bytes(range(0xE0, 0xF0)), 1.6),
    (bytes(range(0xF0, 0xF8)), 3.0),
    (bytes(range(0x80, 0xC0)), 0.0),  # what follows the first byte of a code point
)


def estimate(text: str) -> int:
    """Tokens of `text`, rather too many than too few, by its characters and their scripts. Linear and fast."""
    data, weight = text.encode("utf-8", "surrogatepass"), 0.0
    for kind, each in _KINDS:
        others = data.translate(None, kind)
        weight += (len(data) - len(others)) * each
        data = others
    return int(weight + len(data) * _LETTER) + 1


def grouped(costs: Iterable[int], room: int, most: int | None = None) -> list[list[int]]:
    """The places of what costs so much, in order, in groups that have room for it, of at most so many."""
    groups: list[list[int]] = []
    left = 0
    for place, cost in enumerate(costs):
        if not groups or cost > left or len(groups[-1]) == most:
            groups.append([])
            left = room
        groups[-1].append(place)
        left -= cost
    return groups


@dataclass(frozen=True)
class Costs:
    """Tokens: of the line of each sentence, room for lines in a request, and what is reserved for candidates beside."""

    lines: tuple[int, ...]
    room: int
    reserved: int = 0

    @property
    def fits(self) -> bool:
        """Whether one request holds the whole article."""
        return sum(self.lines) <= self.room

    def of(self, part: Part, article: Article) -> int:
        """Tokens of a part; a piece of a sentence costs its share."""
        whole = ((piece, article.sentences[piece.number - 1]) for piece in part.pieces)
        return sum(
            -(-self.lines[piece.number - 1] * (piece.end - piece.start) // max(1, sentence.end - sentence.start))
            for piece, sentence in whole
        )


def costs_of(analysis: Analysis, asks: Sequence[Ask], engine: LLMEngine) -> Costs:
    """What the article costs, sentence by sentence.

    Room is left for the candidates of as many sentences, from the first on, as one request holds.
    """
    article = analysis.article
    prefix, _ = messages_for(analysis, asks, engine.prompts, Part(()))
    texts = [message.content for message in prefix] + [
        turn.question + turn.answer for ask in asks for turn in ask.turns
    ]
    lines = tuple(1 + estimate(line_of(article, piece)) for piece in Part.whole(article).pieces)
    fixed = sum(map(estimate, texts)) + OF_A_MESSAGE * (len(texts) + 1) + _form(asks)
    costs = Costs(lines, engine.window - engine.answer_tokens - fixed)
    held = sum(total <= costs.room for total in accumulate(lines))
    some = Part.of(article, range(1, held + 1))
    reserved = candidate_tokens(analysis, asks, some)
    return Costs(costs.lines, max(LEAST_ROOM, costs.room - reserved), reserved)


def candidate_tokens(analysis: Analysis, asks: Sequence[Ask], part: Part) -> int:
    """Tokens of the lines that stand behind a part for a model to choose from, estimated."""
    return sum(1 + estimate(line) for ask in asks for line in ask.task.candidates(analysis, ask.options, part))


def _form(asks: Sequence[Ask]) -> int:
    return estimate(json_text(sent_schema(combined_schema(tuple((ask.task.name, ask.task.draft) for ask in asks)))))


LEAST_PIECE = 200
"""Code points below which a piece of a sentence is not split again."""

MOST_TOKENS = 8000
"""Of passages: what a model reads well at once; more would cost more and answer no better."""

_PASSAGES = 60


def split(
    article: Article, costs: Costs, numbers: Iterable[int] | None = None, beside: Callable[[Part], int] = lambda part: 0
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
