"""What a job wants of each article, and the keys by which a result of it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from summarizer.article import Article
from summarizer.configuration import Configuration
from summarizer.engines.choose import as_model
from summarizer.engines.engine import Ask
from summarizer.engines.prompts import Prompts
from summarizer.errors import UsageError
from summarizer.json_text import json_text
from summarizer.models.catalog import choose
from summarizer.pipeline import Reading, task_of
from summarizer.schemas.options import TaskOptions
from summarizer.settings import Level, Policy
from summarizer.tasks import registry
from summarizer.tasks.base import Task

# Raise it when a change of the check or of the values makes the same draft come to another result.
RESULT_VERSION = 2


@dataclass(frozen=True)
class Want:
    """One result that is wanted of every article: a task with the options of this result alone."""

    task: Task[Any, Any, Any]
    options: TaskOptions


@dataclass(frozen=True)
class Order:
    """The wants of a job, who reads, and how claims are checked: all that results depend on beside the article.

    Args:
        wants: what every article is read for, those of one task side by side.
        prompts: where prompts are found.
        model: the model's name.
        level: how sure the check must be.
        policy: what happens to a claim that does not hold.
        checker: the name of the reader that judges, None for nobody.
        verifier: the name of the model that gives a second opinion, None for nobody.

    """

    wants: tuple[Want, ...]
    prompts: Prompts
    model: str
    level: Level
    policy: Policy
    checker: str | None = None
    verifier: str | None = None

    @classmethod
    def of(cls, asks: Sequence[Ask], configuration: Configuration, reading: Reading | None = None) -> Order:
        """The order of these asks; without a reading the model is not opened, which needs neither key nor weights."""
        checker = configuration.checker()
        model = reading.engine.name if reading else _name_of(configuration)
        verify = configuration.verify
        return cls(
            tuple(Want(task_of(ask), options) for ask in asks for options in task_of(ask).each(ask.options)),
            Prompts.of(configuration.prompts),
            model,
            checker.level,
            configuration.policy,
            checker.name,
            verify if verify is None or isinstance(verify, str) else as_model(verify).name,
        )

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
        prompt, options = want.task.prompt(self.prompts), want.options.model_dump(mode="json")
        # The words as they are sent tell of a style, too, which is a file of its own.
        asked = [prompt.fingerprint, prompt.render(want.options.values()), self.prompts.rules]
        parts = [*asked, want.task.schema_fingerprint, options, self.model, self.level, self.policy, self.checker]
        if self.verifier:
            parts += [self.verifier, self.prompts.get("verify").fingerprint]
        return _digest([*parts, RESULT_VERSION])


def wanted(
    tasks: Sequence[str | Task[Any, Any, Any] | Ask], questions: Sequence[str], configuration: Configuration
) -> tuple[Ask, ...]:
    """The asks of these tasks.

    Args:
        tasks: names of tasks or bundles, tasks of your own, or asks, which carry options.
        questions: what a task that takes questions is asked; each once.
        configuration: tells where prompts, and with them a user's tasks, are found.

    Raises:
        UsageError: there is no such task (the nearest is named), none at all, the same one twice, or no question to one
            that takes questions.
        PromptError: a prompt, or a style that is asked for, is not there.

    """
    prompts = Prompts.of(configuration.prompts)
    asks = [ask for task in tasks for ask in _asks(task, questions, prompts)]
    names = [ask.task.name for ask in asks]
    if not asks or len(set(names)) < len(names):
        raise UsageError(f"name each task once, and at least one (got {', '.join(names) or 'none'})")
    for ask in asks:
        ask.task.prompt(prompts).render(ask.options.values())  # what is missing is told before anything is read
    return tuple(asks)


def asks_for(wants: Sequence[Want]) -> tuple[Ask, ...]:
    """The asks of one request that serves all `wants`; results come in the order of the wants."""
    groups = [list(group) for _, group in groupby(wants, key=lambda want: want.task.name)]
    return tuple(Ask(one[0].task, one[0].task.together([want.options for want in one])) for one in groups)


def article_key(article: Article) -> str:
    """A key of all of an article that a result depends on: its text, and what is known of it beside the text."""
    return _digest([article.id, article.title, article.published and article.published.isoformat(), article.metadata])


def origin_of(article: Article) -> str:
    """Where an article came from, its source and the other columns of its row, as it is stored."""
    return json_text([article.source, dict(article.fields)])


def _asks(given: str | Task[Any, Any, Any] | Ask, questions: Sequence[str], prompts: Prompts) -> list[Ask]:
    if isinstance(given, Ask):
        return [replace(given, turns=())]
    tasks = registry.tasks_of(given, prompts) if isinstance(given, str) else [given]
    return [_with_questions(task, questions) for task in tasks]


def _with_questions(task: Task[Any, Any, Any], questions: Sequence[str]) -> Ask:
    if "questions" not in task.options.model_fields:
        return task.ask()
    if not questions:
        raise UsageError(f"the task {task.name} needs a question")
    return task.ask(questions=tuple(dict.fromkeys(questions)))


def _name_of(configuration: Configuration) -> str:
    given = configuration.model if configuration.client is None else configuration.client
    if given is None or isinstance(given, str):
        return choose(given, base_url=configuration.base_url).name
    return as_model(given).name


def _digest(value: object) -> str:
    return hashlib.sha256(json_text(value).encode()).hexdigest()[:32]
