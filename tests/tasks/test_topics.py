"""Topics: a keyword stands in the article, and what is said on it holds."""

from __future__ import annotations

from typing import Any

from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.models.fake import FakeModel
from summarizer.tasks.topics import TASK

ARTICLE = Article(
    "Water prices in Harwick will rise by a tenth in April. The council blames the drought. "
    "The drought has emptied two reservoirs. Farmers pay less for water than households. "
    "Households paid 310 pounds for water last year."
)


def topic(keyword: str, sentence: int) -> dict[str, Any]:
    return {"keyword": keyword, "theme": {"evidence": [sentence], "text": ARTICLE.sentences[sentence - 1].text}}


async def test_a_keyword_has_its_places_and_its_sentence() -> None:
    """However it is written at the start of a sentence; one that is nowhere goes with its line."""
    fake = FakeModel([{"topics": [topic("water prices", 1), topic("drought", 3), topic("inflation", 1)]}])
    async with AsyncSummarizer(fake, policy="drop") as client:
        result = await client.read("topics", ARTICLE)

    assert [("water prices", 1), ("drought", 2)] == [(one.keyword, len(one.mentions)) for one in result.value.topics]
    assert [("ungrounded", "/topics/2/keyword")] == [(issue.code, issue.where) for issue in result.issues]


async def test_code_alone_names_what_it_is_about() -> None:
    """The words that come back, each with a sentence that has it; as many as wanted."""
    async with AsyncSummarizer("extractive") as client:
        result = await client.read("topics", ARTICLE, most=2)

    assert 2 == len(result.value.topics)
    assert {"water", "drought"} == {one.keyword.lower() for one in result.value.topics}
    for one in result.value.topics:
        assert one.keyword.lower() in one.theme.text.lower()


async def test_a_topic_is_a_line_and_a_row() -> None:
    """Keyword in front, what is said on it behind."""
    fake = FakeModel([{"topics": [topic("drought", 3)]}])
    async with AsyncSummarizer(fake) as client:
        value = (await client.read("topics", ARTICLE)).value

    (section,) = TASK.view(value)
    assert ("drought", "The drought has emptied two reservoirs.") == (section.lines[0].label, section.lines[0].text)
    assert [("drought", 2)] == [(row["keyword"], row["mentions"]) for row in TASK.rows(value)]
