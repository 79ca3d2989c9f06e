"""Where sentences begin and end, as exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BREAK = re.compile(r"(?<=[.!?。！？])[\"'”’)\]]*\s+|\n\s*\n|[。！？]")


def split(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Ranges `(start, end)` of the sentences of `text` in order, never inside a range of `skip`."""
    return [r for piece in _outside(len(text), skip) for r in _split_piece(text, *piece)]


def _outside(length: int, skip: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted(skip):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _split_piece(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _BREAK.finditer(text, start, end):
        yield from _trimmed(text, at, match.end())
        at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
