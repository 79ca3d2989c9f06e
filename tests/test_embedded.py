"""The embedded model on real articles, its answers replayed from recordings of the real model over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.models.local import LocalModel
from summarizer.schemas.evidence import Mention, Span
from summarizer.schemas.result import Result

pytestmark = pytest.mark.vcr


def places(value: Any) -> Iterator[Span | Mention]:
    """Every span and mention inside a value."""
    if isinstance(value, (Span, Mention)):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from places(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from places(item)


def assert_true_places(results: tuple[Result[Any], ...], article: Article) -> None:
    """`text[start:end] == text`, inside its sentence, for all there are."""
    for place in places([result.value for result in results]):
        assert place.text == article.text[place.start : place.end]
        sentence = article.sentence(place.sentence)
        assert sentence is not None
        assert sentence.start <= place.start < place.end <= sentence.end


async def test_brief(any_article: Article, embedded: LocalModel) -> None:
    """Three results share one run; every span is its slice; what the model chose stays and is counted."""
    async with AsyncSummarizer(embedded) as client:
        results = await client.brief(any_article)

    assert ["summary", "entities", "timeline"] == [result.task for result in results]
    assert {"complete"} == {result.status for result in results}
    assert_true_places(results, any_article)
    assert all(claim.support == "verbatim" for claim in [results[0].value.headline, *results[0].value.points])


async def test_the_model_takes_part_in_the_seed(seed: Article, embedded: LocalModel) -> None:
    """On the seed the model decides something that stays, and the brief differs from the one by code alone."""
    async with AsyncSummarizer(embedded) as client:
        results = await client.brief(seed)
    async with AsyncSummarizer("extractive") as client:
        by_code = await client.brief(seed)

    assert sum(result.run.decided for result in results) > 0
    assert [result.value for result in results] != [result.value for result in by_code]


async def test_what_is_asked_of_it(seed: Article, embedded: LocalModel, vcr: Any) -> None:
    """Its requests are narrow: one sentence of the article, a closed form or the next word, and no randomness."""
    async with AsyncSummarizer(embedded) as client:
        await client.brief(seed)

    bodies = [json.loads(request.body) for request in vcr.requests]
    assert bodies
    for body in bodies:
        assert 0 == body["temperature"]
        assert len(body["messages"][-1]["content"]) < 400
        if "response_format" in body:
            schema = body["response_format"]["json_schema"]["schema"]
            assert {"text"} == set(schema["properties"])
            shown = body["messages"][-1]["content"]
            assert all(form in shown for form in schema["properties"]["text"].get("enum", [shown]))
        else:
            assert 1 == body["max_tokens"]
