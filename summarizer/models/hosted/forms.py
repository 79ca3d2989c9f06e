"""A form filled in through instructor: sent as its strict schema, read with harmless faults mended.

The client is ours, or one of any provider that a user hands in.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import re
import sys
from collections.abc import Coroutine
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from summarizer.errors import Spent, UsageError
from summarizer.models.hosted.failures import from_instructor, unfit
from summarizer.models.hosted.usage import spent_on
from summarizer.models.model import Completion, Request, T
from summarizer.models.sent_schema import sent_schema
from summarizer.models.telemetry import traced

if TYPE_CHECKING:
    from instructor import AsyncInstructor, Instructor


ROUNDS = 4
"""Of mending: one fault may hide another."""
_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.0{1,9})?\s*")
_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_-]+")
_ours: ContextVar[bool] = ContextVar("ours", default=False)


def _not_ours(_: logging.LogRecord) -> bool:
    """instructor logs every failed call as an error, with the request in it; our failures reach the user as errors."""
    return not _ours.get()


for _noisy in ("instructor", "instructor.v2", "instructor.v2.retry"):
    logging.getLogger(_noisy).addFilter(_not_ours)


class Form(BaseModel):
    """What instructor fills in: the draft, and the JSON that it was read from, which fits the schema as it stands."""

    draft: Any
    text: str


@lru_cache(maxsize=256)
def form_of(schema: type[BaseModel]) -> Any:
    """The `Form` that stands for `schema` where instructor asks for a schema and reads an answer.

    It is made once, for that takes 3 ms, and has no fields of its own to walk: instructor walks them five times a
    request.
    """
    import instructor

    class Prepared(instructor.response_schema(Form)):  # type: ignore[misc]
        @classmethod
        def model_validate_json(cls, text: str | bytes, **_: Any) -> Any:
            draft, read = read_form(text if isinstance(text, str) else text.decode("utf-8", "replace"), schema)
            return cls.model_construct(draft=draft, text=read)

        @classmethod
        def model_validate(cls, data: Any, **_: Any) -> Any:
            return cls.model_validate_json(json.dumps(data, ensure_ascii=False))

        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return {"title": form_name(schema), **sent_schema(schema)}

    Prepared.__name__ = Prepared.__qualname__ = form_name(schema)
    Prepared.__doc__ = schema.__doc__
    return Prepared


def form_name(schema: type[BaseModel]) -> str:
    """The schema's name in the letters and the length the interface allows."""
    return _NOT_IN_A_NAME.sub("_", schema.__name__).strip("_")[:64] or "form"


def read_form(text: str, schema: type[T]) -> tuple[T, str]:
    """The draft in a text of JSON, and the JSON that fits the schema as it stands.

    Harmless faults are mended: a key that the form does not have is left out; one value where a list is wanted becomes
    a list of one, null an empty one; a number written as text, or as `3.0`, becomes that number.
    """
    for _ in range(ROUNDS):
        try:
            return schema.model_validate_json(text), text
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
            if any(fault["type"] == "json_invalid" for fault in faults):
                raise
            data = json.loads(text)
            mended = [_mend(data, fault) for fault in faults]
            if not any(mended):
                raise
            text = json.dumps(data, ensure_ascii=False)
    return schema.model_validate_json(text), text


def _mend(data: Any, fault: Any) -> bool:
    *above, key = fault["loc"] or (None,)
    parent: Any = data
    for step in above:  # a union's choice stands in the path, too: what is no key is passed over
        if (isinstance(parent, dict) and step in parent) or (isinstance(parent, list) and isinstance(step, int)):
            parent = parent[step]
    if not (key in parent if isinstance(parent, dict) else isinstance(parent, list) and isinstance(key, int)):
        return False
    value, number = parent[key], _number(parent[key])
    if fault["type"] == "extra_forbidden" and isinstance(parent, dict):
        del parent[key]
    elif fault["type"] == "list_type" and (value is None or isinstance(value, dict) or number is not None):
        parent[key] = [] if value is None else [value]
    elif fault["type"] in ("model_type", "int_type", "int_parsing") and number is not None:
        parent[key] = number
    else:
        return False
    return True


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and (written := _NUMBER.fullmatch(value)):
        return int(written[1])
    return value if isinstance(value, int) else None


def filled(text: str, spent: Spent, request: Request[T], name: str) -> Completion[T]:
    """The form in the text of an answer that came another way than by instructor."""
    try:
        return Completion(*read_form(text, request.schema), spent)
    except ValidationError as error:
        raise unfit(error, text, request.messages, name, spent) from None


async def fill(client: Any, request: Request[T], name: str, **arguments: Any) -> Completion[T]:
    """The form that an instructor client fills in, asked once: its own retries are off.

    The messages go as they are: instructor renders them only where it is given a `context`, which it never is here.
    """
    return await in_span(name, request, _fill(client, request, name, arguments))


async def in_span(name: str, request: Request[T], asking: Coroutine[Any, Any, Completion[T]]) -> Completion[T]:
    """What `asking` the model `name` gives; a span where the process uses OpenTelemetry."""
    return await (traced(name, request, asking) if "opentelemetry.trace" in sys.modules else asking)


async def _fill(client: Any, request: Request[T], name: str, arguments: dict[str, Any]) -> Completion[T]:
    from instructor import AsyncInstructor

    given = {**_given(request), "strict": False, **arguments}
    token = _ours.set(True)
    try:
        if isinstance(client, AsyncInstructor):
            form, response = await client.create_with_completion(**given)
        else:
            form, response = await asyncio.to_thread(client.create_with_completion, **given)
    except Exception as error:  # noqa: BLE001  whatever a provider's library raises becomes one of our errors
        raise from_instructor(error, request, name) from None
    finally:
        _ours.reset(token)
    return Completion(form.draft, form.text, spent_on(response), getattr(response, "headers", {}))


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


# How each provider calls the longest answer that is wanted, by instructor's name of the provider. Others get none.
_LIMIT = dict.fromkeys(
    """anthropic groq mistral cohere deepseek together fireworks anyscale databricks cerebras openrouter perplexity xai
    writer""".split(),
    "max_tokens",
) | {"openai": "max_completion_tokens"}


class InstructorModel:
    """A `ChatModel` around an instructor client, sync or async, of any provider that instructor knows."""

    window = None

    def __init__(self, client: Instructor | AsyncInstructor) -> None:
        from instructor import Instructor

        if not isinstance(client, Instructor):  # an AsyncInstructor is one, too
            said = f"{type(client).__name__} is no instructor client; make one with instructor.from_provider"
            raise UsageError(f"client: {said}")
        self._client, self.name = client, f"{client.provider.value}/{_model_of(client)}"

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        limit = _LIMIT.get(str(self._client.provider.value))
        given = {limit: request.max_tokens} if limit and limit not in self._client.kwargs else {}
        return await fill(self._client, request, self.name, **given)

    async def aclose(self) -> None:
        """The client is the user's: it stays open."""


def _model_of(client: Instructor) -> str:
    """The model that a client asks where none is named: instructor keeps it in the function it asks with."""
    kept = inspect.getclosurevars(client.create_fn).nonlocals if inspect.isfunction(client.create_fn) else {}
    return str(client.kwargs.get("model") or client.default_model or kept.get("default_model") or "model")
