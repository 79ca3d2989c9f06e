"""The hostile server: a bare socket, for much of what it does no HTTP library would do."""

from __future__ import annotations

import json
import re
import socket
import socketserver
import struct
import threading
import time
from contextlib import suppress
from typing import Any, Self

from benchmarks.attack.wire import Answer, Asked, Piece

PRICE_IN, PRICE_OUT = 0.25e-6, 2e-6
"""US dollars a token of the model that is asked for."""
_USAGE = re.compile(rb'"prompt_tokens": (\d{1,7}), "completion_tokens": (\d{1,7})[,}]')
_KEPT = 2**20


def owed(asked: Asked, sent: bytes) -> float:
    """What a request costs: by what it was told to have used, else the most that it may have; an error is free."""
    if not sent.startswith(b"HTTP/1.1 200") or b'"error": ' in sent:
        return 0.0
    if told := _USAGE.findall(sent.replace(b"\0", b"")):  # it may be UTF-16
        return int(told[-1][0]) * PRICE_IN + int(told[-1][1]) * PRICE_OUT
    return len(asked.article) / 8 * PRICE_IN + asked.most_tokens * PRICE_OUT


class Listening(socketserver.ThreadingTCPServer):
    """Whatever connects is remembered; every request is answered by `answer`.

    `owed` is what the requests cost in US dollars; what is not told counts at the most it can be.
    """

    daemon_threads = True

    def __init__(self, answer: Answer, elsewhere: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[dict[str, Any]] = []
        self.owed = 0.0
        self.answer, self.elsewhere = answer, elsewhere
        self.stopping = threading.Event()
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stopping.set()
        self.shutdown()
        self.server_close()


class _Handler(socketserver.BaseRequestHandler):
    request: socket.socket
    server: Listening

    def handle(self) -> None:
        with suppress(OSError, ValueError):  # a client that gave up
            if (asked := self._asked()) is not None:
                self._answer(asked)

    def _answer(self, asked: Asked) -> None:
        sent = b""
        try:
            for piece in self.server.answer(asked):
                if isinstance(piece, bytes) and len(sent) < _KEPT:
                    sent += piece
                if self.server.stopping.is_set() or not self._do(piece):
                    return
        finally:
            with self.server.lock:
                self.server.owed += owed(asked, sent)

    def _do(self, piece: Piece) -> bool:
        """Whether it goes on after this."""
        if piece is None:
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.request.close()
            return False
        if isinstance(piece, bytes):
            self.request.sendall(piece)
            return True
        end = time.monotonic() + piece
        while (left := end - time.monotonic()) > 0 and not self.server.stopping.wait(min(0.2, left)):
            if self._is_gone():
                return False
        return True

    def _is_gone(self) -> bool:
        try:
            return self.request.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False

    def _asked(self) -> Asked | None:
        """The request; nothing but that there was one where it is no HTTP, such as the first bytes of TLS."""
        self.request.settimeout(30)
        data = self.request.recv(65536)
        if data and not data[:1].isalpha():
            return self._note({"messages": []}, "")
        while data and b"\r\n\r\n" not in data:
            data += self.request.recv(65536)
        head, _, body = data.partition(b"\r\n\r\n")
        told = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        heads = {name.decode().lower(): value.decode() for name, value in told.items()}
        while len(body) < int(heads.get("content-length", 0)):
            body += self.request.recv(65536)
        if not data:
            return None
        return self._note(json.loads(body or b'{"messages": []}'), heads.get("authorization", "").rpartition(" ")[2])

    def _note(self, body: dict[str, Any], key: str) -> Asked:
        with self.server.lock:
            self.server.requests.append(body)
            return Asked(body, key, self.server.elsewhere)
