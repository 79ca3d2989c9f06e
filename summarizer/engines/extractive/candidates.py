"""Typed pieces of a sentence that could be the short answer to a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.words import fold, words
from summarizer.article import Article, Sentence
from summarizer.engines.extractive.questions import Kind, Question, understand
from summarizer.schemas.entities import EntityType

_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?:s\b|(?![\d]))")
_NUMBER = re.compile(
    r"[$£€]?(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?(?:\s?(?:%|per cent|percent|million|billion|trillion))?"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?)\b"
)
_BARE: tuple[tuple[re.Pattern[str], Kind], ...] = ((_YEAR, "date"), (_NUMBER, "number"))
_DAY_OR_MONTH = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|today|yesterday|tomorrow|morning|evening|night|century)\b"
)
_KINDS: dict[EntityType, Kind] = {"person": "person", "place": "place", "organisation": "organisation"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a sentence: `article.text[start:end] == text`, what kind of thing it is and how sure that is.

    `measure` is the kind of a quantity; `names` are all names of an entity, folded; `is_first` tells that the article
    has not spoken of it before.
    """

    start: int
    end: int
    text: str
    kind: Kind
    certainty: float
    measure: str = ""
    names: frozenset[str] = frozenset()
    is_first: bool = True


def candidates(analysis: Analysis, sentence: Sentence) -> tuple[Candidate, ...]:
    """The names, dates and numbers in a sentence, in order; none inside another of its kind."""
    return _by_sentence(analysis).get(sentence.number, ())


def accepts(question: str, candidate: str, analysis: Analysis | None = None) -> bool:
    """Whether `candidate` can be the kind of thing the question asks for: a city is not "Mr Kim".

    With an `analysis` names are judged by the type the article gives them; without one only by their form.
    What the question itself says is no answer to it.
    """
    asked = understand(question)
    if not candidate.strip() or _said(candidate, {word.folded for word in asked.words}):
        return False
    has_number = bool(_NUMBER.search(candidate) or _YEAR.search(candidate))
    match asked.kind:
        case "number":
            return has_number
        case "date":
            return has_number or bool(_DAY_OR_MONTH.search(candidate))
        case "person" | "place" | "organisation":
            kinds = _kinds_of(analysis, candidate) if analysis else frozenset[Kind]()
            return candidate[:1].isupper() and not has_number and (not kinds or asked.kind in kinds or "thing" in kinds)
    return True


def fitting(analysis: Analysis, asked: Question, sentence: Sentence) -> tuple[Candidate, ...]:
    """The candidates of a sentence that are of the type asked for and not named in the question."""
    return tuple(found for found in candidates(analysis, sentence) if _fits(found, asked))


def _fits(found: Candidate, asked: Question) -> bool:
    known = {word.folded for word in asked.words}
    if found.kind != asked.kind or _said(found.text, known) or any(_said(name, known) for name in found.names):
        return False
    return not (found.measure and asked.measure) or found.measure in asked.measure


def short_candidates(analysis: Analysis, question: str, sentence: Sentence) -> tuple[str, ...]:
    """Pieces of the sentence of the type the question asks for, in order, without those the question names.

    A small model may choose among them; it may not add to them. Empty for a question without a type.
    """
    return tuple(dict.fromkeys(found.text for found in fitting(analysis, understand(question), sentence)))


def _said(text: str, known: set[str]) -> bool:
    return all(word.folded in known or not word.is_content for word in words(text))


def _kinds_of(analysis: Analysis, name: str) -> frozenset[Kind]:
    wanted = fold(name).strip()
    return frozenset(
        _KINDS.get(found.entity.type, "thing")
        for found in analysis.entities
        if wanted in {fold(alias) for alias in (found.entity.name, *found.entity.aliases)}
    )


@lru_cache(maxsize=8)
def _by_sentence(analysis: Analysis) -> dict[int, tuple[Candidate, ...]]:
    found: dict[int, list[Candidate]] = {}
    for number, piece in _typed(analysis):
        found.setdefault(number, []).append(piece)
    for sentence in analysis.article.sentences:
        _add_bare(found.setdefault(sentence.number, []), analysis.article, sentence)
    return {number: tuple(sorted(pieces, key=lambda piece: piece.start)) for number, pieces in found.items()}


def _typed(analysis: Analysis) -> Iterable[tuple[int, Candidate]]:
    for found in analysis.entities:
        kind = _KINDS.get(found.entity.type, "thing")
        names = frozenset(map(fold, (found.entity.name, *found.entity.aliases)))
        first = found.entity.mentions[0].sentence
        for at in found.entity.mentions:
            is_first = at.sentence == first
            yield at.sentence, Candidate(at.start, at.end, at.text, kind, found.certainty, "", names, is_first)
    for date in analysis.dates:
        for at in date.mentions:
            yield at.sentence, Candidate(at.start, at.end, at.text, "date", 1.0)
    for quantity in analysis.quantities:
        for at in quantity.mentions:
            yield at.sentence, Candidate(at.start, at.end, at.text, "number", 1.0, measure=quantity.kind)


def _add_bare(pieces: list[Candidate], article: Article, sentence: Sentence) -> None:
    """Years and numbers that the typed reading left over."""
    for pattern, kind in _BARE:
        taken = [(piece.start, piece.end) for piece in pieces]
        pieces.extend(
            Candidate(match.start(), match.end(), match[0], kind, 0.5)
            for match in pattern.finditer(article.text, sentence.start, sentence.end)
            if not any(start < match.end() and match.start() < end for start, end in taken)
        )
