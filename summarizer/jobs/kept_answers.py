"""A model whose answers are kept: the same request is not sent, and not paid, twice."""

from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar

from pydantic import BaseModel, ValidationError

from summarizer.errors import Spent
from summarizer.jobs.database import Database
from summarizer.json_text import json_text
from summarizer.models.model import AroundModel, ChatModel, Completion, Request, T
from summarizer.models.sent_schema import sent_schema

# Set while a failure is tried again: an answer that came to nothing is not to be had from the store.
asked_anew: ContextVar[bool] = ContextVar("asked_anew", default=False)

_TABLES = "CREATE TABLE IF NOT EXISTS answers (request TEXT PRIMARY KEY, text TEXT);"


class KeptAnswers(AroundModel):
    """Keeps each answer that fits its schema as it arrives, before anything is done with it.

    A job killed between an answer and its checked result, or run again under another policy, finds it here.
    """

    def __init__(self, model: ChatModel, database: Database) -> None:
        database.create(_TABLES)
        super().__init__(model)
        self._database = database

    async def complete(self, request: Request[T]) -> Completion[T]:
        """The kept answer, which costs nothing, or a new one; see `ChatModel.complete`."""
        key = request_key(self.name, request)
        if not asked_anew.get() and (kept := self._kept(key, request)):
            return kept
        done = await self._inner.complete(request)
        self._database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", [key, json_text(done.text)])
        return done

    def _kept(self, key: str, request: Request[T]) -> Completion[T] | None:
        found = self._database.rows("SELECT text FROM answers WHERE request = ?", [key])
        if not found:
            return None
        text = json.loads(found[0][0])
        try:
            return Completion(request.schema.model_validate_json(text), text, Spent())
        except ValidationError:
            return None


def forget_answers(database: Database) -> None:
    """Drop every kept answer: all are asked for anew."""
    database.create(_TABLES)
    database.execute("DELETE FROM answers", [])


def request_key(model: str, request: Request[BaseModel]) -> str:
    """A key of everything that is sent."""
    messages = [[message.role, message.content] for message in request.messages]
    sent = [model, messages, sent_schema(request.schema), request.max_tokens]
    return hashlib.sha256(json_text(sent).encode()).hexdigest()[:32]
