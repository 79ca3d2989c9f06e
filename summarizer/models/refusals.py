"""A server's error, in whatever shape it came, becomes one of ours: by its words first, then by its status."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.errors import (
    AnswerRefused,
    AuthenticationFailed,
    InvalidAnswer,
    ModelError,
    RateLimited,
    RequestRejected,
    ServerFault,
    Spent,
    WindowExceeded,
)

LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What a server said of a failure: its words, everything it can be recognised by, and when to come again."""

    status: int
    words: str
    signs: str
    retry_after: float | None
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


def _too_many(told: Told) -> ModelError:
    message = f"too many requests ({told.status}): {told.words}"
    return RateLimited(message, model=told.model, spent=told.spent, retry_after=told.retry_after)


def _fault(told: Told) -> ModelError:
    message = f"the server failed ({told.status}): {told.words}"
    return ServerFault(message, model=told.model, spent=told.spent, retry_after=told.retry_after)


# Words tell more than the status: servers send the same failure as 400, 403, 413, 429 or 200.
_BY_WORDS: tuple[tuple[tuple[str, ...], _Make], ...] = (
    (("json_validate_failed", "tool_use_failed", "failed_generation"), _no_form),
    (
        (
            "context_length_exceeded",
            "exceed_context_size",
            "maximum context length",
            "context window",
            "context length",
            "prompt is too long",
            "input is too long",
            "request too large",
            "request_too_large",
            "string_above_max_length",
            "too many tokens",
            "maximum prompt length",
            "input token count",
        ),
        _window,
    ),
    (
        (
            "insufficient_quota",
            "insufficient balance",
            "insufficient credit",
            "insufficient_balance",
            "credit balance",
            "billing_hard_limit",
            "exceeded your current quota",
            "requires more credits",
            "payment required",
        ),
        _rejected("the account has no credit left"),
    ),
    (
        ("content_filter", "content_policy_violation", "responsibleaipolicy", "invalid_prompt", "input flagged"),
        _refused,
    ),
)
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
    429: _too_many,
}


def from_error_body(
    status: int, body: Any, model: str, spent: Spent | None = None, *, retry_after: float | None = None
) -> ModelError:
    """Our error for what a server says failed; a body that came with status 200 may name its own status."""
    inner = _innermost(body)
    if status < 400:
        status = _own_status(inner)
    told = Told(
        status,
        one_line(words_of(inner)) or "no reason given",
        signs_of(inner),
        retry_after,
        str(inner.get("failed_generation") or "") if isinstance(inner, dict) else "",
        model,
        spent or Spent(1),
    )
    for signs, make in _BY_WORDS:
        if any(sign in told.signs for sign in signs):
            return make(told)
    fallback = _fault if status >= 500 else _rejected("the server rejected the request")
    return _BY_STATUS.get(status, fallback)(told)


def words_of(inner: Any) -> str:
    """What an error says to a person. The request, which some servers repeat in it, is left out."""
    if isinstance(inner, str):
        return "" if inner.lstrip().startswith("<") else inner
    if isinstance(inner, list):
        return "; ".join(filter(None, (_complaint(item) for item in inner[:3])))
    if not isinstance(inner, dict):
        return ""
    for name in ("message", "detail", "msg", "error_description", "title", "code", "type"):
        if said := inner.get(name):
            return said if isinstance(said, str) else words_of(said) or str(said)
    return ""


def signs_of(inner: Any) -> str:
    """Everything an error can be recognised by, in small letters."""
    named = (
        [str(inner.get(name) or "") for name in ("code", "type", "param", "status")] if isinstance(inner, dict) else []
    )
    deeper = inner.get("innererror") if isinstance(inner, dict) else None
    more = [str(deeper.get("code") or "")] if isinstance(deeper, dict) else []
    raw = _metadata(inner)
    return " ".join([words_of(inner), *named, *more, raw]).lower()


def one_line(text: str, limit: int = LONGEST_MESSAGE) -> str:
    """Text on one line, not longer than a person reads."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


def _metadata(inner: Any) -> str:
    """OpenRouter passes on what the provider behind it said."""
    metadata = inner.get("metadata") if isinstance(inner, dict) else None
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    return raw[:2000] if isinstance(raw, str) else ""


def _complaint(item: Any) -> str:
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return ""
    where = item.get("loc")
    place = "/".join(str(step) for step in where) + ": " if isinstance(where, (list, tuple)) else ""
    said = item.get("msg") or item.get("message")
    return f"{place}{said}" if isinstance(said, str) else ""


def _innermost(body: Any) -> Any:
    """The object that says something: errors come bare, under `error`, in a list, or in several wrappers."""
    if isinstance(body, list) and len(body) == 1:
        return _innermost(body[0])
    if isinstance(body, Mapping):
        inner = body.get("error") or body.get("errors")
        return _innermost(inner) if isinstance(inner, (Mapping, list)) else inner or body
    return body


def _own_status(inner: Any) -> int:
    told = [inner.get(name) for name in ("code", "status", "status_code")] if isinstance(inner, dict) else []
    for one in told:
        if isinstance(one, (int, str)) and str(one).isascii() and str(one).isdigit() and 400 <= int(one) < 600:
            return int(one)
    return 500
