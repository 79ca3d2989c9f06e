"""The messages of a request: constant rules, the numbered article, then what is wanted.

The constant part comes first, so that tasks and questions on one article share a prefix that providers cache.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.entities import FoundEntity
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.part import Part, Piece
from summarizer.errors import InvalidAnswer
from summarizer.grounding.grounder import Failure
from summarizer.models.model import Message
from summarizer.task import Task, system_rules

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+|\s{2,}")
# Servers of open models read these as their own marks; a joiner inside keeps them text.
_SPECIAL = re.compile(r"<(?=[|/]?\w*\|?>?)(?=\||/?s>|\w+_of_turn)")
NEEDS_CANDIDATES = "entities"
LONGEST_ECHO = 400
SURE = 0.95


def messages_for(analysis: Analysis, asks: Sequence[Ask], part: Part | None = None) -> tuple[Message, ...]:
    """The conversation that asks for all of `asks` in one request, about a part of the article or all of it."""
    part = part or Part.whole(analysis.article)
    return (
        *prefix_for(analysis.article, asks, part),
        *(message for ask in asks for message in _said_before(ask)),
        Message("user", "\n".join(line for ask in asks for line in _wanted(ask, analysis, part))),
    )


def prefix_for(article: Article, asks: Sequence[Ask], part: Part) -> tuple[Message, ...]:
    """What every request on one part of an article begins with: the rules, the tasks' examples, the sentences."""
    examples = (message for ask in asks for message in article_examples(ask.task))
    return (Message("system", system_rules()), *examples, Message("user", numbered(article, part)))


def _said_before(ask: Ask) -> Iterator[Message]:
    """The turns of a conversation, each as it was asked. They stand behind the article, so that it stays cached."""
    for turn in ask.turns:
        yield Message("user", f"{ask.task.render(ask.options)}\n1 {shown(turn.question)}")
        yield Message("assistant", turn.answer)


def numbered(article: Article, part: Part) -> str:
    """What a model sees of an article: what is known of it, then a sentence a line behind its number in the article."""
    lines = [line_of(article, piece) for piece in part.pieces]
    known = [f"title: {shown(article.title)}"] if article.title else []
    known += [f"published: {article.published:%Y-%m-%d %A}"] if article.published else []
    return "\n".join(known + lines)


def line_of(article: Article, piece: Piece) -> str:
    """The line of a sentence behind its number in brackets, which no figure of the sentence can be taken for."""
    return f"[{piece.number}] {shown(article.text[piece.start : piece.end])}"


def shown(text: str) -> str:
    """Text of the article on one line, its control characters and a model's own marks made harmless."""
    return _SPECIAL.sub("<\u2060", _CONTROL.sub(" ", text)).strip()


def shown_examples(task: Task) -> list[Message]:
    """A task's examples, as if they had been asked and answered before."""
    return [
        message for shown, answer in task.examples for message in (Message("user", shown), Message("assistant", answer))
    ]


def article_examples(task: Task) -> list[Message]:
    """A task's examples, the articles in them numbered like the one to be read."""
    return [
        message
        for text, answer in task.examples
        for article in (Article(text),)
        for message in (Message("user", numbered(article, Part.whole(article))), Message("assistant", answer))
    ]


def asked_again(failures: Sequence[Failure]) -> Message:
    """The message that names the claims which do not hold, and only those."""
    lines = [f"{n} {failure.text} ({'; '.join(failure.problems)})" for n, failure in enumerate(failures, 1)]
    head = "These claims do not hold in the sentences they cite. Word each anew, by its number, from the article:"
    return Message("user", "\n".join([head, *lines]))


def invalid_again(error: InvalidAnswer) -> tuple[Message, ...]:
    """The messages that show an answer which does not fit its schema, and say where; words that are no JSON are cut."""
    problems = error.problems or (str(error),)
    answer = error.answer if error.answer.startswith("{") else error.answer[:LONGEST_ECHO]
    said = (Message("assistant", answer),) if answer else ()
    fault = "; ".join(problems[:8])
    return (*said, Message("user", f"That JSON does not fit the schema. Send all of it again, corrected: {fault}"))


def handles(entities: Sequence[FoundEntity]) -> list[str]:
    """What each candidate is called in a list: the shortest of its names that can mean no other candidate."""
    called = [(found.entity.name, *found.entity.aliases) for found in entities]
    short = [(*names, *_surname(found)) for found, names in zip(entities, called, strict=True)]
    owners = Counter(part for names in called for part in {part for name in names for part in _parts(name)})
    return [min((name for name in names if owners[name] == 1), key=len, default=names[0]) for names in short]


def _surname(found: FoundEntity) -> tuple[str, ...]:
    """The last of a person's two names; of three or more the family's is not always the last."""
    parts = found.entity.name.split()
    return (parts[1],) if found.entity.type == "person" and len(parts) == 2 else ()


def _parts(name: str) -> Iterator[str]:
    """Every run of whole words in a name."""
    words = name.split()
    return (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def candidates_of(analysis: Analysis, part: Part) -> dict[int, str]:
    """The names that code found in a part, by their numbers in the whole article.

    Places code is sure of go without asking: a model has neither another type nor a role to give them.
    """
    return {
        number: name
        for number, (name, found) in enumerate(zip(_handles(analysis), analysis.entities, strict=True), 1)
        if not (found.entity.type == "place" and found.certainty >= SURE)
        and any(mention.sentence in part.numbers for mention in found.entity.mentions)
    }


@lru_cache(maxsize=4)
def _handles(analysis: Analysis) -> tuple[str, ...]:
    return tuple(map(shown, handles(analysis.entities)))


def _wanted(ask: Ask, analysis: Analysis, part: Part) -> list[str]:
    lines = [ask.task.render(ask.options)]
    if ask.task.name == NEEDS_CANDIDATES and (names := candidates_of(analysis, part)):
        lines.append("\n".join(["candidates:", *(f"{n} {name}" for n, name in names.items())]))
    lines += [f"{n} {shown(question)}" for n, question in enumerate(ask.questions, 1)]
    return lines
