"""Cases of the connection: slow, endless, broken, of another kind, leading elsewhere."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator

from benchmarks.attack.wire import (
    FOR_EVER,
    Answer,
    Asked,
    Piece,
    completion,
    event,
    events,
    failed,
    http,
    opened,
    repeated,
    sent,
)

STREAM = "text/event-stream"


def _good(asked: Asked) -> bytes:
    return json.dumps(completion(asked)).encode()


def _of_good(build: Callable[[Asked, bytes], list[Piece]]) -> Answer:
    return lambda asked: iter(build(asked, _good(asked)))


def _slowly(head: bytes, body: Callable[[Asked], bytes], seconds: float) -> Answer:
    """The head at once, the body byte by byte."""

    def answer(asked: Asked) -> Iterator[Piece]:
        yield head
        for byte in body(asked):
            yield bytes([byte])
            yield seconds

    return answer


def _half_a_stream(cut: int) -> Answer:
    def answer(asked: Asked) -> Iterator[Piece]:
        if asked.streams:
            whole = events(completion(asked))
            yield opened(STREAM) + b"".join(whole[: len(whole) // 2])[: cut or None]
        else:
            yield http(_good(asked)[: len(_good(asked)) // 2] + b" " * 9)[:-9]

    return answer


def _redirect(status: str, target: Callable[[Asked], str]) -> Answer:
    return lambda asked: iter([http(b"", status, "text/plain", f"location: {target(asked)}")])


def _bomb(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    block = b" " * 2**20
    return b"".join(packer.compress(block) for _ in range(mebibytes)) + packer.flush()


def _chunked(*chunks: bytes) -> bytes:
    return opened("application/json", "transfer-encoding: chunked") + b"".join(chunks)


CONNECTIONS: dict[str, Answer] = {
    "hung": sent(FOR_EVER),
    "hung after the head": sent(opened(), FOR_EVER),
    "hung in mid body": _of_good(lambda asked, good: [http(good)[:-20], FOR_EVER]),
    "hung in mid stream": lambda asked: iter([opened(STREAM) + b"".join(events(completion(asked))[:2]), FOR_EVER]),
    "dripping status line": _slowly(b"", lambda asked: b"HTTP/1.1 200 OK" + b" " * 9999, 0.2),
    "dripping headers": _slowly(b"HTTP/1.1 200 OK\r\n", lambda asked: b"x-a: b\r\n" * 9999, 0.1),
    "dripping body": _slowly(opened(), _good, 0.3),
    "dripping stream": _slowly(opened(STREAM), lambda asked: b"".join(events(completion(asked))), 0.1),
    "endless headers": repeated(b"HTTP/1.1 200 OK\r\n", b"x-a: " + b"b" * 999 + b"\r\n"),
    "a header of 20 MB": sent(b"HTTP/1.1 200 OK\r\nx: ", *[b"a" * 2**20] * 20, b"\r\n\r\n{}"),
    "100 Continue for ever": repeated(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
    "endless white space": repeated(opened(), b" " * 65536),
    "endless string": repeated(opened() + b'{"choices": [{"message": {"content": "', b"a" * 65536),
    "endless error": repeated(opened(status="500 Internal Server Error"), b"x" * 65536),
    "endless comments": repeated(opened(STREAM), b": ping\n\n" * 4096),
    "slow endless comments": repeated(opened(STREAM), b": ping\n\n", 0.05),
    "endless stream": repeated(opened(STREAM), event({"choices": [{"index": 0, "delta": {"content": " a" * 2000}}]})),
    "slow endless stream": repeated(
        opened(STREAM), event({"choices": [{"index": 0, "delta": {"content": "{"}}]}), 0.05
    ),
    "endless line of a stream": repeated(opened(STREAM) + b"data: ", b"{" * 65536),
    "broken stream": _half_a_stream(0),
    "broken in mid event": _half_a_stream(-25),
    "garbage for events": sent(opened(STREAM) + b"data: nonsense\n\ndata: [1]\n\ndata: {\n\nid: 3\n\n\x00\xff\n\n"),
    "events unasked, JSON for events": lambda asked: iter(
        [http(_good(asked)) if asked.streams else opened(STREAM) + b"".join(events(completion(asked)))]
    ),
    "a page of HTML": sent(http(b"<html><body>Log in to <b>WiFi</b></body></html>", "200 OK", "text/html")),
    "JSON as text/plain": _of_good(lambda asked, good: [http(good, "200 OK", "text/plain")]),
    "JSON as an image": _of_good(lambda asked, good: [http(good, "200 OK", "image/png")]),
    "nothing": sent(http(b"")),
    "204": sent(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "status 999": sent(http(b"{}", "999 Odd")),
    "no status": sent(http(b"{}", "abc")),
    "301 elsewhere": _redirect("301 Moved", lambda asked: asked.elsewhere),
    "307 elsewhere": _redirect("307 Temporary Redirect", lambda asked: asked.elsewhere),
    "308 elsewhere, with a key": _redirect("308 Permanent", lambda asked: f"{asked.elsewhere}?k={asked.key}"),
    "307 to itself": _redirect("307 Temporary Redirect", lambda asked: "/v1/chat/completions"),
    "307 to a file": _redirect("307 Temporary Redirect", lambda asked: "file:///etc/passwd"),
    **{
        f"429, Retry-After {after[:12]}": failed("429 Slow", lambda asked: {"message": "slow"}, f"retry-after: {after}")
        for after in ("1000000000", "-5", "soon", "nan", "inf", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT")
    },
    "429, retry-after-ms 1e12": failed("429 Slow", lambda asked: {"message": "slow"}, "retry-after-ms: 1e12"),
    "500 for ever": failed("500 Broken", lambda asked: {"message": "broken"}),
    "503 for ever, Retry-After 0": failed("503 Busy", lambda asked: {"message": "busy"}, "retry-after: 0"),
    "529 for ever": failed("529 Overloaded", lambda asked: "overloaded"),
    "gzip bomb of 1 GB": sent(http(_bomb(1024), "200 OK", "application/json", "content-encoding: gzip")),
    "gzip bomb in an error": sent(http(_bomb(200), "500 Broken", "application/json", "content-encoding: gzip")),
    "gzip bomb in gzip": sent(
        http(gzip.compress(_bomb(1024)), "200 OK", "application/json", "content-encoding: gzip, gzip")
    ),
    "gzip that is none": _of_good(
        lambda asked, good: [http(good, "200 OK", "application/json", "content-encoding: gzip")]
    ),
    "gzip cut off": _of_good(
        lambda asked, good: [http(gzip.compress(good)[:-20], "200 OK", "application/json", "content-encoding: gzip")]
    ),
    "an encoding nobody knows": _of_good(
        lambda asked, good: [http(good, "200 OK", "application/json", "content-encoding: x")]
    ),
    "chunk of no number": sent(_chunked(b"zz\r\n{}\r\n0\r\n\r\n")),
    "chunk below nothing": sent(_chunked(b"-5\r\n{}\r\n0\r\n\r\n")),
    "chunk without end": repeated(_chunked(b"ffffffffffffffff\r\n"), b" " * 65536),
    "chunks cut off": sent(_chunked(b'5\r\n{"id"\r\n'[:-3])),
    "a length too long": _of_good(lambda asked, good: [http(good + b" " * 99)[:-99]]),
    "a length too short": _of_good(lambda asked, good: [http(good[:-40]) + good[-40:]]),
    "a length below nothing": sent(b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}"),
    "two lengths": sent(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 9\r\n\r\n{}"),
    "closed at once": sent(),
    "reset at once": sent(None),
    "reset in mid answer": _of_good(lambda asked, good: [http(good)[:-20], 0.1, None]),
    "reset in mid stream": lambda asked: iter([opened(STREAM) + b"".join(events(completion(asked))[:2]), 0.1, None]),
    "TLS garbage": sent(b"\x16\x03\x01\x02\x00" + os.urandom(512)),
    "an SSH server": sent(b"SSH-2.0-OpenSSH_9.6\r\n", 1.0),
    "HTTP/0.9": _of_good(lambda asked, good: [good]),
    "HTTP/2": sent(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18),
}
