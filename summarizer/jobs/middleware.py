"""The middleware between a job and a hosted model: answers that are kept, a turn to wait for, a price to pay."""

from __future__ import annotations

import hashlib
import json
import time
from contextvars import ContextVar
from functools import lru_cache, partial

from pydantic import BaseModel, ValidationError

from summarizer.errors import ModelError, ModelTimeout, ModelUnavailable, RateLimited, ServerFault, Spent
from summarizer.jobs.budget import Budget
from summarizer.jobs.database import Database
from summarizer.jobs.rate_limiter import RateLimiter
from summarizer.models.around import AroundModel
from summarizer.models.hosted.limits import limits_of
from summarizer.models.model import ChatModel, Completion, Request, T
from summarizer.models.providers import cost
from summarizer.models.sent_schema import sent_schema
from summarizer.output import json_text

BYTES_A_TOKEN = 4
FIRST_GUESS_TOKENS = 600
# A server that was there and is gone is waited for so long; a job that ran for hours does not end for a restart.
LONGEST_OUTAGE_SECONDS = 180.0

# Set while a failure is tried again: an answer that came to nothing is not to be had from the store.
asked_anew: ContextVar[bool] = ContextVar("asked_anew", default=False)


class MeteredModel(AroundModel):
    """Stands between the retries and a model: each attempt takes a turn, and each is paid for.

    `seconds` is the time in which an article waited for the model, waits for a turn included, over all articles.
    """

    def __init__(self, model: ChatModel, limiter: RateLimiter, budget: Budget) -> None:
        super().__init__(model)
        self._limiter, self._budget, self.price = limiter, budget, partial(cost, model.name)
        budget.check(self.price)
        self._usual_output = float(FIRST_GUESS_TOKENS)
        self._heard = False
        self._away_since: float | None = None
        self.seconds = 0.0

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        began = time.monotonic()
        try:
            return await self._complete(request)
        finally:
            self.seconds += time.monotonic() - began

    async def _complete(self, request: Request[T]) -> Completion[T]:
        turn = self._limiter.turn(input_tokens(request) + self._usual_output)
        async with turn, self._budget.hold(self.most(request), self.price) as hold:
            try:
                done = await self._inner.complete(request)
            except ModelError as error:
                # Who does not wait any longer does not learn what the answer cost.
                if not isinstance(error, ModelTimeout):
                    hold.settle(error.spent)
                self._learn(error)
                raise self._told(error) from error
            hold.settle(done.spent)
        self._heard, self._away_since = True, None
        self._usual_output += 0.05 * (done.spent.output_tokens - self._usual_output)
        self._limiter.answered(limits_of(done.headers))
        return done

    def most(self, request: Request[BaseModel]) -> Spent:
        """What a request can take at most: no token is shorter than a byte, and thoughts come on top of an answer."""
        thoughts = getattr(getattr(self._inner, "manners", None), "thinking_tokens", 0)
        return Spent(1, _bytes(request), 0, request.max_tokens + thoughts)

    def _learn(self, error: ModelError) -> None:
        """Where the server asks for time, everybody gives it: the one who was told need not wait on its own."""
        if isinstance(error, RateLimited) or (isinstance(error, ServerFault) and error.retry_after is not None):
            self._limiter.refused(error.retry_after)
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
        self._limiter.refused(None)
        return ServerFault(str(error), spent=error.spent, retry_after=0.0)


class ResponseCache(AroundModel):
    """Keeps each answer that fits its schema as it arrives, before anything is done with it.

    A job killed between an answer and its checked result, or run again under another policy, finds it here.
    """

    def __init__(self, model: ChatModel, database: Database) -> None:
        super().__init__(model)
        self._database = database

    async def complete(self, request: Request[T]) -> Completion[T]:
        """The kept answer, which costs nothing, or a new one; see `ChatModel.complete`."""
        key = request_key(self.name, request)
        if not asked_anew.get():
            for (text,) in self._database.rows("SELECT text FROM answers WHERE request = ?", [key]):
                kept = json.loads(text)
                try:
                    return Completion(request.schema.model_validate_json(kept), kept, Spent())
                except ValidationError:
                    break
        done = await self._inner.complete(request)
        self._database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", [key, json_text(done.text)])
        return done


def request_key(model: str, request: Request[BaseModel]) -> str:
    """A key of everything that is sent."""
    messages = [[message.role, message.content] for message in request.messages]
    sent = [model, messages, sent_schema(request.schema), request.max_tokens]
    return hashlib.sha256(json_text(sent).encode()).hexdigest()[:32]


def input_tokens(request: Request[BaseModel]) -> int:
    """About how many tokens a request is: a token is near four bytes, in English and in Chinese."""
    return _bytes(request) // BYTES_A_TOKEN


def _bytes(request: Request[BaseModel]) -> int:
    text = sum(len(message.content.encode("utf-8", "surrogatepass")) for message in request.messages)
    return text + _schema_bytes(request.schema)


@lru_cache(maxsize=256)
def _schema_bytes(schema: type[BaseModel]) -> int:
    return len(json_text(sent_schema(schema)))
