"""Names: every name of a claim stands in the sentences it cites, under this name or another the article gives it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from summarizer.analysis import Analysis, FoundEntity
from summarizer.analysis.words import STOP_WORDS, plain, stem
from summarizer.article import Article
from summarizer.values.date_words import MONTHS, WEEKDAYS
from summarizer.values.number_words import NUMBER_WORDS

_DATA = tomllib.loads(files("summarizer.grounding").joinpath("data/names.toml").read_text("utf-8"))
_PEOPLES = {word: f"@{line.split()[0]}" for line in _DATA["peoples"].split("|") for word in line.split()}
_TITLES = frozenset(_DATA["titles"].split())
_CALENDAR = frozenset({*MONTHS, *WEEKDAYS, "i", "am", "pm", "ad", "bc"})
_SHORT = {"US": "United States", "USA": "United States", "UK": "United Kingdom", "UN": "United Nations"}
# "CO" is no word of "CO2".
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?<!\w)[^\W\d_]++(?:['&][^\W\d_]+)*+(?![\d_])|[.!?\",;:(]")
# A pronoun, or a noun that stands for a name as a pronoun does.
_POINTS = re.compile(
    r"\b(?i:he|she|they|it|his|her|him|their|them|its|i|we|our|my|who|whose)\b|The [a-z]|\bthe (?:city|town|village"
    r"|country|state|nation|island|company|firm|bank|group|airline|club|party|team|ministry|court|university|school"
    r"|agency|museum|song|album|film|series|band)\b"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, its key, whether it opens a sentence, has "'s", or opens a part of one."""

    text: str
    key: str
    opens: bool
    possessive: bool
    apart: bool = False

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital, in front or inside: eBay."""
        return self.text != self.text.lower()


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    found, opens, apart = [], True, True
    for match in _WORD.finditer(plain(text)):
        word = match[0]
        if not word[0].isalpha():
            opens, apart = opens or word in '.!?"', True
            continue
        bare = re.sub(r"'s?$", "", word)
        found.append(Word(bare, _key(bare), opens, bare != word, apart))
        opens = apart = False
    return tuple(found)


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """What the forms of a name share: Korea and Korean, São and Sao, U.S. and US."""
    bare = unicodedata.normalize("NFD", word.replace(".", "").casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _PEOPLES.get(bare) or _PEOPLES.get(bare.removesuffix("s")) or stem(bare)


def wrong_names(
    claim: str, sentences: Sequence[str], analysis: Analysis | None, numbers: Sequence[int]
) -> Iterator[str]:
    """Names of `claim` that differ, in words; `numbers` are those of the cited sentences in the article, if known."""
    source = [word for one in sentences for word in words_of(one)]
    if not (missing := list(_missing(claim, source, analysis))):
        return
    named = {word.key for word in source if _may_be_name(word) and (not word.opens or _is_name(word.text))}
    left = named - {word.key for word in words_of(claim)}
    for run in missing:
        if analysis and numbers:
            meant = _named_in(run, analysis, numbers, left)
        else:
            meant = _may_be_meant(run, source, left, " | ".join(sentences))
        if not meant:
            yield f"{' '.join(word.text for word in run)} is not in the cited sentences"


def unnamed(claim: str, sentences: Sequence[str], analysis: Analysis) -> list[frozenset[str]]:
    """The keys of the words of each name of `claim` that the sentences lack."""
    source = [word for one in sentences for word in words_of(one)]
    return [frozenset(word.key for word in run) for run in _missing(claim, source, analysis)]


def _missing(claim: str, source: Sequence[Word], analysis: Analysis | None) -> Iterator[list[Word]]:
    """The names that the source lacks; the first word of a claim is one unless the article writes it small."""
    small = _small(analysis) if analysis else frozenset(word.key for word in source if not word.capital)
    for run in _runs(words_of(claim)):
        first = run[0]
        ordinary = first.opens and not first.text.isupper() and (first.key in small or not _is_name(first.text))
        name = run[1:] if ordinary else run
        if name and not _found(run, source) and not _found(name, source):
            yield name


@lru_cache(maxsize=8)
def _small(analysis: Analysis) -> frozenset[str]:
    """Keys of the words that the article writes without a capital."""
    return frozenset(word.key for word in words_of(analysis.article.text) if not word.capital)


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The names of a text: runs of words with capitals, without titles; a people ("German") is one of its own."""
    loud = not any(word.text == word.text.lower() and len(word.text) > 3 for word in words)
    run: list[Word] = []
    for word in (*words, Word("", "", False, False)):
        is_name = _may_be_name(word) and not (loud and not word.text.isupper())
        alone = word.key.startswith("@")
        if run and (alone or not is_name or word.apart or run[-1].possessive or run[-1].key.startswith("@")):
            yield run
            run = []
        if is_name:
            run.append(word)


def _may_be_name(word: Word) -> bool:
    """Not titles, days and number words: "Second World War" is World War II, and the figure is judged as one."""
    small = word.text.lower()
    if not word.capital or small in _TITLES or small in _CALENDAR or small in NUMBER_WORDS:
        return False
    return small not in STOP_WORDS or (word.text.isupper() and len(word.text) > 1)


def _found(run: Sequence[Word], source: Sequence[Word]) -> bool:
    """Whether its words stand in the source, or its initials do, or what it is short for: KCNA, U.N., US."""
    keys = {word.key for word in source}
    if all(word.key in keys for word in run[run[0].opens and len(run) > 1 and not _is_name(run[0].text) :]):
        return True
    if len(run) > 1:
        initials = "".join(word.text[0] for word in run)
        return initials.isupper() and any(word.text.replace(".", "") == initials for word in source)
    short = run[0].text.replace(".", "")
    whole = _SHORT.get(short, "").split()
    in_capitals = "".join(word.text[0] for word in source if word.capital or len(short) > 2).upper()
    is_short = short.isupper() and 2 <= len(short) <= 6
    return is_short and (all(_key(word) in keys for word in whole) if whole else short in in_capitals)


def _may_be_meant(run: Sequence[Word], source: Sequence[Word], left: AbstractSet[str], text: str) -> bool:
    """Where no article tells who "he" is: whether the sentences may mean this name, so that the reader may judge.

    They may not where one of their names has a part of it ("Jeroen Wiersma" for Pieter Wiersma), nor CO for CO2. A
    single name is taken for one of theirs if the claim leaves none out.
    """
    keys = {word.key for word in run}
    for one, other in pairwise(source) if len(run) > 1 else ():
        both = {one.key, other.key}
        if one.capital and other.capital and both & keys and both - keys and not {one.text.lower()} & _TITLES:
            return False
    if any(re.search(rf"\b{re.escape(word.text)}\d", text) for word in run):
        return False
    return bool(_POINTS.search(text)) or (len(run) == 1 and not left)


def _named_in(run: Sequence[Word], analysis: Analysis, numbers: Sequence[int], left: AbstractSet[str]) -> bool:
    """Whether the article has the cited sentences mean it, so that the reader may judge.

    They do by another name, or pointing back up to three sentences; and where it was named before and they name no
    other of its kind that the claim leaves out ("The team wants…": Hartl's).
    """
    keys = {word.key for word in run}
    if named_before(keys, numbers[0], analysis.article) and not _rivals(keys, left, analysis):
        return True
    pointing = [n for n in numbers if (s := analysis.article.sentence(n)) and _POINTS.search(s.text)]
    near = {*numbers, *(n - back for n in pointing for back in (1, 2, 3))}
    known = (found.entity for name, found in _known(analysis) if keys <= name)
    return any(mention.sentence in near for entity in known for mention in entity.mentions)


def named_before(keys: AbstractSet[str], number: int, article: Article) -> int | None:
    """The nearest sentence before sentence `number` that has the words of these keys; None where none has."""
    earlier = reversed(article.sentences[: number - 1])
    return next((one.number for one in earlier if keys <= {word.key for word in words_of(one.text)}), None)


def _rivals(keys: AbstractSet[str], left: AbstractSet[str], analysis: Analysis) -> bool:
    """Whether one of the names left out is of the kind of this one; of unknown kinds any may be."""
    kinds = {found.entity.type for name, found in _known(analysis) if keys & name}
    others = [{found.entity.type for name, found in _known(analysis) if key in name} for key in left]
    return any(not kinds or not other or kinds & other for other in others)


@lru_cache(maxsize=8)
def _known(analysis: Analysis) -> list[tuple[frozenset[str], FoundEntity]]:
    """The keys of each name of the article, and whose it is."""
    named = [(name, found) for found in analysis.entities for name in (found.entity.name, *found.entity.aliases)]
    return [(frozenset(word.key for word in words_of(name)), found) for name, found in named]


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    """Whether the first word of a claim is a name, which its capital does not tell."""
    return bool(Analysis(Article(f"{word} was there.")).entities)
