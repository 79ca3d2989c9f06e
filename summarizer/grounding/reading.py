"""A text as the check reads it: words, numbers and marks in order, each with a key that equal things share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from summarizer.analysis.numbers import Number, find_numbers
from summarizer.analysis.words import STOP_WORDS, plain, stem
from summarizer.grounding.lexicon import BASE_FORMS, COUNTRIES, FUNCTION_TOO, MONTHS

Kind = Literal["word", "number", "mark"]

# Bounded or single-pass alternatives only: the scan is linear whatever the text.
_PIECE = re.compile(
    r"""(?P<iso>(?<![\w-])(?:1\d|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-]))
      | (?P<initials>(?<!\w)(?:[^\W\d_]\.)++(?:[^\W\d_](?!\w)\.?)?)
      | & | n't\b
      | [^\W\d_]+(?:['&][^\W\d_]+)*
      | [^\W_]+
      | (?<!\w)'[^\W\d_]{1,2}\b | '(?=\ )
      | (?P<mark>[,;:()\[\]"]|\.{3}|``|''|--|[.!?。！？，、；：…]|(?<=\s)-(?=\s))""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]+")
_ENDS = frozenset(".!?。！？")
_CONTRACTIONS = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "let's": ("let",),
}  # fmt: skip
_ENDINGS = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would"}
_FUNCTION = STOP_WORDS | FUNCTION_TOO


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark.

    Args:
        text: as written, after NFKC and with plain quotes.
        form: lower case.
        key: what equal things share: the stem of a word, the value of a number.
        kind: word, number or mark.
        content: whether it carries meaning of its own.
        capital: whether it begins with a capital letter.
        opens: whether it is the first word of a sentence, where a capital says nothing.
        sentence: index of the sentence among those read together.
        possessive: whether "'s" follows.
        joined: whether a hyphen ties it to the word before: the "un" of "Jong-un".
        before: the piece of text between the token before and this one, where that is short; it may hold a currency.

    """

    text: str
    form: str
    key: str
    kind: Kind
    content: bool
    capital: bool
    opens: bool
    sentence: int
    possessive: bool = False
    number: Number | None = None
    before: str = ""
    after: str = ""
    joined: bool = False

    @property
    def name_like(self) -> bool:
        """Whether it is written as a name: a capital that the start of a sentence does not explain."""
        return self.capital and not self.opens


@dataclass(frozen=True)
class Reading:
    """The tokens of one or more sentences read together."""

    tokens: tuple[Token, ...]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Key -> indices of the content tokens that have it, in order."""
        table: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            if token.content:
                table.setdefault(token.key, []).append(at)
        return table

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Indices of the content tokens."""
        return tuple(at for at, token in enumerate(self.tokens) if token.content)

    @cached_property
    def capitals_tell(self) -> bool:
        """Whether a capital marks a name here: not in a headline in Title Case or CAPITALS."""
        return any(t.kind == "word" and t.content and not t.capital and len(t.text) > 2 for t in self.tokens)

    @cached_property
    def lower_case(self) -> bool:
        """Whether the text is written without capitals, so that names cannot be told by them."""
        return not any(token.capital for token in self.tokens)

    @cached_property
    def memo(self) -> dict[str, object]:
        """What the rooms of the check derive from this reading, kept by name so that it is derived once."""
        return {}


def read(texts: Iterable[str]) -> Reading:
    """The texts as one reading; a full stop stands between two of them."""
    parts = [_read_one(text) if len(text) < 4000 else _read(text) for text in texts]
    if len(parts) == 1:
        return parts[0]
    return _joined(tuple(parts)) if sum(len(p.tokens) for p in parts) < 1000 else _join(parts)


@lru_cache(maxsize=8192)
def _read_one(text: str) -> Reading:
    return _read(text)


@lru_cache(maxsize=2048)
def _joined(parts: tuple[Reading, ...]) -> Reading:
    return _join(parts)


def _join(parts: Iterable[Reading]) -> Reading:
    tokens: list[Token] = []
    offset = 0
    for part in parts:
        tokens.extend(_moved(token, offset) for token in part.tokens)
        offset = tokens[-1].sentence + 1 if tokens else 0
        tokens.append(Token(".", ".", ".", "mark", False, False, False, offset - 1 if offset else 0))
    return Reading(tuple(tokens))


def _moved(token: Token, offset: int) -> Token:
    if not offset:
        return token
    return replace(token, sentence=token.sentence + offset)


def _read(text: str) -> Reading:
    text = plain(text)
    numbers = find_numbers(text)
    reader = _Reader(text)
    upcoming = at = 0
    while match := _PIECE.search(text, at):
        at = match.end()
        while upcoming < len(numbers) and numbers[upcoming].end <= match.start():
            upcoming += 1
        number = numbers[upcoming] if upcoming < len(numbers) else None
        if match["iso"]:
            reader.add_date(match[0])
        elif number and number.start < match.end() and match.start() < number.end:
            reader.add_number(number)
            at = number.end
        elif match["mark"]:
            reader.add_mark(match[0])
        elif match["initials"]:
            reader.add_word(match[0].replace(".", ""), match.start())
        else:
            reader.add_piece(match[0], match.start())
    return Reading(tuple(_dated(reader.tokens)))


def glance(text: str) -> frozenset[str]:
    """The keys of the content words of a text, found many times faster than by reading it: for an index."""
    words = {word for word in _WORD.findall(plain(text)) if word.lower() not in _FUNCTION}
    return frozenset(word_key(word.lower(), word[0].isupper()) for word in words)


class _Reader:
    """Builds the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sentence = 0
        self.opens = True

    def add_mark(self, mark: str) -> None:
        mark = '"' if mark in {"``", "''"} else mark
        self.tokens.append(Token(mark, mark, mark, "mark", False, False, False, self.sentence))
        if mark in _ENDS:
            self.sentence += 1
            self.opens = True

    def add_number(self, number: Number) -> None:
        text = self.text[number.start : number.end]
        before, after = self.text[max(0, number.start - 2) : number.start], self.text[number.end : number.end + 8]
        token = Token(text, text.lower(), number_key(number), "number", True, False, self.opens, self.sentence)
        self.tokens.append(replace(token, number=number, before=before, after=after))
        self.opens = False

    def add_date(self, iso: str) -> None:
        """2023-09-10 as the three words of "10 September 2023"."""
        year, month, day = iso.split("-")
        for text, key in ((day, f"#{int(day)}"), (month, f"month:{int(month)}"), (year, f"#{year}")):
            kind: Kind = "word" if text is month else "number"
            self.tokens.append(Token(text, text, key, kind, True, False, False, self.sentence))
        self.opens = False

    def add_piece(self, piece: str, at: int) -> None:
        form = piece.lower()
        if form in _CONTRACTIONS:
            for n, part in enumerate(_CONTRACTIONS[form]):
                self.add_word(part.capitalize() if n == 0 and piece[0].isupper() else part, at)
        elif form == "&":
            self.add_word("and", at)
        elif form == "n't":
            self.add_word("not", at)
        elif form.endswith("n't"):
            self.add_word(piece[:-3], at)
            self.add_word("not", at)
        elif form in {"'s", "'"}:
            self._mark_possessive()
        elif form.endswith("'s"):
            self.add_word(piece[:-2], at)
            self._mark_possessive()
        else:
            self._add_with_ending(piece, form, at)

    def _add_with_ending(self, piece: str, form: str, at: int) -> None:
        stem_end = form.rfind("'")
        ending = form[stem_end:] if stem_end >= 0 else ""
        if ending in _ENDINGS:
            if stem_end:
                self.add_word(piece[:stem_end], at)
            self.add_word(_ENDINGS[ending], at)
        else:
            self.add_word(piece.strip("'"), at)
            if form.endswith("s") and self.text[at + len(piece) : at + len(piece) + 2] == "' ":
                self._mark_possessive()

    def _mark_possessive(self) -> None:
        if self.tokens and self.tokens[-1].kind == "word":
            self.tokens[-1] = replace(self.tokens[-1], possessive=True)

    def add_word(self, word: str, at: int) -> None:
        if not word:
            return
        form = word.lower()
        capital = word[0].isupper()
        joined = at > 1 and self.text[at - 1] == "-" and self.text[at - 2].isalnum()
        content = form not in _FUNCTION or (capital and not self.opens and word in {"US", "IT", "WHO", "May"})
        self.tokens.append(
            Token(
                word, form, word_key(form, capital), "word", content, capital, self.opens, self.sentence, joined=joined
            )
        )
        self.opens = False


@lru_cache(maxsize=65536)
def word_key(form: str, capital: bool) -> str:
    """What the forms of one word share: run and ran, Korea and Korean, São and Sao."""
    if form in COUNTRIES and (capital or form not in {"us", "turkey", "polish", "pole", "china", "eu"}):
        return f"@{COUNTRIES[form]}"
    if form in MONTHS and (len(form) > 3 or capital):
        return f"month:{MONTHS[form]}"
    if form.isascii():
        return stem(BASE_FORMS.get(form, form))
    return stem(_without_accents(form))


def _without_accents(form: str) -> str:
    from unicodedata import combining, normalize

    bare = "".join(c for c in normalize("NFD", form) if not combining(c))
    return bare if bare.isascii() else form


def number_key(number: Number) -> str:
    """The value of a number as exact text: 1,180 and 1180 and 1180.0 share it; 3 and 3rd and 3% do not."""
    value = format(number.value, "f")
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    mark = {"ordinal": "th", "decade": "s"}.get(number.kind, "")
    return f"#{value}{mark}{'%' if number.percent else ''}"


def _dated(tokens: list[Token]) -> list[Token]:
    """ "10th September" is September 10: beside a month an ordinal is the number of the day."""
    for at, token in enumerate(tokens):
        if token.number is None or token.number.kind != "ordinal":
            continue
        near = {t.key for t in tokens[max(0, at - 1) : at + 3] if t.key.startswith("month:")}
        if near:
            tokens[at] = replace(token, key=token.key.removesuffix("th"))
    return tokens
