"""A gold set read by a model, or taken from a file of results that were made before: then no model is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.client import AsyncSummarizer
from summarizer.engines.engine import Ask
from summarizer.errors import InputError, ModelUnavailable, SummarizerError
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.stored import read_stored
from summarizer.schemas.result import Result
from summarizer.settings import get_settings


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
    asking = [[ask] for ask in asks if getattr(ask.task, "takes_questions", False)]
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
