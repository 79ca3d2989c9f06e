"""Questions to the embedded model, its answers replayed from recordings of the real model over real HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.models.local import LocalModel
from summarizer.reading import read
from tests.conftest import ROOT
from tests.test_embedded import assert_true_places

pytestmark = pytest.mark.vcr

TRIAL = read(str(ROOT / "tests" / "articles" / "vaccine-trial.md"))
STRIKE = read(str(ROOT / "tests" / "articles" / "rail-strike.txt"))


async def test_code_is_sure_and_the_model_is_not_asked(seed: Article, embedded: LocalModel, vcr: Any) -> None:
    """The sentence stands as it is in the article, the short answer in it; nothing was sent."""
    async with AsyncSummarizer(embedded) as client:
        result = await client.ask(seed, "Who is the Kremlin spokesperson?")

    assert ("Dmitry Peskov", 0, 0) == (result.value.short, result.run.requests, result.run.decided)
    assert "verbatim" == result.value.claims[0].support
    assert_true_places((result,), seed)
    assert [] == vcr.requests


async def test_the_model_is_sure_where_code_is_not(embedded: LocalModel, vcr: Any) -> None:
    """One word of it decides what is shown; the sentence stays the evidence; it is counted as the model's."""
    question = "What is the vaccine known as, given in three doses a month apart?"
    async with AsyncSummarizer(embedded) as client:
        result = await client.ask(TRIAL, question)
    async with AsyncSummarizer("extractive") as client:
        by_code = await client.ask(TRIAL, question)

    assert ("VX-9", None) == (result.value.short, by_code.value.short)
    assert (1, 1) == (result.run.requests, result.run.decided)
    assert by_code.value.claims == result.value.claims
    assert_true_places((result,), TRIAL)
    assert [1] == [json.loads(request.body)["max_tokens"] for request in vcr.requests]


async def test_what_the_model_is_not_sure_of_is_not_shown(embedded: LocalModel, vcr: Any) -> None:
    """The sentence answers; a wrong name is not put above it. What the article does not say is not asked of it."""
    async with AsyncSummarizer(embedded) as client:
        unsure, *nothing = await client.ask_all(
            STRIKE, ["What do the workers want?", "Which cricketer juggled zebras in Mumbai?"]
        )

    assert (True, None, 0) == (unsure.value.found, unsure.value.short, unsure.run.decided)
    assert [False] == [result.value.found for result in nothing]
    assert 1 == len(vcr.requests)
