"""What other libraries raise and what servers say of a failure become our errors here, and nowhere else.

They are raised `from None`: what openai, instructor and pydantic print repeats the request and the answer. What a
server says reaches a message on one line, without control characters, without the key, and without what it repeats of
the request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import httpx2
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
from summarizer.models.around import LONGEST_WAIT
from summarizer.models.hosted.limits import retry_after
from summarizer.models.hosted.network import why_not_connected
from summarizer.models.hosted.usage import spent_on
from summarizer.models.masking import hide, masked_words, named, one_line, without_echo
from summarizer.models.model import Message, Request

# What an error comes to, by its words first: servers send the same failure as 400, 403, 413, 429 or 200.
_Kind = tuple[type[ModelError], str]
_KEY: _Kind = (AuthenticationFailed, "the server refused the key")
_NO_CREDIT: _Kind = (RequestRejected, "the account has no credit left")
_WINDOW: _Kind = (WindowExceeded, "the request is longer than the model's window")
_FAULT: _Kind = (ServerFault, "the server failed")
_TOO_LONG = (
    "context_length_exceeded|exceed_context_size|maximum context length|context window|context length"
    "|prompt is too long|input is too long|request[ _]too[ _]large|string_above_max_length|too many tokens"
    "|maximum prompt length|input token count"
)
_UNPAID = (
    "insufficient[_ ]quota|insufficient[_ ]balance|insufficient credit|credit balance|billing_hard_limit"
    "|exceeded your current quota|requires more credits|payment required"
)
_FILTERED = "content_filter|content_policy_violation|responsibleaipolicy|invalid_prompt|input flagged"
_BY_WORDS: tuple[tuple[str, _Kind], ...] = (
    ("json_validate_failed|tool_use_failed|failed_generation", (InvalidAnswer, "the answer does not fit the schema")),
    (_TOO_LONG, _WINDOW),
    (_UNPAID, _NO_CREDIT),
    (_FILTERED, (AnswerRefused, "a content filter refused the request")),
)
_BY_STATUS: dict[int, _Kind] = {
    401: _KEY, 402: _NO_CREDIT, 403: _KEY, 404: (RequestRejected, "the server knows no such model or address"),
    408: _FAULT, 409: _FAULT, 413: _WINDOW, 425: _FAULT, 429: (RateLimited, "too many requests"),
}  # fmt: skip
_BY_HUNDRED: dict[int, _Kind] = {
    3: (RequestRejected, "the server sends on to another address, which is not followed"),
    4: (RequestRejected, "the server rejected the request"),
}
# By a part of what the exception, or one of its causes, is called in whichever library; `where` is the server.
_BY_EXCEPTION: tuple[tuple[str, type[ModelError], str], ...] = (
    ("CannotOverwriteExistingCassette", RequestRejected,
     "the recording has no answer to this request: the article, prompt, schema or model is another"),
    ("ProxyError", ModelUnavailable,
     "the proxy that the environment names lets nothing through to {where}; see HTTPS_PROXY and NO_PROXY"),
    ("Timeout", ModelTimeout, "the server did not answer in time"),
    ("UnsupportedProtocol|InvalidURL|LocalProtocol", ModelUnavailable, "{where} is no address that can be asked"),
    ("ConnectError|ConnectorError", ModelUnavailable, "no connection to {where}{why}"),
    ("APIConnection|RemoteProtocol|ReadError|WriteError|DecodingError|ConnectionError", ServerFault,
     "the connection broke before the answer was complete"),
    ("APIError|APIResponseValidation", ServerFault, "the answer cannot be read"),
)  # fmt: skip


def from_error_body(
    status: int, body: Any, model: str, spent: Spent | None = None, *, wait: float | None = None
) -> ModelError:
    """Our error for what a server says failed; a body that came with status 200 may name its own status."""
    inner = _innermost(body)
    if status < 300:
        status = _own_status(inner)
    words = one_line(_said(inner)) or "no reason given"
    signs = " ".join(map(str, (words, *_signs(inner)))).lower()
    by_words = (kind for known, kind in _BY_WORDS if re.search(known, signs))
    kind, prefix = next(by_words, _BY_STATUS.get(status, _BY_HUNDRED.get(status // 100, _FAULT)))
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


def _said(inner: Any) -> str:
    """What an error says to a person. The request, which some servers repeat in it, is left out."""
    if isinstance(inner, str):
        return "" if inner.lstrip().startswith("<") else inner
    if isinstance(inner, list):
        return "; ".join(filter(None, map(_said, inner[:3])))
    if not isinstance(inner, dict):
        return str(inner) if isinstance(inner, int) else ""
    names = ("message", "detail", "msg", "error_description", "title", "code", "type")
    found = next(filter(None, (_said(inner.get(name)) for name in names)), "")
    place = inner.get("loc")
    return f"{'/'.join(map(str, place))}: {found}" if found and isinstance(place, list) else found


def _signs(inner: Any) -> Iterator[Any]:
    """What an error can be recognised by beside its words; OpenRouter passes on what a provider behind it said."""
    if isinstance(inner, dict):
        yield from (inner.get(name) or "" for name in ("code", "type", "param", "status"))
        for name, told in (("innererror", "code"), ("metadata", "raw")):
            if isinstance(deeper := inner.get(name), dict):
                yield str(deeper.get(told) or "")[:2000]


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
    numbers = (int(one) for one in told if isinstance(one, (int, str)) and str(one).isascii() and str(one).isdigit())
    return next((number for number in numbers if 400 <= number < 600), 500)


@contextmanager
def translated(model: str) -> Iterator[None]:
    """Turn what openai and the HTTP library beneath it raise into `ModelError`s."""
    import openai

    try:
        yield
    except (openai.APIError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise from_library(error, model) from None


def from_library(error: BaseException, model: str) -> ModelError:
    """Our error for what a provider's library raised: ours beneath it, else by its status, else by its name."""
    causes = list(_causes_of(error))
    if ours := next((cause for cause in causes if isinstance(cause, ModelError)), None):
        return named(ours, model)
    for cause in causes:
        status = getattr(cause, "status_code", None) or getattr(cause, "code", None)
        if isinstance(status, int) and 300 <= status < 600:
            response = getattr(cause, "response", None)
            told = (getattr(cause, "body", None), getattr(response, "reason_phrase", None), str(cause))
            wait = retry_after(getattr(response, "headers", None) or {})
            return from_error_body(status, next(filter(None, told), ""), model, wait=wait)
    names = " ".join(type(cause).__name__ for cause in causes)
    for known, kind, message in _BY_EXCEPTION:
        if re.search(known, names):
            url = next(filter(None, map(_asked, causes)), None)
            where = f"{url.host}:{url.port or url.scheme}" if url else "the provider"
            spent = Spent(1, uncounted=1) if kind in (ModelTimeout, ServerFault) else None
            return kind(message.format(where=where, why=why_not_connected(causes, url)), model=model, spent=spent)
    said = one_line(masked_words(str(causes[-1])))
    return RequestRejected(f"{type(causes[-1]).__name__}: {said}", model=model, said=said.lower())


def _asked(cause: Any) -> Any:
    with suppress(AttributeError, RuntimeError):
        return cause.request.url
    return None


def from_instructor(error: BaseException, request: Request[Any], model: str) -> ModelError:
    """Our error for what an instructor client raised: an answer that does not fit, or a failure of its provider."""
    from instructor.core.exceptions import IncompleteOutputException

    causes = list(_causes_of(error))
    response = next(filter(None, (getattr(cause, "last_completion", None) for cause in causes)), None)
    if response is None or any(isinstance(cause, ModelError) for cause in causes):
        return hide(from_library(error, model), "", request.messages)
    text, spent = _text_of(response), spent_on(response)
    cut = any(isinstance(cause, IncompleteOutputException) for cause in causes)
    if cut or (spent.output_tokens >= request.max_tokens and not _is_json(text)):
        return AnswerTruncated("the answer stopped at its length limit", answer=text, model=model, spent=spent)
    invalid = next((cause for cause in causes if isinstance(cause, ValidationError)), None)
    return unfit(invalid, text, request.messages, model, spent)


def unfit(
    error: ValidationError | None, text: str, messages: Sequence[Message], model: str, spent: Spent
) -> InvalidAnswer:
    """The answer `text` does not fit its schema: where, and why, without a word of the article.

    pydantic's own words name the kind of fault; what a schema's own validator says may repeat the article.
    """
    found = error.errors(include_url=False, include_context=False, include_input=False) if error else []
    problems = [_problem(item, messages) for item in found]
    if not found or any(item["type"] == "json_invalid" for item in found):
        problems = ["it is not JSON"]
    message = "the answer does not fit the schema: " + "; ".join(problems[:3])
    return InvalidAnswer(message, answer=text, problems=problems, model=model, spent=spent)


def _problem(item: Any, messages: Sequence[Message]) -> str:
    quoted = item["type"] in ("value_error", "assertion_error")
    said = without_echo(item["msg"], messages) if quoted else item["msg"]
    return one_line(f"{'/'.join(map(str, item['loc'])) or '(root)'}: {said}")


def _text_of(response: Any) -> str:
    """The answer's text in a provider's response: OpenAI's choices, or Anthropic's blocks."""
    if choices := getattr(response, "choices", None):
        message = choices[0].message
        calls = getattr(message, "tool_calls", None)
        return str(calls[0].function.arguments if calls else message.content or "")
    blocks = getattr(response, "content", None)
    given = (getattr(block, "input", None) or getattr(block, "text", None) for block in blocks or ())
    found = next(filter(None, given), "")
    return found if isinstance(found, str) else json.dumps(found)


def _is_json(text: str) -> bool:
    with suppress(ValueError, RecursionError):
        json.loads(text)
        return True
    return False


def _causes_of(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < 50:
        cause = waiting.pop()
        if id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += cause.exceptions if isinstance(cause, BaseExceptionGroup) else ()
            # Whoever asks again while handling an error of ours: that one is no cause of what comes now.
            before = None if isinstance(cause.__context__, ModelError) else cause.__context__
            waiting += [below for below in (before, cause.__cause__) if below]
