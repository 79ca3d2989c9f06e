"""Proxies, certificates, redirects, endless answers: one line, the right error, and the article goes nowhere else."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summarizer.errors import ModelError, ModelUnavailable, RateLimited, RequestRejected, ServerFault
from summarizer.loop import deadline
from summarizer.models.around import Patience, RetryingModel
from summarizer.models.hosted.network import is_loopback
from summarizer.models.masking import masked_address, one_line
from tests.models.asking import GOOD, REQUEST, ask, open_at
from tests.scripted_server import Reply, ScriptedServer, completion


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "socks5://127.0.0.1:1"])
async def test_loopback_is_asked_without_a_proxy(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    """Whatever proxy the environment names, even one that cannot be used."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy)
    server.script(completion(GOOD))

    assert "It rains." == (await ask(server.base_url)).draft.headline.text


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1", r"SOCKS proxy; run `pip install 'httpx2\[socks\]'`"),
        ("ALL_PROXY", "nonsense://me:secret@h:1", "the proxy that the environment names, is no address"),
        ("SSL_CERT_FILE", "/nope.pem", r"SSL_CERT_FILE=/nope.pem cannot be used .*no such file"),
    ],
)
async def test_an_environment_that_cannot_work_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    """Before anything is read or sent, in one line, without the proxy's password."""
    monkeypatch.setenv(variable, value)

    with pytest.raises(ModelUnavailable, match=words) as caught:
        await ask("https://api.example.test/v1")

    assert "secret" not in str(caught.value)


async def test_a_name_that_no_host_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cause is told, the user and the query of the address are not."""
    with pytest.raises(ModelUnavailable) as caught:
        await ask("http://user:pass@127.0.0.1:9/v1?key=abc")

    assert "no connection to 127.0.0.1:9 (connection refused)" in str(caught.value)
    assert not any(secret in str(caught.value) for secret in ("user", "pass", "abc"))


async def test_a_redirect_is_not_followed(server: ScriptedServer) -> None:
    """The article stays with the server that was named."""
    server.script(completion(GOOD))
    with ScriptedServer() as elsewhere:
        elsewhere.script(Reply({}, 307, {"location": f"{server.base_url}/chat/completions"}))
        with pytest.raises(RequestRejected, match="sends on to another address, which is not followed"):
            await ask(elsewhere.base_url)

    assert [] == server.requests


class Endless(BaseHTTPRequestHandler):
    """Sends pieces for as long as somebody listens."""

    server: EndlessServer

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(self.server.status)
        self.send_header("content-type", self.server.kind)
        self.end_headers()
        try:
            while not self.server.over.wait(self.server.pause):
                self.wfile.write(self.server.piece)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is the base class's
        """Keep the test's output clean."""


class EndlessServer(ThreadingHTTPServer):
    daemon_threads = True
    status, kind, piece, pause = 200, "application/json", b" " * 65536, 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Endless)
        self.over = threading.Event()


@pytest.fixture
def endless() -> Iterator[EndlessServer]:
    """A server whose answers do not end."""
    with EndlessServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "kind", "piece"),
    [
        (200, "application/json", b" " * 65536),
        (500, "application/json", b" " * 65536),
        (200, "text/event-stream", b": ping\n\n" * 9000),
    ],
    ids=["answer", "error", "stream"],
)
@pytest.mark.parametrize("heard", [False, True], ids=["whole", "listening"])
async def test_an_endless_answer_ends_by_its_bytes(
    endless: EndlessServer, status: int, kind: str, piece: bytes, heard: bool
) -> None:
    """Long before its deadline, and it is not asked for again."""
    endless.status, endless.kind, endless.piece = status, kind, piece
    request = REQUEST if not heard else type(REQUEST)(REQUEST.messages, REQUEST.schema, 512, lambda text: None)
    model = RetryingModel(open_at(f"http://127.0.0.1:{endless.server_port}/v1"))
    began = time.monotonic()

    with pytest.raises(ModelError, match="openai/gpt-test: the answer is longer than any form can be"):
        await model.complete(request)

    assert time.monotonic() - began < 30
    await model.aclose()


def packed(body: bytes, times: int = 1) -> bytes:
    """The body in gzip, as often as that."""
    for _ in range(times):
        body = gzip.compress(body, mtime=0)
    return body


async def test_a_packed_answer_is_unpacked(server: ScriptedServer) -> None:
    """Though nobody asked for it; gzip and zlib."""
    whole = json.dumps(completion(GOOD).body).encode()
    for encoding, body in (("gzip", packed(whole)), ("deflate", zlib.compress(whole)), ("GZIP", packed(whole))):
        server.script(Reply(body, headers={"content-encoding": encoding}))
        assert "It rains." == (await ask(server.base_url)).draft.headline.text


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize(("encoding", "times"), [("gzip", 1), ("gzip", 2), ("gzip, gzip", 2), ("gzip, gzip, gzip", 3)])
async def test_a_bomb_is_not_unpacked(server: ScriptedServer, encoding: str, times: int, status: int) -> None:
    """Of 200 MB in a few bytes no more is made than an answer can be, and the loop is not held up by it."""
    server.script(Reply(packed(b" " * 200_000_000, times), status, headers={"content-encoding": encoding}))
    tracemalloc.start()
    try:
        with pytest.raises(ModelError):
            await ask(server.base_url)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("body", [b"no gzip", packed(b"{}")[:-9], packed(b'{"a": 1}' * 999)[:30]])
async def test_a_broken_package_is_a_broken_answer(server: ScriptedServer, body: bytes) -> None:
    """Asked for again as a broken connection is."""
    server.script(Reply(body, headers={"content-encoding": "gzip"}))

    with pytest.raises(ServerFault, match="the connection broke before the answer was complete"):
        await ask(server.base_url)


async def test_a_dripping_answer_ends_by_the_deadline(endless: EndlessServer) -> None:
    """The deadline around the request ends it, whatever the server does."""
    endless.piece, endless.pause = b" ", 0.02
    model = open_at(f"http://127.0.0.1:{endless.server_port}/v1")

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await model.complete(REQUEST)
    await model.aclose()


BUSY = {"error": {"message": "slow \x1b[31mred\x1b[0m \u202edown", "type": "x", "param": None, "code": None}}


async def test_patience_has_a_ceiling_that_is_told(server: ScriptedServer) -> None:
    """A day is not waited: a minute is, and the message says both. No escape sequence reaches it."""
    server.script(Reply(BUSY, 429, {"retry-after": "86400"}))

    with pytest.raises(RateLimited) as caught:
        await ask(server.base_url)

    assert 60 == caught.value.retry_after
    assert "slow red down (it asks for 86,400 s of patience, and 60 s are given)" in str(caught.value)


async def test_a_wait_beyond_the_deadline_is_not_begun(server: ScriptedServer) -> None:
    """What the server said is told at once, not that time ran out."""
    server.script(Reply(BUSY, 503, {"retry-after": "30"}))
    model = RetryingModel(open_at(server.base_url), Patience())

    with pytest.raises(ServerFault, match="slow red down"):
        async with deadline(5):
            await model.complete(REQUEST)

    assert 1 == len(server.requests)
    await model.aclose()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://user:pass@host.test:8443/v1/?key=abc#x", "https://host.test:8443/v1"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("http://h:99999/", "****"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, expected: str) -> None:
    """Neither user, password, query nor fragment."""
    assert expected == masked_address(url)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "LOCALHOST.", "a.localhost"])
def test_this_machine_is_known(host: str) -> None:
    """By every name it has."""
    assert is_loopback(host)
    assert not is_loopback(f"x{host}.example.test")


def test_a_line_has_no_control_characters() -> None:
    """Escape sequences, bells, directions and breaks are left out."""
    assert "a b c d" == one_line("a\x1b[2J \x07b\u202e\r\nc\x1b]\x00 d")
