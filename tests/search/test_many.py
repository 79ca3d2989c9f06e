"""Answers from several articles: what is cited, what adds to it, and what contradicts it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.errors import ServerFault, Spent
from summarizer.models.fake import FakeModel
from summarizer.models.model import Completion, Request, T
from summarizer.schemas.answer import Answer
from summarizer.schemas.result import Result
from summarizer.search.index import Index

WHEN, OPENED = "When did the Harwick bridge open?", "The Harwick bridge opened in 1931."
ZOO = Article("The zoo has a tiger.", source="zoo.txt")


def bridge(text: str, source: str, day: int = 1) -> Article:
    """An article about a bridge."""
    return Article(text, source=source, published=date(2020, 5, day))


async def by_code(question: str, *articles: Article) -> Result[Answer]:
    async with AsyncSummarizer("extractive") as client:
        return await client.ask(articles, question)


async def test_the_best_article_answers() -> None:
    """The result is of that article, and each span tells it: file, sentence and offsets."""
    article = bridge("It rained. The Harwick bridge opened in 1931.", "a.txt")
    result = await by_code("When did the Harwick bridge open?", ZOO, article)

    assert ("complete", "a.txt", "1931") == (result.status, result.article.source, result.value.short)
    (span,) = result.value.claims[0].evidence
    assert (article.id, 2, article.text[span.start : span.end]) == (span.article, span.sentence, span.text)
    assert [article.id] == [one.id for one in result.value.articles]


async def test_a_contradiction_shows_both_sides_with_their_dates() -> None:
    """Each side has its evidence, and its article with the day it was published."""
    one = bridge("The Harwick bridge opened in 1931.", "a.txt", 1)
    other = bridge("The Harwick bridge opened in 1932, officials said.", "b.txt", 2)
    result = await by_code("When did the Harwick bridge open?", one, other, ZOO)

    (group,) = result.value.conflicts
    assert {one.id, other.id} == {claim.evidence[0].article for claim in group}
    assert {date(2020, 5, 1), date(2020, 5, 2)} == {ref.published for ref in result.value.articles}
    assert 1 == len(result.value.claims)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (WHEN, OPENED, "In 1931 the Harwick bridge opened."),
        (WHEN, OPENED, "The Harwick bridge opened on 3 May 1931."),
        ("Who opened the Harwick bridge?", "Anna Pell opened the Harwick bridge.", "Pell opened the Harwick bridge."),
        ("How long is the Harwick bridge?", "The Harwick bridge is 2 km long.", "The Harwick bridge is 2,000 m long."),
    ],
)  # fmt: skip
async def test_the_same_in_other_words_is_no_contradiction(question: str, one: str, other: str) -> None:
    """A year and a day in it, a name and its short form, a unit in two spellings."""
    result = await by_code(question, bridge(one, "a.txt"), bridge(other, "b.txt"))
    assert [] == result.value.conflicts


async def test_another_thing_is_no_contradiction() -> None:
    """The Dover bridge may open in another year than the Harwick bridge."""
    result = await by_code(
        "When did the Harwick bridge open?",
        bridge("The Harwick bridge opened in 1931.", "a.txt"),
        bridge("The Dover bridge opened in 1932.", "b.txt"),
    )
    assert ("1931", []) == (result.value.short, result.value.conflicts)


@pytest.mark.parametrize(
    ("question", "one", "other", "conflicts"),
    [
        ("Where was the treaty signed?", "The treaty was signed in Vienna on Monday.",
         "The treaty was signed in Geneva, officials said.", 1),
        ("Who is the mayor of Harwick?", "Anna Pell, the mayor of Harwick, cut the ribbon.",
         "The mayor of Harwick, Tom Orr, cut the ribbon.", 1),
        ("How much did the bridge cost?", "The Harwick bridge cost 5 million pounds.",
         "The Harwick bridge cost 6 million pounds in all.", 1),
        ("How much did the bridge cost?", "The Harwick bridge cost 5 million pounds.",
         "The Dover bridge cost 6 million pounds.", 0),
        ("How many people were hurt in the crash?", "Twelve people were hurt in the crash on the A12.",
         "Some 15 people were hurt in the crash on the A12, police said.", 0),
        ("Who won the race?", "Ann Lee won the race in Leeds.", "Bob Dee won the race in York.", 0),
    ],
    ids=["place", "person", "figure", "another bridge", "rounded", "another race"],
)  # fmt: skip
async def test_a_contradiction_is_of_one_thing(question: str, one: str, other: str, conflicts: int) -> None:
    """With the other's answer in its place, one claim holds in the other's sentence, whoever is said to say so."""
    result = await by_code(question, bridge(one, "a.txt"), bridge(other, "b.txt"))
    assert conflicts == len(result.value.conflicts)


async def test_no_article_has_a_word_of_it() -> None:
    """No model is asked, the exit is an honest no, and the reference names no article."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        result = await client.ask([ZOO, bridge("The bridge opened.", "a.txt")], "Which cricketer juggles cucumbers?")

    assert (False, "", "2 articles") == (result.value.found, result.article.id, result.article.source)
    assert ["no_evidence"] == [issue.code for issue in result.issues]
    assert [] == fake.requests


async def test_nearest_passages_where_nothing_answers() -> None:
    """They tell their articles."""
    nothing = {"answers": [{"question": 1, "found": False, "claims": [], "short": None}]}
    async with AsyncSummarizer(FakeModel([nothing])) as client:
        articles = [ZOO, bridge("A bridge opened.", "a.txt")]
        result = await client.ask(articles, "Where was the tiger of the circus born in Hamburg?")
    assert (False, "zoo.txt") == (result.value.found, result.article.source)
    assert [ZOO.id] == [span.article for span in result.value.closest]


async def test_a_model_is_asked_about_the_nearest_articles_only() -> None:
    """Each by itself; the costs are added up; one that fails is told of and the others answer."""

    def says(sentence: str) -> dict[str, Any]:
        claim = {"evidence": [1], "text": sentence}
        return {"answers": [{"question": 1, "found": True, "claims": [claim], "short": None}]}

    texts = ["The Harwick bridge is old.", "The Harwick bridge is long."]
    articles = [bridge(text, f"{n}.txt") for n, text in enumerate(texts)]

    class FailsAtTheSecond(FakeModel):
        async def complete(self, request: Request[T]) -> Completion[T]:
            if any(texts[1] in message.content for message in request.messages):
                self.requests.append(request)
                raise ServerFault("gone", spent=Spent(1))
            return await super().complete(request)

    fake = FailsAtTheSecond([says(texts[0])])
    async with AsyncSummarizer(fake) as client:
        result = await client.ask([*articles, ZOO], "What is the Harwick bridge?")

    assert (2, "incomplete") == (result.run.requests, result.status)
    assert "model_failed" in [issue.code for issue in result.issues]
    assert [texts[0]] == [claim.text for claim in result.value.claims]
    assert not any("tiger" in message.content for request in fake.requests for message in request.messages)


async def test_all_fail() -> None:
    """Then there is nothing to show."""
    async with AsyncSummarizer(FakeModel([ServerFault("gone")])) as client:
        with pytest.raises(ServerFault):
            await client.ask([ZOO], "Which tiger has the zoo?")


@pytest.mark.parametrize(("most", "asked", "told"), [(1, 1, True), (3, 3, True), (6, 6, False)])
async def test_so_many_articles_are_asked_and_no_more(most: int, asked: int, told: bool) -> None:
    """The nearest; that others are about as near is told."""
    articles = [bridge(f"{OPENED} It is number {number}.", f"{number}.txt") for number in range(6)]
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        with Index.of([*articles, ZOO], most=most) as index:
            result = await client.ask(index, WHEN)

    assert asked == len(fake.requests)
    assert told is ("nearest_articles" in [issue.code for issue in result.issues])
