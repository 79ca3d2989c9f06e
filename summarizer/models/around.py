"""Models around a model: one that asks again when the line, not the answer, failed, one that asks only so often."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt, wait_random_exponential

from summarizer.errors import ModelError, ModelUnavailable, RateLimited, ServerFault, Spent
from summarizer.loop import seconds_left
from summarizer.models.model import ChatModel, Completion, Request, T

_log = logging.getLogger("summarizer.models")

LONGEST_WAIT = 60.0
"""Seconds that are waited at most because a server asks for it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on. Waits are seconds; they double from `first` up to `longest`, at random below that.

    `obeyed` is the longest wait that a server may ask for: what is more is not waited.

    The deadline is not here: whoever asks sets it for the whole product, and it ends a wait too.
    """

    attempts: int = 6
    first: float = 0.5
    longest: float = 20.0
    refused: int = 3
    obeyed: float = LONGEST_WAIT


class AroundModel:
    """Has the name and the window of the model it stands around, and closes it. What it adds is its `complete`."""

    def __init__(self, inner: ChatModel) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def window(self) -> int | None:
        return self._inner.window

    async def aclose(self) -> None:
        await self._inner.aclose()


class RetryingModel(AroundModel):
    """Asks `model` again after 429, 5xx, a dropped or (a few times) a refused connection; Retry-After is obeyed.

    Answers that do not fit are not asked for again here: that is the engine's one re-ask.
    """

    def __init__(self, model: ChatModel, patience: Patience | None = None) -> None:
        super().__init__(model)
        self._patience = patience or Patience()
        self._backoff = wait_random_exponential(multiplier=self._patience.first, max=self._patience.longest)

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; what failed attempts cost is in `spent`. See `ChatModel.complete`."""
        lost: list[Spent] = []

        async def once() -> Completion[T]:
            try:
                return await self._inner.complete(request)
            except ModelError as error:
                lost.append(error.spent)
                raise

        stop = stop_after_attempt(self._patience.attempts)
        retrying = AsyncRetrying(
            retry=self._again, stop=lambda state: stop(state) or _out_of_time(state), wait=self._wait, reraise=True
        )
        try:
            done: Completion[T] = await retrying(once)
        except ModelError as error:
            error.spent = sum(lost, Spent())
            raise
        return replace(done, spent=sum(lost, done.spent))

    def _again(self, state: RetryCallState) -> bool:
        """After a refused connection a few times, and never after a refused key or bad weights."""
        error = state.outcome.exception() if state.outcome else None
        refused = type(error) is ModelUnavailable and state.attempt_number < self._patience.refused
        return refused or isinstance(error, (RateLimited, ServerFault))

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        told = error.retry_after if isinstance(error, (RateLimited, ServerFault)) else None
        if told is None:
            return self._backoff(state)
        wait = min(told, self._patience.obeyed)
        _log.info("%s asks for %.3g s of patience; %.3g s are waited", self.name, told, wait)
        return wait


def _out_of_time(state: RetryCallState) -> bool:
    """Whether the deadline comes before the next attempt: then the failure is told, not that time ran out."""
    left = seconds_left()
    return left is not None and state.upcoming_sleep > left


class LimitedModel(AroundModel):
    """Asks `inner` at most `most` times; a request that is sent again because the line failed counts once."""

    def __init__(self, inner: ChatModel, most: int) -> None:
        super().__init__(inner)
        self._most, self._left = most, most

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`. What is one too many is a `ModelError`, and is not sent."""
        if self._left <= 0:
            raise ModelError(f"the {self._most} requests that an article may cost are spent", model=self.name)
        self._left -= 1
        return await self._inner.complete(request)
