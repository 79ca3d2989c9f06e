"""A streamed answer, read as a whole: some servers stream whether asked to or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from summarizer.errors import ServerFault, Spent
from summarizer.models.answers import joined

_DONE = "[DONE]"


def body_of(stream: str, model: str) -> dict[str, Any]:
    """The body that a stream of server-sent events adds up to.

    Comment lines, empty chunks and unknown events are passed over; usage may come in any chunk, often the last.

    Raises:
        ServerFault: it broke off.

    """
    body = assembled(_chunks(stream))
    if body is None:
        raise ServerFault("the stream broke before the answer was complete", model=model, spent=Spent(1))
    return body


def assembled(chunks: Iterable[Any]) -> dict[str, Any] | None:
    """The completion that chunks add up to; a chunk with an error is the answer. None where no chunk ends it."""
    growing = _Growing()
    for chunk in chunks:
        if chunk == _DONE:
            return growing.body()
        if isinstance(chunk, dict):
            if chunk.get("error"):
                return {"error": chunk["error"]}
            growing.add(chunk)
    return growing.body() if growing.finish else None


@dataclass
class Hearing:
    """A stream as its lines arrive: `heard` is told all the content so far, `stream` is what came."""

    heard: Callable[[str], None]
    lines: list[str] = field(default_factory=list)
    content: str = ""

    def line(self, line: str) -> None:
        """Take in a line."""
        self.lines.append(line)
        for chunk in _chunks(line):
            choices = chunk.get("choices") if isinstance(chunk, dict) else None
            for choice in choices or []:
                if choice.get("index", 0) == 0 and (new := joined((choice.get("delta") or {}).get("content"))):
                    self.content += new
                    self.heard(self.content)

    @property
    def stream(self) -> str:
        """All lines."""
        return "\n".join(self.lines)


@dataclass
class _Growing:
    """The pieces of the first choice so far."""

    content: list[str] = field(default_factory=list)
    refusal: list[str] = field(default_factory=list)
    calls: dict[int, list[str]] = field(default_factory=dict)
    finish: str | None = None
    usage: Any = None

    def add(self, chunk: dict[str, Any]) -> None:
        self.usage = chunk.get("usage") or (chunk.get("x_groq") or {}).get("usage") or self.usage
        for choice in chunk.get("choices") or []:
            if choice.get("index", 0) == 0:
                self.finish = choice.get("finish_reason") or self.finish
                self._add_delta(choice.get("delta") or choice.get("message") or {})

    def _add_delta(self, delta: dict[str, Any]) -> None:
        self.content.append(joined(delta.get("content")))
        self.refusal.append(delta.get("refusal") or "")
        for call in delta.get("tool_calls") or []:
            arguments = (call.get("function") or {}).get("arguments") or ""
            self.calls.setdefault(call.get("index", 0), []).append(arguments)

    def body(self) -> dict[str, Any]:
        called = [{"function": {"arguments": "".join(pieces)}} for _, pieces in sorted(self.calls.items())]
        message = {"content": "".join(self.content), "refusal": "".join(self.refusal), "tool_calls": called}
        return {"choices": [{"finish_reason": self.finish, "message": message}], "usage": self.usage}


def _chunks(stream: str) -> Iterator[Any]:
    for event in stream.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n\n"):
        data = "\n".join(line[5:].removeprefix(" ") for line in event.split("\n") if line.startswith("data:"))
        if data.strip() == _DONE:
            yield _DONE
        elif data:
            try:
                yield json.loads(data)
            except json.JSONDecodeError:
                continue
