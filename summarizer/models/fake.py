"""A model for tests, ours and the users': it answers what it is told to, or quotes the article."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from summarizer.errors import ModelError, Spent
from summarizer.models.hosted.forms import filled
from summarizer.models.model import Completion, Request, T
from summarizer.models.sent_schema import sent_schema

_FIRST_SENTENCE = re.compile(r"^\[1\] (.*)$", re.MULTILINE)


class FakeModel:
    """A `ChatModel` with no server behind it.

    Args:
        answers: what to answer, in order: a pydantic object, a dict, a string of JSON, or an exception to raise.
            When they are used up (or none are given) it fills in the form by itself: evidence is sentence 1, text
            is that sentence.
        name: what it is called.
        window: tokens it claims to read.

    `requests` holds every request it got, for tests to look at.
    """

    def __init__(
        self,
        answers: Iterable[BaseModel | dict[str, Any] | str | Exception] = (),
        *,
        name: str = "fake",
        window: int | None = None,
    ) -> None:
        self.name, self.window = name, window
        self._answers = deque(answers)
        self.requests: list[Request[Any]] = []

    async def complete(self, request: Request[T]) -> Completion[T]:
        """The next answer; see `ChatModel.complete`."""
        self.requests.append(request)
        answer = self._answers.popleft() if self._answers else _filled_in(request)
        spent = Spent(1)
        if isinstance(answer, ModelError) and not answer.spent.requests:
            answer.spent = spent
        if isinstance(answer, Exception):
            raise answer
        text = answer.model_dump_json() if isinstance(answer, BaseModel) else answer
        text = text if isinstance(text, str) else json.dumps(text)
        return filled(text, spent, request, "")

    async def aclose(self) -> None:
        """Nothing to free."""


def _filled_in(request: Request[Any]) -> dict[str, Any]:
    found = next(filter(None, (_FIRST_SENTENCE.search(message.content) for message in request.messages)), None)
    asked: type[BaseModel] = request.schema
    schema = sent_schema(asked)
    filled: dict[str, Any] = _filled(schema, schema.get("$defs", {}), found[1] if found else "")
    return filled


def _filled(node: dict[str, Any], definitions: dict[str, Any], text: str) -> Any:
    """The simplest value that fits a JSON schema node."""
    if "$ref" in node:
        return _filled(definitions[node["$ref"].rpartition("/")[2]], definitions, text)
    if "const" in node or "enum" in node:
        return node["const"] if "const" in node else node["enum"][0]
    kinds = node.get("anyOf") or [node]
    if isinstance(node.get("type"), list) or {"type": "null"} in kinds:
        return None
    match kinds[0].get("type"):
        case None:
            return _filled(kinds[0], definitions, text)
        case "object":
            fields = kinds[0].get("properties", {})
            return {name: _filled(field, definitions, text) for name, field in fields.items()}
        case "array":
            return [_filled(kinds[0]["items"], definitions, text)]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
        case _:
            return text
