"""A server's answers, of every shape, become a draft or a typed error; the request is what it should be."""

from __future__ import annotations

import pytest

from summarizer.article import Article
from summarizer.errors import (
    InvalidAnswer,
    ModelUnavailable,
    RateLimited,
    Spent,
)
from summarizer.schemas.evidence import numbers_refer_to
from tests.models.asking import GOOD, ask
from tests.scripted_server import Reply, ScriptedServer, completion


async def test_a_good_answer_becomes_a_draft_with_its_cost(server: ScriptedServer) -> None:
    """Sentence numbers become spans of the article that is bound; tokens are those the server counted."""
    server.script(completion(GOOD))
    article = Article("It is Monday. It rains.")

    with numbers_refer_to(article):
        done = await ask(server.base_url)

    assert "It rains." == done.draft.headline.evidence[0].text
    assert Spent(1, 100, 64, 20) == done.spent


async def test_the_request_is_strict_and_constant_and_no_template_touches_it(server: ScriptedServer) -> None:
    """The schema is closed and named, the messages arrive letter by letter, and the key is only in the header."""
    server.script(completion(GOOD))

    await ask(server.base_url)

    sent = server.requests[0]
    assert [
        {"role": "system", "content": "rules"},
        {"role": "user", "content": "{{ 7*7 }} {% if %} of the article"},
    ] == sent["messages"]
    form = sent["response_format"]["json_schema"]
    assert ("SummaryDraft", True) == (form["name"], form["strict"])
    assert {"type": "integer"} == form["schema"]["$defs"]["DraftClaim"]["properties"]["evidence"]["items"]
    assert not form["schema"]["additionalProperties"]
    assert ["headline", "points"] == form["schema"]["required"]
    assert (512, 0.0, "gpt-test") == (sent["max_completion_tokens"], sent["temperature"], sent["model"])
    assert "Bearer secret-key" == server.headers[0]["authorization"]


async def test_a_reasoning_model_gets_no_temperature(server: ScriptedServer) -> None:
    """OpenAI's reasoning models refuse the parameter."""
    server.script(completion(GOOD))

    await ask(server.base_url, "openai/gpt-5-mini")

    assert "temperature" not in server.requests[0]


ERROR = {"error": {"message": "because", "type": "x", "param": None, "code": None}}


async def test_a_bad_answer_is_paid_for(server: ScriptedServer) -> None:
    """An answer that does not fit tells what it cost, how it read, and where it does not fit."""
    server.script(completion({"headline": {"evidence": ["one"], "text": "x"}, "points": []}))

    with pytest.raises(InvalidAnswer) as caught:
        await ask(server.base_url)

    assert Spent(1, 100, 64, 20) == caught.value.spent
    assert '"one"' in caught.value.answer
    assert caught.value.problems[0].startswith("headline/evidence/0: ")


async def test_an_answer_without_usage_is_counted_as_a_request(server: ScriptedServer) -> None:
    """Some servers send `usage: null`."""
    server.script(completion(GOOD, usage=None))

    assert Spent(1, uncounted=1) == (await ask(server.base_url)).spent


async def test_retry_after_is_read() -> None:
    """Seconds and milliseconds, and nothing where the header cannot be read."""
    for header, expected in (
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "soon"}, None),
    ):
        with ScriptedServer() as server:
            server.script(Reply(ERROR, 429, header))
            with pytest.raises(RateLimited) as caught:
                await ask(server.base_url)
            assert expected == caught.value.retry_after


async def test_a_server_that_is_down_is_unavailable() -> None:
    """A refused connection names the address and says what to look at."""
    with ScriptedServer() as server:
        base_url = server.base_url

    with pytest.raises(
        ModelUnavailable, match=r"no connection to 127\.0\.0\.1:\d+ \(connection refused\); is the server running"
    ):
        await ask(base_url)
