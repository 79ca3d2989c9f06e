"""The messages of a request: constant rules, the numbered article, then what is wanted.

The constant part comes first, so that tasks and questions on one article share a prefix that providers cache.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.part import Part, Piece
from summarizer.grounding.settling import Failure
from summarizer.models.model import Message
from summarizer.task import Task, system_rules

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+|\s{2,}")
# Servers of open models read these as their own marks; a joiner inside keeps them text.
_SPECIAL = re.compile(r"<(?=[|/]?\w*\|?>?)(?=\||/?s>|\w+_of_turn)")
NEEDS_CANDIDATES = "entities"


def messages_for(analysis: Analysis, asks: Sequence[Ask], part: Part | None = None) -> tuple[Message, ...]:
    """The conversation that asks for all of `asks` in one request, about a part of the article or all of it."""
    part = part or Part.whole(analysis.article)
    return (
        Message("system", system_rules()),
        *(message for ask in asks for message in shown_examples(ask.task)),
        Message("user", numbered(analysis.article, part)),
        Message("user", "\n".join(line for ask in asks for line in _wanted(ask, analysis, part))),
    )


def numbered(article: Article, part: Part) -> str:
    """What a model sees of an article: what is known of it, then a sentence a line behind its number in the article."""
    lines = [line_of(article, piece) for piece in part.pieces]
    known = [f"title: {shown(article.title)}"] if article.title else []
    known += [f"published: {article.published:%Y-%m-%d %A}"] if article.published else []
    return "\n".join(known + lines)


def line_of(article: Article, piece: Piece) -> str:
    """The line that shows a sentence."""
    return f"[{piece.number}] {shown(article.text[piece.start : piece.end])}"


def shown(text: str) -> str:
    """Text of the article on one line, its control characters and a model's own marks made harmless."""
    return _SPECIAL.sub("<\u2060", _CONTROL.sub(" ", text)).strip()


def shown_examples(task: Task) -> list[Message]:
    """A task's examples, as if they had been asked and answered before."""
    return [
        message for shown, answer in task.examples for message in (Message("user", shown), Message("assistant", answer))
    ]


def asked_again(failures: Sequence[Failure]) -> Message:
    """The message that names the claims which do not hold, and only those."""
    lines = [f"{n}. {failure.text} ({'; '.join(failure.problems)})" for n, failure in enumerate(failures, 1)]
    head = "These claims do not hold in the sentences they cite. Word each anew, by its number, from its sentences:"
    return Message("user", "\n".join([head, *lines]))


def invalid_again(problems: Sequence[str]) -> Message:
    """The message that says where an answer does not fit its schema."""
    return Message(
        "user", "Your JSON does not fit the schema. Send all of it again, corrected: " + "; ".join(problems[:8])
    )


def candidates_of(analysis: Analysis, part: Part) -> dict[int, str]:
    """The names that code found in a part, by their numbers in the whole article."""
    found = ((n, one.entity) for n, one in enumerate(analysis.entities, 1))
    return {n: shown(one.name) for n, one in found if any(at.sentence in part.numbers for at in one.mentions)}


def _wanted(ask: Ask, analysis: Analysis, part: Part) -> list[str]:
    lines = [ask.task.render(ask.options)]
    if ask.task.name == NEEDS_CANDIDATES and (names := candidates_of(analysis, part)):
        lines.append("candidates: " + "; ".join(f"{n} {name}" for n, name in names.items()))
    lines += [f"question {n}: {shown(question)}" for n, question in enumerate(ask.questions, 1)]
    return lines
