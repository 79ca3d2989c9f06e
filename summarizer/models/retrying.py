"""How often a model is asked: again when the line failed, and no more than so many times about one article."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from typing import Any

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from summarizer.deadline import seconds_left
from summarizer.errors import ModelError, ModelUnavailable, RateLimited, ServerFault, Spent
from summarizer.models.failures import LONGEST_WAIT
from summarizer.models.model import AroundModel, ChatModel, Completion, Request, T

_log = logging.getLogger("summarizer.models")

TRANSIENT = (RateLimited, ServerFault)
MOST_REQUESTS = 4
"""Requests about one article that is not long: the answer, one with a higher limit, one re-ask of each kind."""


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


class RetryingModel(AroundModel):
    """Asks `model` again after 429, 5xx, a dropped or (a few times) a refused connection; Retry-After is obeyed.

    Answers that do not fit are not asked for again here: that is the engine's one re-ask.
    """

    def __init__(self, model: ChatModel, patience: Patience | None = None) -> None:
        super().__init__(model)
        self._patience = patience or Patience()

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; what failed attempts cost is in `spent`. See `ChatModel.complete`."""
        lost: list[Spent] = []
        try:
            async for attempt in self._attempts():
                with attempt:
                    try:
                        done = await self._inner.complete(request)
                    except ModelError as error:
                        lost.append(error.spent)
                        raise
                    return replace(done, spent=total([*lost, done.spent]))
        except ModelError as error:
            error.spent = total(lost)
            raise
        raise AssertionError("tenacity either returns or raises")

    def _attempts(self) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception_type((*TRANSIENT, ModelUnavailable)) & _Refused(self._patience.refused),
            stop=stop_after_attempt(self._patience.attempts) | _out_of_time,
            wait=self._wait,
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        told = error.retry_after if isinstance(error, TRANSIENT) else None
        if told is not None:
            wait = min(told, self._patience.obeyed)
            _log.info("%s asks for %.3g s of patience; %.3g s are waited", self.name, told, wait)
            return wait
        return float(wait_random_exponential(multiplier=self._patience.first, max=self._patience.longest)(state))


def _out_of_time(state: RetryCallState) -> bool:
    """Whether the deadline comes before the next attempt: then the failure is told, not that time ran out."""
    left = seconds_left()
    return left is not None and state.upcoming_sleep > left


class _Refused:
    """Whether to go on after a refused connection: a few times, and never after a refused key or bad weights."""

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts

    def __call__(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, ModelUnavailable):
            return True
        return type(error) is ModelUnavailable and state.attempt_number < self._attempts

    def __rand__(self, other: Any) -> Any:
        return lambda state: other(state) and self(state)


@dataclass
class _Left:
    """How many requests are left, and why the last one failed."""

    requests: int
    reason: str = ""


_left: ContextVar[_Left | None] = ContextVar("requests_left", default=None)


@contextmanager
def requests_capped(most: int | None = MOST_REQUESTS) -> Iterator[None]:
    """While this is open, a `RequestCap` asks at most `most` times in this context; None for as often as it takes.

    Open it around the reading of one article; None for a long one, which is read in parts. An inner one does not
    widen an outer one.
    """
    outer = _left.get()
    token = _left.set(outer or (None if most is None else _Left(most)))
    try:
        yield
    finally:
        _left.reset(token)


class RequestCap(AroundModel):
    """Asks `model` no more often than `requests_capped` around the caller allows. It stands around the retries."""

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`.

        Raises:
            ModelError: all requests are used up; the message says why the last one failed. Nothing was sent.

        """
        left = _left.get()
        if left is None:
            return await self._inner.complete(request)
        if left.requests <= 0:
            why = f": {left.reason}" if left.reason else ""
            raise ModelError(f"given up: no more requests are allowed for this article{why}", model=self.name)
        left.requests -= 1
        try:
            return await self._inner.complete(request)
        except ModelError as error:
            left.reason = str(error).removeprefix(f"{self.name}: ")
            raise


def total(spent: Iterable[Spent]) -> Spent:
    """The sum of what several requests cost."""
    each = list(spent)
    return Spent(*(sum(getattr(one, field.name) for one in each) for field in fields(Spent)))
