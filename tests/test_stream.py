"""Points while the model still writes."""

from __future__ import annotations

import asyncio
import json

import pytest

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.client import AsyncSummarizer, Summarizer
from summarizer.grounding import Checker, Grounder
from summarizer.models import around
from summarizer.models.fake import FakeModel
from summarizer.schemas.evidence import Claim
from summarizer.schemas.result import Result
from summarizer.settings import Policy
from summarizer.streaming import listening
from tests.streaming_server import StreamingServer

ARTICLE = Article(
    "The council of Harwick opened the bridge on Monday. It cost 5.2 million pounds. "
    "Anna Pell, the mayor, did not attend. A second bridge could follow next year, she said."
)
CLAIMS = [{"evidence": [n], "text": sentence.text} for n, sentence in enumerate(ARTICLE.sentences, 1)]
FALSE = {"evidence": [2], "text": "It cost 8.2 million pounds."}
DRAFT = {"headline": CLAIMS[0], "points": [CLAIMS[1], FALSE, CLAIMS[2]]}
MODEL = "openai/gpt-4o-mini"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of no worth, and no waits between attempts."""
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setattr(around.RetryingModel, "_wait", lambda self, state: 0.0)


async def test_points_are_told_before_the_answer_is_complete() -> None:
    """The headline and the first point are there while the server still waits; the result comes last."""
    written = json.dumps(DRAFT)
    with StreamingServer(written, pause=written.index("8.2")) as server:
        async with AsyncSummarizer(MODEL, base_url=server.base_url, policy="drop") as client:
            items = client.stream(ARTICLE)
            early = [await anext(items), await anext(items)]
            server.go_on.set()
            *late, result = [item async for item in items]

    assert [CLAIMS[0]["text"], CLAIMS[1]["text"]] == [item.text for item in early if isinstance(item, Claim)]
    assert all(
        ARTICLE.text[s.start : s.end] == s.text for item in early if isinstance(item, Claim) for s in item.evidence
    )
    assert [CLAIMS[2]["text"]] == [item.text for item in late if isinstance(item, Claim)]
    assert isinstance(result, Result)
    assert ["dropped"] == [issue.action for issue in result.issues]
    assert (100, 20) == (result.run.usage.input_tokens, result.run.usage.output_tokens)


@pytest.mark.parametrize("size", [1, 3, 1000])
async def test_a_point_is_told_once_and_whole(size: int) -> None:
    """However the text is cut, each claim that holds is told once, as it is written in the end."""
    told: list[Claim] = []
    grounder = Grounder(Analysis(ARTICLE), Checker(), Policy.DROP)
    written = json.dumps({"headline": CLAIMS[3], "points": [CLAIMS[1], CLAIMS[1], FALSE, {"text": "x"}, CLAIMS[0]]})
    async with listening(grounder, told.append) as listener:
        for end in range(size, len(written) + size, size):
            listener(written[:end])
    await asyncio.sleep(0)

    assert [CLAIMS[n]["text"] for n in (3, 1, 0)] == [claim.text for claim in told]


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[1, 2", '{"headline": "text", "points": 3}', '{"points": [null, "a"]}', "\ud800}"]
)
async def test_what_is_no_draft_is_passed_over(text: str) -> None:
    """A listener tells nothing and does not fail."""
    told: list[Claim] = []
    grounder = Grounder(Analysis(ARTICLE), Checker(), Policy.DROP)
    async with listening(grounder, told.append) as listener:
        listener(text)

    assert [] == told


async def test_a_stream_that_breaks_is_asked_for_again() -> None:
    """What was told is not told twice, and the result is whole."""
    written = json.dumps(DRAFT)
    with StreamingServer(written, pause=written.index("8.2"), breaks=True) as server:
        async with AsyncSummarizer(MODEL, base_url=server.base_url, policy="drop") as client:
            items = client.stream(ARTICLE)
            seen = [await anext(items), await anext(items)]
            server.breaks = False
            server.go_on.set()
            seen += [item async for item in items]

    texts = [item.text for item in seen if isinstance(item, Claim)]
    assert [CLAIMS[n]["text"] for n in (0, 1, 2)] == texts


async def test_a_model_that_cannot_stream_gives_its_result() -> None:
    """The result is the only item."""
    async with AsyncSummarizer(FakeModel()) as client:
        items = [item async for item in client.stream(ARTICLE)]

    assert 1 == len(items)
    assert isinstance(items[0], Result)


def test_the_same_without_await() -> None:
    """`Summarizer.stream` is an ordinary iterator; leaving it early ends the request."""
    written = json.dumps(DRAFT)
    with (
        StreamingServer(written, pause=written.index("8.2")) as server,
        Summarizer(MODEL, base_url=server.base_url) as client,
    ):
        items = client.stream(ARTICLE)
        first = next(items)
        items.close()

    assert isinstance(first, Claim)


async def test_nothing_is_streamed_that_nobody_hears() -> None:
    """An ordinary call asks for no stream."""
    with StreamingServer(DRAFT, pause=-1) as server:
        async with AsyncSummarizer(MODEL, base_url=server.base_url, policy="drop") as client:
            await client.summarize(ARTICLE)

    assert "stream" not in server.requests[0]


ANSWER = {"answers": [{"question": 1, "found": True, "claims": [CLAIMS[1], FALSE, CLAIMS[2]], "short": None}]}


async def test_claims_of_an_answer_are_told_before_it_is_complete() -> None:
    """In a conversation the first claim is there while the server still waits; one that does not hold is never told."""
    written = json.dumps(ANSWER)
    with StreamingServer(written, pause=written.index("8.2")) as server:
        async with AsyncSummarizer(MODEL, base_url=server.base_url, policy="drop") as client:
            talk = client.conversation(ARTICLE)
            items = talk.stream("What did the bridge cost the council?")
            early = await anext(items)
            assert not talk.exchanges
            server.go_on.set()
            *late, result = [item async for item in items]

    told = [item.text for item in (early, *late) if isinstance(item, Claim)]
    assert [CLAIMS[1]["text"], CLAIMS[2]["text"]] == told
    assert isinstance(result, Result)
    assert [result] == [exchange.result for exchange in talk.exchanges]


def test_an_answer_that_is_stopped_leaves_no_trace() -> None:
    """Closing the stream cancels the request; the next question is the first."""
    written = json.dumps(ANSWER)
    server = StreamingServer(written, pause=written.index("8.2"))
    with server, Summarizer(MODEL, base_url=server.base_url) as client:
        talk = client.conversation(ARTICLE)
        items = talk.stream("What did the bridge cost the council?")
        assert CLAIMS[1]["text"] == next(items).text
        items.close()
        assert not talk.exchanges
