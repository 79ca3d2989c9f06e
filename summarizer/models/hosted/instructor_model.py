"""A form filled in through an instructor client: ours of a hosted provider, or one that a user hands in."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import re
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ModelWrapValidatorHandler, ValidationError, model_validator

from summarizer.errors import UsageError
from summarizer.models.hosted.answers import spent_on
from summarizer.models.hosted.failures import from_instructor
from summarizer.models.model import ChatModel, Completion, Request, T
from summarizer.models.sent_schema import sent_schema
from summarizer.models.telemetry import request_span

if TYPE_CHECKING:
    from instructor import AsyncInstructor, Instructor

ROUNDS_OF_MENDING = 4
_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_-]+")
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.0{1,9})?\s*")

# How each provider calls the longest answer that is wanted, by instructor's name of the provider. Others get none.
_LIMIT = {
    **dict.fromkeys(("anthropic", "groq", "mistral", "cohere", "deepseek", "together", "fireworks"), "max_tokens"),
    **dict.fromkeys(("anyscale", "databricks", "cerebras", "openrouter", "perplexity", "xai", "writer"), "max_tokens"),
    "openai": "max_completion_tokens",
}


@dataclass
class Call:
    """What one request brought beside its form: the provider's responses, and the data that was accepted."""

    responses: list[Any] = field(default_factory=list)
    accepted: Any = None

    @property
    def text(self) -> str:
        """The JSON of the data that was accepted: it fits the schema as it stands."""
        return json.dumps(self.accepted, ensure_ascii=False)


_call: ContextVar[Call | None] = ContextVar("call", default=None)


def _not_ours(_: logging.LogRecord) -> bool:
    """instructor logs every failed call as an error, with the request in it; our failures reach the user as errors."""
    return _call.get() is None


for _noisy in ("instructor", "instructor.v2", "instructor.v2.retry"):
    logging.getLogger(_noisy).addFilter(_not_ours)


class InstructorModel:
    """A `ChatModel` around an instructor client, sync or async, of any provider that instructor knows."""

    def __init__(self, client: Instructor | AsyncInstructor, name: str) -> None:
        self._client, self._name = client, name

    @property
    def name(self) -> str:
        """The name as `provider/name`."""
        return self._name

    @property
    def window(self) -> int | None:
        """It is not known."""
        return None

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        provider = str(self._client.provider.value)
        limit = _LIMIT.get(provider)
        given = {limit: request.max_tokens} if limit and limit not in self._client.kwargs else {}
        with request_span(self._name, request) as told:
            draft, call = await fill(self._client, request, self._name, **given)
            return told(Completion(draft, call.text, spent_on(call.responses[-1])))

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


async def fill(
    client: Instructor | AsyncInstructor, request: Request[T], name: str, **arguments: Any
) -> tuple[T, Call]:
    """The form that `client` fills in, asked once: its own retries are off.

    The messages go as they are: instructor renders them only where it is given a `context`, which it never is here.

    Raises:
        InvalidAnswer: the answer does not fit.
        AnswerTruncated: it was cut off.
        ModelError: the provider gave none; the subclass says why.

    """
    from instructor import AsyncInstructor
    from instructor.core.hooks import Hooks

    call, hooks = Call(), Hooks()
    hooks.on("completion:response", call.responses.append)
    given: dict[str, Any] = {
        "response_model": prepared(request.schema),
        "messages": _spoken(request),
        "max_retries": 0,
        "strict": False,
        "hooks": hooks,
        **arguments,
    }
    token = _call.set(call)
    try:
        if isinstance(client, AsyncInstructor):
            draft, _ = await client.create_with_completion(**given)
        else:
            draft, _ = await asyncio.to_thread(lambda: client.create_with_completion(**given))
    except Exception as error:  # noqa: BLE001  whatever a provider's library raises becomes one of our errors
        raise from_instructor(error, call.responses, request, name) from None
    finally:
        _call.reset(token)
    return draft, call


def _spoken(request: Request[Any]) -> list[dict[str, str]]:
    """The messages; half a surrogate pair, which no server takes, becomes a question mark."""
    return [
        {"role": message.role, "content": message.content.encode("utf-8", "replace").decode("utf-8")}
        for message in request.messages
    ]


def read_form(text: str, schema: type[T]) -> tuple[T, str]:
    """The form in a text of JSON, harmless shapes taken, and the JSON that fits the schema as it stands.

    Raises:
        ValidationError: it does not fit.

    """
    call = Call()
    token = _call.set(call)
    try:
        form: T = prepared(schema).model_validate_json(text)
        return form, call.text
    finally:
        _call.reset(token)


def asked_by(mode: str, request: Request[BaseModel], **arguments: Any) -> dict[str, Any]:
    """The arguments that instructor, in the mode of that name, would ask with. Nothing is sent."""
    import instructor
    from instructor.core.exceptions import InstructorError

    captured: dict[str, Any] = {}

    def create(**asked: Any) -> Any:
        captured.update(asked)
        raise InstructorError

    asking: Any = instructor.patch(create=create, mode=instructor.Mode[mode])
    token = _call.set(Call())
    try:
        with suppress(InstructorError):
            asking(
                response_model=prepared(request.schema),
                messages=_spoken(request),
                max_retries=0,
                **arguments,
            )
    finally:
        _call.reset(token)
    return captured


def form_name(schema: type[BaseModel]) -> str:
    """The schema's name in the letters and the length the interface allows."""
    return _NOT_IN_A_NAME.sub("_", schema.__name__).strip("_")[:64] or "form"


@lru_cache(maxsize=256)
def prepared(schema: type[BaseModel]) -> Any:
    """`schema` for instructor: sent in its strict form, forgiving of harmless faults. Made once: it takes 3 ms."""
    import instructor

    class Prepared(instructor.response_schema(schema)):  # type: ignore[misc]
        @model_validator(mode="wrap")
        @classmethod
        def _take_harmless_shapes(cls, data: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
            for _ in range(ROUNDS_OF_MENDING):
                try:
                    form = handler(data)
                except ValidationError as error:
                    if (better := mended(data, error)) is None:
                        raise
                    data = better
                else:
                    break
            else:
                form = handler(data)
            if call := _call.get():
                call.accepted = data
            return form

        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return {"title": form_name(schema), **sent_schema(schema)}

    Prepared.__name__ = Prepared.__qualname__ = form_name(schema)
    Prepared.__doc__ = schema.__doc__
    return Prepared


def mended(data: Any, error: ValidationError) -> Any:
    """A copy of `data` without the harmless faults that `error` names; None where it names none.

    A key that the form does not have is left out; one value where a list is wanted becomes a list of one, null an
    empty one; a number written as text, or as `3.0`, becomes that number.
    """
    try:
        copy = json.loads(json.dumps(data))
    except (TypeError, ValueError):
        return None
    changed = [_mend(copy, fault) for fault in error.errors(include_url=False, include_context=False)]
    return copy if any(changed) else None


def _mend(data: Any, fault: Any) -> bool:
    *above, key = fault["loc"] or (None,)
    parent: Any = data
    for step in above:  # a union's choice stands in the path, too: what is no key is passed over
        if (isinstance(parent, dict) and step in parent) or (isinstance(parent, list) and isinstance(step, int)):
            parent = parent[step]
    there = key in parent if isinstance(parent, dict) else isinstance(parent, list) and isinstance(key, int)
    if not there:
        return False
    value = parent[key]
    if fault["type"] == "extra_forbidden" and isinstance(parent, dict):
        del parent[key]
    elif fault["type"] == "list_type" and (value is None or isinstance(value, dict) or _number(value) is not None):
        parent[key] = [] if value is None else [value]
    elif fault["type"] in ("model_type", "int_type", "int_parsing") and (number := _number(value)) is not None:
        parent[key] = number
    else:
        return False
    return True


def _number(value: Any) -> int | None:
    """The whole number that a value is, or that a text says in digits."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (written := _NUMBER.fullmatch(value)):
        return int(written[1])
    return value if isinstance(value, int) else None
