"""instructor around one request: it asks, and makes the answer's text the form."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from summarizer.models.answers import Answer
from summarizer.models.model import Request, T
from summarizer.models.sent_schema import sent_schema
from summarizer.models.translation import from_instructor

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

Send = Callable[[dict[str, Any]], Awaitable[Answer]]

# instructor logs every failed call as an error, with the request in it; failures reach the user as exceptions.
for _noisy in ("instructor", "instructor.v2"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


async def filled_in(request: Request[T], arguments: dict[str, Any], send: Send, name: str) -> tuple[T, Answer]:
    """The form `send` brings back for `arguments`, and the answer it was read from.

    Raises:
        InvalidAnswer: the answer does not fit.
        AnswerTruncated: it was cut off, though the server did not say so.
        ModelError: what `send` raises.

    """
    from instructor.core.exceptions import InstructorError

    answers: list[Answer] = []
    try:
        draft = await _instructor()(
            response_model=_prepared(request.schema),
            messages=arguments["messages"],
            max_retries=0,
            strict=False,
            send=send,
            arguments=arguments,
            answers=answers,
        )
    except InstructorError as error:
        raise from_instructor(error, answers, name, request.max_tokens) from None
    return request.schema.model_validate(draft), answers[0]


@lru_cache(maxsize=256)
def _prepared(schema: type[BaseModel]) -> Any:
    """The schema as instructor wants it, made once: it would build a class and a JSON schema a request (3 ms)."""
    import instructor

    prepared: Any = instructor.response_schema(schema)
    prepared.model_json_schema = classmethod(lambda cls: sent_schema(schema))
    return prepared


@lru_cache(maxsize=1)
def _instructor() -> Any:
    """instructor's patch of our own `create`: it sends the schema in strict form, and hands back a clean answer.

    instructor's own request carries a schema that is not strict, and it reads only answers of perfect shape.
    """
    import instructor

    async def create(
        *, send: Send, arguments: dict[str, Any], answers: list[Answer], messages: list[Any], **_: Any
    ) -> ChatCompletion:
        from openai.types.chat import ChatCompletion, ChatCompletionMessage
        from openai.types.chat.chat_completion import Choice

        answers.append(await send({**arguments, "messages": messages}))
        message = ChatCompletionMessage.model_construct(role="assistant", content=answers[0].text)
        choice = Choice.model_construct(index=0, finish_reason="stop", message=message)
        return ChatCompletion.model_construct(
            id="", object="chat.completion", created=0, model="", choices=[choice], usage=None
        )

    return instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
