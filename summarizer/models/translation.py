"""Foreign exceptions become ours here, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import ValidationError

from summarizer.errors import (
    AuthenticationFailed,
    InvalidAnswer,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    RateLimited,
    RequestRejected,
    ServerFault,
    Spent,
    WindowExceeded,
)
from summarizer.models.answers import spent_on, text_of
from summarizer.models.limits import retry_after

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion

_WINDOW_SIGNS = ("context_length_exceeded", "exceed_context_size", "maximum context length", "context window")


@contextmanager
def translated(model: str, answers: Sequence[ChatCompletion]) -> Iterator[None]:
    """Turn what openai, instructor and pydantic raise into `ModelError`s. `answers` are those received so far."""
    import openai
    from instructor.core.exceptions import InstructorError

    try:
        yield
    except ModelError:
        raise
    except InstructorError as error:
        _raise_from_instructor(error, model, answers)
    except openai.APIError as error:
        raise from_openai(error, model) from error
    except json.JSONDecodeError as error:
        message = "the server's answer is not JSON; is this the address of an OpenAI-compatible server?"
        raise ServerFault(message, model=model, spent=Spent(1)) from error


def from_openai(error: openai.APIError, model: str) -> ModelError:
    """Our error for one of the openai library's, the most specific that fits."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return ModelTimeout("the server did not answer in time", model=model, spent=Spent(1))
    if isinstance(error, openai.APIConnectionError):
        return _from_connection(error, model)
    if isinstance(error, openai.APIStatusError):
        return _from_status(error, model)
    return ServerFault(_one_line(str(error)) or "the answer cannot be read", model=model, spent=Spent(1))


def _from_connection(error: openai.APIConnectionError, model: str) -> ModelError:
    cause: BaseException | None = error
    while cause and type(cause).__name__ != "ConnectError":
        cause = cause.__cause__ or cause.__context__
    if cause:
        url = error.request.url
        where = f"{url.host}:{url.port or url.scheme}"
        return ModelUnavailable(f"no connection to {where}; is the server running and the address right?", model=model)
    return ServerFault("the connection broke before the answer was complete", model=model, spent=Spent(1))


def _from_status(error: openai.APIStatusError, model: str) -> ModelError:
    said, status, spent = _message(error), error.status_code, Spent(1)
    if status in (401, 403):
        return AuthenticationFailed(f"the server refused the key ({status}): {said}", model=model, spent=spent)
    if status == 429:
        return RateLimited(
            f"too many requests (429): {said}",
            model=model,
            spent=spent,
            retry_after=retry_after(error.response.headers),
        )
    if status >= 500 or status in (408, 409):
        return ServerFault(
            f"the server failed ({status}): {said}",
            model=model,
            spent=spent,
            retry_after=retry_after(error.response.headers),
        )
    if any(sign in f"{error.body} {said}".lower() for sign in _WINDOW_SIGNS):
        return WindowExceeded(f"the request is longer than the model's window: {said}", model=model, spent=spent)
    return RequestRejected(f"the server rejected the request ({status}): {said}", model=model, spent=spent)


def _message(error: openai.APIStatusError) -> str:
    body = error.body
    inner = body.get("error", body) if isinstance(body, dict) else body
    said = inner.get("message") if isinstance(inner, dict) else inner
    return _one_line(str(said or error.response.reason_phrase or "no reason given"))


def _one_line(text: str, limit: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


def _raise_from_instructor(error: Exception, model: str, answers: Sequence[ChatCompletion]) -> None:
    cause: BaseException | None = error
    while cause and not isinstance(cause, (ModelError, ValidationError, json.JSONDecodeError)):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ModelError):
        raise cause from None
    text, spent = (text_of(answers[-1]), spent_on(answers[-1])) if answers else ("", Spent(1))
    problems = _problems(cause)
    message = "the answer does not fit the schema: " + "; ".join(problems[:3])
    raise InvalidAnswer(message, answer=text, problems=problems, model=model, spent=spent) from error


def _problems(cause: BaseException | None) -> tuple[str, ...]:
    if not isinstance(cause, ValidationError):
        return ("it is not JSON",)
    return tuple(f"/{'/'.join(map(str, item['loc']))}: {item['msg']}" for item in cause.errors(include_url=False))
