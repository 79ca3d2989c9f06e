"""The messages of a request: constant rules and tasks, a part of the article, numbered, then what varies.

The constant part comes first, so that requests share a prefix which providers cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.engines.prompts import Prompt, Prompts
from summarizer.errors import InvalidAnswer
from summarizer.grounding import Failure
from summarizer.models.model import Message

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+|\s{2,}")
# Servers of open models read these as their own marks; a joiner inside keeps them text.
_SPECIAL = re.compile(r"<(?=[|/]?\w*\|?>?)(?=\||/?s>|\w+_of_turn)")
LONGEST_ECHO = 400


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a piece of one too long for a request: `article.text[start:end]`, under the sentence's number.

    Whatever a model cites of it is the whole sentence, so that evidence never depends on how a text was split.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Part:
    """Pieces in the order of the article, not always next to one another."""

    pieces: tuple[Piece, ...]

    @classmethod
    def whole(cls, article: Article) -> Part:
        """All of an article."""
        return cls.of(article, range(1, len(article.sentences) + 1))

    @classmethod
    def of(cls, article: Article, numbers: Iterable[int]) -> Part:
        """These sentences of an article, whole."""
        found = (article.sentences[number - 1] for number in numbers)
        return cls(tuple(Piece(sentence.number, sentence.start, sentence.end) for sentence in found))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of its sentences."""
        return frozenset(piece.number for piece in self.pieces)


def messages_for(
    analysis: Analysis, asks: Sequence[Ask], prompts: Prompts, part: Part | None = None
) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """What asks for all of `asks` in one request, about a part of the article or all: the prefix, and what varies.

    The turns of a conversation, each as it was asked, stand behind the article, so that it stays cached.
    """
    part, given = part or Part.whole(analysis.article), [ask.task.prompt(prompts) for ask in asks]
    tasks = (prompt.render(ask.options.values()) for prompt, ask in zip(given, asks, strict=True))
    prefix = (
        Message("system", "\n\n".join([prompts.rules, *tasks])),
        *(message for prompt in given for message in examples_of(prompt)),
        Message("user", numbered(analysis.article, part)),
    )
    said = ((f"1 {shown(turn.question)}", turn.answer) for ask in asks for turn in ask.turns)
    before = (one for asked, told in said for one in (Message("user", asked), Message("assistant", told)))
    varying = "\n".join(line for ask in asks for line in ask.task.candidates(analysis, ask.options, part))
    return prefix, (*before, *([Message("user", varying)] if varying else []))


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


def examples_of(prompt: Prompt) -> Iterator[Message]:
    """A prompt's examples, as if they had been asked and answered before, numbered like the article to be read."""
    for text, answer in prompt.front.examples:
        article = Article(text)
        yield Message("user", numbered(article, Part.whole(article)))
        yield Message("assistant", answer)


def asked_again(prompts: Prompts, failures: Sequence[Failure]) -> Message:
    """The message that names the claims which do not hold, where they stood, what they cite, and what is certain."""
    lines = [_failed(number, failure) for number, failure in enumerate(failures, 1)]
    return Message("user", "\n".join([prompts.get("again").render(), *lines]))


def _failed(number: int, failure: Failure) -> str:
    cited = " ".join(f"[{span.sentence}]" for span in failure.cited) or "no sentence"
    certain = f"; certain: {'; '.join(failure.certain)}" if failure.certain else ""
    return f"{number} {failure.where.strip('/')}: {shown(failure.text)} (cites {cited}{certain})"


def invalid_again(prompts: Prompts, error: InvalidAnswer) -> tuple[Message, ...]:
    """The messages that show an answer which does not fit its schema, and say where; words that are no JSON are cut."""
    problems = error.problems or (str(error),)
    answer = error.answer if error.answer.startswith("{") else error.answer[:LONGEST_ECHO]
    said = (Message("assistant", answer),) if answer else ()
    fault = "\n".join(problems[:8])
    return (*said, Message("user", f"{prompts.get('invalid').render()}\n{fault}"))
