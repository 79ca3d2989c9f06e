"""What happens between us and a model, for those who want to watch: logs, traces, counters."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from summarizer.errors import Spent
from summarizer.models.around import AroundModel
from summarizer.models.limits import NOTHING_TOLD, Limits
from summarizer.models.model import ChatModel, Completion, Request, T

_log = logging.getLogger("summarizer.models")


@dataclass(frozen=True, slots=True)
class Started:
    """A request that is about to be sent.

    Args:
        id: the same in the event that ends it.
        model: the model asked, as `provider/name`.
        form: the name of the form to be filled in.
        messages: how many messages there are.
        characters: how long they are together.
        max_tokens: how long the answer may be.
        request: the request itself, article and all; it is not in this event's `repr`.

    """

    id: str
    model: str
    form: str
    messages: int
    characters: int
    max_tokens: int
    request: Request[Any] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Finished:
    """A request that brought a filled-in form: what it cost, how long it took, and what is left of the limits."""

    started: Started
    spent: Spent
    seconds: float
    limits: Limits = NOTHING_TOLD


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that brought none. `error` may be one that is tried again; a cancelled request fails, too."""

    started: Started
    error: BaseException
    seconds: float


class Hook(Protocol):
    """Told of every request and how it ended, retries one by one, on the event loop: be quick, or hand it on.

    What a hook raises is logged and changes nothing.
    """

    def request_started(self, event: Started) -> None:
        """A request is about to be sent."""
        ...

    def request_finished(self, event: Finished) -> None:
        """It brought a form."""
        ...

    def request_failed(self, event: Failed) -> None:
        """It brought none."""
        ...


class ObservedModel(AroundModel):
    """A model whose requests are told to hooks."""

    def __init__(self, model: ChatModel, hooks: Sequence[Hook]) -> None:
        super().__init__(model)
        self._hooks = tuple(hooks)

    @property
    def inner(self) -> ChatModel:
        """The model asked."""
        return self._inner

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        started = _started(self.name, request)
        began = time.monotonic()
        self._tell("request_started", started)
        try:
            done = await self._inner.complete(request)
        except BaseException as error:
            self._tell("request_failed", Failed(started, error, time.monotonic() - began))
            raise
        self._tell("request_finished", Finished(started, done.spent, time.monotonic() - began, done.limits))
        return done

    def _tell(self, what: str, event: Started | Finished | Failed) -> None:
        for hook in self._hooks:
            try:
                getattr(hook, what)(event)
            except Exception as error:  # noqa: BLE001  a watcher's fault must not cost a reader the answer
                _log.warning("hook %s.%s failed: %s", type(hook).__name__, what, type(error).__name__)


def watched(model: ChatModel, hooks: Sequence[Hook]) -> ChatModel:
    """`model` with its requests told to `hooks`, and to the log where somebody reads it."""
    told = (*hooks, LogHook()) if _log.isEnabledFor(logging.INFO) else tuple(hooks)
    return ObservedModel(model, told) if told else model


def _started(model: str, request: Request[Any]) -> Started:
    return Started(
        id=uuid.uuid4().hex[:12],
        model=model,
        form=request.schema.__name__,
        messages=len(request.messages),
        characters=sum(len(message.content) for message in request.messages),
        max_tokens=request.max_tokens,
        request=request,
    )


class LogHook:
    """Writes a line on each request to the log `summarizer.models`: neither a key nor a word of the article."""

    def request_started(self, event: Started) -> None:
        """Said by the model itself, which knows the address."""

    def request_finished(self, event: Finished) -> None:
        """What came, what it cost and what is left."""
        spent, limits = event.spent, event.limits
        left = f", {limits.requests_left:g} requests left" if limits.requests_left is not None else ""
        cached = f" ({spent.cached_tokens} cached)" if spent.cached_tokens else ""
        _log.info(
            "%s answered in %.2f s: %d tokens in%s, %d out%s",
            event.started.model, event.seconds, spent.input_tokens, cached, spent.output_tokens, left,
        )  # fmt: skip

    def request_failed(self, event: Failed) -> None:
        """What went wrong, in one word."""
        _log.info("%s failed after %.2f s: %s", event.started.model, event.seconds, type(event.error).__name__)
