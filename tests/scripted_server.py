"""A real HTTP server on loopback for tests: it answers as scripted, well or badly, and remembers its requests."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """One scripted answer. `seconds` is how long it waits first; `drop` breaks the connection instead.

    `reason` are the words beside the status, the usual ones where it is None.
    """

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    drop: bool = False
    reason: str | None = None


def completion(content: Any, *, finish: str = "stop", refusal: str | None = None, usage: Any = ...) -> Reply:
    """A Chat Completions answer with this content (objects become JSON)."""
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    tokens = {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "prompt_tokens_details": {"cached_tokens": 64},
    }
    return Reply(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "logprobs": None,
                    "message": {"role": "assistant", "content": text, "refusal": refusal},
                }
            ],
            "usage": tokens if usage is ... else usage,
        }
    )


class ScriptedServer:
    """Plays its `replies` in order, the last one again and again; `requests` are the JSON bodies it got."""

    def __init__(self) -> None:
        self.replies: deque[Reply] = deque()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._stopping = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def script(self, *replies: Reply) -> None:
        """What to answer from now on."""
        self.replies = deque(replies)

    def next(self) -> Reply:
        """The reply that is due."""
        return self.replies.popleft() if len(self.replies) > 1 else self.replies[0]

    def wait(self, seconds: float) -> None:
        """Let time pass, but not beyond the end of the test."""
        self._stopping.wait(seconds)

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            server.requests.append(json.loads(body))
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = server.next()
            server.wait(reply.seconds)
            if reply.drop:
                self.close_connection = True
                self.connection.close()
                return
            with suppress(ConnectionError):  # a client that gave up is no fault of the test that runs by now
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status, reply.reason)
            for name, value in {"content-type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the name is the base class's
            """Keep the test's output clean."""

    return Handler


__all__ = ["Reply", "ScriptedServer", "completion"]
