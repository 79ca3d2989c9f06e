"""What a job wants of each article, and the keys by which a result of it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.configuration import Configuration, as_model
from summarizer.engines.engine import Ask
from summarizer.engines.llm import combined_schema
from summarizer.engines.prompting import messages_for
from summarizer.engines.prompts import Prompts
from summarizer.errors import UsageError
from summarizer.models.catalog import choose
from summarizer.models.model import Request
from summarizer.output import json_text
from summarizer.pipeline import task_of, worth_asking
from summarizer.schemas.evidence import TaskOptions
from summarizer.tasks import registry
from summarizer.tasks.base import Task

# Raise it when a change of the check or of the values makes the same draft come to another result.
RESULT_VERSION = 4


@dataclass(frozen=True)
class Want:
    """One result that is wanted of every article: a task with the options of this result alone.

    `key` is of all that the result depends on, the article left out.
    """

    task: Task[Any, Any, Any]
    options: TaskOptions
    key: str


@dataclass(frozen=True)
class Order:
    """The wants of a job, those of one task side by side; how it is read, by which model, by whose prompts."""

    wants: tuple[Want, ...]
    configuration: Configuration
    model: str
    prompts: Prompts

    @classmethod
    def of(cls, asks: Sequence[Ask], configuration: Configuration, model: str | None = None) -> Order:
        """The order of these asks. The model is not opened: that takes neither key nor weights."""
        model, prompts = model or _name_of(configuration), Prompts.of(configuration.prompts)
        each = ((task_of(ask), options) for ask in asks for options in task_of(ask).each(ask.options))
        who = [model, *_checked_by(configuration, prompts), prompts.rules, RESULT_VERSION]
        wants = (Want(task, options, _digest([*_asked(task, options, prompts), *who])) for task, options in each)
        return cls(tuple(wants), configuration, model, prompts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each want."""
        return tuple(want.key for want in self.wants)

    def wants_of(self, keys: Sequence[str]) -> tuple[Want, ...]:
        """The wants of these keys, in the order of the job."""
        return tuple(want for want in self.wants if want.key in keys)


def wanted(
    tasks: Sequence[str | Task[Any, Any, Any] | Ask], questions: Sequence[str], configuration: Configuration
) -> tuple[Ask, ...]:
    """The asks of these tasks: names of tasks or bundles, tasks of your own, or asks, which carry options.

    `questions` are what a task that takes some is asked. A `UsageError` tells what cannot be asked, before anything is
    read: no such task, the same one twice, no question, no such style.
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


def first_request(article: Article, wants: Sequence[Want], prompts: Prompts, most: int) -> Request[BaseModel] | None:
    """What a model that reads whole forms is sent first, `most` tokens its longest answer; None where nothing is."""
    analysis = Analysis(article)
    asks = worth_asking(analysis, asks_for(wants)) if article.sentences else ()
    if not asks:
        return None
    prefix, varying = messages_for(analysis, asks, prompts)
    return Request((*prefix, *varying), combined_schema(tuple((ask.task.name, ask.task.draft) for ask in asks)), most)


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


def _asked(task: Task[Any, Any, Any], options: TaskOptions, prompts: Prompts) -> list[Any]:
    prompt = task.prompt(prompts)
    # The words as they are sent tell of a style, too, which is a file of its own.
    words = [prompt.fingerprint, prompt.render(options.values())]
    return [*words, task.schema_fingerprint, options.model_dump(mode="json")]


def _checked_by(how: Configuration, prompts: Prompts) -> list[Any]:
    checked = [how.level, how.policy, how.checker().name]
    if not how.verify:
        return checked
    verifier = how.verify if isinstance(how.verify, str) else as_model(how.verify).name
    return [*checked, verifier, prompts.get("verify").fingerprint]


def _name_of(configuration: Configuration) -> str:
    given = configuration.model if configuration.client is None else configuration.client
    if given is None or isinstance(given, str):
        return choose(given, base_url=configuration.base_url).name
    return as_model(given).name


def _digest(value: object) -> str:
    return hashlib.sha256(json_text(value).encode()).hexdigest()[:32]
