"""A model behind the Chat Completions interface, asked through instructor and the openai library beneath it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

import httpx2
from pydantic import BaseModel

from summarizer.errors import ModelError, RequestRejected, ServerFault, Spent
from summarizer.models.hosted.answers import Stream, read_answer
from summarizer.models.hosted.failures import from_library
from summarizer.models.hosted.forms import asked_by, fill, filled
from summarizer.models.hosted.network import http_client
from summarizer.models.masking import hide, masked_address
from summarizer.models.model import Completion, Message, Request, T
from summarizer.models.providers import Manners, Provider, learned, manners_for

if TYPE_CHECKING:
    from instructor import AsyncInstructor
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

_log = logging.getLogger("summarizer.models")

# What servers taught about their manners, by address and model, for as long as this process lives.
_LEARNED: dict[tuple[str, str], Manners] = {}
MOST_LESSONS = 6
_STREAMED = {"stream": True, "stream_options": {"include_usage": True}}


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
        self.name, self.window, self.address, self._key = name, window, base_url, key
        self._model = alias or name.partition("/")[2] or name
        self._first = manners_for(provider, self._model)
        self._home: tuple[int, asyncio.AbstractEventLoop | None] = (os.getpid(), None)
        # What keeps a client from being made is told before an article is read.
        self._connect()

    @property
    def manners(self) -> Manners:
        """How it is asked, by the table and by what its server taught."""
        return _LEARNED.get((self.address, self._model), self._first)

    @property
    def client(self) -> AsyncOpenAI:
        """The client, for what its server offers beside answers.

        A connection belongs to a process and to an event loop: one that was forked off, and another loop, have theirs.
        """
        here = (os.getpid(), asyncio.get_running_loop())
        if self._home not in (here, (here[0], None)):
            self._connect()
        self._home = here
        return self._openai

    def _connect(self) -> None:
        from openai import AsyncOpenAI

        # The deadline is the caller's: a read timeout of the client's own would cut long answers.
        self._openai = AsyncOpenAI(
            base_url=self.address,
            api_key=self._key,
            max_retries=0,
            timeout=600,
            http_client=http_client(self.name, self.address),
        )
        self._instructors: dict[str, AsyncInstructor] = {}

    def _instructor(self) -> AsyncInstructor:
        """instructor's client in the mode of the manners, around a copy of ours that asks by `_create`."""
        import instructor

        client, mode = self.client, self.manners.mode
        if mode not in self._instructors:
            asking = client.copy()
            asking.chat.completions.create = self._create  # type: ignore[method-assign,assignment]
            self._instructors[mode] = instructor.from_openai(asking, mode=instructor.Mode[mode], model=self._model)
        return self._instructors[mode]

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        if "instructor" not in sys.modules:  # it takes a second or two; a thread may have to be waited for
            await asyncio.to_thread(import_module, "instructor")
        refused: list[Spent] = []
        while True:
            began = time.monotonic()
            heard = request.heard if self.manners.streams else None
            try:
                done = await fill(self._instructor(), request, self.name, heard=heard, **self._arguments(request))
            except ModelError as error:
                self._note(request, began, type(error).__name__)
                refused.append(error.spent)
                if len(refused) > MOST_LESSONS or not self._taught(error):
                    error.spent = sum(refused, Spent())
                    raise
            else:
                self._note(request, began, str(done.spent))
                return replace(done, spent=sum(refused, done.spent))

    def read(self, request: Request[T], body: Any) -> Completion[T]:
        """The form in a response's body that came another way than by `complete`, with the same errors."""
        try:
            return filled(*read_answer(body, self.name), request, self.name)
        except ModelError as error:
            raise hide(error, self._key, request.messages) from None

    def body(self, request: Request[BaseModel]) -> dict[str, Any]:
        """The request as it would be sent, for a server that takes many of them in a file."""
        asked = asked_by(self.manners.mode, request, **self._arguments(request))
        body = _as_wanted({"model": self._model, **asked}, replace(self.manners, stream=False))
        return {**body.pop("extra_body"), **body}

    async def aclose(self) -> None:
        """Close the connections."""
        if self._home in ((os.getpid(), asyncio.get_running_loop()), (os.getpid(), None)):
            await self._openai.close()

    def _arguments(self, request: Request[Any]) -> dict[str, Any]:
        manners = self.manners
        limit = request.max_tokens + manners.thinking_tokens
        arguments = {
            manners.limit: min(limit, manners.most_tokens or limit),
            "temperature": manners.temperature,
            "reasoning_effort": manners.effort,
        }
        return {name: value for name, value in arguments.items() if value is not None}

    async def _create(self, *, heard: Callable[[str], None] | None = None, **arguments: Any) -> ChatCompletion:
        """What instructor calls to ask: the request as the server's manners want it, the answer in plain shape."""
        from openai.types.chat import ChatCompletion

        messages = arguments["messages"]
        try:
            body, headers = await self._send(_as_wanted(arguments, self.manners, streamed=bool(heard)), heard)
            text, spent = read_answer(body, self.name)
        except Exception as error:  # noqa: BLE001  openai's, the HTTP library's and our own alike
            sent = [Message("user", str(one["content"])) for one in messages]
            raise hide(from_library(error, self.name), self._key, sent) from None
        # Where each of instructor's modes looks for it.
        call = {"id": "form", "type": "function", "function": {"name": "form", "arguments": text}}
        message = {"role": "assistant", "content": text, "tool_calls": [call]}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        return ChatCompletion.construct(choices=[choice], spent=spent, headers=headers)

    async def _send(self, arguments: dict[str, Any], heard: Callable[[str], None] | None) -> tuple[Any, Any]:
        """The body of the answer, heard as it is written where it is streamed, and its headers."""
        async with self.client.chat.completions.with_streaming_response.create(**arguments) as raw:
            kind = raw.headers.get("content-type", "")
            if "event-stream" not in kind:
                return self._body(await raw.read(), kind), raw.headers
            stream = Stream(heard)
            with suppress(httpx2.HTTPError):  # a stream that broke off is told by what it lacks
                async for line in raw.iter_lines():
                    stream.line(line)
            return stream.body(self.name), raw.headers

    def _body(self, content: bytes, kind: str) -> Any:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            message = "the server's answer is not JSON; is this the address of an OpenAI-compatible server?"
            fault = RequestRejected if "html" in kind else ServerFault
            raise fault(message, model=self.name, spent=Spent(1, uncounted=1)) from None

    def _taught(self, error: ModelError) -> bool:
        if type(error) is not RequestRejected:
            return False
        changed = learned(self.manners, error.said)
        if changed is None:
            return False
        _LEARNED[(self.address, self._model)] = changed
        _log.info("%s wants to be asked another way: %s", self.name, changed)
        return True

    def _note(self, request: Request[Any], began: float, ending: str) -> None:
        """A line about the request for `-v`: neither the key nor a word of the article is in it."""
        if not _log.isEnabledFor(logging.INFO):
            return
        _log.info(
            "POST %s/chat/completions, key ****, model %s, form as %s, %d characters: %s after %.2f s",
            masked_address(self.address), self._model, self.manners.mode,
            sum(len(message.content) for message in request.messages), ending, time.monotonic() - began,
        )  # fmt: skip


def _as_wanted(arguments: dict[str, Any], manners: Manners, *, streamed: bool = False) -> dict[str, Any]:
    """The arguments with the server's peculiarities.

    The form goes through `extra_body`: there the client does not walk the schema (1 ms a request).
    """
    form = {name: arguments.pop(name) for name in ("response_format", "tools", "tool_choice") if name in arguments}
    strictly = {"strict": True} if manners.strict else {}
    if told := form.get("response_format", {}).get("json_schema"):  # its name is told once
        schema = {name: value for name, value in told["schema"].items() if name != "title"}
        form["response_format"] = {"type": "json_schema", "json_schema": {**told, "schema": schema, **strictly}}
    if tools := form.get("tools"):
        form["tools"] = [{**tool, "function": {**tool["function"], **strictly}} for tool in tools]
    stream = _STREAMED if streamed or manners.stream else {}
    messages = _as_taken(arguments["messages"], manners)
    return {**arguments, "messages": messages, "extra_body": {**form, **manners.extra, **stream}}


def _as_taken(messages: list[dict[str, Any]], manners: Manners) -> list[dict[str, Any]]:
    if not manners.system:
        messages = [{**one, "role": "user" if one["role"] == "system" else one["role"]} for one in messages]
    if not manners.alternating:
        return messages
    return [
        {"role": role, "content": "\n\n".join(str(one["content"]) for one in group)}
        for role, group in groupby(messages, key=lambda one: str(one["role"]))
    ]
