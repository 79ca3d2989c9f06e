"""A real HTTP server that reads any article: it fills in the form from the prompt's numbered sentences.

It remembers how often each article was asked for, and misbehaves where it is told to.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.scripted_server import Reply, completion

_SENTENCE = re.compile(r"^\[?(\d+)[].]? (.+)$", re.MULTILINE)
_MARK = re.compile(r"story-\d+")

# Given the story's mark and how many requests it had before: a reply of another kind, None for a good answer.
Mood = Callable[[str, int], Reply | None]


def good(mark: str, before: int) -> Reply | None:
    """Always a good answer."""
    return None


class ReadingServer:
    """Answers well, `seconds` late, unless `mood` says otherwise."""

    def __init__(self, mood: Mood = good, seconds: float = 0.0, port: int = 0) -> None:
        self.mood, self.seconds = mood, seconds
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.bodies: list[dict[str, Any]] = []
        self.at: list[float] = []
        self.under_way = self.most_under_way = 0
        self.gone = False
        self.lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._http.daemon_threads = True

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._http.server_port

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def reply(self, body: dict[str, Any]) -> Reply:
        """The reply to one request."""
        mark = mark_of(body)
        with self.lock:
            before = self.asked[mark]
            self.asked[mark] += 1
            self.bodies.append(body)
            self.at.append(time.monotonic())
        reply = self.mood(mark, before)
        if reply is None:
            reply = answer_to(body)
            with self.lock:
                self.answered[mark] += 1
        return reply

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.gone = True
        self._http.shutdown()
        self._http.server_close()


def mark_of(body: dict[str, Any]) -> str:
    """Which story a request is about."""
    found = _MARK.search("\n".join(message["content"] for message in body["messages"]))
    return found[0] if found else "unmarked"


def answer_to(body: dict[str, Any]) -> Reply:
    """A completion that fills in the form of the request."""
    said = "\n".join(message["content"] for message in body["messages"])
    number, text = next(((int(n), sentence) for n, sentence in _SENTENCE.findall(said)), (1, ""))
    schema = body["response_format"]["json_schema"]["schema"]
    return completion(_filled(schema, schema.get("$defs", {}), number, text))


def _filled(node: dict[str, Any], definitions: dict[str, Any], number: int, text: str) -> Any:
    if "$ref" in node:
        return _filled(definitions[node["$ref"].rpartition("/")[2]], definitions, number, text)
    if "enum" in node or "const" in node:
        return node["const"] if "const" in node else node["enum"][0]
    if "anyOf" in node:
        options = [option for option in node["anyOf"] if option.get("type") != "null"]
        return None if len(options) < len(node["anyOf"]) else _filled(options[0], definitions, number, text)
    match node.get("type"):
        case "object":
            fields = node.get("properties", {}).items()
            return {name: _filled(field, definitions, number, text) for name, field in fields}
        case "array":
            return [_filled(node["items"], definitions, number, text)]
        case "integer" | "number":
            return number
        case "boolean":
            return True
        case _:
            return text


def _handler(server: ReadingServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
            if server.gone:
                self.close_connection = True
                return
            with server.lock:
                server.under_way += 1
                server.most_under_way = max(server.most_under_way, server.under_way)
            try:
                reply = server.reply(body)
                time.sleep(reply.seconds or server.seconds)
            finally:
                with server.lock:
                    server.under_way -= 1
            if reply.drop:
                self.close_connection = True
                self.connection.close()
                return
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            data = json.dumps(reply.body).encode()
            try:
                self.send_response(reply.status)
                for name, value in {"content-type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the name is the base class's
            """Keep the test's output clean."""

    return Handler
