"""The embedded model on real articles, its answers replayed from recordings of the real model over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.engines.prompts import Prompts
from summarizer.models.local import LocalModel
from summarizer.reading import read
from summarizer.schemas.evidence import Mention, Span
from summarizer.schemas.result import Result
from tests.conftest import ROOT

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
    """Three results share one run; every span is its slice, and nothing in the summary is unchecked."""
    async with AsyncSummarizer(embedded) as client:
        results = await client.brief(any_article)

    assert ["summary", "entities", "timeline"] == [result.task for result in results]
    assert {"complete"} == {result.status for result in results}
    assert_true_places(results, any_article)
    summary = results[0].value
    assert all(claim.support in ("verbatim", "checked") for claim in [summary.headline, *summary.points])
    assert len(summary.headline.text.split()) <= 30


async def test_what_it_writes_is_counted_and_the_rest_is_codes(rail_strike: Article, embedded: LocalModel) -> None:
    """Of an article with points of more than 20 words: what differs from code's brief was decided by the model."""
    async with AsyncSummarizer(embedded) as client:
        written = await client.brief(rail_strike)
    async with AsyncSummarizer("extractive") as client:
        by_code = await client.brief(rail_strike)

    assert written[0].run.requests > 0
    assert (written[0].value != by_code[0].value) == (written[0].run.decided > 0)
    assert [result.value for result in written[1:]] == [result.value for result in by_code[1:]]


async def test_what_is_asked_of_it(rail_strike: Article, embedded: LocalModel, vcr: Any) -> None:
    """The two instructions it has learnt, each over one or two sentences of the article, and no randomness."""
    async with AsyncSummarizer(embedded) as client:
        await client.brief(rail_strike)

    learnt = {Prompts().get(name).render() for name in ("headline", "point")}
    bodies = [json.loads(request.body) for request in vcr.requests]
    assert bodies
    for body in bodies:
        assert 0 == body["temperature"]
        asked, told = (message["content"] for message in body["messages"])
        assert asked in learnt
        assert len(told) <= 700
        assert told[:40] in " ".join(rail_strike.text.split())


@pytest.fixture
def rail_strike() -> Article:
    """News without a title."""
    return read(str(ROOT / "tests" / "articles" / "rail-strike.txt"))
