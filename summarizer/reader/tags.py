"""From the tags of tokens to names: each word is taken from the window where it stands deepest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tokenizers import Encoding

from summarizer.reader.base import Name, NameType

TYPES: tuple[NameType, ...] = ("person", "organisation", "place", "other")
TAGS = (("O", ""), *((part, kind) for kind in TYPES for part in "BI"))


class _Word(NamedTuple):
    depth: int
    end: int
    row: Any


def case_ids(window: Encoding, text: str) -> list[int]:
    """How the word of each token is written: 1 small, 2 capital first, 3 capitals, 4 mixed; 0 for marks."""
    spans: dict[int | None, tuple[int, int]] = {}
    for (start, end), inside, word in zip(window.offsets, window.sequence_ids, window.word_ids, strict=True):
        if inside is not None:
            first, last = spans.get(word, (start, end))
            spans[word] = (min(first, start), max(last, end))
    each = zip(window.sequence_ids, window.word_ids, strict=True)
    return [0 if inside is None else _case(text[slice(*spans[word])]) for inside, word in each]


def _case(word: str) -> int:
    if word == word.lower():
        return 1
    if word == word.upper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() and word[1:] == word[1:].lower() else 4


def names_of(windows: Sequence[Encoding], tags: Sequence[Any]) -> list[Name]:
    """The names that the tags of each window, (tokens, 9) probabilities, spell out together."""
    words: dict[int, _Word] = {}
    for window, rows in zip(windows, tags, strict=True):
        for start, word in _words(window, rows):
            if start not in words or words[start].depth < word.depth:
                words[start] = word
    return _joined(words)


def _words(window: Encoding, rows: Any) -> list[tuple[int, _Word]]:
    """The words of a window by where they start; the tag of a word is that of its first token."""
    ends: dict[int | None, int] = {
        word: end for (_, end), word in zip(window.offsets, window.word_ids, strict=True) if word is not None
    }
    found, before, size = [], None, len(window.ids)
    for at, (inside, word) in enumerate(zip(window.sequence_ids, window.word_ids, strict=True)):
        if inside is not None and word != before:
            found.append((window.offsets[at][0], _Word(min(at, size - at), ends[word], rows[at])))
        before = word
    return found


def _joined(words: dict[int, _Word]) -> list[Name]:
    found: list[tuple[int, int, NameType, list[float]]] = []
    is_open = False
    for start in sorted(words):
        part, kind = TAGS[int(words[start].row.argmax())]
        sure = float(words[start].row.max())
        if part == "I" and is_open and found[-1][2] == kind:
            first, _, _, each = found[-1]
            found[-1] = (first, words[start].end, kind, [*each, sure])
        elif part != "O":
            found.append((start, words[start].end, kind, [sure]))  # type: ignore[arg-type]
        is_open = part != "O"
    return [Name(start, end, kind, sum(each) / len(each)) for start, end, kind, each in found]
