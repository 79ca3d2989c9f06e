"""What other libraries raise and what servers say of a failure become our errors here, and nowhere else.

They are raised `from None`: what openai, instructor and pydantic print repeats the request and the answer. What a
server says reaches a message on one line, without control characters, without the key, and without what it repeats of
the request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from summarizer.errors import (
    AnswerError,
    AnswerRefused,
    AnswerTruncated,
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
from summarizer.models.hosted.limits import retry_after
from summarizer.models.hosted.network import causes_of, connection_failure
from summarizer.models.masking import hide, masked_words, named, one_line, without_echo
from summarizer.models.model import LONGEST_WAIT

if TYPE_CHECKING:
    import openai

    from summarizer.models.model import Message, Request


# What an error comes to, by its words first: servers send the same failure as 400, 403, 413, 429 or 200.
_Kind = tuple[type[ModelError], str]
_KEY: _Kind = (AuthenticationFailed, "the server refused the key")
_REJECTED: _Kind = (RequestRejected, "the server rejected the request")
_NO_CREDIT: _Kind = (RequestRejected, "the account has no credit left")
_WINDOW: _Kind = (WindowExceeded, "the request is longer than the model's window")
_FAULT: _Kind = (ServerFault, "the server failed")
_BY_WORDS: tuple[tuple[tuple[str, ...], _Kind], ...] = (
    (
        ("json_validate_failed", "tool_use_failed", "failed_generation"),
        (InvalidAnswer, "the answer does not fit the schema"),
    ),
    (
        ("context_length_exceeded", "exceed_context_size", "maximum context length", "context window",
         "context length", "prompt is too long", "input is too long", "request too large", "request_too_large",
         "string_above_max_length", "too many tokens", "maximum prompt length", "input token count"),
        _WINDOW,
    ),
    (
        ("insufficient_quota", "insufficient balance", "insufficient credit", "insufficient_balance", "credit balance",
         "billing_hard_limit", "exceeded your current quota", "requires more credits", "payment required"),
        _NO_CREDIT,
    ),
    (
        ("content_filter", "content_policy_violation", "responsibleaipolicy", "invalid_prompt", "input flagged"),
        (AnswerRefused, "a content filter refused the request"),
    ),
)  # fmt: skip
_BY_STATUS: dict[int, _Kind] = {
    401: _KEY, 402: _NO_CREDIT, 403: _KEY, 404: (RequestRejected, "the server knows no such model or address"),
    408: _FAULT, 409: _FAULT, 413: _WINDOW, 425: _FAULT, 429: (RateLimited, "too many requests"),
}  # fmt: skip
_ELSEWHERE: _Kind = (RequestRejected, "the server sends on to another address, which is not followed")


def from_error_body(
    status: int, body: Any, model: str, spent: Spent | None = None, *, wait: float | None = None
) -> ModelError:
    """Our error for what a server says failed; a body that came with status 200 may name its own status."""
    inner = _innermost(body)
    if status < 300:
        status = _own_status(inner)
    words, signs = one_line(_words_of(inner)) or "no reason given", _signs_of(inner)
    fallback = _FAULT if status >= 500 else _ELSEWHERE if status < 400 else _REJECTED
    by_words = (kind for known, kind in _BY_WORDS if any(sign in signs for sign in known))
    kind, prefix = next(by_words, _BY_STATUS.get(status, fallback))
    more: dict[str, Any] = {"model": model, "spent": spent or Spent(1)}
    if issubclass(kind, RequestRejected):
        more["said"] = signs
    elif issubclass(kind, AnswerError):
        more["answer"] = str(inner.get("failed_generation") or "") if isinstance(inner, dict) else ""
    elif issubclass(kind, (RateLimited, ServerFault)):
        if wait is not None and wait > LONGEST_WAIT:
            words += f" (it asks for {wait:,.0f} s of patience, and {LONGEST_WAIT:.0f} s are given)"
            wait = LONGEST_WAIT
        more["retry_after"] = wait
    if kind is InvalidAnswer:
        more["problems"] = (words,)
    return kind(f"{prefix} ({status}): {words}", **more)


def _words_of(inner: Any) -> str:
    """What an error says to a person. The request, which some servers repeat in it, is left out."""
    if isinstance(inner, str):
        return "" if inner.lstrip().startswith("<") else inner
    if isinstance(inner, list):
        return "; ".join(filter(None, (_complaint(item) for item in inner[:3])))
    if not isinstance(inner, dict):
        return ""
    for name in ("message", "detail", "msg", "error_description", "title", "code", "type"):
        if said := inner.get(name):
            return said if isinstance(said, str) else _words_of(said) or str(said)
    return ""


def _signs_of(inner: Any) -> str:
    """Everything an error can be recognised by, in small letters."""
    if not isinstance(inner, dict):
        return _words_of(inner).lower()
    deeper, metadata = inner.get("innererror"), inner.get("metadata")
    signs = [inner.get(name) for name in ("code", "type", "param", "status")]
    signs.append(deeper.get("code") if isinstance(deeper, dict) else None)
    # OpenRouter passes on what the provider behind it said.
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    signs.append(raw[:2000] if isinstance(raw, str) else None)
    return " ".join([_words_of(inner), *(str(sign or "") for sign in signs)]).lower()


def _complaint(item: Any) -> str:
    if not isinstance(item, dict):
        return item if isinstance(item, str) else ""
    where, said = item.get("loc"), item.get("msg") or item.get("message")
    place = "/".join(str(step) for step in where) + ": " if isinstance(where, (list, tuple)) else ""
    return f"{place}{said}" if isinstance(said, str) else ""


def _innermost(body: Any) -> Any:
    """The object that says something: errors come bare, under `error`, in a list, or in several wrappers."""
    for _ in range(8):
        if isinstance(body, list) and len(body) == 1:
            body = body[0]
        elif isinstance(body, Mapping) and (inner := body.get("error") or body.get("errors")):
            body = inner
        else:
            break
    return body


def _own_status(inner: Any) -> int:
    told = [inner.get(name) for name in ("code", "status", "status_code")] if isinstance(inner, dict) else []
    for one in told:
        if isinstance(one, (int, str)) and str(one).isascii() and str(one).isdigit() and 400 <= int(one) < 600:
            return int(one)
    return 500


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
        return ModelTimeout("the server did not answer in time", model=model, spent=Spent(1, uncounted=1))
    if isinstance(error, openai.APIConnectionError):
        return connection_failure(error, model)
    if isinstance(error, openai.APIStatusError):
        body = error.body or error.response.reason_phrase
        return from_error_body(error.status_code, body, model, wait=retry_after(error.response.headers))
    return ServerFault(one_line(error.message) or "the answer cannot be read", model=model, spent=Spent(1))


def from_instructor(error: BaseException, responses: Sequence[Any], request: Request[Any], model: str) -> ModelError:
    """Our error for what an instructor client raised, whichever provider's library is beneath it."""
    import openai
    from instructor.core.exceptions import IncompleteOutputException

    from summarizer.models.hosted.answers import spent_on

    causes = list(causes_of(error))
    for cause in causes:
        if isinstance(cause, ModelError):
            return named(cause, model)
        if isinstance(cause, openai.APIError):
            return hide(from_openai(cause, model), "", request.messages)
    text = text_of(responses[-1]) if responses else ""
    spent = spent_on(responses[-1]) if responses else Spent(1)
    cut = any(isinstance(cause, IncompleteOutputException) for cause in causes)
    if cut or (responses and not _is_json(text) and spent.output_tokens >= request.max_tokens):
        return AnswerTruncated("the answer stopped at its length limit", answer=text, model=model, spent=spent)
    invalid = next((cause for cause in causes if isinstance(cause, ValidationError)), None)
    if responses:
        problems = problems_of(invalid, request.messages)
        message = "the answer does not fit the schema: " + "; ".join(problems[:3])
        return InvalidAnswer(message, answer=text, problems=problems, model=model, spent=spent)
    return hide(_foreign(causes, model), "", request.messages)


def _foreign(causes: Sequence[BaseException], model: str) -> ModelError:
    """The error of a library that is not openai: by its status where it has one, else by what it is called."""
    for cause in causes:
        status = getattr(cause, "status_code", None) or getattr(cause, "code", None)
        if isinstance(status, int) and 300 <= status < 600:
            headers = getattr(getattr(cause, "response", None), "headers", None) or {}
            body = getattr(cause, "body", None) or getattr(cause, "message", None) or str(cause)
            return from_error_body(status, body, model, wait=retry_after(headers))
    names = " ".join(type(cause).__name__ for cause in causes)
    if "Timeout" in names:
        return ModelTimeout("the provider did not answer in time", model=model, spent=Spent(1, uncounted=1))
    if "Connect" in names:
        return ModelUnavailable("no connection to the provider", model=model)
    said = one_line(masked_words(str(causes[-1])))
    return RequestRejected(f"{type(causes[-1]).__name__}: {said}", model=model, said=said.lower())


def problems_of(error: ValidationError | None, messages: Sequence[Message] = ()) -> tuple[str, ...]:
    """Where an answer does not fit its schema, and why, a line each, without a word of the article.

    pydantic's own words name the kind of fault; what a schema's own validator says may repeat the article.
    """
    found = error.errors(include_url=False, include_context=False, include_input=False) if error else []
    if not found or any(item["type"] == "json_invalid" for item in found):
        return ("it is not JSON",)
    return tuple(
        one_line(
            f"{'/'.join(map(str, item['loc'])) or '(root)'}: "
            + (
                without_echo(item["msg"], messages)
                if item["type"] in ("value_error", "assertion_error")
                else item["msg"]
            )
        )
        for item in found
    )


def text_of(response: Any) -> str:
    """The answer's text in a provider's response: OpenAI's choices, or Anthropic's blocks."""
    choices = getattr(response, "choices", None)
    if choices:
        message = choices[0].message
        calls = getattr(message, "tool_calls", None)
        return str(calls[0].function.arguments if calls else message.content or "")
    blocks = getattr(response, "content", None)
    for block in blocks if isinstance(blocks, list) else ():
        given = getattr(block, "input", None) or getattr(block, "text", None)
        if given:
            return given if isinstance(given, str) else json.dumps(given)
    return ""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
