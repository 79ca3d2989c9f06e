"""How many tokens a text is: by the model's own tokenizer where it can be asked, else by a stated estimate.

No package with the tables of hosted models is both small and well kept (tiktoken downloads its tables, bpe-openai is
74 MB, litellm drags in a gateway), so their tokens are estimated, and on the high side: what is planned must fit.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from summarizer.errors import ServerFault

# Tokens a code point by its length in UTF-8, above what cl100k_base and o200k_base need for prose of the scripts that
# have such code points (two bytes: accents, Greek, Cyrillic, Hebrew, Arabic; three: CJK, Indic, Thai; four: emoji).
# Measured by `python -m benchmarks.long tokens`; see benchmarks/long/README.md.
_LETTER, _TWO_BYTES, _THREE_BYTES, _FOUR_BYTES = 0.31, 1.3, 1.6, 3.0
# Some tokenizers give every digit a token of its own, and nearly all of them every sign.
_DIGIT, _SIGN = 1.0, 1.0

_ASCII = bytes(range(0x80))
_DIGITS = b"0123456789"
_SIGNS = bytes(c for c in range(0x21, 0x7F) if not chr(c).isalnum())
_BREAKS = b"\r\n\t"
_LEADS_OF_TWO, _LEADS_OF_THREE, _LEADS_OF_FOUR = (
    bytes(range(0xC2, 0xE0)),
    bytes(range(0xE0, 0xF0)),
    bytes(range(0xF0, 0xF8)),
)


class Counter(Protocol):
    """Counts tokens."""

    async def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text. Raises `ModelError` where the tokenizer cannot be asked."""
        ...


class Estimate:
    """Counts by `estimate`: for models whose tokenizer is not at hand."""

    async def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An upper estimate for each text."""
        return [estimate(text) for text in texts]


def estimate(text: str) -> int:
    """Tokens of `text`, rather too many than too few, by its characters and their scripts. Linear and fast."""
    data = text.encode("utf-8", "surrogatepass")
    letters = len(data) - len(data.translate(None, _ASCII))
    digits, signs, breaks = (_how_many(data, kind) for kind in (_DIGITS, _SIGNS, _BREAKS))
    letters -= digits + signs + breaks
    weight = (
        letters * _LETTER
        + digits * _DIGIT
        + (signs + breaks) * _SIGN
        + _how_many(data, _LEADS_OF_TWO) * _TWO_BYTES
        + _how_many(data, _LEADS_OF_THREE) * _THREE_BYTES
        + _how_many(data, _LEADS_OF_FOUR) * _FOUR_BYTES
    )
    return int(weight) + 1


def _how_many(data: bytes, of: bytes) -> int:
    return len(data) - len(data.translate(None, of))


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
