"""A model for tests that reads what it is shown: it quotes the sentences of its request, by their numbers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from summarizer.errors import ModelError, ServerFault, Spent
from summarizer.long.budget import estimate
from summarizer.models.model import Completion, Request, T
from summarizer.schemas.answer import AnswersDraft
from summarizer.schemas.entities import EntitiesDraft
from summarizer.schemas.requests import Choice, Corrections
from summarizer.schemas.summary import SummaryDraft
from summarizer.schemas.timeline import TimelineDraft

_LINE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_LISTED = re.compile(r"^(\d+) (.+)$", re.MULTILINE)

Lines = list[tuple[int, str]]
Mood = Callable[[Lines], ModelError | None]


class ReadingModel:
    """Answers from the lines of its request; `mood` may raise for some of them.

    `answers` is what a line says that answers a question; `undecided` makes it fail at choosing.
    """

    name = "fake/reading"

    def __init__(
        self,
        *,
        window: int | None = 2000,
        mood: Mood = lambda lines: None,
        answers: str = "nowhere",
        seconds: float = 0,
        undecided: bool = False,
    ) -> None:
        self.window = window
        self.requests: list[Request[Any]] = []
        self._mood, self._answers, self._seconds, self._undecided = mood, answers, seconds, undecided

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form."""
        self.requests.append(request)
        await asyncio.sleep(self._seconds)
        lines = lines_of(request)
        chooses = request.schema is Choice
        if chooses and self._undecided:
            raise ServerFault("gone", spent=Spent(1, input_tokens=10))
        if not chooses and (error := self._mood(lines)):
            error.spent = Spent(1, input_tokens=10)
            raise error
        draft = request.schema.model_validate(self._filled(request.schema, lines, request))
        return Completion(draft, "", Spent(1, input_tokens=10, output_tokens=1))

    async def aclose(self) -> None:
        """Nothing to free."""

    def longest_request(self) -> int:
        """Tokens of the longest prompt, as they are estimated."""
        return max(sum(estimate(message.content) for message in request.messages) for request in self.requests)

    def _filled(self, schema: type[BaseModel], lines: Lines, request: Request[Any]) -> dict[str, Any]:
        claims = [{"evidence": [number], "text": text} for number, text in lines]
        if issubclass(schema, SummaryDraft):
            return {"headline": claims[0], "points": claims[1:4]}
        if issubclass(schema, EntitiesDraft):
            found = _LISTED.findall(request.messages[-1].content)
            kind: dict[str, Any] = {"name": None, "type": "person", "evidence": [], "role": None}
            return {"entities": [{"ids": [int(n)], **kind} for n, _ in found]}
        if issubclass(schema, TimelineDraft):
            told = {"when": None, "certainty": "happened", "attributed_to": None}
            return {"events": [{**claims[0], **told}]}
        if issubclass(schema, AnswersDraft):
            return {"answers": [self._answer(int(n), claims) for n, _ in _LISTED.findall(request.messages[-1].content)]}
        if issubclass(schema, Corrections):
            return {"claims": []}
        if issubclass(schema, Choice):
            return {"chosen": [3, 1, 3, 99], "headline_from": [2], "headline": lines[1][1] if len(lines) > 1 else ""}
        return {name: self._filled(field.annotation, lines, request) for name, field in schema.model_fields.items()}  # type: ignore[arg-type]

    def _answer(self, number: int, claims: list[dict[str, Any]]) -> dict[str, Any]:
        found = [claim for claim in claims if self._answers in claim["text"]]
        return {"question": number, "found": bool(found), "claims": found, "short": self._answers if found else None}


def lines_of(request: Request[Any]) -> Lines:
    """The numbered lines of a request's text."""
    found = (_LINE.findall(message.content) for message in reversed(request.messages))
    return [(int(number), text) for number, text in next(filter(None, found), [])]
