"""The wire to a server: how it is reached, what keeps it from being reached, and how much may come over it."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from summarizer.errors import ModelError, ModelUnavailable, RequestRejected, ServerFault, Spent
from summarizer.models.masking import masked_address, masked_words, named, one_line

if TYPE_CHECKING:
    import openai

NOT_RECORDED = "CannotOverwriteExistingCassetteException"
# The longest form is some 100 kB; a body beyond this is no answer. Compressed bodies, never asked for, may grow.
MOST_BYTES, MOST_COMPRESSED_BYTES = 8_000_000, 250_000


class WithoutCredentials(logging.Filter):
    """Takes a user and a password out of the addresses the HTTP library logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes."""
        if isinstance(record.args, tuple):
            record.args = tuple(masked_words(str(one)) if "://" in str(one) else one for one in record.args)
        return True


logging.getLogger("httpx2").addFilter(WithoutCredentials())


class _Measured(httpx2.AsyncByteStream):
    """A response's body that ends in an error where it is longer than an answer can be."""

    def __init__(self, stream: Any, most: int) -> None:
        self._stream, self._left = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise RequestRejected("the answer is longer than any form can be", spent=Spent(1, uncounted=1))
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _measure(response: Any) -> None:
    compressed = response.headers.get("content-encoding", "identity") != "identity"
    response.stream = _Measured(response.stream, MOST_COMPRESSED_BYTES if compressed else MOST_BYTES)


def http_client(base_url: str) -> httpx2.AsyncClient:
    """An HTTP client for one server: no proxy for this machine, no redirect, no endless body."""
    from openai import DEFAULT_CONNECTION_LIMITS, DefaultAsyncHttpxClient

    # With a transport of its own the client asks no proxy.
    here = is_loopback(urlsplit(base_url).hostname or "")
    direct = httpx2.AsyncHTTPTransport(limits=DEFAULT_CONNECTION_LIMITS) if here else None
    return DefaultAsyncHttpxClient(
        transport=direct,
        follow_redirects=False,
        headers={"accept-encoding": "identity"},
        event_hooks={"response": [_measure]},
    )


@contextmanager
def connecting(model: str, base_url: str) -> Iterator[None]:
    """Name what in the environment keeps a client from being made: a proxy, or a file of certificates."""
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


def connection_failure(error: openai.APIConnectionError, model: str) -> ModelError:
    causes = list(causes_of(error))
    if ours := next((cause for cause in causes if isinstance(cause, ModelError)), None):
        return named(ours, model)
    names = {type(cause).__name__ for cause in causes}
    url = error.request.url
    where = f"{url.host}:{url.port or url.scheme}"
    if NOT_RECORDED in names:
        message = "the recording has no answer to this request: the article, prompt, schema or model is another"
        return RequestRejected(message, model=model)
    if "ProxyError" in names:
        message = f"the proxy that the environment names lets nothing through to {where}; see HTTPS_PROXY and NO_PROXY"
        return ModelUnavailable(message, model=model)
    if "ConnectError" in names:
        through = " through the proxy that the environment names" if _proxied(url.scheme, url.host) else ""
        return ModelUnavailable(f"no connection to {where}{through}{_why(causes)}", model=model)
    if names & {"UnsupportedProtocol", "InvalidURL", "LocalProtocolError"}:
        return ModelUnavailable(f"{where} is no address that can be asked", model=model)
    message = "the connection broke before the answer was complete"
    return ServerFault(message, model=model, spent=Spent(1, uncounted=1))


def _proxied(scheme: str, host: str) -> bool:
    proxies = urllib.request.getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not (
        is_loopback(host) or urllib.request.proxy_bypass(host)
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.rstrip(".").lower() == "localhost" or host.rstrip(".").lower().endswith(".localhost")


def _why(causes: Sequence[BaseException]) -> str:
    """The cause of a failed connection, and what to do about it."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f": its certificate is not trusted ({cause.verify_message}); name its authority's file in SSL_CERT_FILE"
            )
        if isinstance(cause, ssl.SSLError):
            return f": no secure connection ({one_line(cause.reason or '')}); is it http:// rather than https://?"
        if isinstance(cause, socket.gaierror):
            return ": there is no host of that name; is the address right, and the network up?"
    refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
    said = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), "")
    why = f" ({'connection refused' if refused else one_line(said).lower()})" if refused or said else ""
    return f"{why}; is the server running and the address right?"


def causes_of(error: BaseException) -> Iterator[BaseException]:
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < 50:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += cause.exceptions if isinstance(cause, BaseExceptionGroup) else ()
        waiting += [below for below in (cause.__context__, cause.__cause__) if below]
