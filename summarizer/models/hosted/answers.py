"""What a server's response holds: the form's JSON, what it cost, and whether it is a finished answer.

Servers that call themselves compatible differ in nearly every field; what can be understood is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from summarizer.errors import AnswerRefused, AnswerTruncated, InvalidAnswer, ServerFault, Spent
from summarizer.models.hosted.failures import from_error_body
from summarizer.models.hosted.usage import spent_on
from summarizer.models.masking import one_line

_CUT_OFF = ("length", "max_tokens", "MAX_TOKENS", "model_length")
_FILTERED = ("content_filter", "content-filter", "SAFETY", "safety", "RECITATION", "PROHIBITED_CONTENT", "refusal")


def read_answer(body: Any, name: str) -> tuple[str, Spent]:
    """The text that the body of a chat completion holds for the form, and what it cost."""
    try:
        return _read(body, name)
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError, OverflowError):
        spent = Spent(1, uncounted=1)
        raise ServerFault("the answer is no completion that can be read", model=name, spent=spent) from None


def _read(body: Any, name: str) -> tuple[str, Spent]:
    if not isinstance(body, dict):
        raise ServerFault("the answer is JSON, but not a completion", model=name, spent=Spent(1, uncounted=1))
    if body.get("error") and not body.get("choices"):
        raise from_error_body(200, body, name)
    spent, choices = spent_on(body.get("usage")), body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        raise InvalidAnswer("the answer has no choices", answer="", model=name, spent=spent)
    if choice.get("error"):
        raise from_error_body(200, choice, name, spent)
    told, finish = choice.get("message"), choice.get("finish_reason")
    message: dict[str, Any] = told if isinstance(told, dict) else {"content": choice.get("text")}
    text = _text_of(message)
    if refusal := message.get("refusal") or joined(message.get("content"), "refusal"):
        raise AnswerRefused(f"the model declined: {one_line(str(refusal))}", answer=text, model=name, spent=spent)
    if finish in _FILTERED:
        raise AnswerRefused("a content filter stopped the answer", answer=text, model=name, spent=spent)
    if finish in _CUT_OFF:
        raise AnswerTruncated("the answer stopped at its length limit", answer=text, model=name, spent=spent)
    if finish == "error":
        raise ServerFault("the server broke off the answer", model=name, spent=spent)
    if not text:
        raise InvalidAnswer("the answer is empty", answer="", model=name, spent=spent)
    return text, spent


def _text_of(message: Mapping[str, Any]) -> str:
    """The form's JSON: a called tool's arguments, else the content, else what stands among the thoughts."""
    calls = message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    for function in (*functions, message.get("function_call")):
        if isinstance(function, dict) and (called := joined(function.get("arguments")).strip()):
            return called
    if text := bare_json(joined(message.get("content"))):
        return text
    thoughts = bare_json(joined(message.get("reasoning_content") or message.get("reasoning")))
    return thoughts if thoughts.startswith("{") and thoughts.endswith("}") else ""


def joined(content: Any, part: str = "text") -> str:
    """Content as text: it may be text, a list of parts (those called `part` count), or JSON the server parsed."""
    if isinstance(content, list):
        told = (one.get(part) for one in content if isinstance(one, dict))
        strings = [one for one in content if isinstance(one, str)] if part == "text" else []
        return "".join([*strings, *(one for one in told if isinstance(one, str))])
    if part != "text":
        return ""
    return json.dumps(content) if isinstance(content, dict) else content if isinstance(content, str) else ""


def bare_json(text: str) -> str:
    """The JSON object in a text: without thoughts before it, a code fence around it or words beside it.

    A text that begins as JSON is read from its beginning: what is cut off must not be taken for one of its parts. In
    any other instructor's extraction finds the last object that is whole.
    """
    from instructor.utils import extract_json_from_codeblock

    text = text.strip().removeprefix("\ufeff")
    if text.startswith("<think>") and "</think>" not in text:
        return ""
    try:
        if text.startswith("{"):
            return text[: json.JSONDecoder().raw_decode(text)[1]]
        return extract_json_from_codeblock(text).strip()
    except (ValueError, RecursionError):
        return text


@dataclass
class Stream:
    """An answer as server-sent events, taken in line by line; `heard` is told all the content so far.

    Comments, empty chunks and events nobody knows are passed over; usage may come in any chunk, often the last.
    """

    heard: Callable[[str], None] | None = None
    _content: str = ""
    _refusal: str = ""
    _calls: dict[int, str] = field(default_factory=dict)
    _told: dict[str, Any] = field(default_factory=dict)  # usage, finish_reason, error, and whether it is done

    def line(self, line: str) -> None:
        """Take in a line; each line of data is a chunk."""
        kind, _, data = line.removeprefix("\ufeff").partition(":")
        if kind != "data" or "done" in self._told:
            return
        if data.strip() == "[DONE]":
            self._told["done"] = True
            return
        with suppress(ValueError, RecursionError, AttributeError, TypeError, KeyError):  # it is no chunk
            chunk = json.loads(data)
            if error := chunk.get("error"):
                self._told |= {"error": error, "done": True}
            if usage := chunk.get("usage") or (chunk.get("x_groq") or {}).get("usage"):
                self._told["usage"] = usage
            for choice in chunk.get("choices") or []:
                if choice.get("index", 0) == 0:
                    self._take(choice)

    def _take(self, choice: dict[str, Any]) -> None:
        if finish := choice.get("finish_reason"):
            self._told["finish_reason"] = finish
        delta = choice.get("delta") or choice.get("message") or {}
        if new := joined(delta.get("content")):
            self._content += new
            if self.heard:
                self.heard(self._content)
        self._refusal += delta.get("refusal") or ""
        for call in delta.get("tool_calls") or []:
            index, piece = call.get("index", 0), (call.get("function") or {}).get("arguments") or ""
            self._calls[index] = self._calls.get(index, "") + piece

    def body(self, model: str) -> dict[str, Any]:
        """The body that the stream adds up to."""
        if not {"done", "finish_reason"} & set(self._told):
            spent = Spent(1, uncounted=1)
            raise ServerFault("the stream broke before the answer was complete", model=model, spent=spent)
        if "error" in self._told:
            return {"error": self._told["error"]}
        called = [{"function": {"arguments": arguments}} for arguments in self._calls.values()]
        message = {"content": self._content, "refusal": self._refusal, "tool_calls": called}
        choice = {"finish_reason": self._told.get("finish_reason"), "message": message}
        return {"choices": [choice], "usage": self._told.get("usage")}
