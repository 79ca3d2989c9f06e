"""What a request has room for: the model's window, less the form, the rules and the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask
from summarizer.engines.llm import LLMEngine, combined_schema
from summarizer.engines.part import Part
from summarizer.engines.prompting import NEEDS_CANDIDATES, line_of, messages_for, shown
from summarizer.json_text import json_text
from summarizer.models.sent_schema import sent_schema
from summarizer.models.tokens import estimate

LEAST_ROOM = 200
"""Tokens of text a request holds at least. Where even that does not fit, the server says so."""

_OF_A_MESSAGE = 8
_SURE = 2
_BETWEEN_NAMES = 3


@dataclass(frozen=True)
class Costs:
    """Tokens: of the line of each sentence, of the candidate names in it by their numbers, and room for them all."""

    lines: tuple[int, ...]
    names: Mapping[int, Mapping[int, int]]
    room: int

    @property
    def fits(self) -> bool:
        """Whether one request holds the whole article."""
        every_name = {name: tokens for found in self.names.values() for name, tokens in found.items()}
        return sum(self.lines) + sum(every_name.values()) <= self.room


def surely_fits(analysis: Analysis, asks: Sequence[Ask], engine: LLMEngine) -> bool:
    """Whether an article is so short that nothing needs to be counted."""
    prompt = sum(estimate(message.content) + _OF_A_MESSAGE for message in messages_for(analysis, asks))
    return _SURE * (prompt + _form(asks)) <= engine.window - engine.answer_tokens


async def costs_of(analysis: Analysis, asks: Sequence[Ask], engine: LLMEngine) -> Costs:
    """What the article costs, sentence by sentence, as the engine's model counts tokens.

    Raises:
        ModelError: the model's tokenizer cannot be asked.

    """
    article = analysis.article
    around = messages_for(analysis, asks, Part(()))
    texts = [message.content for message in around] + [line_of(article, piece) for piece in Part.whole(article).pieces]
    counted = await engine.counter.count_tokens(texts)
    fixed = sum(counted[: len(around)]) + _OF_A_MESSAGE * len(around) + _form(asks)
    room = max(LEAST_ROOM, engine.window - engine.answer_tokens - fixed)
    wants_names = any(ask.task.name == NEEDS_CANDIDATES for ask in asks)
    return Costs(tuple(1 + n for n in counted[len(around) :]), _names(analysis) if wants_names else {}, room)


def _form(asks: Sequence[Ask]) -> int:
    return estimate(json_text(sent_schema(combined_schema(tuple((ask.task.name, ask.task.schema) for ask in asks)))))


def _names(analysis: Analysis) -> dict[int, dict[int, int]]:
    """By sentence: the candidates it names, each with the tokens that its entry in the list takes."""
    table: dict[int, dict[int, int]] = {}
    for number, found in enumerate(analysis.entities, 1):
        tokens = estimate(shown(found.entity.name)) + _BETWEEN_NAMES
        for mention in found.entity.mentions:
            table.setdefault(mention.sentence, {})[number] = tokens
    return table
