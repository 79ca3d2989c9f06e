"""A model that asks again when the line, not the answer, failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from summarizer.errors import ModelError, ModelUnavailable, RateLimited, ServerFault, Spent
from summarizer.models.around import AroundModel
from summarizer.models.model import ChatModel, Completion, Request, T

TRANSIENT = (RateLimited, ServerFault)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on. Waits are seconds; they double from `first` up to `longest`, at random below that.

    The deadline is not here: whoever asks sets it for the whole product, and it ends a wait too.
    """

    attempts: int = 6
    first: float = 0.5
    longest: float = 20.0
    refused: int = 3


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
            stop=stop_after_attempt(self._patience.attempts),
            wait=self._wait,
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        told = error.retry_after if isinstance(error, TRANSIENT) else None
        if told is not None:
            return told
        return float(wait_random_exponential(multiplier=self._patience.first, max=self._patience.longest)(state))


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


def total(spent: Iterable[Spent]) -> Spent:
    """The sum of what several requests cost."""
    each = list(spent)
    return Spent(*(sum(getattr(one, field.name) for one in each) for field in fields(Spent)))
