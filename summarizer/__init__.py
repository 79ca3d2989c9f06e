"""Typed summaries, entities, timelines and answers from an article; every claim points at its sentences and is checked.

    import summarizer

    article = summarizer.read("article.txt")
    result = summarizer.summarize(article)

The names below are loaded on first use, so that `import summarizer` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer import grounding as grounding
    from summarizer.article import Article as Article
    from summarizer.article import Sentence as Sentence
    from summarizer.conversation import AsyncConversation as AsyncConversation
    from summarizer.conversation import Conversation as Conversation
    from summarizer.desk import AsyncSummarizer as AsyncSummarizer
    from summarizer.desk import Summarizer as Summarizer
    from summarizer.errors import BudgetReached as BudgetReached
    from summarizer.errors import InputError as InputError
    from summarizer.errors import ModelError as ModelError
    from summarizer.errors import SummarizerError as SummarizerError
    from summarizer.errors import Ungrounded as Ungrounded
    from summarizer.errors import UsageError as UsageError
    from summarizer.models.fake import FakeModel as FakeModel
    from summarizer.models.model import ChatModel as ChatModel
    from summarizer.oneshot import ask as ask
    from summarizer.oneshot import brief as brief
    from summarizer.oneshot import entities as entities
    from summarizer.oneshot import summarize as summarize
    from summarizer.oneshot import timeline as timeline
    from summarizer.reading import Unreadable as Unreadable
    from summarizer.reading import read as read
    from summarizer.reading import read_all as read_all
    from summarizer.schemas.answer import Answer as Answer
    from summarizer.schemas.entities import Entities as Entities
    from summarizer.schemas.evidence import Claim as Claim
    from summarizer.schemas.evidence import DraftClaim as DraftClaim
    from summarizer.schemas.evidence import Mention as Mention
    from summarizer.schemas.evidence import Span as Span
    from summarizer.schemas.result import Issue as Issue
    from summarizer.schemas.result import Result as Result
    from summarizer.schemas.summary import Summary as Summary
    from summarizer.schemas.timeline import Timeline as Timeline
    from summarizer.shelf import Shelf as Shelf
    from summarizer.task import Task as Task
    from summarizer.task import load_task as load_task

_WHERE = {
    "Answer": "schemas.answer",
    "Article": "article",
    "AsyncConversation": "conversation",
    "AsyncSummarizer": "desk",
    "BudgetReached": "errors",
    "ChatModel": "models.model",
    "Claim": "schemas.evidence",
    "Conversation": "conversation",
    "DraftClaim": "schemas.evidence",
    "Entities": "schemas.entities",
    "FakeModel": "models.fake",
    "InputError": "errors",
    "Issue": "schemas.result",
    "Mention": "schemas.evidence",
    "ModelError": "errors",
    "Result": "schemas.result",
    "Sentence": "article",
    "Shelf": "shelf",
    "Span": "schemas.evidence",
    "Summarizer": "desk",
    "SummarizerError": "errors",
    "Summary": "schemas.summary",
    "Task": "task",
    "Timeline": "schemas.timeline",
    "Ungrounded": "errors",
    "Unreadable": "reading",
    "UsageError": "errors",
    "ask": "oneshot",
    "brief": "oneshot",
    "entities": "oneshot",
    "load_task": "task",
    "read": "reading",
    "read_all": "reading",
    "summarize": "oneshot",
    "timeline": "oneshot",
}

__all__ = [*sorted(_WHERE), "grounding"]  # noqa: PLE0604  every name of the table is a string


def __getattr__(name: str) -> Any:
    if name == "grounding":
        return import_module("summarizer.grounding")
    if name == "__version__":
        from summarizer.pipeline import library_version

        return library_version()
    if name not in _WHERE:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
