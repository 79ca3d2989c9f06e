"""Questions in turn: what a follow-up leans on, what a model is shown, and what is never sent."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from typing import Any

import pytest

from summarizer.article import Article
from summarizer.client import AsyncSummarizer, Summarizer
from summarizer.errors import ServerFault, UsageError
from summarizer.models.fake import FakeModel
from summarizer.pipeline import analysis_of
from summarizer.schemas.answer import LONGEST_QUESTION, Answer
from summarizer.search.conversation import TURNS
from summarizer.search.followups import Before, with_referents

BRIDGE = Article(
    "The mayor of Harwick, Anna Pell, opened the bridge in 1931. She left the town two years later. "
    "The bridge cost 5.2 million pounds. It spans the river Orwell.",
    source="bridge.txt",
)


def answered(number: int, text: str, short: str | None = None, question: int = 1) -> dict[str, Any]:
    """What a model says to one question."""
    claims = [{"evidence": [number], "text": text}]
    return {"answers": [{"question": question, "found": True, "claims": claims, "short": short}]}


OPENED = answered(1, BRIDGE.sentences[0].text, "Anna Pell")
LEFT = answered(2, BRIDGE.sentences[1].text)


def before(question: str, short: str | None = None, article: Article = BRIDGE) -> Before:
    """An answered question."""
    value = Answer(question=question, found=True, claims=[], short=short)
    return Before(question, value, analysis_of(article))


@pytest.mark.parametrize(
    ("first", "short", "second", "read_as"),
    [
        ("Who opened the bridge?", "Anna Pell", "and when did she leave?", "and when did she leave? (Anna Pell)"),
        ("When did Anna Pell open it?", "1931", "Where did she go?", "Where did she go? (Anna Pell)"),
        ("What did the bridge cost?", None, "What does it span?", "What does it span? (bridge cost)"),
        ("When did Anna Pell leave?", None, "Why?", "Why? (Anna Pell leave)"),
        ("Who opened the bridge?", "Anna Pell", "And when?", "When? (opened bridge)"),
        ("When did Anna Pell leave?", None, "And Tom Orr?", "And Tom Orr? (When leave)"),
        ("Who opened the bridge?", "Anna Pell", "What did it cost in May?", "What did it cost in May? (opened bridge)"),
        ("Who opened the bridge?", "Anna Pell", "How long is the river?", "How long is the river?"),
        ("Who opened the bridge?", "Anna Pell", "When did Tom say he came?", "When did Tom say he came?"),
    ],
)  # fmt: skip
def test_what_a_follow_up_leans_on(first: str, short: str | None, second: str, read_as: str) -> None:
    """A pronoun takes the name it can mean, the rest of a question the words it lacks; others stand by themselves."""
    assert read_as == with_referents(second, before(first, short))


def test_a_day_is_not_what_it_means() -> None:
    """Though it was the answer before."""
    article = Article("Anna Pell opened the bridge on Monday. It cost 84 million euros.")
    asked = before("When did she open the bridge?", "Monday", article)
    assert "How much did it cost? (open bridge)" == with_referents("How much did it cost?", asked)


def test_the_first_question_stands_by_itself() -> None:
    """There is nothing to lean on."""
    assert "When did he leave?" == with_referents("When did he leave?", None)


async def test_a_model_sees_the_turns_behind_the_article() -> None:
    """The second request begins with the first to the letter, then has its answer, so that nothing is read twice."""
    fake = FakeModel([OPENED, LEFT])
    async with AsyncSummarizer(fake) as client:
        talk = client.conversation(BRIDGE)
        await talk.ask("Who opened the bridge?")
        result = await talk.ask("and when did she leave the town?")

    first, second = (request.messages for request in fake.requests)
    assert first == second[: len(first)]
    assert OPENED == json.loads(second[len(first)].content)
    assert second[-1].content.endswith("1 and when did she leave the town? (Anna Pell)")
    assert "and when did she leave the town?" == result.value.question
    assert ["read as: and when did she leave the town? (Anna Pell)"] == [one.message for one in result.issues]


async def test_only_the_last_turns_are_sent() -> None:
    """A long conversation does not grow without end; most requests begin with all of the one before."""
    count = 4 * TURNS
    fake = FakeModel([OPENED] * count)
    async with AsyncSummarizer(fake) as client:
        talk = client.conversation(BRIDGE)
        for _ in range(count):
            await talk.ask("Who opened the bridge?")

    sent = [request.messages for request in fake.requests]
    turns = [sum(message.role == "assistant" for message in messages) for messages in sent]
    assert [*range(2 * TURNS), *range(TURNS, 2 * TURNS), *range(TURNS, 2 * TURNS)] == turns
    grown = [second[: len(first)] == first for first, second in pairwise(sent)]
    assert 2 == grown.count(False)
    assert count == len(talk.exchanges)


async def test_a_failure_leaves_the_conversation_as_it_was() -> None:
    """What was not answered is not a turn, and the next question is asked as if it had not been."""
    fake = FakeModel([OPENED, ServerFault("gone"), LEFT])
    async with AsyncSummarizer(fake) as client:
        talk = client.conversation(BRIDGE)
        await talk.ask("Who opened the bridge?")
        with pytest.raises(ServerFault):
            await talk.ask("When did she leave the town?")
        await talk.ask("When did she leave the town?")

    assert 2 == len(talk.exchanges)


async def test_an_answer_can_be_cancelled() -> None:
    """The conversation goes on afterwards."""

    class Slow(FakeModel):
        async def complete(self, request: Any) -> Any:
            if not self.requests:
                self.requests.append(request)
                await asyncio.sleep(60)
            return await super().complete(request)

    async with AsyncSummarizer(Slow([OPENED])) as client:
        talk = client.conversation(BRIDGE)
        asking = asyncio.create_task(talk.ask("Who opened the bridge?"))
        await asyncio.sleep(0.05)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert "Anna Pell" == (await talk.ask("Who opened the bridge?")).value.short


def test_the_same_without_await() -> None:
    """Two questions on one loop."""
    with Summarizer("extractive") as client:
        talk = client.conversation(BRIDGE)
        assert BRIDGE.sentences[0].text == talk.ask("Who opened the bridge in 1931?").value.claims[0].text
        assert BRIDGE.sentences[0].text == talk.ask("Of which town is she the mayor?").value.claims[0].text
        assert ["Who opened the bridge in 1931?", "Of which town is she the mayor?"] == [
            one.question for one in talk.exchanges
        ]


async def test_about_several_articles() -> None:
    """A follow-up is sought in all of them; a span tells its article."""
    other = Article("Tom Orr sold bananas in Dover. He moved to Leeds in 1950.", source="bananas.txt")
    async with AsyncSummarizer("extractive") as client:
        talk = client.conversation([BRIDGE, other])
        first = await talk.ask("Who sold bananas in Dover?")
        second = await talk.ask("And who opened the bridge?")

    assert [other.id, BRIDGE.id] == [one.value.claims[0].evidence[0].article for one in (first, second)]
    assert [other.id, BRIDGE.id] == [one.article.id for one in (first, second)]


async def test_no_evidence_no_call() -> None:
    """What the article has no word of is not asked of a model, and the result says so; others are, by their numbers."""
    fake = FakeModel([answered(3, BRIDGE.sentences[2].text, "5.2 million pounds", question=2)])
    async with AsyncSummarizer(fake) as client:
        nothing = await client.ask(BRIDGE, "Which cricketer juggled zebras in Mumbai?")
        several = await client.ask_all(BRIDGE, ["Which cricketer juggled zebras?", "What did the bridge cost?"])

    assert (False, 0) == (nothing.value.found, nothing.run.requests)
    assert ["no_evidence"] == [issue.code for issue in nothing.issues]
    assert [False, True] == [result.value.found for result in several]
    assert "5.2 million pounds" == several[1].value.short
    assert 1 == len(fake.requests)
    assert "zebras" not in fake.requests[0].messages[-1].content


async def test_where_code_cannot_tell_the_model_is_asked() -> None:
    """By one word alone, by a measure, or in another language, a model may find what code does not."""
    fake = FakeModel([answered(1, BRIDGE.sentences[0].text)] * 3)
    async with AsyncSummarizer(fake) as client:
        for question in ("What is the topic?", "Wer hat die Brücke im Jahr eröffnet?", "What is it about?"):
            assert (await client.ask(BRIDGE, question)).value.found
    assert 3 == len(fake.requests)


@pytest.mark.parametrize("question", ["", "  \n", "why " * 25_000])
async def test_no_question_at_all(question: str) -> None:
    """An empty one and one of 100,000 characters are refused before anything is sent."""
    fake = FakeModel()
    async with AsyncSummarizer(fake) as client:
        with pytest.raises(UsageError, match="question"):
            await client.ask(BRIDGE, question)
        with pytest.raises(UsageError, match="question"):
            await client.conversation(BRIDGE).ask(question)
    assert [] == fake.requests


async def test_the_longest_question() -> None:
    """What is just short enough is answered."""
    question = "Who opened the bridge in 1931" + "?" * (LONGEST_QUESTION - 29)
    async with AsyncSummarizer("extractive") as client:
        assert (await client.ask(BRIDGE, question)).value.found


async def test_a_question_in_another_language() -> None:
    """Code looks for its names only, and says so."""
    async with AsyncSummarizer("extractive") as client:
        result = await client.ask(BRIDGE, "Wann wurde die große Oper in der Stadt eröffnet?")
    assert not result.value.found
    assert "question_language" in [issue.code for issue in result.issues]
