"""A form filled in through an instructor client: ours of a hosted provider, or one that a user hands in."""

from __future__ import annotations

import asyncio
import inspect
import logging
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.errors import UsageError
from summarizer.models.hosted.answers import spent_on
from summarizer.models.hosted.failures import from_instructor
from summarizer.models.hosted.forms import Form, form_of
from summarizer.models.model import ChatModel, Completion, Request, T
from summarizer.models.telemetry import traced

if TYPE_CHECKING:
    from instructor import AsyncInstructor, Instructor

# How each provider calls the longest answer that is wanted, by instructor's name of the provider. Others get none.
_LIMIT = dict.fromkeys(
    """anthropic groq mistral cohere deepseek together fireworks anyscale databricks cerebras openrouter perplexity xai
    writer""".split(),
    "max_tokens",
) | {"openai": "max_completion_tokens"}

_ours: ContextVar[bool] = ContextVar("ours", default=False)


def _not_ours(_: logging.LogRecord) -> bool:
    """instructor logs every failed call as an error, with the request in it; our failures reach the user as errors."""
    return not _ours.get()


for _noisy in ("instructor", "instructor.v2", "instructor.v2.retry"):
    logging.getLogger(_noisy).addFilter(_not_ours)


class InstructorModel:
    """A `ChatModel` around an instructor client, sync or async, of any provider that instructor knows."""

    window = None

    def __init__(self, client: Instructor | AsyncInstructor, name: str) -> None:
        self._client, self.name = client, name

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        limit = _LIMIT.get(str(self._client.provider.value))
        given = {limit: request.max_tokens} if limit and limit not in self._client.kwargs else {}
        return await traced(self.name, request, self._fill(request, **given))

    async def _fill(self, request: Request[T], **given: Any) -> Completion[T]:
        form, response = await fill(self._client, request, self.name, **given)
        return Completion(form.draft, form.text, spent_on(response))

    async def aclose(self) -> None:
        """The client is the user's: it stays open."""


def from_client(client: Instructor | AsyncInstructor, name: str | None = None) -> ChatModel:
    """The model behind an instructor client.

    Args:
        client: what `instructor.from_provider`, `from_openai`, `from_anthropic` and so on give.
        name: what the model is to be called, `provider/name`; by default what the client says.

    Raises:
        UsageError: it is no instructor client.

    """
    from instructor import Instructor

    if not isinstance(client, Instructor):  # an AsyncInstructor is one, too
        raise UsageError(
            f"client: {type(client).__name__} is no instructor client; make one with instructor.from_provider"
        )
    return InstructorModel(client, name or f"{client.provider.value}/{_model_of(client)}")


def _model_of(client: Instructor) -> str:
    """The model that a client asks where none is named: instructor keeps it in the function it asks with."""
    kept = inspect.getclosurevars(client.create_fn).nonlocals if inspect.isfunction(client.create_fn) else {}
    return str(client.kwargs.get("model") or client.default_model or kept.get("default_model") or "model")


async def fill(client: Any, request: Request[Any], name: str, **arguments: Any) -> tuple[Form, Any]:
    """The form that an instructor client fills in, asked once, and its provider's response: its own retries are off.

    The messages go as they are: instructor renders them only where it is given a `context`, which it never is here.

    Raises:
        InvalidAnswer: the answer does not fit.
        AnswerTruncated: it was cut off.
        ModelError: the provider gave none; the subclass says why.

    """
    from instructor import AsyncInstructor

    given = {**_given(request), "strict": False, **arguments}
    token = _ours.set(True)
    try:
        if isinstance(client, AsyncInstructor):
            form, response = await client.create_with_completion(**given)
        else:
            form, response = await asyncio.to_thread(client.create_with_completion, **given)
        return form, response
    except Exception as error:  # noqa: BLE001  whatever a provider's library raises becomes one of our errors
        raise from_instructor(error, request, name) from None
    finally:
        _ours.reset(token)


def _given(request: Request[Any]) -> dict[str, Any]:
    """What instructor is given. Half a surrogate pair, which no server takes, becomes a question mark."""
    messages = [
        {"role": message.role, "content": message.content.encode("utf-8", "replace").decode("utf-8")}
        for message in request.messages
    ]
    schema: type[BaseModel] = request.schema
    return {"response_model": form_of(schema), "messages": messages, "max_retries": 0}


def asked_by(mode: str, request: Request[BaseModel], **arguments: Any) -> dict[str, Any]:
    """The arguments that instructor, in the mode of that name, would ask with. Nothing is sent."""
    import instructor
    from instructor.core.exceptions import InstructorError

    captured: dict[str, Any] = {}

    def create(**asked: Any) -> Any:
        captured.update(asked)
        raise InstructorError

    asking: Any = instructor.patch(create=create, mode=instructor.Mode[mode])
    token = _ours.set(True)
    try:
        with suppress(InstructorError):
            asking(**_given(request), **arguments)
    finally:
        _ours.reset(token)
    return captured
