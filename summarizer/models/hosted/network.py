"""The wire to a server: how it is reached, what keeps it from being reached, and how much may come over it."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import urllib.request
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from http.client import responses
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx2

from summarizer.errors import ModelUnavailable, RequestRejected, Spent
from summarizer.models.masking import masked_address, masked_words, one_line

MOST_BYTES = 8_000_000
"""The longest form is some 100 kB; a body beyond this is no answer."""
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP_OR_ZLIB = 47  # zlib's number for a window of 32 kB and either head


def _without_secrets(record: logging.LogRecord) -> bool:
    """Takes out of the lines that the HTTP library logs the user and the password of an address, and a server's words.

    What a server writes beside its status may be the key it was sent, or an escape sequence: the usual words stand in.
    """
    if isinstance(record.args, tuple):
        told = [masked_words(str(one)) if "://" in str(one) else one for one in record.args]
        if record.msg.endswith('%d %s"') and isinstance(told[-2], int):
            told[-1] = responses.get(told[-2], "")
        record.args = tuple(told)
    return True


logging.getLogger("httpx2").addFilter(_without_secrets)


class _Measured(httpx2.AsyncByteStream):
    """A response's body, unpacked, that ends in an error where it is longer than an answer can be.

    A body is never asked for packed. Where it comes so it is unpacked here, no further than an answer goes: the HTTP
    library would make a gigabyte of a few bytes before anybody can stop it, and nothing else would run meanwhile.
    """

    def __init__(self, stream: Any, *, packed: bool) -> None:
        self._stream, self._left = stream, MOST_BYTES
        self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB) if packed else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        came = False
        async for chunk in self._stream:
            came = True
            plain = self._unpacked(chunk)
            self._left -= len(plain)
            if self._left < 0:
                raise RequestRejected("the answer is longer than any form can be", spent=Spent(1, uncounted=1))
            yield plain
        if came and self._unpacker and not self._unpacker.eof:
            raise httpx2.DecodingError("the packed answer is cut off")

    def _unpacked(self, chunk: bytes) -> bytes:
        try:
            return self._unpacker.decompress(chunk, self._left + 1) if self._unpacker else chunk
        except zlib.error as error:
            raise httpx2.DecodingError(str(error)) from error

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _measure(response: Any) -> None:
    """Before the body is read. What is packed in a way we do not know, or twice, is no JSON, and fails as that."""
    encoding = response.headers.pop("content-encoding", "").strip().lower()
    response.stream = _Measured(response.stream, packed=encoding in _PACKED)


def http_client(model: str, base_url: str) -> httpx2.AsyncClient:
    """An HTTP client for one server: no proxy for this machine, no redirect, no endless body."""
    from openai import DEFAULT_CONNECTION_LIMITS, DefaultAsyncHttpxClient

    with _environment_blamed(model, base_url):
        # With a transport of its own the client asks no proxy.
        here = is_loopback(urlsplit(base_url).hostname or "")
        return DefaultAsyncHttpxClient(
            transport=httpx2.AsyncHTTPTransport(limits=DEFAULT_CONNECTION_LIMITS) if here else None,
            follow_redirects=False,
            headers={"accept-encoding": "identity"},
            event_hooks={"response": [_measure]},
        )


@contextmanager
def _environment_blamed(model: str, base_url: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        if "socks" not in str(error).lower():
            raise
        message = "the environment names a SOCKS proxy; run `pip install 'httpx2[socks]'`, or unset ALL_PROXY"
        raise ModelUnavailable(message, model=model) from None
    except OSError as error:  # an SSLError is one, too
        name = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), None)
        if name is None:
            raise
        why = one_line(error.strerror or str(error)).lower()
        message = f"{name}={os.environ[name]} cannot be used as certificates ({why}); name a PEM file, or unset it"
        raise ModelUnavailable(message, model=model) from None
    except ValueError:
        message = f"{masked_address(base_url)}, or the proxy that the environment names, is no address that can be used"
        raise ModelUnavailable(message, model=model) from None


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return f".{host.rstrip('.').lower()}".endswith(".localhost")


def why_not_connected(causes: Sequence[BaseException], url: Any) -> str:
    """Why there is no connection to `url`, and what to do about it."""
    proxies = urllib.request.getproxies() if url else {}
    proxied = url and (proxies.get(url.scheme) or proxies.get("all"))
    direct = not proxied or is_loopback(url.host) or urllib.request.proxy_bypass(url.host)
    through = "" if direct else " through the proxy that the environment names"
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            said = (
                f"its certificate is not trusted ({cause.verify_message}); name its authority's file in SSL_CERT_FILE"
            )
            return f"{through}: {said}"
        if isinstance(cause, ssl.SSLError):
            why = one_line(cause.reason or "")
            return f"{through}: no secure connection ({why}); is it http:// rather than https://?"
        if isinstance(cause, socket.gaierror):
            return f"{through}: there is no host of that name; is the address right, and the network up?"
    refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
    said = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), "")
    why = "connection refused" if refused else one_line(said).lower()
    return f"{through}{why and f' ({why})'}; is the server running and the address right?"
