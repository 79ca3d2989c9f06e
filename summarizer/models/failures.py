"""What other libraries raise and what servers say of a failure become our errors here, and nowhere else.

They are raised `from None`: what openai, instructor and pydantic print repeats the request and the answer. What a
server says reaches a message on one line, without control characters, without the key, and without what it repeats of
the request.
"""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import unicodedata
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from summarizer.errors import (
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
from summarizer.models.limits import retry_after

if TYPE_CHECKING:
    import openai

    from summarizer.models.model import Message, Request

LONGEST_MESSAGE = 300
LONGEST_ECHO = 20
SHORTEST_KEY = 6
LONGEST_WAIT = 60.0
"""Seconds that are waited at most because a server asks for it."""

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,32}[ -/]{0,8}[@-~]|[@-Z\\-_])")
NOT_RECORDED = "CannotOverwriteExistingCassetteException"


@dataclass(frozen=True, slots=True)
class Told:
    """What a server said of a failure: its words, everything it can be recognised by, and when to come again."""

    status: int
    words: str
    signs: str
    wait: float | None
    failed_text: str
    model: str
    spent: Spent


_Make = Callable[[Told], ModelError]


def _rejected(prefix: str) -> _Make:
    return lambda told: RequestRejected(
        f"{prefix} ({told.status}): {told.words}", model=told.model, spent=told.spent, said=told.signs
    )


def _refused(told: Told) -> ModelError:
    message = f"a content filter refused the request: {told.words}"
    return AnswerRefused(message, answer="", model=told.model, spent=told.spent)


def _window(told: Told) -> ModelError:
    message = f"the request is longer than the model's window: {told.words}"
    return WindowExceeded(message, model=told.model, spent=told.spent)


def _no_form(told: Told) -> ModelError:
    message = f"the answer does not fit the schema: {told.words}"
    return InvalidAnswer(message, answer=told.failed_text, problems=(told.words,), model=told.model, spent=told.spent)


def _key(told: Told) -> ModelError:
    message = f"the server refused the key ({told.status}): {told.words}"
    return AuthenticationFailed(message, model=told.model, spent=told.spent)


def _later(prefix: str, kind: type[RateLimited | ServerFault]) -> _Make:
    def make(told: Told) -> ModelError:
        wait, asked = told.wait, ""
        if wait is not None and wait > LONGEST_WAIT:
            wait, asked = (
                LONGEST_WAIT,
                f" (it asks for {told.wait:,.0f} s of patience, and {LONGEST_WAIT:.0f} s are given)",
            )
        message = f"{prefix} ({told.status}): {told.words}{asked}"
        return kind(message, model=told.model, spent=told.spent, retry_after=wait)

    return make


_fault = _later("the server failed", ServerFault)

# Words tell more than the status: servers send the same failure as 400, 403, 413, 429 or 200.
_BY_WORDS: tuple[tuple[tuple[str, ...], _Make], ...] = (
    (("json_validate_failed", "tool_use_failed", "failed_generation"), _no_form),
    (
        ("context_length_exceeded", "exceed_context_size", "maximum context length", "context window",
         "context length", "prompt is too long", "input is too long", "request too large", "request_too_large",
         "string_above_max_length", "too many tokens", "maximum prompt length", "input token count"),
        _window,
    ),
    (
        ("insufficient_quota", "insufficient balance", "insufficient credit", "insufficient_balance", "credit balance",
         "billing_hard_limit", "exceeded your current quota", "requires more credits", "payment required"),
        _rejected("the account has no credit left"),
    ),
    (
        ("content_filter", "content_policy_violation", "responsibleaipolicy", "invalid_prompt", "input flagged"),
        _refused,
    ),
)  # fmt: skip
_BY_STATUS: dict[int, _Make] = {
    400: _rejected("the server rejected the request"),
    401: _key,
    402: _rejected("the account has no credit left"),
    403: _key,
    404: _rejected("the server knows no such model or address"),
    408: _fault,
    409: _fault,
    413: _window,
    425: _fault,
    429: _later("too many requests", RateLimited),
}
_ELSEWHERE = _rejected("the server sends on to another address, which is not followed")


def from_error_body(
    status: int, body: Any, model: str, spent: Spent | None = None, *, wait: float | None = None
) -> ModelError:
    """Our error for what a server says failed; a body that came with status 200 may name its own status."""
    inner = _innermost(body)
    if status < 300:
        status = _own_status(inner)
    failed = str(inner.get("failed_generation") or "") if isinstance(inner, dict) else ""
    words = one_line(_words_of(inner)) or "no reason given"
    told = Told(status, words, _signs_of(inner), wait, failed, model, spent or Spent(1))
    for signs, make in _BY_WORDS:
        if any(sign in told.signs for sign in signs):
            return make(told)
    fallback = _fault if status >= 500 else _ELSEWHERE if status < 400 else _BY_STATUS[400]
    return _BY_STATUS.get(status, fallback)(told)


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
        return ModelTimeout("the server did not answer in time", model=model, spent=Spent(1))
    if isinstance(error, openai.APIConnectionError):
        return _from_connection(error, model)
    if isinstance(error, openai.APIStatusError):
        body = error.body or error.response.reason_phrase
        return from_error_body(error.status_code, body, model, wait=retry_after(error.response.headers))
    return ServerFault(one_line(error.message) or "the answer cannot be read", model=model, spent=Spent(1))


def named(error: ModelError, model: str) -> ModelError:
    """The error with the name of the model, where it was raised by what does not know it."""
    if not error.model:
        error.model, error.args = model, (f"{model}: {error}",)
    return error


def _from_connection(error: openai.APIConnectionError, model: str) -> ModelError:
    causes = list(_causes(error))
    if ours := next((cause for cause in causes if isinstance(cause, ModelError)), None):
        return named(ours, model)
    names = {type(cause).__name__ for cause in causes}
    url = error.request.url
    where = f"{url.host}:{url.port or url.scheme}"
    if NOT_RECORDED in names:
        message = "the recording has no answer to this request: the article, prompt, schema or model is another"
        return RequestRejected(message, model=model)
    if "ProxyError" in names:
        message = f"the proxy that the environment names lets nothing through to {where}; see HTTPS_PROXY and NO_PROXY"
        return ModelUnavailable(message, model=model)
    if "ConnectError" in names:
        through = " through the proxy that the environment names" if _proxied(url.scheme, url.host) else ""
        return ModelUnavailable(f"no connection to {where}{through}{_why(causes)}", model=model)
    if names & {"UnsupportedProtocol", "InvalidURL", "LocalProtocolError"}:
        return ModelUnavailable(f"{where} is no address that can be asked", model=model)
    message = "the connection broke before the answer was complete"
    return ServerFault(message, model=model, spent=Spent(1, uncounted=1))


def _proxied(scheme: str, host: str) -> bool:
    proxies = urllib.request.getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not (
        is_loopback(host) or urllib.request.proxy_bypass(host)
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost" or host.rstrip(".").lower().endswith(".localhost")


def _why(causes: Sequence[BaseException]) -> str:
    """The cause of a failed connection, and what to do about it."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f": its certificate is not trusted ({cause.verify_message}); name its authority's file in SSL_CERT_FILE"
            )
        if isinstance(cause, ssl.SSLError):
            return f": no secure connection ({one_line(cause.reason or '')}); is it http:// rather than https://?"
        if isinstance(cause, socket.gaierror):
            return ": there is no host of that name; is the address right, and the network up?"
    refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
    said = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), "")
    why = f" ({'connection refused' if refused else one_line(said).lower()})" if refused or said else ""
    return f"{why}; is the server running and the address right?"


def _causes(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < 50:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += cause.exceptions if isinstance(cause, BaseExceptionGroup) else ()
        waiting += [below for below in (cause.__context__, cause.__cause__) if below]


@contextmanager
def connecting(model: str, base_url: str) -> Iterator[None]:
    """Name what in the environment keeps a client from being made: a proxy, or a file of certificates."""
    try:
        yield
    except ImportError as error:
        if "socks" not in str(error).lower():
            raise
        message = "the environment names a SOCKS proxy; run `pip install 'httpx2[socks]'`, or unset ALL_PROXY"
        raise ModelUnavailable(message, model=model) from None
    except OSError as error:  # an SSLError is one, too
        name = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), None)
        if name is None:
            raise
        why = one_line(error.strerror or str(error)).lower()
        message = f"{name}={os.environ[name]} cannot be used as certificates ({why}); name a PEM file, or unset it"
        raise ModelUnavailable(message, model=model) from None
    except ValueError:
        message = f"{masked_address(base_url)}, or the proxy that the environment names, is no address that can be used"
        raise ModelUnavailable(message, model=model) from None


def from_instructor(error: BaseException, responses: Sequence[Any], request: Request[Any], model: str) -> ModelError:
    """Our error for what an instructor client raised, whichever provider's library is beneath it."""
    import openai
    from instructor.core.exceptions import IncompleteOutputException

    from summarizer.models.answers import spent_on

    causes = list(_causes(error))
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
        return ModelTimeout("the provider did not answer in time", model=model, spent=Spent(1))
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


def one_line(text: str, limit: int = LONGEST_MESSAGE) -> str:
    """Text on one line, no longer than a person reads, without control and formatting characters."""
    text = _ESCAPE.sub("", text[: 8 * limit])
    line = " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C").split())
    return line if len(line) <= limit else line[:limit] + "…"


def masked_address(url: str) -> str:
    """An address without a user, a password, a query or a fragment."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        host = f"[{host}]" if ":" in host else host
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "****"
    return one_line(f"{parts.scheme}://{host}{port}{parts.path}").rstrip("/")


def masked_words(text: str) -> str:
    """`text` with each address in it masked."""
    return " ".join(masked_address(word) if "://" in word else word for word in text.split())


def masked(text: str, key: str) -> str:
    """`text` with the key starred out."""
    return text.replace(key, "****") if len(key) >= SHORTEST_KEY else text


def hide(error: ModelError, key: str, messages: Sequence[Message]) -> ModelError:
    """Take the key, and what repeats the request, out of what an error says."""
    error.args = tuple(without_echo(masked(str(said), key), messages) for said in error.args)
    if isinstance(error, RequestRejected):
        error.said = masked(error.said, key.lower())
    return error


def without_echo(text: str, messages: Sequence[Message]) -> str:
    """`text` without stretches of more than 20 characters that the messages contain too: servers repeat requests."""
    length = LONGEST_ECHO + 1
    known = {
        flat[at : at + length]
        for message in messages
        for flat in (" ".join(message.content.split()),)
        for at in range(len(flat) - length + 1)
    }
    kept: list[str] = []
    at = hidden = 0
    while at < len(text):
        if text[at : at + length] in known:
            hidden = at + length
        if at >= hidden:
            kept.append(text[at])
        elif not kept or kept[-1] != "…":
            kept.append("…")
        at += 1
    return "".join(kept)
