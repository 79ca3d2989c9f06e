"""A model for tests, ours and the users': it answers what it is told to, or quotes the article."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import ModelError, Spent
from summarizer.models.hosted.failures import unfit
from summarizer.models.model import Completion, Request, T
from summarizer.models.sent_schema import sent_schema

_FIRST_SENTENCE = re.compile(r"^\[1\] (.*)$", re.MULTILINE)


class FakeModel:
    """A `ChatModel` with no server behind it.

    Args:
        answers: what to answer, in order: a pydantic object, a dict, a string of JSON, or an exception to raise.
            When they are used up (or none are given) it fills in the form by itself: evidence is sentence 1, text
            is that sentence.

    `requests` holds every request it got, for tests to look at.
    """

    def __init__(
        self,
        answers: Iterable[BaseModel | dict[str, Any] | str | Exception] = (),
        *,
        name: str = "fake",
        window: int | None = None,
    ) -> None:
        self._answers = deque(answers)
        self._name = name
        self._window = window
        self.requests: list[Request[Any]] = []

    @property
    def name(self) -> str:
        """`fake`, unless it was given another."""
        return self._name

    @property
    def window(self) -> int | None:
        """Tokens it claims to read."""
        return self._window

    async def complete(self, request: Request[T]) -> Completion[T]:
        """The next answer; see `ChatModel.complete`."""
        self.requests.append(request)
        answer = self._answers.popleft() if self._answers else self._fill(request)
        spent = Spent(1)
        if isinstance(answer, ModelError) and not answer.spent.requests:
            answer.spent = spent
        if isinstance(answer, Exception):
            raise answer
        text = (
            answer
            if isinstance(answer, str)
            else answer.model_dump_json()
            if isinstance(answer, BaseModel)
            else json.dumps(answer)
        )
        try:
            return Completion(request.schema.model_validate_json(text), text, spent)
        except ValidationError as error:
            raise unfit(error, text, request.messages, "", spent) from error

    async def aclose(self) -> None:
        """Nothing to free."""

    def _fill(self, request: Request[T]) -> dict[str, Any]:
        article = next(
            (found[1] for message in request.messages if (found := _FIRST_SENTENCE.search(message.content))), ""
        )
        schema = sent_schema(request.schema)
        filled: dict[str, Any] = _filled(schema, schema.get("$defs", {}), article)
        return filled


def _filled(node: dict[str, Any], definitions: dict[str, Any], text: str) -> Any:
    """The simplest value that fits a JSON schema node."""
    if "$ref" in node:
        return _filled(definitions[node["$ref"].rpartition("/")[2]], definitions, text)
    if "enum" in node or "const" in node:
        return node["const"] if "const" in node else node["enum"][0]
    if "anyOf" in node:
        return (
            None
            if any(option.get("type") == "null" for option in node["anyOf"])
            else _filled(node["anyOf"][0], definitions, text)
        )
    match node.get("type"):
        case list():
            return None
        case "object":
            return {name: _filled(field, definitions, text) for name, field in node.get("properties", {}).items()}
        case "array":
            return [_filled(node["items"], definitions, text)] if "items" in node else []
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return text
