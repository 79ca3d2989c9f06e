"""What a request has room for: the model's window, less the form, the rules and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.llm import LLMEngine, combined_schema
from summarizer.engines.prompting import Part, line_of, messages_for
from summarizer.models.sent_schema import sent_schema
from summarizer.models.tokens import estimate
from summarizer.output import json_text

LEAST_ROOM = 200
"""Tokens of text a request holds at least. Where even that does not fit, the server says so."""

OF_A_MESSAGE = 8


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
    some = Part.of(article, range(1, _held(costs) + 1))
    reserved = candidate_tokens(analysis, asks, some)
    return Costs(costs.lines, max(LEAST_ROOM, costs.room - reserved), reserved)


def candidate_tokens(analysis: Analysis, asks: Sequence[Ask], part: Part) -> int:
    """Tokens of the lines that stand behind a part for a model to choose from, estimated."""
    return sum(1 + estimate(line) for ask in asks for line in ask.task.candidates(analysis, ask.options, part))


def _held(costs: Costs) -> int:
    """How many sentences, from the first on, there is room for."""
    left = costs.room
    for number, line in enumerate(costs.lines):
        left -= line
        if left < 0:
            return number
    return len(costs.lines)


def _form(asks: Sequence[Ask]) -> int:
    return estimate(json_text(sent_schema(combined_schema(tuple((ask.task.name, ask.task.draft) for ask in asks)))))
