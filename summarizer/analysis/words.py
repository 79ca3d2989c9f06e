"""Words of a text with their exact places, folded for comparison, their stems, and the tokens of the name tagger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

try:
    from Stemmer import Stemmer
except ImportError:  # no wheel for this platform: the same algorithm in Python, slower to load and to run
    from snowballstemmer import stemmer as Stemmer  # noqa: N812

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
# What the name tagger reads: split at hyphens and before 's, the points of initials kept.
_LETTER = r"[^\W\d_]"
_NAME_TOKEN = re.compile(
    rf"(?:{_LETTER}\.){{2,}}"  # U.S., J.R.R.
    rf"|{_LETTER}(?=\.\s?\w)\."  # J. Smith
    rf"|\d+(?:[.,]\d+)*"
    rf"|['’]s\b"
    rf"|{_LETTER}+(?:['’](?!s\b){_LETTER}+)*"  # O'Brien and don't are one, Putin's is two
    r"|[^\W_]+|\S"
)
_STEMMER = Stemmer("english")
_DASHES, _QUOTES, _NOTHING = "‐‑–—−", "’‘ʼ", "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PLAIN = str.maketrans(
    dict.fromkeys(_DASHES, "-") | dict.fromkeys(_QUOTES, "'") | dict.fromkeys("“”", '"') | dict.fromkeys(_NOTHING, "")
)

_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)([^*_\n]{1,300})(?<=\S)\1(?![\w*_])")
# "Present:** Ann Lee" is a sentence of "**Present:** Ann Lee"; "2**3" and "f**k" stay.
_STRAY = re.compile(r"(?<=\S)\*\*(?=\s|$)|(?:(?<=\s)|^)\*\*(?=\S)")
_FRACTION = re.compile("([¼-¾⅐-⅞])")

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours ourselves out over own same she should so some such than that the their theirs them
    themselves then there these they this those through to too under until up very was we were what when where which
    while who whom why will with would you your yours yourself yourselves 's""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `text[start:end]`; `folded` is its form for comparison."""

    start: int
    end: int
    folded: str

    @property
    def stem(self) -> str:
        """The English stem (Snowball) of the folded form."""
        return stem(self.folded)

    @property
    def is_content(self) -> bool:
        """Whether it carries meaning of its own: not a stop word."""
        return self.folded not in STOP_WORDS


def fold(text: str) -> str:
    """`text` for comparison: Unicode NFKC, plain quotes and dashes, no soft hyphens or zero-width signs, lower case.

    Its length may differ from that of `text`: never use an offset into it as one into `text`.
    """
    return plain(text).casefold()


def plain(text: str) -> str:
    """`text` with Unicode NFKC, plain quotes and dashes, no soft hyphens or zero-width signs; letter case stays.

    Fractions such as ½ stay whole: NFKC would make 251/2 out of 25½.
    """
    if text.isascii():
        return text
    pieces = _FRACTION.split(text)
    return "".join(p if n % 2 else unicodedata.normalize("NFKC", p) for n, p in enumerate(pieces)).translate(_PLAIN)


def unmarked(text: str) -> str:
    """`text` without the stars and underscores that set words in bold or italics: "was **agreed** by *Dr Roe*"."""
    return _STRAY.sub("", _EMPHASIS.sub(r"\2", text)) if "*" in text or "_" in text else text


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of `text[start:end]`, with offsets into `text`. Linear in the length of the text."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(match.start(), match.end(), fold(match[0]))


def content_stems(text: str) -> list[str]:
    """Stems of the words of `text` that are not stop words, in order."""
    return [word.stem for word in words(text) if word.is_content]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English stem of a folded word (Porter2, by Snowball)."""
    return str(_STEMMER.stemWord(word.removesuffix("'s")))


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
    for match in _NAME_TOKEN.finditer(text):
        start, end = match.span()
        found.append(Token(start + offset, end + offset, match[0], start == last))
        last = end
    return found
