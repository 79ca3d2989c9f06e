"""A model behind the Chat Completions interface, asked through instructor and the openai library beneath it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

import httpx2
from pydantic import BaseModel

from summarizer.errors import ModelError, RequestRejected, ServerFault, Spent
from summarizer.models.hosted.answers import Answer, Hearing, body_of, read_answer, spent_on
from summarizer.models.hosted.failures import translated
from summarizer.models.hosted.instructor_model import asked_by, fill
from summarizer.models.hosted.limits import limits_of
from summarizer.models.hosted.network import connecting, http_client
from summarizer.models.masking import hide, masked_address
from summarizer.models.model import NOTHING_TOLD, Completion, Limits, Message, Request, T
from summarizer.models.providers import Manners, Provider, learned, manners_for
from summarizer.models.retrying import total
from summarizer.models.telemetry import request_span

if TYPE_CHECKING:
    from instructor import AsyncInstructor
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

_log = logging.getLogger("summarizer.models")

# What servers taught about their manners, by address and model, for as long as this process lives.
_LEARNED: dict[tuple[str, str], Manners] = {}
MOST_LESSONS = 6
_FORM: tuple[str, ...] = ("response_format", "tools", "tool_choice")


@dataclass
class _Exchange:
    """One request on its way: who listens, a body that came another way, and the limits the server told."""

    heard: Callable[[str], None] | None = None
    given: Any = None
    limits: Limits = NOTHING_TOLD


@dataclass(frozen=True)
class _Home:
    """The process and the event loop that a client's connections belong to; no loop before the first request."""

    process: int
    loop: asyncio.AbstractEventLoop | None


def _here() -> _Home:
    try:
        return _Home(os.getpid(), asyncio.get_running_loop())
    except RuntimeError:
        return _Home(os.getpid(), None)


_exchange: ContextVar[_Exchange] = ContextVar("exchange")


class HostedModel:
    """A model of an OpenAI-compatible server. One answer a call: retries are a wrapper's business.

    A server that rejects the way it was asked is asked in the next way at once, and remembered.
    """

    def __init__(
        self,
        name: str,
        *,
        provider: Provider,
        base_url: str,
        key: str,
        window: int | None = None,
        alias: str | None = None,
    ) -> None:
        self._name = name
        self._model = alias or name.partition("/")[2] or name
        self._first = manners_for(provider, self._model)
        self._window, self._base_url, self._key = window, base_url, key
        self._home = _Home(os.getpid(), None)
        self._clients: dict[str, AsyncInstructor] = {}
        # What keeps a client from being made is told before an article is read.
        self._openai = self._connected()

    @property
    def name(self) -> str:
        """The name as `provider/name`."""
        return self._name

    @property
    def window(self) -> int | None:
        """Tokens that prompt and answer may have together."""
        return self._window

    @property
    def address(self) -> str:
        """The server's base URL."""
        return self._base_url

    @property
    def manners(self) -> Manners:
        """How it is asked, by the table and by what its server taught."""
        return _LEARNED.get((self._base_url, self._model), self._first)

    @property
    def client(self) -> AsyncOpenAI:
        """The client, for what its server offers beside answers.

        A connection belongs to a process and to an event loop: one that was forked off, and another loop, have theirs.
        """
        here = _here()
        if here != self._home and not (here.process == self._home.process and self._home.loop is None):
            self._openai = self._connected()
            self._clients.clear()
        self._home = here if here.loop or here.process != self._home.process else self._home
        return self._openai

    def _connected(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI

        with connecting(self._name, self._base_url):
            http = http_client(self._base_url)
        # The deadline is the caller's: a read timeout of the client's own would cut long answers.
        client = AsyncOpenAI(base_url=self._base_url, api_key=self._key, max_retries=0, timeout=600, http_client=http)
        client.chat.completions.create = self._create  # type: ignore[method-assign,assignment]
        return client

    @property
    def _completions(self) -> Any:
        """The library's own way to ask, without our `create` in front."""
        return type(self.client.chat.completions)(self.client)

    def _instructor(self) -> AsyncInstructor:
        """instructor's client in the mode of the manners."""
        import instructor

        client, mode = self.client, self.manners.mode
        if mode not in self._clients:
            made = instructor.from_openai(client, mode=instructor.Mode[mode], model=self._model)
            made.on("completion:kwargs", cast("Any", self._log_request))
            self._clients[mode] = made
        return self._clients[mode]

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        refused: list[Spent] = []
        with request_span(self._name, request) as told:
            while True:
                began = time.monotonic()
                try:
                    done = await self._ask(request, _Exchange(request.heard if self.manners.streams else None))
                except ModelError as error:
                    _log.info("%s failed after %.2f s: %s", self._name, time.monotonic() - began, type(error).__name__)
                    refused.append(error.spent)
                    if not self._taught(error, len(refused)):
                        error.spent = total(refused)
                        raise
                else:
                    self._log_answer(done, time.monotonic() - began)
                    return told(replace(done, spent=total([*refused, done.spent])))

    async def _ask(self, request: Request[T], exchange: _Exchange) -> Completion[T]:
        token = _exchange.set(exchange)
        try:
            draft, call = await fill(self._instructor(), request, self._name, **self._arguments(request))
        finally:
            _exchange.reset(token)
        return Completion(draft, call.text, spent_on(call.responses[-1]), exchange.limits)

    async def read(self, request: Request[T], body: Any) -> Completion[T]:
        """The form in a response's body that came another way than by `complete`, with the same errors."""
        return await self._ask(request, _Exchange(given=body))

    def body(self, request: Request[BaseModel]) -> dict[str, Any]:
        """The request as it would be sent, for a server that takes many of them in a file."""
        asked = asked_by(self.manners.mode, request, **self._arguments(request))
        body = self._as_wanted({"model": self._model, **asked}, replace(self.manners, stream=False))
        return {**body.pop("extra_body"), **body}

    async def likelihoods(self, messages: Sequence[Message], limit: int) -> tuple[dict[str, float], Spent]:
        """The `limit` likeliest next tokens after the last message with the natural logarithms of their probability."""
        spoken: Any = [{"role": message.role, "content": message.content} for message in messages]
        with translated(self._name):
            answer = await self._completions.create(
                model=self._model, messages=spoken, max_tokens=1, temperature=0, logprobs=True, top_logprobs=limit
            )
        content = answer.choices[0].logprobs and answer.choices[0].logprobs.content
        found = {top.token: top.logprob for top in content[0].top_logprobs} if content else {}
        return found, spent_on(answer.usage)

    async def aclose(self) -> None:
        """Close the connections."""
        if self._home in (_here(), _Home(os.getpid(), None)):
            await self._openai.close()

    def _arguments(self, request: Request[Any]) -> dict[str, Any]:
        """What is asked beside the form: the longest answer, and what reasoning models want."""
        manners = self.manners
        limit = request.max_tokens + manners.thinking_tokens
        arguments: dict[str, Any] = {manners.limit: min(limit, manners.most_tokens or limit)}
        if manners.temperature is not None:
            arguments["temperature"] = manners.temperature
        if manners.effort is not None:
            arguments["reasoning_effort"] = manners.effort
        return arguments

    async def _create(self, **arguments: Any) -> ChatCompletion:
        """What instructor calls to ask: the request as the server's manners want it, the answer in plain shape."""
        exchange, messages = _exchange.get(), arguments["messages"]
        try:
            body = exchange.given
            if body is None:
                body = await self._send(self._as_wanted(arguments, self.manners), exchange)
            answer = read_answer(body, self._name)
        except ModelError as error:
            raise hide(error, self._key, [Message("user", str(one["content"])) for one in messages]) from None
        return _plain_completion(answer, self.manners.mode)

    def _as_wanted(self, arguments: dict[str, Any], manners: Manners) -> dict[str, Any]:
        """The arguments with the server's peculiarities.

        The form goes through `extra_body`: there the client does not walk the schema (1 ms a request).
        """
        form = _told({name: arguments.pop(name) for name in _FORM if name in arguments}, strict=manners.strict)
        streamed = {"stream": True, "stream_options": {"include_usage": True}} if manners.stream else {}
        return {
            **arguments,
            "messages": _as_taken(arguments["messages"], manners),
            "extra_body": {**form, **manners.extra, **streamed},
        }

    async def _send(self, arguments: dict[str, Any], exchange: _Exchange) -> Any:
        """The body of the answer."""
        completions = self._completions
        with translated(self._name):
            if exchange.heard:
                return await self._listen(completions, arguments, exchange.heard, exchange)
            raw = await completions.with_raw_response.create(**arguments)
            exchange.limits = limits_of(raw.headers)
        return self._body(raw.http_response)

    async def _listen(
        self, completions: Any, arguments: dict[str, Any], heard: Callable[[str], None], exchange: _Exchange
    ) -> Any:
        """The body of the answer, heard as it is written. A server that does not stream is heard at its end."""
        streamed = {"stream": True, "stream_options": {"include_usage": True}}
        asked = {**arguments, "extra_body": {**arguments["extra_body"], **streamed}}
        async with completions.with_streaming_response.create(**asked) as raw:
            exchange.limits = limits_of(raw.headers)
            if "event-stream" not in raw.headers.get("content-type", ""):
                await raw.read()
                return self._body(raw.http_response)
            hearing = Hearing(heard)
            with suppress(httpx2.HTTPError):  # a stream that broke off is told by what it lacks
                async for line in raw.iter_lines():
                    hearing.line(line)
        return body_of(hearing.stream, self._name)

    def _taught(self, error: ModelError, lessons: int) -> bool:
        """Whether a rejection taught another way to ask."""
        if type(error) is not RequestRejected or lessons > MOST_LESSONS:
            return False
        changed = learned(self.manners, error.said)
        if changed is None:
            return False
        _LEARNED[(self._base_url, self._model)] = changed
        _log.info("%s wants to be asked another way: %s", self._name, changed)
        return True

    def _body(self, response: Any) -> Any:
        """The body as JSON; a stream, asked for or not, as what it adds up to."""
        kind = response.headers.get("content-type", "")
        try:
            return body_of(response.text, self._name) if "event-stream" in kind else response.json()
        except (ValueError, RecursionError):
            message = "the server's answer is not JSON; is this the address of an OpenAI-compatible server?"
            fault = RequestRejected if "html" in kind else ServerFault
            raise fault(message, model=self._name, spent=Spent(1, uncounted=1)) from None

    def _log_request(self, **arguments: Any) -> None:
        """A line about the request for `-v`: neither the key nor a word of the article is in it."""
        if _log.isEnabledFor(logging.INFO):
            messages, mode = arguments["messages"], self.manners.mode
            others = {name: value for name, value in arguments.items() if isinstance(value, (int, float))}
            size = sum(len(str(message["content"])) for message in messages)
            _log.info(
                "POST %s/chat/completions, key ****, model %s, form as %s, %d messages of %d characters, %s",
                masked_address(self._base_url), self._model, mode, len(messages), size, json.dumps(others),
            )  # fmt: skip

    def _log_answer(self, done: Completion[Any], seconds: float) -> None:
        left = f", {done.limits.requests_left:g} requests left" if done.limits.requests_left is not None else ""
        cached = f" ({done.spent.cached_tokens} cached)" if done.spent.cached_tokens else ""
        _log.info(
            "%s answered in %.2f s: %d tokens in%s, %d out%s",
            self._name, seconds, done.spent.input_tokens, cached, done.spent.output_tokens, left,
        )  # fmt: skip


def _told(form: dict[str, Any], *, strict: bool) -> dict[str, Any]:
    """The form as instructor tells it, with its strictness asked for, and its name told once."""
    strictly = {"strict": True} if strict else {}
    if (told := form.get("response_format", {})).get("type") == "json_schema":
        schema = {name: value for name, value in told["json_schema"]["schema"].items() if name != "title"}
        return {"response_format": {**told, "json_schema": {**told["json_schema"], "schema": schema, **strictly}}}
    if tools := form.get("tools"):
        return {**form, "tools": [{**tool, "function": {**tool["function"], **strictly}} for tool in tools]}
    return form


def _as_taken(messages: list[dict[str, Any]], manners: Manners) -> list[dict[str, Any]]:
    """The messages with the roles, and the order of roles, that the server takes."""
    taken = [
        {"role": "user" if one["role"] == "system" and not manners.system else one["role"], "content": one["content"]}
        for one in messages
    ]
    if manners.alternating:
        taken = [
            {"role": role, "content": "\n\n".join(str(one["content"]) for one in group)}
            for role, group in groupby(taken, key=lambda one: one["role"])
        ]
    return taken


def _plain_completion(answer: Answer, mode: str) -> ChatCompletion:
    """The completion as instructor's parser of that mode takes it."""
    from openai.types.chat import ChatCompletion, ChatCompletionMessage, ChatCompletionMessageFunctionToolCall
    from openai.types.chat.chat_completion import Choice
    from openai.types.chat.chat_completion_message_function_tool_call import Function

    message = ChatCompletionMessage.model_construct(role="assistant", content=answer.text)
    if mode == "TOOLS":
        function = Function.model_construct(name="form", arguments=answer.text)
        call = ChatCompletionMessageFunctionToolCall.model_construct(id="form", type="function", function=function)
        message = ChatCompletionMessage.model_construct(role="assistant", content=None, tool_calls=[call])
    choice = Choice.model_construct(index=0, finish_reason="stop", message=message)
    return ChatCompletion.model_construct(
        id="", object="chat.completion", created=0, model="", choices=[choice], usage=None, spent=answer.spent
    )
