"""From the tags of tokens to names: each word is taken from the window where it stands deepest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tokenizers import Encoding

from summarizer.reader.base import Name, NameType

TYPES: tuple[NameType, ...] = ("person", "organisation", "place", "other")
TAGS: tuple[tuple[str, Any], ...] = (("O", ""), *((part, kind) for kind in TYPES for part in "BI"))


def case_ids(window: Encoding, text: str) -> list[int]:
    """How the word of each token is written: 1 small, 2 capital first, 3 capitals, 4 mixed; 0 for marks."""
    return [0 if word is None else _case(text[slice(*_span(window, word))]) for word in window.word_ids]


def _span(window: Encoding, word: int) -> tuple[int, int]:
    return window.word_to_chars(word) or (0, 0)


def _case(word: str) -> int:
    if word == word.lower():
        return 1
    if word == word.upper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() and word[1:] == word[1:].lower() else 4


def names_of(windows: Sequence[Encoding], tags: Sequence[Any]) -> list[Name]:
    """The names that the tags of each window, (tokens, 9) probabilities, spell out together."""
    words: dict[int, tuple[int, int, Any]] = {}  # where a word starts: how deep it stands, where it ends, its tag
    for window, rows in zip(windows, tags, strict=True):
        first = {word: at for at, word in reversed([*enumerate(window.word_ids)]) if word is not None}
        for word, at in first.items():
            (start, end), depth = _span(window, word), min(at, len(window.ids) - at)
            if start not in words or words[start][0] < depth:
                words[start] = depth, end, rows[at]
    return _joined(words)


def _joined(words: dict[int, tuple[int, int, Any]]) -> list[Name]:
    found: list[tuple[int, int, NameType, list[float]]] = []
    is_open = False
    for start in sorted(words):
        _, end, row = words[start]
        part, kind = TAGS[int(row.argmax())]
        sure = float(row.max())
        if part == "I" and is_open and found[-1][2] == kind:
            found[-1] = (found[-1][0], end, kind, [*found[-1][3], sure])
        elif part != "O":
            found.append((start, end, kind, [sure]))
        is_open = part != "O"
    return [Name(start, end, kind, sum(each) / len(each)) for start, end, kind, each in found]
