"""How many tokens a text is, by a stated estimate.

No package with the tables of hosted models is both small and well kept (tiktoken downloads its tables, bpe-openai is
74 MB, litellm drags in a gateway), so their tokens are estimated, and on the high side: what is planned must fit.
"""

from __future__ import annotations

# Tokens a code point by its kind, above what cl100k_base and o200k_base need for prose of the scripts that have such
# code points (two bytes in UTF-8: accents, Greek, Cyrillic, Hebrew, Arabic; three: CJK, Indic, Thai; four: emoji). Some
# tokenizers give every digit a token of its own, and nearly all of them every sign.
# Measured by `python -m benchmarks.long tokens`; see benchmarks/long/README.md.
_LETTER = 0.31
_KINDS = (
    (bytes(c for c in range(0x80) if c in b"\r\n\t0123456789" or (0x20 < c < 0x7F and not chr(c).isalnum())), 1.0),
    (bytes(range(0xC2, 0xE0)), 1.3),
    (bytes(range(0xE0, 0xF0)), 1.6),
    (bytes(range(0xF0, 0xF8)), 3.0),
    (bytes(range(0x80, 0xC0)), 0.0),  # what follows the first byte of a code point
)


def estimate(text: str) -> int:
    """Tokens of `text`, rather too many than too few, by its characters and their scripts. Linear and fast."""
    data, weight = text.encode("utf-8", "surrogatepass"), 0.0
    for kind, each in _KINDS:
        others = data.translate(None, kind)
        weight += (len(data) - len(others)) * each
        data = others
    return int(weight + len(data) * _LETTER) + 1
