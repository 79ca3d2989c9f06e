"""What a server's response holds: the form's JSON, what it cost, and whether it is a finished answer.

Servers that call themselves compatible differ in nearly every field; what can be understood is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from summarizer.errors import AnswerRefused, AnswerTruncated, InvalidAnswer, ServerFault, Spent
from summarizer.models.hosted.failures import from_error_body
from summarizer.models.masking import one_line

_CUT_OFF = ("length", "max_tokens", "MAX_TOKENS", "model_length")
_FILTERED = ("content_filter", "content-filter", "SAFETY", "safety", "RECITATION", "PROHIBITED_CONTENT", "refusal")
_TEXT_PARTS = ("text", "output_text")
_DONE = "[DONE]"
# No request has more tokens than this: a larger count is a fault of the server, and what was spent is unknown.
MOST_TOKENS = 100_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The text a model gave for the form, and what it cost."""

    text: str
    spent: Spent


def read_answer(body: Any, name: str) -> Answer:
    """The answer in the body of a chat completion.

    Raises:
        AnswerRefused: the model declined, or a filter stopped it.
        AnswerTruncated: it stopped at its length limit.
        InvalidAnswer: there is no answer in it.
        ServerFault: it is no completion, or an error in spite of its status.

    """
    try:
        return _read(body, name)
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError, OverflowError):
        spent = Spent(1, uncounted=1)
        raise ServerFault("the answer is no completion that can be read", model=name, spent=spent) from None


def _read(body: Any, name: str) -> Answer:
    if not isinstance(body, dict):
        raise ServerFault("the answer is JSON, but not a completion", model=name, spent=Spent(1))
    if body.get("error") and not body.get("choices"):
        raise from_error_body(200, body, name)
    spent, choices = spent_on(body.get("usage")), body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        raise InvalidAnswer("the answer has no choices", answer="", model=name, spent=spent)
    if choice.get("error"):
        raise from_error_body(200, choice, name, spent)
    told = choice.get("message")
    message: dict[str, Any] = told if isinstance(told, dict) else {"content": choice.get("text")}
    text = _text_of(message)
    _raise_unfinished(text, choice.get("finish_reason"), _refusal_of(message), name, spent)
    return Answer(text, spent)


def _raise_unfinished(text: str, finish: Any, refusal: str, name: str, spent: Spent) -> None:
    if refusal:
        raise AnswerRefused(f"the model declined: {refusal}", answer=text, model=name, spent=spent)
    if finish in _FILTERED:
        raise AnswerRefused("a content filter stopped the answer", answer=text, model=name, spent=spent)
    if finish in _CUT_OFF:
        raise AnswerTruncated("the answer stopped at its length limit", answer=text, model=name, spent=spent)
    if finish == "error":
        raise ServerFault("the server broke off the answer", model=name, spent=spent)
    if not text:
        raise InvalidAnswer("the answer is empty", answer="", model=name, spent=spent)


def _text_of(message: Mapping[str, Any]) -> str:
    """The form's JSON: a called tool's arguments, else the content, else what stands among the thoughts."""
    called = _arguments_of(message)
    if called.strip():
        return called.strip()
    if text := bare_json(joined(message.get("content"))):
        return text
    thoughts = bare_json(joined(message.get("reasoning_content") or message.get("reasoning")))
    return thoughts if thoughts.startswith("{") and thoughts.endswith("}") else ""


def _arguments_of(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    for function in [*functions, message.get("function_call")]:
        if isinstance(function, dict) and (given := function.get("arguments")):
            return given if isinstance(given, str) else json.dumps(given)
    return ""


def joined(content: Any) -> str:
    """Content as text: it may be text, a list of parts, or JSON the server parsed already."""
    if isinstance(content, dict):
        return json.dumps(content)
    if isinstance(content, list):
        return "".join(part if isinstance(part, str) else _part(part) for part in content)
    return content if isinstance(content, str) else ""


def _part(part: Any) -> str:
    if not isinstance(part, dict) or part.get("type", "text") not in _TEXT_PARTS:
        return ""
    text = part.get("text")
    return text if isinstance(text, str) else ""


def _refusal_of(message: Mapping[str, Any]) -> str:
    content = message.get("content")
    parts = content if isinstance(content, list) else []
    said = [part.get("refusal") for part in parts if isinstance(part, dict) and part.get("type") == "refusal"]
    refusal = message.get("refusal") or next(filter(None, said), "")
    return one_line(refusal) if isinstance(refusal, str) else ""


def bare_json(text: str) -> str:
    """The JSON object in a text: without thoughts before it, a code fence around it or words beside it.

    A text that begins as JSON is read from its beginning: what is cut off must not be taken for one of its parts. In
    any other instructor's extraction finds the last object that is whole.
    """
    from instructor.utils import extract_json_from_codeblock

    text = text.strip().removeprefix("\ufeff")
    if text.startswith("<think>") and "</think>" not in text:
        return ""
    if text.startswith("{"):
        try:
            return text[: json.JSONDecoder().raw_decode(text)[1]]
        except (json.JSONDecodeError, RecursionError):
            return text
    try:
        return extract_json_from_codeblock(text).strip()
    except ValueError:
        return text


# What a count of tokens is called: by OpenAI, by Anthropic, by Google.
_SENT = ("prompt_tokens", "input_tokens", "prompt_token_count")
_RECEIVED = ("completion_tokens", "output_tokens", "candidates_token_count")
_CACHED = ("prompt_cache_hit_tokens", "cached_tokens", "cache_read_input_tokens", "cached_content_token_count")
_DETAILS = ("prompt_tokens_details", "completion_tokens_details", "input_tokens_details", "output_tokens_details")
# Not among the input or output tokens that Anthropic and Google tell: paid on top.
_SENT_BESIDE = ("cache_read_input_tokens", "cache_creation_input_tokens")
_RECEIVED_BESIDE = ("thoughts_token_count",)


def spent_on(source: Any) -> Spent:
    """What one answer cost, by a response or its usage, as an object or as JSON.

    Usage that is missing, or has a count below nothing, without end or beyond reason, is unknown: one uncounted
    request, never a figure.
    """
    if isinstance(known := getattr(source, "spent", None), Spent):
        return known
    usage = _plain(source)
    usage = _plain(usage.get("usage") or usage.get("usage_metadata") or usage)
    usage |= {name: value for inner in _DETAILS for name, value in _plain(usage.get(inner)).items()}
    sent, received = _count(usage, _SENT), _count(usage, _RECEIVED)
    beside = [_count(usage, (name,)) if usage.get(name) else 0 for name in (*_SENT_BESIDE, *_RECEIVED_BESIDE)]
    if not sent or received is None or None in beside:
        return Spent(1, uncounted=1)
    sent += sum(found or 0 for found in beside[: len(_SENT_BESIDE)])
    received += sum(found or 0 for found in beside[len(_SENT_BESIDE) :])
    cached = min(sent, _count(usage, _CACHED) or 0)
    thought = min(received, _count(usage, ("reasoning_tokens", *_RECEIVED_BESIDE)) or 0)
    return Spent(1, sent, cached, received, thought)


def _plain(source: Any) -> dict[str, Any]:
    if isinstance(source, BaseModel):
        return source.model_dump(warnings=False)
    return dict(source) if isinstance(source, Mapping) else {}


def _count(usage: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    """The first count of these names that is there; None where there is none, or it cannot be one."""
    for name in names:
        found = usage.get(name)
        if found is not None:
            sound = isinstance(found, (int, float)) and not isinstance(found, bool) and math.isfinite(found)
            return int(found) if sound and 0 <= found <= MOST_TOKENS else None
    return None


def body_of(stream: str, model: str) -> dict[str, Any]:
    """The body that a stream of server-sent events adds up to: some servers stream whether asked to or not.

    Comment lines, empty chunks and unknown events are passed over; usage may come in any chunk, often the last.

    Raises:
        ServerFault: it broke off.

    """
    try:
        body = _assembled(_chunks(stream))
    except (AttributeError, TypeError, KeyError):
        body = None
    if body is None:
        raise ServerFault("the stream broke before the answer was complete", model=model, spent=Spent(1, uncounted=1))
    return body


@dataclass
class Hearing:
    """A stream as its lines arrive: `heard` is told all the content so far, `stream` is the data that came."""

    heard: Callable[[str], None]
    lines: list[str] = field(default_factory=list)
    content: str = ""

    def line(self, line: str) -> None:
        """Take in a line; each line of data is a chunk."""
        if not line.startswith(("data:", "\ufeff")):
            return
        self.lines.append(line)
        for chunk in _chunks(line):
            with suppress(AttributeError, TypeError, KeyError):  # what is no chunk is told when all of it is read
                for choice in (chunk.get("choices") if isinstance(chunk, dict) else None) or []:
                    if choice.get("index", 0) == 0 and (new := joined((choice.get("delta") or {}).get("content"))):
                        self.content += new
                        self.heard(self.content)

    @property
    def stream(self) -> str:
        """All lines of data."""
        return "\n\n".join(self.lines)


def _assembled(chunks: Iterable[Any]) -> dict[str, Any] | None:
    """The completion that chunks add up to; a chunk with an error is the answer. None where no chunk ends it."""
    content, refusal, finish, usage = "", "", None, None
    calls: dict[int, str] = {}
    ended = False
    for chunk in chunks:
        if chunk == _DONE:
            ended = True
            break
        if not isinstance(chunk, dict):
            continue
        if chunk.get("error"):
            return {"error": chunk["error"]}
        usage = chunk.get("usage") or (chunk.get("x_groq") or {}).get("usage") or usage
        for choice in chunk.get("choices") or []:
            if choice.get("index", 0) != 0:
                continue
            finish = choice.get("finish_reason") or finish
            delta = choice.get("delta") or choice.get("message") or {}
            content += joined(delta.get("content"))
            refusal += delta.get("refusal") or ""
            for call in delta.get("tool_calls") or []:
                piece = (call.get("function") or {}).get("arguments") or ""
                calls[call.get("index", 0)] = calls.get(call.get("index", 0), "") + piece
    if not ended and not finish:
        return None
    called = [{"function": {"arguments": arguments}} for _, arguments in sorted(calls.items())]
    message = {"content": content, "refusal": refusal, "tool_calls": called}
    return {"choices": [{"finish_reason": finish, "message": message}], "usage": usage}


def _chunks(stream: str) -> Iterator[Any]:
    for event in stream.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n\n"):
        data = "\n".join(line[5:].removeprefix(" ") for line in event.split("\n") if line.startswith("data:"))
        if data.strip() == _DONE:
            yield _DONE
        elif data:
            try:
                yield json.loads(data)
            except (json.JSONDecodeError, RecursionError):
                continue
