"""A gold set read by a model, or taken from a file of results that were made before: then no model is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summarizer.audit import read_stored
from summarizer.desk import AsyncSummarizer
from summarizer.errors import InputError, ModelUnavailable, SummarizerError
from summarizer.evaluation.gold import Gold
from summarizer.models.model import ChatModel
from summarizer.schemas.result import Result, Run
from summarizer.settings import get_settings


@dataclass(frozen=True)
class Reading:
    """What a model made of a gold set: for each article its results, and what could not be read."""

    name: str
    results: Sequence[Sequence[Result[Any]]]
    failures: Sequence[str] = field(default=())

    @property
    def runs(self) -> list[Run]:
        """Each run once: results that one request served share its id."""
        return list({result.run.id: result.run for results in self.results for result in results}.values())


async def read_by_model(gold: Sequence[Gold], model: str | ChatModel | None, **options: Any) -> Reading:
    """Every article read by `model`; `options` are those of `AsyncSummarizer`.

    An article that fails is a failure of the reading, and counts as wrong.

    Raises:
        UnknownModel: there is no such model.
        ModelUnavailable: it cannot be reached at all.

    """
    async with AsyncSummarizer(model, **options) as desk:
        # An embedded model reads one article at a time in any case, and its times should be its own.
        at_once = asyncio.Semaphore(1 if desk.model.startswith("local/") else get_settings().concurrency)
        failures: list[str] = []
        results = await asyncio.gather(*(_read(one, desk, at_once, failures) for one in gold))
        return Reading(desk.model, results, failures)


async def _read(
    gold: Gold, desk: AsyncSummarizer, at_once: asyncio.Semaphore, failures: list[str]
) -> list[Result[Any]]:
    found: list[Result[Any]] = []
    async with at_once:
        for step in _steps(gold, desk):
            try:
                made = await step()
            except ModelUnavailable:
                raise
            except SummarizerError as error:
                failures.append(f"{gold.line.id}: {error}")
            else:
                found += made if isinstance(made, tuple) else [made]
    return found


def _steps(gold: Gold, desk: AsyncSummarizer) -> list[Any]:
    """What has to be asked: a product nobody measures is not paid for."""
    line, article = gold.line, gold.article
    entities = line.names is not None or line.dates is not None
    options = dict(line.summary.options) if line.summary else {}
    steps: list[Any] = []
    if line.summary and entities:
        steps.append(lambda: desk.brief(article, **options))
    elif line.summary:
        steps.append(lambda: desk.summarize(article, **options))
    elif entities:
        steps.append(lambda: desk.entities(article))
    if line.questions:
        steps.append(lambda: desk.ask_all(article, [asked.question for asked in line.questions]))
    return steps


def read_from_file(gold: Sequence[Gold], path: Path) -> Reading:
    """The results on the gold articles in a file that was written before.

    Raises:
        InputError: the file cannot be read, or has no result on any of the articles.

    """
    by_article: dict[str, list[Result[Any]]] = {}
    for stored in read_stored(path):
        if stored.result:
            by_article.setdefault(stored.result.article.id, []).append(stored.result)
    results = [by_article.get(one.article.id, []) for one in gold]
    if not any(results):
        raise InputError(str(path), "no result in it is about an article of the gold set")
    missing = [f"{one.line.id}: no result in {path}" for one, found in zip(gold, results, strict=True) if not found]
    return Reading(_name(results, path), results, missing)


def _name(results: Sequence[Sequence[Result[Any]]], path: Path) -> str:
    models = {result.run.model for found in results for result in found}
    return f"{models.pop()} ({path.name})" if len(models) == 1 else path.name
