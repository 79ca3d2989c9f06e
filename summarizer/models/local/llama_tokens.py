"""Tokens as llama.cpp counts them, asked of its own server on loopback."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.errors import ServerFault

TEXTS_AT_ONCE = 256
SECONDS = 60.0

# A proxy of the environment has no business between us and our own child process.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def count(base_url: str, key: str, texts: Sequence[str]) -> list[int]:
    """Tokens of each text, each as a line of its own. Blocks; call it in a thread.

    Raises:
        ServerFault: the server does not answer.

    """
    counts: list[int] = []
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        some = [text.replace("\n", " ") for text in texts[start : start + TEXTS_AT_ONCE]]
        counts += _by_line(_tokenize(base_url.removesuffix("/v1"), key, "\n".join(some)), len(some))
    return counts


def _by_line(pieces: Iterator[bytes], lines: int) -> list[int]:
    """Each token belongs to the line it begins in; the line end belongs to the line before it."""
    counts, line = [0] * lines, 0
    for piece in pieces:
        counts[min(line, lines - 1)] += 1
        line += piece.count(b"\n")
    return counts


def _tokenize(root: str, key: str, text: str) -> Iterator[bytes]:
    body = json.dumps({"content": text, "with_pieces": True, "add_special": False}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{root}/tokenize", body, headers)  # noqa: S310  our own address
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            tokens: list[dict[str, Any]] = json.load(answer)["tokens"]
    except (OSError, ValueError, KeyError) as error:
        raise ServerFault(f"the tokenizer does not answer: {error}") from error
    return (_bytes(token["piece"]) for token in tokens)


def _bytes(piece: str | list[int]) -> bytes:
    """A piece that is no whole character comes as numbers."""
    return piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else bytes(piece)
