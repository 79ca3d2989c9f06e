"""One answer of a server, as it came: its text, its cost, and whether it is a finished one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summarizer.errors import AnswerRefused, AnswerTruncated, InvalidAnswer, ServerFault, Spent
from summarizer.models.refusals import from_error_body

_CUT_OFF = ("length", "max_tokens", "MAX_TOKENS", "model_length")
_FILTERED = ("content_filter", "content-filter", "SAFETY", "safety", "RECITATION", "PROHIBITED_CONTENT", "refusal")
_TEXT_PARTS = ("text", "output_text")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Answer:
    """The text a model gave for the form, and what it cost."""

    text: str
    spent: Spent


def read_answer(body: Any, name: str) -> Answer:
    """The answer in a response's body.

    Servers that call themselves compatible differ in nearly every field; what can be understood is.

    Raises:
        AnswerRefused: the model declined, or a filter stopped it.
        AnswerTruncated: it stopped at its length limit.
        InvalidAnswer: there is no answer in it.
        ServerFault: it is no completion, or an error in spite of its status.

    """
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
    text, finish = _text_of(message), choice.get("finish_reason")
    _raise_unfinished(text, finish, _refusal_of(message), name, spent)
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
    """The form's JSON: a called tool's arguments, else the content, else what stands where it should not."""
    called = _arguments_of(message)
    if called.strip():
        return called.strip()
    if text := bare_json(joined(message.get("content"))):
        return text
    # Some servers put a constrained answer among the thoughts.
    thoughts = bare_json(joined(message.get("reasoning_content") or message.get("reasoning")))
    return thoughts if thoughts.startswith("{") and thoughts.endswith("}") else ""


def _arguments_of(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    for function in [*functions, message.get("function_call")]:
        if isinstance(function, dict) and function.get("arguments"):
            given = function["arguments"]
            return given if isinstance(given, str) else json.dumps(given)
    return ""


def joined(content: Any) -> str:
    """Content as text: it may be text, a list of parts, or JSON the server parsed already."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return json.dumps(content)
    if not isinstance(content, list):
        return ""
    parts = (part if isinstance(part, str) else _part(part) for part in content)
    return "".join(parts)


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
    return " ".join(refusal.split())[:300] if isinstance(refusal, str) else ""


def bare_json(text: str) -> str:
    """The JSON object in a text: without thoughts before it, a code fence around it or words beside it."""
    text = text.strip().removeprefix("\ufeff")
    if text.startswith("{") and text.endswith("}"):
        return text
    if "</think>" in text and not text.startswith("{"):
        text = text.rpartition("</think>")[2]
    elif text.startswith("<think>"):
        return ""
    first = text.find("{")
    if first < 0:
        return text.strip()
    try:
        return text[first : _DECODER.raw_decode(text, first)[1]]
    except json.JSONDecodeError:
        return text[first:].strip()


def spent_on(usage: Any) -> Spent:
    """What one answer cost; an answer whose usage is missing or empty counts as a request of unknown size."""
    if not isinstance(usage, dict):
        return Spent(1, uncounted=1)
    sent, received = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
    if not sent:
        return Spent(1, output_tokens=received, uncounted=1)
    cached = _count(_inner(usage, "prompt_tokens_details"), "cached_tokens")
    # DeepSeek and Moonshot tell it at the top.
    cached = cached or _count(usage, "prompt_cache_hit_tokens") or _count(usage, "cached_tokens")
    thought = _count(_inner(usage, "completion_tokens_details"), "reasoning_tokens")
    return Spent(1, sent, cached, received, thought)


def _inner(usage: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = usage.get(name)
    return found if isinstance(found, dict) else {}


def _count(usage: Mapping[str, Any], name: str) -> int:
    found = usage.get(name)
    return int(found) if isinstance(found, (int, float)) and not isinstance(found, bool) and found > 0 else 0
