"""Length, language and focus, from what is asked to what comes back."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.analysis.words import words
from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.models.fake import FakeModel
from summarizer.schemas.result import Result
from tests.long_texts import article

ARTICLE = Article(
    "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds. "
    "Anna Pell, the mayor, did not attend. A second bridge could follow next year, she said."
)
CLAIMS = [{"evidence": [n], "text": sentence.text} for n, sentence in enumerate(ARTICLE.sentences, 1)]


async def by_model(claims: list[dict[str, Any]], **options: Any) -> Result[Any]:
    async with AsyncSummarizer(FakeModel([{"headline": claims[0], "points": claims[1:]}])) as client:
        return await client.summarize(ARTICLE, **options)


async def by_code(text: Article, **options: Any) -> Result[Any]:
    async with AsyncSummarizer("extractive") as client:
        return await client.summarize(text, **options)


def length(result: Result[Any]) -> int:
    claims = [result.value.headline, *result.value.points]
    return sum(1 for claim in claims for _ in words(claim.text))


async def test_a_model_that_gives_too_many_points_is_cut_short() -> None:
    """The first points stay, and the result says how many went."""
    result = await by_model(CLAIMS, points=2)

    assert CLAIMS[1]["text"] == result.value.points[0].text
    assert (2, 3) == (len(result.value.points), result.run.decided)
    assert [("shortened", "dropped")] == [(issue.code, issue.action) for issue in result.issues]


@pytest.mark.parametrize("most", [1, 9, 15, 22, 40])
async def test_words_are_counted_over_all(most: int) -> None:
    """Headline and points together have no more words than allowed; the headline alone may."""
    result = await by_model(CLAIMS, words=most)

    assert length(result) <= most or not result.value.points


@pytest.mark.parametrize(("points", "most"), [(1, None), (7, None), (4, 30), (10, 60)])
async def test_code_keeps_to_points_and_words(points: int, most: int | None) -> None:
    """The same holds for a summary by code."""
    result = await by_code(article(60), points=points, **({"words": most} if most else {}))

    assert len(result.value.points) <= points
    assert most is None or length(result) <= most


async def test_focus_chooses_what_bears_on_it() -> None:
    """With a focus the headline and the points speak of it; without one they need not."""
    result = await by_code(article(60), focus="the ferry", points=3)

    assert all("ferry" in claim.text for claim in [result.value.headline, *result.value.points])


async def test_a_focus_that_is_nowhere_is_told() -> None:
    """Nothing is made up to bear on it."""
    result = await by_code(article(60), focus="volcano eruption")

    assert ["focus"] == [issue.code for issue in result.issues]


@pytest.mark.parametrize(("points", "said"), [(3, []), (4, ["short_article"])])
async def test_an_article_no_longer_than_its_summary_is_shown_as_it_is(points: int, said: list[str]) -> None:
    """Four sentences are all there when four points are asked for, and the result says so."""
    result = await by_code(ARTICLE, points=points)

    assert said == [issue.code for issue in result.issues]
    if said:
        claims = [result.value.headline, *result.value.points]
        assert {1, 2, 3, 4} == {span.sentence for claim in claims for span in claim.evidence}


async def test_a_brief_says_it_of_the_summary_alone() -> None:
    """The names and the timeline of a short article are no shorter for it."""
    async with AsyncSummarizer("extractive") as client:
        brief = await client.brief(ARTICLE)
    assert [["short_article"], [], []] == [[issue.code for issue in one.issues] for one in brief]


async def test_code_says_that_it_cannot_translate() -> None:
    """Sentences stay as they are, and the result says so."""
    result = await by_code(ARTICLE, language="German", points=3)

    assert ["language"] == [issue.code for issue in result.issues]
    assert result.value.headline.text in ARTICLE.text


async def test_another_language_is_kept_unchecked_with_its_figures_compared() -> None:
    """A translated claim is marked as unchecked; one with a wrong figure does not hold."""
    german: list[dict[str, Any]] = [
        {"evidence": [1], "text": "Der Rat von Harwick eröffnete die Brücke am Montag."},
        {"evidence": [2], "text": "Sie kostete 5,2 Millionen Pfund."},
        {"evidence": [2], "text": "Sie kostete 8,2 Millionen Pfund."},
    ]
    result = await by_model(german, language="German")

    assert ["unchecked", "unchecked", "verbatim"] == [
        claim.support for claim in [result.value.headline, *result.value.points]
    ]
    assert "5,2" in result.value.points[0].text
    assert not any("8,2" in point.text for point in result.value.points)
    assert "unchecked" in {issue.code for issue in result.issues}


async def test_without_a_language_asked_for_another_language_does_not_hold() -> None:
    """Nobody asked for German: the claim cannot be read against its sentence, and the sentence stands in."""
    result = await by_model([{"evidence": [1], "text": "Der Rat eröffnete die Brücke."}])

    assert "verbatim" == result.value.headline.support


async def test_what_is_asked_reaches_the_model() -> None:
    """Points, words, language and focus stand in the prompt."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        await client.summarize(ARTICLE, points=7, words=90, language="German", focus="the mayor")

    asked = fake.requests[0].messages[0].content
    assert all(part in asked for part in ("7", "90", "German", "the mayor"))
