"""What a job wants of each article, and the keys by which an answer to it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.article import Article
from summarizer.engines.engine import Ask
from summarizer.errors import UsageError
from summarizer.json_text import json_text
from summarizer.settings import Level, Policy
from summarizer.task import Options, Task, built_in, system_rules

# Raise it when a change of the check or of the values makes the same draft come to another result.
CHECK_VERSION = 1


@dataclass(frozen=True)
class Want:
    """One result that is wanted of every article: a task with its options and, for answers, one question."""

    task: Task
    options: Options = field(default_factory=dict)
    question: str | None = None


@dataclass(frozen=True)
class Order:
    """The wants of a job, who reads, and how strictly.

    Args:
        wants: what every article is read for; each task stands there once, answers once a question.
        model: the model's name.
        level: how strictly its claims are checked.
        policy: what happens to a claim that does not hold.
        seconds: the deadline of one article, waits for a turn left out.
        verifier: the name of the model that gives a second opinion, None for nobody.

    """

    wants: tuple[Want, ...]
    model: str
    level: Level
    policy: Policy
    seconds: float
    verifier: str | None = None

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """For each want a key of all that its result depends on, the article left out."""
        return tuple(self._key(want) for want in self.wants)

    def wants_of(self, keys: Sequence[str]) -> tuple[Want, ...]:
        """The wants of these keys, in the order of the job."""
        return tuple(want for key, want in zip(self.keys, self.wants, strict=True) if key in keys)

    def key(self, want: Want) -> str:
        """The key of one want."""
        return self.keys[self.wants.index(want)]

    def _key(self, want: Want) -> str:
        task = want.task
        parts = [
            *(task.prompt_fingerprint, task.schema_fingerprint, {**task.options, **want.options}, want.question),
            *(self.model, self.level, self.policy, _digest(system_rules()), CHECK_VERSION),
        ]
        if self.verifier:
            parts += [self.verifier, built_in("verify").prompt_fingerprint]
        return _digest(parts)


def ordered(tasks: Sequence[str | Task | Ask], questions: Sequence[str] = ()) -> tuple[Want, ...]:
    """The wants of these tasks.

    Args:
        tasks: names of built-in tasks, tasks of your own, or asks, which carry options and questions.
        questions: what `answer` is asked.

    Raises:
        UsageError: no task, the same one twice, or `answer` without a question.

    """
    asks = [task if isinstance(task, Ask) else Ask(built_in(task) if isinstance(task, str) else task) for task in tasks]
    names = [ask.task.name for ask in asks]
    if not asks or len(set(names)) < len(names):
        raise UsageError(f"name each task once, and at least one (got {', '.join(names) or 'none'})")
    return tuple(want for ask in asks for want in _wants(ask, questions))


def asks_for(wants: Sequence[Want]) -> tuple[Ask, ...]:
    """The asks of one request that serves all `wants`; results come in the order of the wants."""
    asks: list[Ask] = []
    for want in wants:
        if want.question is None:
            asks.append(Ask(want.task, want.options))
        elif asks and asks[-1].task is want.task:
            asks[-1] = Ask(want.task, want.options, (*asks[-1].questions, want.question))
        else:
            asks.append(Ask(want.task, want.options, (want.question,)))
    return tuple(asks)


def article_key(article: Article) -> str:
    """A key of all of an article that a result depends on: its text, and what is known of it beside the text."""
    known = [article.id, article.title, article.published and article.published.isoformat(), article.metadata]
    return _digest(known)


def _wants(ask: Ask, questions: Sequence[str]) -> list[Want]:
    ask.task.render(ask.options)  # an option the prompt does not have is told before anything is read
    if ask.task.name != "answer":
        return [Want(ask.task, ask.options)]
    if not (asked := ask.questions or tuple(questions)):
        raise UsageError("the task answer needs a question")
    return [Want(ask.task, ask.options, question) for question in dict.fromkeys(asked)]


def _digest(value: object) -> str:
    return hashlib.sha256(json_text(value).encode()).hexdigest()[:32]
