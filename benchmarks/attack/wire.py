"""What a case is given and what it sends: a request that came, and the bytes of answers, whole or as events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.jobs.reading_server import answer_to

Piece = bytes | float | None
"""Bytes to send, seconds to wait, or None: the connection is reset."""
Answer = Callable[["Asked"], Iterator[Piece]]
FOR_EVER = 10**9


@dataclass(frozen=True)
class Asked:
    """One request: its body, the key it came with, and the address of another host that must never be reached."""

    body: dict[str, Any]
    key: str
    elsewhere: str

    @property
    def streams(self) -> bool:
        """Whether the answer is wanted as events."""
        return bool(self.body.get("stream"))

    @property
    def article(self) -> str:
        """All that was sent."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    @property
    def most_tokens(self) -> int:
        """How long the answer may be."""
        return int(self.body.get("max_completion_tokens") or self.body.get("max_tokens") or 0)

    @property
    def content(self) -> str:
        """A good answer: the form, filled from the first sentence; an empty one where no form was sent."""
        if self.body.get("response_format", {}).get("type") != "json_schema":
            return "{}"
        said: str = answer_to(self.body).body["choices"][0]["message"]["content"]
        return said

    @property
    def usage(self) -> dict[str, int]:
        """What a good answer costs, as an honest server counts it."""
        sent, received = len(self.article) // 4, len(self.content) // 4
        return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}


def http(body: bytes, status: str = "200 OK", kind: str = "application/json", *more: str) -> bytes:
    """An answer whose length is told."""
    heads = [f"HTTP/1.1 {status}", f"content-type: {kind}", f"content-length: {len(body)}", *more]
    return "\r\n".join(heads).encode("latin-1", "replace") + b"\r\n\r\n" + body


def opened(kind: str = "application/json", *more: str, status: str = "200 OK") -> bytes:
    """The head of an answer that ends with its connection."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"content-type: {kind}", "connection: close", *more, "", ""]).encode()


def completion(asked: Asked, **changes: Any) -> dict[str, Any]:
    """A good answer with changes: of its `message`, its `choice`, or of itself."""
    message = {"role": "assistant", "content": asked.content, **changes.pop("message", {})}
    choice = {"index": 0, "finish_reason": "stop", "message": message, **changes.pop("choice", {})}
    whole = {"id": "a", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return {**whole, "usage": asked.usage, **changes}


def event(chunk: Any) -> bytes:
    """One server-sent event."""
    return b"data: " + (chunk if isinstance(chunk, bytes) else json.dumps(chunk).encode()) + b"\n\n"


def events(body: dict[str, Any], size: int = 40) -> list[bytes]:
    """The same answer as events: content in pieces, then how it ended, then what it cost."""
    choices = body.get("choices")
    if not (isinstance(choices, list) and choices and isinstance(choices[0], dict)):
        return [event(body), event(b"[DONE]")]
    choice = dict(choices[0])
    message, finish = choice.pop("message", None), choice.pop("finish_reason", None)
    content = message.pop("content", None) if isinstance(message, dict) else None
    pieces = [content[at : at + size] for at in range(0, len(content), size)] if isinstance(content, str) else [content]
    deltas: list[Any] = [{"content": piece} for piece in pieces] + [message]
    chunks = [{**body, "choices": [{**choice, "delta": delta}], "usage": None} for delta in deltas]
    end = {**body, "choices": [{**choice, "delta": {}, "finish_reason": finish}]}
    return [*map(event, [*chunks, end]), event(b"[DONE]")]


def replied(change: Callable[[Asked], dict[str, Any]]) -> Answer:
    """A case that is a body: sent as JSON, or as events where the client streams."""

    def answer(asked: Asked) -> Iterator[Piece]:
        body = change(asked)
        if asked.streams:
            yield opened("text/event-stream") + b"".join(events(body))
        else:
            yield http(json.dumps(body).encode("utf-8", "surrogatepass"))

    return answer


def sent(*pieces: Piece) -> Answer:
    """A case that sends the same whatever was asked."""
    return lambda asked: iter(pieces)


def failed(status: str, message: Callable[[Asked], Any], *more: str) -> Answer:
    """A case that is an error body."""

    def answer(asked: Asked) -> Iterator[Piece]:
        yield http(
            json.dumps({"error": message(asked)}).encode("utf-8", "surrogatepass"), status, "application/json", *more
        )

    return answer


def repeated(head: bytes, piece: bytes, seconds: float = 0.0) -> Answer:
    """A case without an end: `piece` again and again."""

    def answer(asked: Asked) -> Iterator[Piece]:
        yield head
        while True:
            yield piece
            if seconds:
                yield seconds

    return answer
