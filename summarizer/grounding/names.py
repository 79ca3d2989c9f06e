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
_PARTICLES = frozenset("al ben bin da de del den der di do dos du el ibn la le van von".split())
_CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec i am pm ad bc""".split()
)
_SHORT = {"us": "United States", "usa": "United States", "uk": "United Kingdom", "un": "United Nations"}
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
    source, own = [word for text in sentences for word in words_of(text)], words_of(claim)
    left_over = {word.key for word in source if _may_be_name(word) and not word.opens} - {word.key for word in own}
    for run in _runs(own):
        opening = len(run) == 1 and run[0].opens and not run[0].text.isupper()
        if _found(run, source) or (opening and not _is_name(run[0].text)):
            continue
        if analysis and numbers:
            meant = _named_in(run, analysis, numbers)
        else:
            meant = _may_be_meant(run, source, sentences, bool(left_over))
        if not meant:
            yield f"{' '.join(word.text for word in run)} is not in the cited sentences"


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The names of a text: runs of words with capitals, without titles; a people ("German") is one of its own."""
    loud = not any(word.text == word.text.lower() and len(word.text) > 3 for word in words)
    run: list[Word] = []
    for word in (*words, Word("", "", False, False)):
        if run and word.text in _PARTICLES:
            run.append(word)
            continue
        is_name = _may_be_name(word) and not (loud and not word.text.isupper())
        alone = word.key.startswith("@")
        if run and (alone or not is_name or run[-1].possessive or run[-1].key.startswith("@")):
            while run[-1].text in _PARTICLES:
                run.pop()
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
    """Whether all its words stand in the source, and no two names of the source were made one of."""
    places: dict[str, list[int]] = {}
    for at, word in enumerate(source):
        places.setdefault(word.key, []).append(at)
    if run[0].opens and run[0].key not in places and len(run) > 1 and not _is_name(run[0].text):
        run = run[1:]
    if all(word.key in places or (len(run) > 1 and _shortened(word, source)) for word in run):
        return not any(_mixed(one, other, places, source) for one, other in pairwise(run))
    return _as_initials(run, source)


def _mixed(one: Word, other: Word, places: dict[str, list[int]], source: Sequence[Word]) -> bool:
    """ "Pieter Brandt" of Pieter Wiersma and Matthias Brandt: neither is ever beside the other, both beside others."""
    first, last = places.get(one.key), places.get(other.key)
    if not first or not last:
        return False
    if any(0 < abs(b - a) <= 4 for a in first for b in last):
        return False
    behind = all(a + 1 < len(source) and source[a + 1].capital and not source[a + 1].opens for a in first)
    return behind and all(b and source[b - 1].capital for b in last)


def _shortened(word: Word, source: Sequence[Word]) -> bool:
    """Pete for Peter, J for John, beside the rest of the name."""
    letters = word.text.casefold()
    long = [other.text.casefold() for other in source if other.capital and not other.key.startswith("@")]
    return any(len(letters) in {1, *range(3, 9)} and other.startswith(letters) for other in long)


def _as_initials(run: Sequence[Word], source: Sequence[Word]) -> bool:
    """KCNA for Korean Central News Agency, and the other way round."""
    capitals = [word for word in source if word.capital]
    if len(run) == 1:
        short = run[0].text.replace(".", "")
        if (known := _SHORT.get(short.lower())) and short.isupper():
            return all(any(word.key == _key(name) for word in source) for name in known.split())
        initials = "".join(word.text[0] for word in (source if len(short) > 2 else capitals)).upper()
        return short.isupper() and 2 <= len(short) <= 6 and short in initials
    initials = "".join(word.text[0] for word in run)
    return initials.isupper() and any(word.text.replace(".", "") == initials for word in source)


def _may_be_meant(run: Sequence[Word], source: Sequence[Word], sentences: Sequence[str], left_over: bool) -> bool:
    """Where no article tells who "he" is: whether the sentences may mean this name, so that the reader may judge.

    `left_over` tells that they have a name which the claim does not, whose place this one may have taken.
    """
    if _is_relative(run, source):
        return False
    if any(re.search(rf"\b{re.escape(word.text)}\d", text) for word in run for text in sentences):
        return False  # CO is not CO2
    return any(map(_POINTS.search, sentences)) or (len(run) == 1 and not left_over)


def _named_in(run: Sequence[Word], analysis: Analysis, numbers: Sequence[int]) -> bool:
    """Whether the article has the cited sentences mean it, by another name or by a pronoun."""
    keys = {word.key for word in run}
    for found in analysis.entities:
        entity = found.entity
        if any(keys <= {word.key for word in words_of(name)} for name in (entity.name, *entity.aliases)):
            near = {mention.sentence for mention in entity.mentions}
            if near & set(numbers) or _pronoun_may_mean(near, numbers, analysis.article):
                return True
    return False


def _is_relative(run: Sequence[Word], source: Sequence[Word]) -> bool:
    """ "Jeroen Wiersma" where the sentences name Pieter Wiersma alone: one name of theirs, exchanged in part."""
    own = {word.key for word in run}
    for at, word in enumerate(source):
        if len(run) > 1 and word.key in own and word.capital:
            beside = [*source[max(0, at - 1) : at], *source[at + 1 : at + 2]]
            if any(w.capital and not w.opens and w.key not in own and w.text.lower() not in _TITLES for w in beside):
                return True
    return False


def _pronoun_may_mean(near: set[int], numbers: Sequence[int], article: Article) -> bool:
    """Whether a cited sentence points back, and one of the three before it has the name."""
    cited = (article.sentence(number) for number in numbers)
    return any(near & set(range(s.number - 3, s.number)) for s in cited if s and _POINTS.search(s.text))


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    """Whether the first word of a claim is a name, which its capital does not tell."""
    return bool(Analysis(Article(f"{word} was there.")).entities)
