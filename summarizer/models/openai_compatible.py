"""A model behind the Chat Completions interface, read through instructor."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from summarizer.errors import Spent
from summarizer.models.answers import raise_unusable, spent_on, text_of
from summarizer.models.limits import Limits, limits_of
from summarizer.models.model import Completion, Message, Request, T
from summarizer.models.providers import Provider, for_model
from summarizer.models.sent_schema import sent_schema
from summarizer.models.translation import translated

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

# instructor logs every failed call as an error, with the request in it; failures reach the user as exceptions.
logging.getLogger("instructor").setLevel(logging.CRITICAL)


class OpenAICompatible:
    """A model of an OpenAI-compatible server. One request a call: retries are a wrapper's business."""

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
        self._provider = for_model(provider, self._model)
        self._window = window
        # The deadline is the caller's: a read timeout of the client's own would cut long answers.
        self._client = AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=600)

    @property
    def name(self) -> str:
        """The name as `provider/name`."""
        return self._name

    @property
    def window(self) -> int | None:
        """Tokens that prompt and answer may have together."""
        return self._window

    async def complete(self, request: Request[T]) -> Completion[T]:
        """Fill in the form; see `ChatModel.complete`."""
        import instructor

        answers: list[ChatCompletion] = []
        told: list[Limits] = []

        async def create(**arguments: Any) -> ChatCompletion:
            answer, limits = await self._send(request, arguments)
            answers.append(answer)
            told.append(limits)
            return answer

        ask: Any = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        with translated(self._name, answers):
            draft = await ask(response_model=request.schema, messages=messages, max_retries=0, strict=False)
        return Completion(request.schema.model_validate(draft), text_of(answers[0]), spent_on(answers[0]), told[0])

    async def likelihoods(self, messages: Sequence[Message], limit: int) -> tuple[dict[str, float], Spent]:
        """The `limit` likeliest next tokens after the last message with the natural logarithms of their probability."""
        with translated(self._name, []):
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
        return found, spent_on(answer)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _send(self, request: Request[T], arguments: dict[str, Any]) -> tuple[ChatCompletion, Limits]:
        form = {"name": request.schema.__name__, "schema": sent_schema(request.schema)}
        arguments["response_format"]["json_schema"] = form | ({"strict": True} if self._provider.strict else {})
        arguments[self._provider.limit] = request.max_tokens
        if self._provider.temperature is not None:
            arguments["temperature"] = self._provider.temperature
        with translated(self._name, []):
            raw = await self._client.chat.completions.with_raw_response.create(model=self._model, **arguments)
            answer: ChatCompletion = raw.parse()
        raise_unusable(answer, self._name)
        return answer, limits_of(raw.headers)
