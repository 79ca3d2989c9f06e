"""A model that answers anything: forms that fit their schema, filled from what it was shown and from nowhere."""

from __future__ import annotations

import json
import random
from typing import Any

from pydantic import ValidationError

from summarizer.errors import AnswerTruncated, ModelError, ServerFault, Spent, WindowExceeded
from summarizer.models.hosted.failures import unfit
from summarizer.models.model import Completion, Request, T
from summarizer.models.sent_schema import sent_schema
from tests.reading_model import Lines, lines_of

FAULTS = (
    lambda: ServerFault("gone", spent=Spent(1)),
    lambda: AnswerTruncated("cut", answer="{", spent=Spent(1)),
    lambda: WindowExceeded("too long", spent=Spent(1)),
)


class WildModel:
    """Fills in forms by chance; one request in `faulty` fails."""

    name = "fake/wild"

    def __init__(self, seed: int, words: str, window: int | None, faulty: int) -> None:
        self.window = window
        self._chance, self._words, self._faulty = random.Random(seed), words, faulty

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form."""
        if self._faulty and not self._chance.randrange(self._faulty):
            error: ModelError = self._chance.choice(FAULTS)()
            raise error
        schema = sent_schema(request.schema)
        filled = self._filled(schema, schema.get("$defs", {}), lines_of(request) or [(1, "")])
        text, spent = json.dumps(filled), Spent(1, input_tokens=10, output_tokens=1)
        try:
            return Completion(request.schema.model_validate(filled), text, spent)
        except ValidationError as error:
            raise unfit(error, text, request.messages, "", spent) from error

    async def aclose(self) -> None:
        """Nothing to free."""

    def _filled(self, node: dict[str, Any], definitions: dict[str, Any], lines: Lines) -> Any:
        chance = self._chance
        if "$ref" in node:
            return self._filled(definitions[node["$ref"].rpartition("/")[2]], definitions, lines)
        if "const" in node or "enum" in node:
            return node["const"] if "const" in node else chance.choice(node["enum"])
        if "anyOf" in node:
            return self._filled(chance.choice(node["anyOf"]), definitions, lines)
        if isinstance(node["type"], list):
            return self._filled({**node, "type": chance.choice(node["type"])}, definitions, lines)
        match node["type"]:
            case "object":
                return {name: self._filled(field, definitions, lines) for name, field in node["properties"].items()}
            case "array":
                return [self._filled(node["items"], definitions, lines) for _ in range(chance.randint(0, 4))]
            case "integer" | "number":
                return chance.choice([*(number for number, _ in lines), 0, 1, 2, 3, -1, 99, 10**18])
            case "boolean":
                return chance.random() < 0.7
            case "null":
                return None
            case _:
                return self._text(lines)

    def _text(self, lines: Lines) -> str:
        """A line, a part of one, two lines, or words of its own."""
        one, other = (self._chance.choice(lines)[1] for _ in range(2))
        return self._chance.choice([one, one, one[: len(one) // 2], f"{one} {other}", self._words, "", "2024-05-03"])
