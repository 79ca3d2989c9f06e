"""URLs, against a real server on loopback that misbehaves."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from summarizer.errors import InputError
from summarizer.reading import read, web


class Pages(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        status, headers, body = ANSWERS.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/a.txt": (200, {"Content-Type": "text/plain; charset=iso-8859-2"}, "Łódź, mówił.".encode("iso-8859-2")),
    "/a.md": (200, {"Content-Type": "text/plain"}, b"# One\n\nTwo."),
    "/packed": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"One.")),
    "/bomb": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"a" * 2**22)),
    "/moved": (302, {"Location": "/a.md"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/broken": (500, {}, b"no"),
    "/empty": (200, {"Content-Type": "text/plain"}, b""),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("path", "text"),
    [("/a.txt", "Łódź, mówił."), ("/a.md", "# One\n\nTwo."), ("/packed", "One."), ("/moved", "# One\n\nTwo.")],
)
def test_a_page_is_read(site: str, path: str, text: str) -> None:
    """By the declared encoding, unpacked, through a redirect."""
    article = read(site + path, allow_private=True)
    assert (text, site + path) == (article.text, article.source)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/loop", "redirected more than 5 times"),
        ("/file", "leads to 'file:///etc/hostname', which is no http or https address"),
        ("/picture", "not text: the server calls it image/png"),
        ("/broken", "the server answered 500"),
        ("/none", "the server answered 404 Not Found"),
        ("/empty", "empty: there is nothing to read"),
    ],
)
def test_what_cannot_be_read_is_told(site: str, path: str, words: str) -> None:
    """One clear line with the address."""
    with pytest.raises(InputError) as caught:
        read(site + path, allow_private=True)
    assert str(caught.value).startswith(f"{site}{path}: {words}")


def test_the_size_is_limited_after_unpacking(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small answer can hold more than any memory."""
    monkeypatch.setattr(web, "LARGEST", 2**20)
    with pytest.raises(InputError, match="larger than 1 MB"):
        read(f"{site}/bomb", allow_private=True)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::ffff:127.0.0.1]",
     "2130706433", "0x7f.1", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]",
     "[2002:7f00:1::]", "[::ffff:0:10.0.0.1]", "[fe80::1]", "[ff02::1]"],
)  # fmt: skip
def test_private_addresses_are_refused(host: str) -> None:
    """Before anything is sent."""
    with pytest.raises(InputError, match="an address of this machine or its own network"):
        read(f"http://{host}:9/")


@pytest.mark.parametrize("address", ["2606:4700::1111", "64:ff9b::101:101", "1.1.1.1", "2002:101:101::", "::1.1.1.1"])
def test_public_addresses_are_public(address: str) -> None:
    """Also those that carry a public IPv4 address."""
    assert web._is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "0x7f.1", "[64:ff9b::7f00:1]", "localhost", "printer.local", "localhost.", "intranet"]
)
def test_behind_a_proxy_what_is_plainly_local_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """The proxy resolves names, so that only what the address itself says can be checked."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(InputError, match="an address of this machine or its own network"):
        read(f"http://{host}/")


def test_a_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hop is checked, not only the first."""
    monkeypatch.setitem(ANSWERS, "/inward", (302, {"Location": "http://10.0.0.1/"}, b""))
    allowed = [f"{site}/inward"]
    monkeypatch.setattr(web, "_is_public", lambda address: address == "127.0.0.1" and bool(allowed.pop()))
    with pytest.raises(InputError, match=r"10\.0\.0\.1 is an address of this machine"):
        read(f"{site}/inward")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:9/", "cannot be fetched"),
        ("http://", "which is no http or https address"),
        ("http://127.0.0.1:99999/", "no address"),
    ],
)
def test_no_server(url: str, words: str) -> None:
    """A closed port, and what is no address."""
    with pytest.raises(InputError, match=words):
        read(url, allow_private=True)


def test_a_server_that_never_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience has an end."""
    import socket

    monkeypatch.setattr(web, "_SILENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(InputError, match="did not answer within"):
        read(f"http://127.0.0.1:{silent.getsockname()[1]}/", allow_private=True)


@pytest.mark.parametrize("drip", [b"X-A: b\r\n", b""], ids=["headers", "body"])
def test_a_server_that_never_ends(monkeypatch: pytest.MonkeyPatch, drip: bytes) -> None:
    """The whole takes no longer than it may, though each wait is short."""
    import socket
    import time

    monkeypatch.setattr(web, "_WHOLE", 0.6)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + (b"" if drip else b"\r\n")

    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(head)
            for _ in range(60):
                try:
                    connection.sendall(drip or b"a ")
                except OSError:
                    return
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        start = time.monotonic()
        with pytest.raises(InputError, match="not complete within"):
            read(f"http://127.0.0.1:{server.getsockname()[1]}/", allow_private=True)
        assert time.monotonic() - start < 2
        thread.join()
