"""The full form as a strong model fills it in, recorded over real HTTP: see README.md beside this file."""

# ruff: noqa: E501  an article a line reads as a table

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.reading import read
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.tasks.view import Place, pointed

ROOT = Path(__file__).parents[2]
ARTICLES = {
    path.stem: path
    for path in (ROOT / "seeds" / "kim-arrives-in-russia.txt", *sorted((ROOT / "tests" / "articles").rglob("*.*")))
}
QUESTIONS: dict[str, list[str]] = {
    "kim-arrives-in-russia": ["Who is the Kremlin spokesperson?", "Why is the train slow?", "What did Kim eat on the train?"],
    "earnings": ["How much will the second factory cost?", "Why did the margin slip?", "Who will lead the factory in Halden?"],
    "minutes": ["How much will the shed roof cost?", "By when will Joan Tiller report?", "Who mended the leak?"],
    "opinion": ["How much does the car park bring in a year?", "How many spaces are taken on market days?", "Who owns the bakery's building?"],
    "obituary": ["Who was her husband?", "What was the canyon named after?", "Which ship did she sail on first?"],
    "ruling": ["Did the appeal succeed?", "Who pays the costs?", "How old is Ms Marlow?"],
}  # fmt: skip
QUOTED = ("interview", "transit", "earnings")
TOPICAL = ("harbour-bridge", "review", "recipe")
TO_DO = ("minutes", "mail", "ruling")
HARD = ("interview", "recipe")
"""Of first person and of imperatives the reader is not sure enough: the sentences themselves stand in."""
WAIT = 3000.0
"""Seconds that a considered answer may take while it is recorded; a replay takes none of them."""

pytestmark = [pytest.mark.vcr]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> AsyncSummarizer:
    """A client of the server that played the strong model."""
    monkeypatch.setenv("OPENAI_API_KEY", "recorded")
    address = os.environ.get("STRONG_SERVER", "http://127.0.0.1:8950/v1")
    return AsyncSummarizer("openai/strong-model", base_url=address, timeout=WAIT)


def article(name: str) -> Article:
    return read(str(ARTICLES[name]))


def assert_honest(result: Result[Any], of: Article) -> None:
    """Every place is the text it says; every claim was proved, and none is left that was not."""
    for _, place in pointed(result.value, Place):
        assert of.text[place.start : place.end] == place.text
    for where, claim in pointed(result.value, Claim):
        assert claim.support in ("verbatim", "checked"), where
        assert claim.evidence, where
        assert (claim.score is None) == (claim.support == "verbatim"), where


@pytest.mark.parametrize("name", ARTICLES)
async def test_a_brief(client: AsyncSummarizer, name: str) -> None:
    """One request for three products, one re-ask at the most; most of what the model says is kept in its own words."""
    of = article(name)
    async with client:
        results = await client.brief(of)

    for result in results:
        assert "complete" == result.status
        assert result.run.requests <= 2
        assert_honest(result, of)
    summary = results[0].value
    assert 1 <= len(summary.points) <= 4
    own_words = [claim for claim in (summary.headline, *summary.points) if claim.support == "checked"]
    assert own_words or name in HARD, "nothing of the model's own words was kept"


@pytest.mark.parametrize("name", QUESTIONS)
async def test_answers(client: AsyncSummarizer, name: str) -> None:
    """Two questions that the article answers and one that it does not, in one request."""
    of = article(name)
    async with client:
        results = await client.ask_all(of, QUESTIONS[name])

    assert [True, True, False] == [result.value.found for result in results]
    for result in results:
        assert_honest(result, of)
        assert result.value.short is None or any(
            result.value.short.lower() in " ".join(span.text.split()).lower()
            for claim in result.value.claims
            for span in claim.evidence
        )


@pytest.mark.parametrize("name", QUOTED)
async def test_quotes(client: AsyncSummarizer, name: str) -> None:
    """Each quotation stands in the article to the letter, its speaker in the sentences around it."""
    of = article(name)
    async with client:
        result = await client.quotes(of)

    assert bool(result.value.quotes) == (name != "interview"), "the answers of an interview are no quotations"
    assert_honest(result, of)


@pytest.mark.parametrize("name", TOPICAL)
async def test_topics(client: AsyncSummarizer, name: str) -> None:
    """Each keyword stands in the article, each theme holds."""
    of = article(name)
    async with client:
        result = await client.topics(of)

    assert len(result.value.topics) >= 2
    assert_honest(result, of)


@pytest.mark.parametrize("name", TO_DO)
async def test_actions(client: AsyncSummarizer, name: str) -> None:
    """What is to be done, by whom and when, as far as it is said."""
    of = article(name)
    async with client:
        result = await client.actions(of)

    assert result.value.actions
    assert_honest(result, of)


async def test_claims_come_while_the_model_writes(client: AsyncSummarizer) -> None:
    """Streamed: each claim that is told has been checked, the result is last."""
    of = article("rail-strike")
    async with client:
        *told, result = [item async for item in client.stream(of, style="plain", points=3)]

    assert told
    assert all(isinstance(claim, Claim) and claim.support in ("verbatim", "checked") for claim in told)
    assert isinstance(result, Result)
    assert_honest(result, of)
