"""How many tokens a text is: by the model's own tokenizer where it can be asked, else by a stated estimate.

No package with the tables of hosted models is both small and well kept (tiktoken downloads its tables, bpe-openai is
74 MB, litellm drags in a gateway), so their tokens are estimated, and on the high side: what is planned must fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

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
