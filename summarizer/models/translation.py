"""Foreign exceptions become ours here, and nowhere else.

They are raised `from None`: what openai, instructor and pydantic print repeats the request and the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import ValidationError

from summarizer.errors import (
    AnswerTruncated,
    InvalidAnswer,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    RequestRejected,
    ServerFault,
    Spent,
)
from summarizer.models.answers import Answer
from summarizer.models.limits import retry_after
from summarizer.models.refusals import from_error_body, one_line

if TYPE_CHECKING:
    import openai

NOT_RECORDED = "CannotOverwriteExistingCassetteException"


@contextmanager
def translated(model: str) -> Iterator[None]:
    """Turn what the openai library raises into `ModelError`s."""
    import openai

    try:
        yield
    except openai.APIError as error:
        raise from_openai(error, model) from None


def from_openai(error: openai.APIError, model: str) -> ModelError:
    """Our error for one of the openai library's, the most specific that fits."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return ModelTimeout("the server did not answer in time", model=model, spent=Spent(1))
    if isinstance(error, openai.APIConnectionError):
        return _from_connection(error, model)
    if isinstance(error, openai.APIStatusError):
        wait = retry_after(error.response.headers)
        body = error.body or error.response.reason_phrase
        return from_error_body(error.status_code, body, model, retry_after=wait)
    return ServerFault(one_line(error.message) or "the answer cannot be read", model=model, spent=Spent(1))


def _from_connection(error: openai.APIConnectionError, model: str) -> ModelError:
    causes = {type(cause).__name__ for cause in _causes(error)}
    url = error.request.url
    where = f"{url.host}:{url.port or url.scheme}"
    if NOT_RECORDED in causes:
        message = "the recording has no answer to this request: the article, prompt, schema or model is another"
        return RequestRejected(message, model=model)
    if "ConnectError" in causes:
        return ModelUnavailable(f"no connection to {where}; is the server running and the address right?", model=model)
    if causes & {"UnsupportedProtocol", "InvalidURL", "LocalProtocolError"}:
        return ModelUnavailable(f"{where} is no address that can be asked", model=model)
    return ServerFault("the connection broke before the answer was complete", model=model, spent=Spent(1))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause:
        yield cause
        cause = cause.__cause__ or cause.__context__


def from_instructor(error: Exception, answers: Sequence[Answer], model: str, limit: int) -> ModelError:
    """Our error for a form of at most `limit` tokens that instructor could not fill in from `answers`."""
    ours = next((cause for cause in _causes(error) if isinstance(cause, ModelError)), None)
    if ours or not answers:
        return ours or ServerFault(one_line(str(error)), model=model, spent=Spent(1))
    answer = answers[-1]
    if not _is_json(answer.text) and answer.spent.output_tokens >= limit:
        message = "the answer stopped at its length limit"
        return AnswerTruncated(message, answer=answer.text, model=model, spent=answer.spent)
    problems = _problems(next((one for one in _causes(error) if isinstance(one, ValidationError)), None))
    message = "the answer does not fit the schema: " + "; ".join(problems[:3])
    return InvalidAnswer(message, answer=answer.text, problems=problems, model=model, spent=answer.spent)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _problems(cause: BaseException | None) -> tuple[str, ...]:
    if not isinstance(cause, ValidationError):
        return ("it is not JSON",)
    found = cause.errors(include_url=False, include_context=False, include_input=False)
    if any(item["type"] == "json_invalid" for item in found):
        return ("it is not JSON",)
    return tuple(f"/{'/'.join(map(str, item['loc']))}: {item['msg']}" for item in found)
