"""A model behind the Chat Completions interface, read through instructor."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.errors import ModelError, RequestRejected, ServerFault, Spent
from summarizer.models.answers import Answer, read_answer, spent_on
from summarizer.models.asking import arguments_for, form_name
from summarizer.models.forms import filled_in
from summarizer.models.limits import Limits, limits_of
from summarizer.models.masking import WithoutCredentials, hide, masked_address
from summarizer.models.model import Completion, Message, Request, T
from summarizer.models.providers import Manners, Provider, learned, manners_for
from summarizer.models.retrying import total
from summarizer.models.streams import Hearing, body_of
from summarizer.models.translation import translated

if TYPE_CHECKING:
    from openai import AsyncOpenAI

_log = logging.getLogger("summarizer.models")
logging.getLogger("httpx2").addFilter(WithoutCredentials())

# What servers taught about their manners, by address and model, for as long as this process lives.
_LEARNED: dict[tuple[str, str], Manners] = {}
MOST_LESSONS = 6


class OpenAICompatible:
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
        from openai import AsyncOpenAI

        self._name = name
        self._model = alias or name.partition("/")[2] or name
        self._first = manners_for(provider, self._model)
        self._window = window
        self._base_url = base_url
        self._key = key
        # The deadline is the caller's: a read timeout of the client's own would cut long answers.
        self._client: AsyncOpenAI = AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=600)

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

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        refused: list[Spent] = []
        while True:
            try:
                done = await self._ask(request)
            except ModelError as error:
                hide(error, self._key, request.messages)
                refused.append(error.spent)
                if not self._taught(error, len(refused)):
                    error.spent = total(refused)
                    raise
            else:
                return replace(done, spent=total([*refused, done.spent]))

    @property
    def client(self) -> AsyncOpenAI:
        """The client, for what its server offers beside answers."""
        return self._client

    def body(self, request: Request[BaseModel]) -> dict[str, Any]:
        """The request as it would be sent, for a server that takes many of them in a file."""
        arguments = arguments_for(request, replace(self.manners, stream=False))
        return {"model": self._model, **arguments.pop("extra_body", {}), **arguments}

    async def read(self, request: Request[T], body: Any) -> Completion[T]:
        """The form in a response's body that came another way than by `complete`, with the same errors."""

        async def send(_: dict[str, Any]) -> Answer:
            return read_answer(body, self._name)

        draft, answer = await filled_in(request, arguments_for(request, self.manners), send, self._name)
        return Completion(draft, answer.text, answer.spent)

    async def likelihoods(self, messages: Sequence[Message], limit: int) -> tuple[dict[str, float], Spent]:
        """The `limit` likeliest next tokens after the last message with the natural logarithms of their probability."""
        with translated(self._name):
            answer = await self._client.chat.completions.create(
                model=self._model,
                messages=[{"role": m.role, "content": m.content} for m in messages],  # type: ignore[misc]
                max_tokens=1,
                temperature=0,
                logprobs=True,
                top_logprobs=limit,
            )
        content = answer.choices[0].logprobs and answer.choices[0].logprobs.content
        found = {top.token: top.logprob for top in content[0].top_logprobs} if content else {}
        return found, spent_on(answer.usage.model_dump() if answer.usage else None)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _ask(self, request: Request[T]) -> Completion[T]:
        told: list[Limits] = []

        async def send(arguments: dict[str, Any]) -> Answer:
            if request.heard and self.manners.streams:
                return await self._listen(arguments, request.heard, told)
            with translated(self._name):
                raw: Any = await self._client.chat.completions.with_raw_response.create(model=self._model, **arguments)
            told.append(limits_of(raw.headers))
            return read_answer(self._body(raw.http_response), self._name)

        arguments = arguments_for(request, self.manners)
        self._tell(request.schema, arguments)
        draft, answer = await filled_in(request, arguments, send, self._name)
        return Completion(draft, answer.text, answer.spent, told[0])

    async def _listen(self, arguments: dict[str, Any], heard: Callable[[str], None], told: list[Limits]) -> Answer:
        """The answer, heard as it is written. A server that does not stream is heard at its end."""
        streamed = {"stream": True, "stream_options": {"include_usage": True}}
        asked = {**arguments, "extra_body": {**arguments.get("extra_body", {}), **streamed}}
        with translated(self._name):
            async with self._client.chat.completions.with_streaming_response.create(model=self._model, **asked) as raw:
                told.append(limits_of(raw.headers))
                if "event-stream" not in raw.headers.get("content-type", ""):
                    await raw.read()
                    return read_answer(self._body(raw.http_response), self._name)
                hearing = Hearing(heard)
                with suppress(Exception):  # the transport's own; a stream that broke off is told by what it lacks
                    async for line in raw.iter_lines():
                        hearing.line(line)
        return read_answer(body_of(hearing.stream, self._name), self._name)

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
        except ValueError:
            raise self._unreadable(kind) from None

    def _unreadable(self, kind: str) -> ModelError:
        message = "the server's answer is not JSON; is this the address of an OpenAI-compatible server?"
        if "html" in kind:
            return RequestRejected(message, model=self._name, spent=Spent(1))
        return ServerFault(message, model=self._name, spent=Spent(1))

    def _tell(self, schema: type[BaseModel], arguments: dict[str, Any]) -> None:
        """A line about the request for `-v`: neither the key nor a word of the article is in it."""
        if _log.isEnabledFor(logging.INFO):
            messages = arguments["messages"]
            others = {name: value for name, value in arguments.items() if name not in ("messages", "extra_body")}
            _log.info(
                "POST %s/chat/completions, key ****, model %s, form %s as %s, %d messages of %d characters, %s",
                masked_address(self._base_url), self._model, form_name(schema), self.manners.mode, len(messages),
                sum(len(message["content"]) for message in messages), json.dumps(others, default=str),
            )  # fmt: skip
