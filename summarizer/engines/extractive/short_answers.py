"""A word or two out of the first sentence, shown only where it can be trusted.

Trusted is the only piece of the sentence that has the type asked for, when the type is a date or a number, and for a
person or a place when the sentence has most of the question's words too. How often that is right is measured in
benchmarks/answers.
"""

from __future__ import annotations

import re

from summarizer.analysis import Analysis
from summarizer.analysis.words import stem, words
from summarizer.article import Sentence
from summarizer.engines.extractive.candidates import Candidate, fitting
from summarizer.engines.extractive.questions import Kind, Question
from summarizer.engines.sentence_index import key_of

_MOST = 0.6
_NEEDED: dict[Kind, float] = {"date": 0.0, "number": 0.0, "person": _MOST, "place": _MOST}
_COUNTED_WITHIN = 30
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def trusted(analysis: Analysis, asked: Question, sentence: Sentence) -> str | None:
    """The short answer in the sentence that is nearest to the question, or None where none can be trusted."""
    if asked.is_list or asked.kind not in _NEEDED:
        return None
    found = typed(analysis, asked, sentence)
    if len({piece.text for piece in found}) != 1 or shared(asked, sentence) < _NEEDED[asked.kind]:
        return None
    return found[0].text


def typed(analysis: Analysis, asked: Question, sentence: Sentence) -> tuple[Candidate, ...]:
    """The pieces of the type asked for: of a date the year where a year is asked, numbers of the thing counted."""
    found = fitting(analysis, asked, sentence)
    if asked.noun == "year":
        return tuple(map(_year, found))
    if asked.kind == "number" and asked.noun:
        return tuple(counted for piece in found if (counted := _counted(analysis, piece, asked.noun)))
    return found


def _year(piece: Candidate) -> Candidate:
    years = list(_YEAR.finditer(piece.text))
    if len(years) != 1:
        return piece
    start = piece.start + years[0].start()
    return Candidate(start, start + 4, years[0][0], piece.kind, piece.certainty)


def _counted(analysis: Analysis, piece: Candidate, noun: str) -> Candidate | None:
    """The number without the thing counted, where that stands in the piece or soon after it; else None."""
    for word in words(analysis.article.text, piece.start, piece.end + _COUNTED_WITHIN):
        if word.stem == stem(noun):
            text = piece.text[: max(0, word.start - piece.start)].rstrip()
            return Candidate(piece.start, piece.start + len(text), text, piece.kind, piece.certainty) if text else None
    return None


def shared(asked: Question, sentence: Sentence) -> float:
    """The share of the question's words that the sentence has; one word alone is none, nor is the noun asked for."""
    wanted = {stem(key_of(word)) for word in asked.telling if word.folded != asked.noun}
    shared = wanted & {stem(key_of(word)) for word in words(sentence.text)}
    return len(shared) / len(wanted) if len(shared) > 1 else 0.0
