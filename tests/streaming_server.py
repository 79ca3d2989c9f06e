"""A real HTTP server that writes its answer bit by bit, and waits in the middle until it is told to go on."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class StreamingServer:
    """Streams `content`, `size` characters a chunk; before character `pause` it waits for `go_on`.

    `breaks` ends the connection there instead. A request that does not ask for a stream gets the whole at once.
    """

    def __init__(self, content: Any, *, size: int = 7, pause: int = 0, breaks: bool = False) -> None:
        self.content = content if isinstance(content, str) else json.dumps(content)
        self.size, self.pause, self.breaks = size, pause, breaks
        self.requests: list[dict[str, Any]] = []
        self.go_on = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.go_on.set()
        self._http.shutdown()
        self._http.server_close()


def _handler(server: StreamingServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            server.requests.append(json.loads(self.rfile.read(int(self.headers.get("content-length", 0)))))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            for start in range(0, len(server.content), server.size):
                if start <= server.pause < start + server.size:
                    server.go_on.wait(10)
                    if server.breaks:
                        return
                self._event(
                    {"choices": [{"index": 0, "delta": {"content": server.content[start : start + server.size]}}]}
                )
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            self._event({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, chunk: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the name is the base class's
            """Keep the test's output clean."""

    return Handler
