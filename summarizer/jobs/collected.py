"""The answers a provider's batch brought, as a model: what no batch brought is asked of the live one."""

from __future__ import annotations

import json

from summarizer.jobs.database import Database
from summarizer.jobs.kept_answers import asked_anew, request_key
from summarizer.models.hosted import HostedModel
from summarizer.models.model import AroundModel, ChatModel, Completion, Request, T

_TABLES = """
CREATE TABLE IF NOT EXISTS batches (digest TEXT PRIMARY KEY, id TEXT, collected INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS batch_rows (request TEXT PRIMARY KEY, digest TEXT, answer TEXT);
"""


class Collected(AroundModel):
    """Gives the answer a batch brought; what no batch brought is asked of `live`."""

    def __init__(self, model: HostedModel, live: ChatModel, database: Database) -> None:
        database.create(_TABLES)
        super().__init__(live)
        self._model, self._database = model, database

    async def complete(self, request: Request[T]) -> Completion[T]:
        """The collected answer, which may not fit, or a new one; see `ChatModel.complete`."""
        key = request_key(self.name, request)
        found = self._database.rows("SELECT answer FROM batch_rows WHERE request = ? AND answer IS NOT NULL", [key])
        if not found or asked_anew.get():
            return await self._inner.complete(request)
        return await self._model.read(request, json.loads(found[0][0]))
