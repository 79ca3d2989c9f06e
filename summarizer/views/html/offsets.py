"""Offsets as JavaScript counts them: UTF-16 code units, where a code point above U+FFFF takes two."""

from __future__ import annotations

from bisect import bisect_left


class Utf16Offsets:
    """Turns offsets in code points into `text` into offsets in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        astral = not text.isascii() and max(text, default="") > "\uffff"
        self._wide = [i for i, character in enumerate(text) if character > "\uffff"] if astral else []

    def __call__(self, offset: int) -> int:
        """`offset` plus the number of wide characters before it."""
        return offset + bisect_left(self._wide, offset)
