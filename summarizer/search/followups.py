"""What a question leaves to the one before it: "and when did he leave?" is read with the name that "he" means.

What is found is put behind the question in brackets. Code finds by it, a model that sees the turns before it can weigh
it, and the person who asked is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from summarizer.analysis import Analysis
from summarizer.analysis.words import Word, fold
from summarizer.extractive.questions import ASKING, Question, understand
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import EntityType

_PEOPLE = frozenset("he him his she her hers".split())
_ANYBODY = frozenset("they them their theirs".split())
_THINGS = frozenset("it its".split())
_PLACES = frozenset(["there"])
_PRONOUNS = _PEOPLE | _ANYBODY | _THINGS | _PLACES
_OPENING = frozenset("and but so then or also".split())
_MOST_WORDS = 6

_TYPES: dict[str, frozenset[EntityType]] = {
    **dict.fromkeys(_PEOPLE, frozenset[EntityType](["person"])),
    **dict.fromkeys(_PLACES, frozenset[EntityType](["place"])),
    **dict.fromkeys(_THINGS, frozenset[EntityType](get_args(EntityType)) - {"person"}),
}


@dataclass(frozen=True, slots=True)
class Before:
    """The question before, as it was read, its answer, and what code finds in the article that answered."""

    question: str
    answer: Answer | None
    analysis: Analysis | None


def with_referents(question: str, before: Before | None) -> str:
    """The question with what it leaves to the one before it in brackets; as it is where it stands by itself."""
    if before is None:
        return question
    asked = understand(question)
    pronoun = _open_pronoun(asked)
    if pronoun:
        names = _meant(pronoun, before)
        return _behind(question, [", ".join(names)])
    if not _is_rest(asked):
        return question
    return _behind(_bare(question, asked), _left_out(asked, understand(before.question)))


def _bare(question: str, asked: Question) -> str:
    """The question; without its "and" where it only asks: no answer is found to "And when? (opened bridge)"."""
    opens = len(asked.words) > 1 and asked.words[0].folded in _OPENING and not asked.telling
    if not opens:
        return question
    rest = question[asked.words[1].start :]
    return rest[:1].upper() + rest[1:]


def _behind(question: str, hints: Sequence[str]) -> str:
    return f"{question} ({' '.join(hints)})" if any(hints) else question


def _open_pronoun(asked: Question) -> str | None:
    """The first pronoun that no name in the question itself stands before."""
    first_name = min((name.start for name in asked.names), default=len(asked.text))
    return next((word.folded for word in asked.words if word.folded in _PRONOUNS and word.start < first_name), None)


def _meant(pronoun: str, before: Before) -> list[str]:
    """Whom or what a pronoun means: what was answered, or what was asked about."""
    types = _TYPES.get(pronoun)
    short = before.answer.short if before.answer else None
    answered = [short] if short and _can_be(short, types, before.analysis) and short[:1].isupper() else []
    about = [name for name in _named(before.question) if _can_be(name, types, before.analysis)]
    if pronoun in _ANYBODY | _THINGS:
        return about or answered or [_subject(understand(before.question))]
    return answered or about


def _subject(asked: Question) -> str:
    return " ".join(asked.text[word.start : word.end] for word in asked.telling)


def _named(question: str) -> Iterator[str]:
    """Names in a question: words with a capital that stand next to one another."""
    run: list[Word] = []
    for word in understand(question).names:
        if run and question[run[-1].end : word.start].strip():
            yield question[run[0].start : run[-1].end]
            run = []
        run.append(word)
    if run:
        yield question[run[0].start : run[-1].end]


def _can_be(name: str, types: frozenset[EntityType] | None, analysis: Analysis | None) -> bool:
    """Whether a name is of one of the types; of one the article does not have nobody knows, and it can.

    A day is none of them: after "When did she open it?" "Monday", "How much did it cost?" is not about Monday.
    """
    if types is None or analysis is None:
        return True
    if fold(name) in {fold(one.text) for one in analysis.dates}:
        return False
    entities = [found.entity for found in analysis.entities]
    found = [one.type for one in entities if fold(name) in map(fold, (one.name, *one.aliases))]
    return not found or any(kind in types for kind in found)


def _is_rest(asked: Question) -> bool:
    """Whether it is the rest of a question: "And Putin?", "What about 2019?", "Why?"."""
    folded = [word.folded for word in asked.words]
    if not folded or len(folded) > _MOST_WORDS:
        return False
    if folded[:2] in (["what", "about"], ["how", "about"]) or not asked.telling:
        return True
    return folded[0] in _OPENING and not (len(asked.telling) > 1 and ASKING.intersection(folded))


def _left_out(asked: Question, before: Question) -> list[str]:
    """The words of the question before, less its names where this one brings its own; its asking word where none."""
    about = {"what", "how"} if asked.words[1:2] and asked.words[1].folded == "about" else set[str]()
    asks = any(word.folded in ASKING and word.folded not in about for word in asked.words)
    own = {word.folded for word in asked.words}
    names = {word.folded for word in before.names} if asked.names else set[str]()
    return [
        before.text[word.start : word.end]
        for word in before.words
        if word.folded not in own | names and (word in before.telling or (word.folded in ASKING and not asks))
    ]
