"""Typed summaries, entities, timelines, answers and more from an article; every claim points at its sentences.

    import summarizer

    article = summarizer.read("article.txt")
    result = summarizer.summarize(article)

The names below are loaded on first use, so that `import summarizer` costs next to nothing. The command of every other
task is a function too: `summarizer.quotes(article)`.
"""

from __future__ import annotations

import atexit
from functools import lru_cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer import grounding
    from summarizer.article import Article, Sentence
    from summarizer.client import AsyncSummarizer, Summarizer
    from summarizer.errors import BudgetReached, InputError, ModelError, SummarizerError, Ungrounded, UsageError
    from summarizer.models.fake import FakeModel
    from summarizer.models.model import ChatModel
    from summarizer.reader import Reader
    from summarizer.reading import Unreadable, read, read_all
    from summarizer.schemas.answer import Answer
    from summarizer.schemas.entities import Entities
    from summarizer.schemas.evidence import Claim, DraftClaim, Mention, Span, TaskOptions
    from summarizer.schemas.result import Issue, Result, Run, Usage
    from summarizer.schemas.summary import Summary
    from summarizer.schemas.timeline import Timeline
    from summarizer.search.conversation import AsyncConversation, Conversation
    from summarizer.search.index import Index
    from summarizer.settings import Level, Policy
    from summarizer.tasks.base import Task
    from summarizer.tasks.registry import load_task

_NAMES = {
    "article": "Article Sentence",
    "client": "AsyncSummarizer Summarizer",
    "errors": "BudgetReached InputError ModelError SummarizerError Ungrounded UsageError",
    "models.fake": "FakeModel",
    "models.model": "ChatModel",
    "reader": "Reader",
    "reading": "Unreadable read read_all",
    "schemas.answer": "Answer",
    "schemas.entities": "Entities",
    "schemas.evidence": "Claim DraftClaim Mention Span TaskOptions",
    "schemas.result": "Issue Result Run Usage",
    "schemas.summary": "Summary",
    "schemas.timeline": "Timeline",
    "search.conversation": "AsyncConversation Conversation",
    "search.index": "Index",
    "settings": "Level Policy",
    "tasks.base": "Task",
    "tasks.registry": "load_task",
}
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "Answer", "Article", "AsyncConversation", "AsyncSummarizer", "BudgetReached", "ChatModel", "Claim", "Conversation",
    "DraftClaim", "Entities", "FakeModel", "Index", "InputError", "Issue", "Level", "Mention", "ModelError", "Policy",
    "Reader", "Result", "Run", "Sentence", "Span", "Summarizer", "SummarizerError", "Summary", "Task", "TaskOptions",
    "Timeline", "Ungrounded", "Unreadable", "Usage", "UsageError", "grounding", "load_task", "read", "read_all",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "grounding":
        return import_module("summarizer.grounding")
    if name == "__version__":
        from summarizer.pipeline import library_version

        return library_version()
    if name in _WHERE:
        globals()[name] = found = getattr(import_module(f"summarizer.{_WHERE[name]}"), name)
        return found
    # `from summarizer import loop` asks here first; a module of ours is no task.
    if not name.startswith("_") and find_spec(f"summarizer.{name}") is None:
        from summarizer.tasks.registry import commands, nearest

        if name in (known := commands()):
            return partial(_call_once, name)
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}{nearest(name, [*known, *__all__])}")
    raise AttributeError(f"module 'summarizer' has no attribute {name!r}")


def _call_once(name: str, /, *given: Any, **options: Any) -> Any:
    """One call by a client that is kept for the next: `summarizer.summarize(article, model=…, points=3)`.

    What a client takes goes to the client, everything else to the task.
    """
    from summarizer.configuration import Configuration

    own = {*Configuration.names(), "progress", "record", "replay"}
    client = _kept(tuple(sorted((key, options.pop(key)) for key in own & options.keys())))
    return getattr(client, name)(*given, **options)


@lru_cache(maxsize=8)
def _kept(options: tuple[tuple[str, Any], ...]) -> Any:
    from summarizer.client import Summarizer

    client = Summarizer(**dict(options))
    atexit.register(client.close)
    return client


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
