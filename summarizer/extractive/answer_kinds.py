"""Whether a piece of text is the kind of thing a question asks for: a sum of money, a day, a person, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.words import words
from summarizer.article import Sentence
from summarizer.extractive.questions import EMPTY, Kind, Question
from summarizer.schemas.entities import EntityType
from summarizer.sentences import WEEKDAY

_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?:s\b|(?!\d))")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|half|thirds?|quarters?|none|no|twice|once)\b",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(rf"(?:{_NUMBER.pattern}|\d+)", re.IGNORECASE)
# "How did she raise the ship?": not "a salvage diver", but "a hull filled with floats" or "by a rope"
_BARE_PHRASE = re.compile(r"(?:an?|the) (?:(?!\w+(?:ed|ing)\b)\w+ ?){1,3}$", re.IGNORECASE)
_WHEN = re.compile(
    rf"\d|\b(?:{WEEKDAY}s?|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|today|yesterday|tomorrow|tonight|morning|afternoon|evening|night|noon|midnight|spring"
    r"|summer|autumn|fall|winter|century|years?|months?|weeks?|days?|hours?|minutes?|weekend|Christmas|Easter)\b"
)
_MONEY = re.compile(
    r"[$£€¥₹]|\b(?:dollars?|pounds?|euros?|cents?|pence|crowns?|kron(?:er|or|a)|francs?|shillings?|rand|ringgit|rupees?"
    r"|yen|yuan|pesos?|rubles?|roubles?|zloty|lira|dinars?)\b|\b(?-i:[A-Z]{3}) ?\d",
    re.IGNORECASE,
)
# An age told as one: "aged 88", "was 88", "Ann Lee, 41,", "the 41-year-old"; eleven years of work are none.
_YEARS = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|\w{3,5}teen|ten|eleven|twelve"
    r"|a hundred|one|two|three|four|five|six|seven|eight|nine)"
)
_AGE = re.compile(
    rf"\bage[sd]? (?:of )?{_YEARS}\b|\b{_YEARS}[- ](?:year|month|week|day|centur)(?:s|y|ies)?[- ](?:old|of age)\b"
    rf"|, {_YEARS}(?=[,.;]|$)|\b(?:is|are|was|were|be|been|turned|turns|at) (?:only |just |about )?{_YEARS}"
    r"(?=[,.;]|$| (?:when|and|on|at|in|last|today|this|now|then)\b)",
    re.IGNORECASE,
)
# What a figure measures by the word behind it; "from" tells of a distance, "of" of what is carried.
_SIDES = {
    word: words.split()[0]
    for words in ("far from away", "long length", "wide width", "high height tall", "deep depth", "heavy weight", "of")
    for word in words.split()
}
_SIDE = re.compile(r"\s(?:[a-z]+ )?(?:in )?(from|away|long|length|wide|width|high|height|tall|deep|depth|of)\b")
_COUNTED = re.compile(r" (?:[a-z]+ )?[a-z]{2,}s\b")
_REASON = re.compile(
    # not "crew-planning software"
    r"\b(?:because|due|after|since|so|to|for|as|owing|fears?|over|by|that|had|was|were)\b|\b(?<!-)\w+ing\b"
)
_NAMED, _ASKS_NAME = {"person", "place", "organisation"}, re.compile(r"\bnamed?\b|\bcalled\b")
COUNTS = {"", "count", "other", "percent", "age"}
"""Kinds of quantities that may count something."""
_OF_TYPE: dict[EntityType, Kind] = {"person": "person", "place": "place", "organisation": "organisation"}


@dataclass(frozen=True, slots=True)
class Piece:
    """`article.text[start:end] == text`, and what kind of thing it is; `measure` is the kind of a quantity."""

    start: int
    end: int
    text: str
    kind: Kind
    measure: str = ""


def holds(analysis: Analysis, asked: Question, sentence: Sentence) -> bool:
    """Whether a sentence has a thing of the kind asked for that the question does not name itself."""
    return any(
        piece.kind == asked.kind
        and not says(asked, piece.text)
        and not (piece.measure and asked.measure and piece.measure not in asked.measure)
        for piece in pieces(analysis, sentence)
    )


def says(asked: Question, text: str) -> bool:
    """Whether the question itself has every word of `text` that means something."""
    known = {form for word in asked.words for form in (word.folded, word.stem)} | EMPTY
    return all(word.folded in known or word.stem in known or not word.is_content for word in words(text))


def fits(analysis: Analysis, asked: Question, sentence: Sentence, start: int, end: int) -> bool:
    """Whether `article.text[start:end]`, words of `sentence`, can be what is asked for: a city is not "Mr Kim".

    What the question says itself is no answer to it. To "how much" a sum of money answers where money is paid; to "why"
    no bare name or figure does.
    """
    text = analysis.article.text[start:end]
    if says(asked, text) and not _NUMBER.search(text):
        return False
    if asked.kind in _NAMED and _ASKS_NAME.search(asked.text) and not any(word[0].isupper() for word in text.split()):
        return False
    kinds = {piece.kind for piece in pieces(analysis, sentence) if piece.start < end and start < piece.end}
    measures = {p.measure for p in pieces(analysis, sentence) if p.start < end and start < p.end and p.measure}
    match asked.kind:
        case "number":
            begin = sentence.start
            return _measures(asked, sentence, start - begin, end - begin, measures)
        case "date":
            return bool(_YEAR.search(text)) if asked.noun == "year" else bool(_WHEN.search(text))
        case "person":
            return not (text[:1].isdigit() or kinds & {"date", "number"} or kinds == {"place"})
        case "place" | "organisation":
            return not (text[:1].isdigit() or kinds in ({"date"}, {"number"}, {"person"}))
        case "thing":  # "Which quote was accepted?": not "three" of "three quotes"
            return not (_BARE_NUMBER.fullmatch(text) and (asked.noun or not asked.measure))
        case "manner":
            return _BARE_PHRASE.match(text) is None
        case "reason":
            return len(text.split()) > 1 and (bool(_REASON.search(text)) or len(text.split()) > 2)
    return True


def tells_money(text: str) -> bool:
    """Whether a sum of money is told."""
    return _MONEY.search(text) is not None and _NUMBER.search(text) is not None


def _measures(asked: Question, sentence: Sentence, start: int, end: int, measures: set[str]) -> bool:
    """Whether a figure is of the measure asked for; of one that code has not typed its form decides."""
    text, known = sentence.text[start:end], {word.folded for word in words(sentence.text)}
    if not _NUMBER.search(text) or _is_of_another_side(asked, sentence.text, start, end):
        return False
    if asked.measure == ("age",):
        return any(start < found.end() and found.start() < end for found in _AGE.finditer(sentence.text))
    if asked.measure == ("money",):
        return bool(_MONEY.search(text)) or "money" in measures
    if text.lower() in ("no", "none") and asked.noun and not {asked.noun, asked.noun.removesuffix("s")} & known:
        return False  # "How many copies were sold?" and "sold none of them"
    if asked.noun and asked.noun != "people" and not asked.measure and _COUNTED.match(sentence.text, end):
        return bool({asked.noun, asked.noun.removesuffix("s")} & known)  # not "96 crews" for "how many members"
    if not asked.measure:
        # no length, weight or sum for "how many calories"
        other = measures - COUNTS if any(word.folded == "many" for word in asked.words) else set()
        return asked.noun in (None, "money", "number") or not (_MONEY.search(text) or other)
    told = measures - {"count", "other"}
    return not told or bool(told.intersection(asked.measure))


def _is_of_another_side(asked: Question, text: str, start: int, end: int) -> bool:
    """Whether a figure says of itself what it measures, and that is not asked: "12 kilometres long" is not how deep."""
    wanted = next((_SIDES[word.folded] for word in asked.words if word.folded in _SIDES), None)
    told = _SIDE.search(text, start, end) or _SIDE.match(text, end)
    if wanted is None or told is None or (told[1] == "of" and wanted != "heavy"):
        return False
    return _SIDES[told[1]] != wanted


def pieces(analysis: Analysis, sentence: Sentence) -> tuple[Piece, ...]:
    """The names, dates and figures in a sentence, in order."""
    return _by_sentence(analysis).get(sentence.number, ())


@lru_cache(maxsize=8)
def _by_sentence(analysis: Analysis) -> dict[int, tuple[Piece, ...]]:
    found: dict[int, list[Piece]] = {}
    for number, piece in _typed(analysis):
        found.setdefault(number, []).append(piece)
    for sentence in analysis.article.sentences:
        found.setdefault(sentence.number, []).extend(_bare(analysis, sentence, found.get(sentence.number, [])))
    return {number: tuple(sorted(those, key=lambda piece: piece.start)) for number, those in found.items()}


def _typed(analysis: Analysis) -> Iterator[tuple[int, Piece]]:
    for found in analysis.entities:
        kind = _OF_TYPE.get(found.entity.type, "thing")
        for at in found.entity.mentions:
            yield at.sentence, Piece(at.start, at.end, at.text, kind)
    for date in analysis.dates:
        for at in date.mentions:
            yield at.sentence, Piece(at.start, at.end, at.text, "date")
    for quantity in analysis.quantities:
        for at in quantity.mentions:
            yield at.sentence, Piece(at.start, at.end, at.text, "number", quantity.kind)


def _bare(analysis: Analysis, sentence: Sentence, taken: list[Piece]) -> Iterator[Piece]:
    """Years and figures that the typed reading left over."""
    for match in re.finditer(r"(?<![\d.,])\d+(?:[.,]\d+)*", sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if not any(piece.start < end and start < piece.end for piece in taken):
            kind: Kind = "date" if _YEAR.fullmatch(match[0]) else "number"
            yield Piece(start, end, match[0], kind)
