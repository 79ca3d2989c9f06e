"""The calls for those who want one result: each uses one desk with the default model, kept open."""

from __future__ import annotations

import atexit
from functools import lru_cache
from typing import Any

from summarizer.article import Article
from summarizer.desk import Readable, Summarizer
from summarizer.models.catalog import choose
from summarizer.schemas.answer import Answer
from summarizer.schemas.entities import Entities
from summarizer.schemas.result import Result
from summarizer.schemas.summary import Summary
from summarizer.schemas.timeline import Timeline


def summarize(article: Article, *, model: str | None = None, **options: Any) -> Result[Summary]:
    """A headline and the main points. Options: `points`, `words`, `language`, `focus`. See `Summarizer`."""
    return _desk(choose(model).name).summarize(article, **options)


def entities(article: Article, *, model: str | None = None) -> Result[Entities]:
    """Who and what the article names, its dates and quantities. See `Summarizer`."""
    return _desk(choose(model).name).entities(article)


def timeline(article: Article, *, model: str | None = None) -> Result[Timeline]:
    """What happened, is planned or may happen, in order of time. See `Summarizer`."""
    return _desk(choose(model).name).timeline(article)


def brief(
    article: Article, *, model: str | None = None, **options: Any
) -> tuple[Result[Summary], Result[Entities], Result[Timeline]]:
    """Summary, entities and timeline in one reading. See `Summarizer`."""
    return _desk(choose(model).name).brief(article, **options)


def ask(about: Readable, question: str, *, model: str | None = None) -> Result[Answer]:
    """What an article, or several, says to a question; `value.found` is False where none says. See `Summarizer`."""
    return _desk(choose(model).name).ask(about, question)


@lru_cache(maxsize=4)
def _desk(model: str) -> Summarizer:
    desk = Summarizer(model)
    atexit.register(desk.close)
    return desk
