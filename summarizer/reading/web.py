"""A URL into a document, with care: time, size and redirects are limited, and private addresses are refused.

A page that names `http://169.254.169.254/` or `http://localhost/` would otherwise have us read what only this machine
may see. Each hop is resolved once, checked, and the connection is made to the address that was checked.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from summarizer.errors import InputError, printable
from summarizer.reading.document import Document, reason

if TYPE_CHECKING:
    import httpx2

LARGEST = 32 * 2**20
"""Bytes of the longest answer, unpacked."""

_REDIRECTS = 5
_CONNECT, _SILENCE, _WHOLE = 10.0, 20.0, 60.0  # seconds
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_LOCAL = re.compile(r"^[^.]*\.?$|\.(?:localhost|local|internal)\.?$")
_NO_TEXT = re.compile(r"(?:image|audio|video|font|model)/")
_TRANSLATED = [ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "::ffff:0:0:0/96")]
_OWN_TRANSLATED = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215: a network's own; nobody knows what is behind
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEADERS = {
    "User-Agent": "grounded-summarizer (reads one page for a person)",
    "Accept": "text/html,application/xhtml+xml,text/plain,text/markdown,application/pdf,*/*;q=0.5",
}


def is_url(source: str) -> bool:
    """Whether `source` is an address on the web and not the name of a file."""
    return _SCHEME.match(source) is not None


def fetch(url: str, *, allow_private: bool = False) -> Document:
    """What is at `url`, an http or https address; at a loopback or private one only where that is allowed."""
    import httpx2

    # The limits of a client are for each wait: a name server, or what comes a byte at a time, would outlast them. So
    # it works in a thread, whose client is closed at the end.
    answer: Future[Document] = Future()
    with httpx2.Client(timeout=httpx2.Timeout(_SILENCE, connect=_CONNECT), headers=_HEADERS) as client:
        threading.Thread(target=_fulfil, args=(answer, client, url, allow_private), daemon=True).start()
        try:
            return answer.result(_WHOLE)
        except TimeoutError as error:
            raise InputError(url, f"not complete within {_WHOLE:.0f} seconds") from error
        except httpx2.TimeoutException as error:
            raise InputError(url, f"the server did not answer within {_SILENCE:.0f} seconds") from error
        except InputError:
            raise
        except Exception as error:
            raise InputError(url, f"cannot be fetched: {reason(error)}") from error


def _fulfil(answer: Future[Document], client: httpx2.Client, url: str, allow_private: bool) -> None:
    try:
        answer.set_result(_answer(client, url, allow_private))
    except BaseException as error:  # noqa: BLE001  raised again in `fetch`
        answer.set_exception(error)


def _answer(client: httpx2.Client, url: str, allow_private: bool) -> Document:
    here = url
    for _ in range(_REDIRECTS + 1):
        request = _request(client, url, here, allow_private)
        answer = client.send(request, stream=True, follow_redirects=False)
        try:
            if not answer.has_redirect_location:
                return _document(url, answer)
            here = urljoin(here, answer.headers["location"])
        finally:
            answer.close()
    raise InputError(url, f"redirected more than {_REDIRECTS} times")


def _request(client: httpx2.Client, url: str, here: str, allow_private: bool) -> httpx2.Request:
    """A request to the address that was checked, under the name that was asked for."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(here)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(url, f"no address: {reason(error)}") from error
    if not is_url(here) or not host:
        raise InputError(url, f"leads to {here[:100]!r}, which is no http or https address")
    proxied = any(name in getproxies() for name in (parts.scheme, "all")) and not proxy_bypass(host)
    addresses = _addresses(host, port or (443 if parts.scheme == "https" else 80), numbers_only=proxied)
    if not (addresses or proxied):
        raise InputError(url, f"no such host: {printable(host)}")
    # A proxy resolves names itself; what is plainly local is refused all the same.
    private = not all(map(_is_public, addresses)) if addresses else _LOCAL.search(host) is not None
    if private and not allow_private:
        where = "an address of this machine or its own network"
        advice = "only the command line's --allow-private (in Python: allow_private=True) reads it"
        raise InputError(url, f"{printable(host)} is {where}; {advice}")
    target = client.build_request("GET", here)
    if proxied:
        return target
    numeric = target.url.copy_with(host=f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0])
    headers = {"Host": target.headers["host"]}
    return client.build_request("GET", numeric, headers=headers, extensions={"sni_hostname": host})


def _addresses(host: str, port: int, *, numbers_only: bool) -> list[str]:
    """The addresses of a name, or the one that `host` writes out in any way that resolvers know, such as "0x7f.1"."""
    flags = socket.AI_NUMERICHOST if numbers_only else 0
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except (OSError, UnicodeError):
        return []
    return [str(entry[4][0]).partition("%")[0] for entry in found]


def _is_public(address: str) -> bool:
    """Whether it is on the public net, as is every IPv4 address that an IPv6 address carries within it."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = _carried(parsed)
        if inner or parsed in _OWN_TRANSLATED:
            return bool(inner) and all(map(_is_public, map(str, inner)))
    return parsed.is_global and not parsed.is_multicast


def _carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """Mapped (::ffff:0:0/96), compatible (::/96), 6to4, Teredo, NAT64 (RFC 6052)."""
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) >> 32 == 0 or any(address in net for net in _TRANSLATED):
        return [low]
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [one for one in found if one is not None]


def _document(url: str, answer: httpx2.Response) -> Document:
    if answer.status_code >= 400:
        said = f"{answer.status_code} {printable(answer.reason_phrase)[:60]}".rstrip()
        raise InputError(url, f"the server answered {said}")
    kind = answer.headers.get("content-type", "").lower()
    media_type = kind.partition(";")[0].strip()
    if _NO_TEXT.match(media_type):
        raise InputError(url, f"not text: the server calls it {printable(media_type)[:60]}")
    body = bytearray()
    for part in answer.iter_bytes(65_536):  # unpacked; counted while they come, whatever the header says
        body += part
        if len(body) > LARGEST:
            raise InputError(url, f"larger than {LARGEST >> 20} MB")
    charset = _CHARSET.search(kind)
    known = "" if "octet-stream" in media_type or media_type == "text/plain" else media_type
    return Document(url, bytes(body), media_type=known, charset=charset[1] if charset else None)
