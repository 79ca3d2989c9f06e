"""Quotes: words stand in the article to the letter, and so does who said them."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.analysis.phrases import places_of
from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.models.fake import FakeModel
from summarizer.schemas.quotes import Quotes
from summarizer.tasks.quotes import TASK

ARTICLE = Article(
    "Anna Pell, the mayor of Harwick, opened the bridge on Monday. "
    "“Nobody will miss the old ferry,” Pell told the council. "
    '"We will miss it very much," said the ferryman, Tom Roe. '
    "The so-called “smart bridge” cost 5.2 million pounds."
)


async def quotes(*drafts: dict[str, Any], **options: Any) -> tuple[Any, FakeModel]:
    fake = FakeModel([{"quotes": list(drafts)}])
    async with AsyncSummarizer(fake, policy="drop") as client:
        return await client.read("quotes", ARTICLE, **options), fake


def draft(words: str, speaker: str, evidence: list[int], to: str | None = None) -> dict[str, Any]:
    return {"evidence": evidence, "words": words, "speaker": speaker, "to": to}


async def test_a_quotation_is_its_place_in_the_article() -> None:
    """The words' offsets, the speaker as the sentence names her, and the entities both name."""
    result, _ = await quotes(draft("Nobody will miss the old ferry,", "Pell", [2], "the council"))

    (quote,) = result.value.quotes
    assert ARTICLE.text[quote.words.start : quote.words.end] == "Nobody will miss the old ferry,"
    assert ("Pell", "the council") == (quote.speaker.text, quote.to.text)
    assert quote.speaker_id is not None


async def test_words_that_nobody_said_go() -> None:
    """One letter more is no quotation; a speaker who is not in the sentences has said nothing."""
    result, _ = await quotes(
        draft("Nobody will ever miss the old ferry", "Pell", [2]),
        draft("We will miss it very much,", "Tom Jones", [3]),
        draft("We will miss it very much,", "Tom Roe", [3]),
    )

    assert ["We will miss it very much,"] == [quote.words.text for quote in result.value.quotes]
    assert [("ungrounded", "/quotes/0/words"), ("ungrounded", "/quotes/1/speaker")] == [
        (issue.code, issue.where) for issue in result.issues
    ]


async def test_the_wrong_sentence_is_mended() -> None:
    """The words are found where they stand; the speaker is looked for there too."""
    result, _ = await quotes(draft("We will miss it very much,", "Tom Roe", [1]))

    assert [3] == [quote.words.sentence for quote in result.value.quotes]


async def test_code_alone_finds_them() -> None:
    """Without a model: words between marks in a sentence that names who says them; a term in marks is no quotation."""
    async with AsyncSummarizer("extractive") as client:
        result = await client.read("quotes", ARTICLE)
        hers = await client.read("quotes", ARTICLE, speaker="Anna Pell")

    assert ["Nobody will miss the old ferry,", "We will miss it very much,"] == [
        quote.words.text for quote in result.value.quotes
    ]
    assert isinstance(result.value, Quotes)
    assert ["Pell"] == [quote.speaker.text for quote in hers.value.quotes]
    assert result.run.prompt is None


async def test_a_quote_is_a_row_and_a_line() -> None:
    """The view and the table say who said what."""
    result, _ = await quotes(draft("We will miss it very much,", "Tom Roe", [3]))

    (section,) = TASK.view(result.value)
    (row,) = TASK.rows(result.value)
    assert ("Tom Roe", "“We will miss it very much,”") == (section.lines[0].label, section.lines[0].text)
    assert ("Tom Roe", 3) == (row["speaker"], row["sentence"])


async def test_options_reach_the_prompt() -> None:
    """Whose quotes, and how many."""
    _, fake = await quotes(most=7, speaker="Tom Roe")

    assert "at most 7 quotations" in fake.requests[0].messages[0].content
    assert "of Tom Roe only" in fake.requests[0].messages[0].content


@pytest.mark.parametrize("nothing", ["", " ", "\n", "\u00a0"])
async def test_words_of_nothing_stand_nowhere(nothing: str) -> None:
    """A model that writes no words, no speaker or nobody to speak to is answered, and not looked for without end."""
    result, _ = await quotes(
        draft(nothing, "Pell", [2]),
        draft("Nobody will miss the old ferry,", nothing, [2], nothing),
        draft("We will miss it very much,", "Tom Roe", [3], nothing),
    )

    assert "We will miss it very much," in [quote.words.text for quote in result.value.quotes]
    assert places_of(nothing, ARTICLE) == []


async def test_code_finds_who_is_meant_by_she_and_who_speaks_under_a_name() -> None:
    """The one person of the sentence before; of two nobody. A name before a colon speaks where another one asks."""
    pronoun = Article(
        'Mayor Anna Pell cut a ribbon. "We did not close it lightly," she said.\n\n'
        'Tom Roe met Ida Sand in the square. "It was long overdue," he said. '
        '"Nobody told us a thing," said chief engineer Lars Ek.'
    )
    labelled = Article(
        "Dahl: How did you come here?\n\nAune: My husband got the job.\n\nDahl: And now?\n\nAune: I stay here."
    )
    async with AsyncSummarizer("extractive") as client:
        found = [(await client.read("quotes", article)).value.quotes for article in (pronoun, labelled)]

    said = [[(one.speaker.text, one.words.text) for one in quotes] for quotes in found]
    assert [
        ("Anna Pell", "We did not close it lightly,"),
        ("chief engineer Lars Ek", "Nobody told us a thing,"),
    ] == said[0]
    assert [("Aune", "My husband got the job."), ("Aune", "I stay here.")] == said[1]
