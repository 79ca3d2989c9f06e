"""Gold: what a person says is right about an article, one JSON object a line, with a part for each task it is about.

    {"id": "ferry", "article": "ferry.txt", "published": "2025-03-12", "summary": {"sentences": [1, 4]}}

The form of a part is the task's own. What a line does not name is not measured; an empty list is measured, and says
that there is none. A set is read by a model, or taken from a file of results made before: then no model is asked.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.engine import Ask
from summarizer.engines.prompts import Prompts
from summarizer.errors import InputError, ModelUnavailable, SummarizerError, UsageError
from summarizer.evaluation.stored import fault_of, read_stored
from summarizer.reading import read
from summarizer.schemas.result import Result
from summarizer.settings import get_settings
from summarizer.tasks import registry
from summarizer.tasks.base import Task
from summarizer.tasks.scoring import GoldPlace, ranges


class Line(BaseModel):
    """What every line has; `article` is a file beside the gold file, in place of `text`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    text: str | None = None
    article: str | None = None
    published: date | None = None

    @model_validator(mode="after")
    def _has_one_text(self) -> Line:
        if (self.text is None) == (self.article is None):
            raise ValueError("give either text or article")
        return self


@dataclass(frozen=True)
class Part:
    """What is right of one task."""

    task: Task[Any, Any, Any]
    gold: Any


@dataclass(frozen=True)
class Gold:
    """One article with what is right about it."""

    id: str
    article: Article
    parts: tuple[Part, ...]


def read_gold(path: Path, prompts: Prompts | None = None) -> list[Gold]:
    """The lines of a gold file; `prompts` tells where those of a user's own tasks are, which may be measured too."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}") from error
    names = {entry.name: entry for entry in registry.entries(prompts)}
    found = [_gold(line, path, number, names) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise InputError(str(path), "empty: there is no line in it")
    return found


def _gold(content: str, path: Path, number: int, known: Mapping[str, registry.Entry]) -> Gold:
    where = f"{path}:{number}"
    try:
        line = Line.model_validate(json.loads(content))
    except ValidationError as error:
        raise InputError(where, fault_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"not JSON: {error}") from error
    if line.article is None:
        article = Article(line.text or "", published=line.published, source=line.id)
    else:
        article = read(path.parent / line.article, published=line.published)
    parts = tuple(_part(name, value, where, known) for name, value in (line.model_extra or {}).items())
    for place in (place for part in parts for place in located(part.gold)):
        if not any(article.text[slice(*span)] == place.text for _, span in ranges([place], article.text)):
            raise InputError(where, f"{place.text!r} does not stand there in the article")
    return Gold(line.id, article, parts)


def _part(name: str, value: Any, where: str, known: Mapping[str, registry.Entry]) -> Part:
    if name not in known:
        raise InputError(where, f"/{name}: there is no such task; there are {', '.join(known)}")
    task = known[name].load()
    try:
        gold = task.gold().model_validate(value)
        task.parsed(task.asked_by(gold))
    except ValidationError as error:
        raise InputError(where, f"/{name}{fault_of(error)}") from error
    except UsageError as error:
        raise InputError(where, f"/{name}: {error}") from error
    return Part(task, gold)


def located(gold: Any) -> Iterator[GoldPlace]:
    """The places that must be in the article: all of them, of an object that has `located` those."""
    if isinstance(gold, GoldPlace):
        yield gold
    elif isinstance(gold, BaseModel):
        inside = getattr(gold, "located", None)
        yield from located(inside if inside is not None else [getattr(gold, name) for name in type(gold).model_fields])
    elif isinstance(gold, (list, tuple)):
        for one in gold:
            yield from located(one)


@dataclass(frozen=True)
class Run:
    """What a model made of a gold set: for each article its results, and what could not be read."""

    name: str
    results: Sequence[Sequence[Result[Any]]]
    failures: Sequence[str] = ()


async def read_by_model(gold: Sequence[Gold], model: Any = None, **options: Any) -> Run:
    """Every article read by `model`; `options` are those of `AsyncSummarizer`.

    An article that fails is a failure of the run, and counts as wrong.
    """
    async with AsyncSummarizer(model, **options) as client:
        # What computes here reads one article at a time: its times, and its deadlines, should be its own.
        here = client.model.partition("/")[0] in ("extractive", "local")
        at_once = asyncio.Semaphore(1 if here else get_settings().concurrency)
        failures: list[str] = []
        results = await asyncio.gather(*(_read(one, client, at_once, failures) for one in gold))
        return Run(client.model, results, failures)


async def _read(
    gold: Gold, client: AsyncSummarizer, at_once: asyncio.Semaphore, failures: list[str]
) -> list[Result[Any]]:
    found: list[Result[Any]] = []
    async with at_once:
        for asks in _requests(gold):
            try:
                found += await client.read_asks(gold.article, asks)
            except ModelUnavailable:
                raise
            except SummarizerError as error:
                failures.append(f"{gold.id}: {error}")
    return found


def _requests(gold: Gold) -> list[list[Ask]]:
    """What has to be asked: tasks that take questions by themselves, all others together, as people ask for them."""
    asks = [part.task.ask(**part.task.asked_by(part.gold)) for part in gold.parts]
    asking = [[ask] for ask in asks if "questions" in type(ask.options).model_fields]
    others = [ask for ask in asks if [ask] not in asking]
    return [*([others] if others else []), *asking]


def read_from_file(gold: Sequence[Gold], path: Path) -> Run:
    """The results on the gold articles in a file that was written before."""
    by_article: dict[str, list[Result[Any]]] = {}
    own = {part.task.name: part.task for one in gold for part in one.parts}
    for stored in read_stored(path, own):
        if stored.result:
            by_article.setdefault(stored.result.article.id, []).append(stored.result)
    results = [by_article.get(one.article.id, []) for one in gold]
    if not any(results):
        raise InputError(str(path), "no result in it is about an article of the gold set")
    missing = [f"{one.id}: no result in {path}" for one, found in zip(gold, results, strict=True) if not found]
    models = {result.run.model for found in results for result in found}
    return Run(f"{models.pop()} ({path.name})" if len(models) == 1 else path.name, results, missing)
