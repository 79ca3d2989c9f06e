"""A model that waits for its turn and for its money before each request."""

from __future__ import annotations

import time
from functools import lru_cache

from pydantic import BaseModel

from summarizer.errors import ModelError, ModelUnavailable, RateLimited, ServerFault, Spent
from summarizer.jobs.budget import Budget, Price
from summarizer.jobs.limits import Pace
from summarizer.json_text import json_text
from summarizer.models.model import AroundModel, ChatModel, Completion, Request, T
from summarizer.models.sent_schema import sent_schema

BYTES_A_TOKEN = 4
FIRST_GUESS_TOKENS = 600
# A server that was there and is gone is waited for so long; a job that ran for hours does not end for a restart.
LONGEST_OUTAGE_SECONDS = 180.0


class PacedModel(AroundModel):
    """Stands between the retries and a model: each attempt takes a turn, and each is paid for.

    `price` is the model's where it is not the budget's own.
    """

    def __init__(self, model: ChatModel, pace: Pace, budget: Budget, price: Price | None = None) -> None:
        super().__init__(model)
        self._pace, self._budget, self._price = pace, budget, price
        self._usual_output = float(FIRST_GUESS_TOKENS)
        self._heard = False
        self._away_since: float | None = None

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`.

        Raises:
            BudgetReached: the money allowed is spent.

        """
        size = input_tokens(request)
        most = Spent(1, size, 0, request.max_tokens)
        async with self._pace.turn(size + self._usual_output), self._budget.hold(most, self._price) as hold:
            try:
                done = await self._inner.complete(request)
            except ModelError as error:
                hold.settle(error.spent)
                self._learn(error)
                raise self._told(error) from error
            hold.settle(done.spent)
        self._heard, self._away_since = True, None
        self._usual_output += 0.05 * (done.spent.output_tokens - self._usual_output)
        self._pace.answered(done.limits)
        return done

    def _learn(self, error: ModelError) -> None:
        """Where the server asks for time, everybody gives it: the one who was told need not wait on its own."""
        if isinstance(error, RateLimited) or (isinstance(error, ServerFault) and error.retry_after is not None):
            self._pace.refused(error.retry_after)
            error.retry_after = 0.0

    def _told(self, error: ModelError) -> ModelError:
        """The error as the retries should see it: a server that answered before and is away may come back."""
        if type(error) is not ModelUnavailable:
            self._heard, self._away_since = True, None
            return error
        now = time.monotonic()
        self._away_since = self._away_since or now
        if not self._heard or now - self._away_since > LONGEST_OUTAGE_SECONDS:
            return error
        self._pace.refused(None)
        return ServerFault(str(error), spent=error.spent, retry_after=0.0)


def input_tokens(request: Request[BaseModel]) -> int:
    """About how many tokens a request is: a token is near four bytes, in English and in Chinese."""
    text = sum(len(message.content.encode("utf-8", "surrogatepass")) for message in request.messages)
    return (text + _schema_bytes(request.schema)) // BYTES_A_TOKEN


@lru_cache(maxsize=256)
def _schema_bytes(schema: type[BaseModel]) -> int:
    return len(json_text(sent_schema(schema)))
