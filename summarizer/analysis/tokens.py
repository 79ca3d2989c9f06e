"""A sentence cut into the tokens the name tagger reads: split at hyphens and before 's, the points of initials kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"(?:{_LETTER}\.){{2,}}"  # U.S., J.R.R.
    rf"|{_LETTER}(?=\.\s?\w)\."  # J. Smith
    rf"|\d+(?:[.,]\d+)*"
    rf"|['’]s\b"
    rf"|{_LETTER}+(?:['’](?!s\b){_LETTER}+)*"  # O'Brien and don't are one, Putin's is two
    r"|[^\W_]+|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token at `article.text[start:end]`, end exclusive. `glued` tells that no space stands before it."""

    start: int
    end: int
    text: str
    glued: bool


def tokens(text: str, offset: int = 0) -> list[Token]:
    """The tokens of `text`, their offsets moved by `offset`. Linear in the length of the text."""
    found: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        found.append(Token(start + offset, end + offset, match[0], start == last))
        last = end
    return found
