"""Names: every name of a claim stands in the sentences it cites, under this name or another the article gives it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from summarizer.analysis import Analysis
from summarizer.analysis.number_words import NUMBER_WORDS
from summarizer.analysis.words import STOP_WORDS, plain, stem
from summarizer.article import Article

_DATA = tomllib.loads(files("summarizer.grounding").joinpath("data/names.toml").read_text("utf-8"))
_PEOPLES = {word: f"@{line.split()[0]}" for line in _DATA["peoples"].split("|") for word in line.split()}
_TITLES = frozenset(_DATA["titles"].split())
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec i am pm ad bc""".split()
)
_SHORT = {"US": "United States", "USA": "United States", "UK": "United Kingdom", "UN": "United Nations"}
# "CO" is no word of "CO2".
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|(?<!\w)[^\W\d_]++(?:['&][^\W\d_]+)*+(?![\d_])|[.!?\"]")
_ENDS = frozenset('.!?"')
# A pronoun, or a noun that stands for a name as a pronoun does.
_POINTS = re.compile(
    r"\b(?i:he|she|they|it|his|her|him|their|them|its|i|we|our|my|who|whose)\b|The [a-z]|\bthe (?:city|town|village"
    r"|country|state|nation|island|company|firm|bank|group|airline|club|party|team|ministry|court|university|school"
    r"|agency|museum|song|album|film|series|band)\b"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, its key, whether it begins a sentence, and whether "'s" follows."""

    text: str
    key: str
    opens: bool
    possessive: bool

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital, in front or inside: eBay."""
        return self.text != self.text.lower()


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    found, opens = [], True
    for match in _WORD.finditer(plain(text)):
        word = match[0]
        if word in _ENDS:
            opens = True
            continue
        bare = re.sub(r"'s?$", "", word)
        found.append(Word(bare, _key(bare), opens, bare != word))
        opens = False
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
    source, own, text = [word for one in sentences for word in words_of(one)], words_of(claim), " | ".join(sentences)
    for run in _runs(own):
        opening = len(run) == 1 and run[0].opens and not run[0].text.isupper()
        if _found(run, source) or (opening and not _is_name(run[0].text)):
            continue
        meant = _named_in(run, analysis, numbers) if analysis and numbers else _may_be_meant(run, source, own, text)
        if not meant:
            yield f"{' '.join(word.text for word in run)} is not in the cited sentences"


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The names of a text: runs of words with capitals, without titles; a people ("German") is one of its own."""
    loud = not any(word.text == word.text.lower() and len(word.text) > 3 for word in words)
    run: list[Word] = []
    for word in (*words, Word("", "", False, False)):
        is_name = _may_be_name(word) and not (loud and not word.text.isupper())
        alone = word.key.startswith("@")
        if run and (alone or not is_name or run[-1].possessive or run[-1].key.startswith("@")):
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


def _may_be_meant(run: Sequence[Word], source: Sequence[Word], own: Sequence[Word], text: str) -> bool:
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
    left = {word.key for word in source if _may_be_name(word) and not word.opens} - {word.key for word in own}
    return bool(_POINTS.search(text)) or (len(run) == 1 and not left)


def _named_in(run: Sequence[Word], analysis: Analysis, numbers: Sequence[int]) -> bool:
    """Whether the article has the cited sentences mean it: by another name, or pointing back up to three sentences."""
    keys = {word.key for word in run}
    pointing = [n for n in numbers if (s := analysis.article.sentence(n)) and _POINTS.search(s.text)]
    near = {*numbers, *(n - back for n in pointing for back in (1, 2, 3))}
    return any(
        any(keys <= {word.key for word in words_of(name)} for name in (found.entity.name, *found.entity.aliases))
        and any(mention.sentence in near for mention in found.entity.mentions)
        for found in analysis.entities
    )


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    """Whether the first word of a claim is a name, which its capital does not tell."""
    return bool(Analysis(Article(f"{word} was there.")).entities)
