"""What is asked again, how long, and what it all cost."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from summarizer.errors import (
    AnswerTruncated,
    AuthenticationFailed,
    InvalidAnswer,
    ModelError,
    ModelUnavailable,
    RateLimited,
    ServerFault,
    Spent,
)
from summarizer.models.fake import FakeModel
from summarizer.models.model import Message, Request
from summarizer.models.retrying import Patience, RequestCap, RetryingModel, requests_capped
from summarizer.schemas.slots import Headline

REQUEST = Request((Message("user", "x"),), Headline, 10)
QUICK = Patience(attempts=4, first=0.001, longest=0.002, refused=3)
GOOD = {"text": "ok"}


async def test_transient_failures_are_asked_again_and_counted() -> None:
    """A rate limit and a server fault cost a request each; the answer's cost comes on top."""
    fake = FakeModel([RateLimited("slow", retry_after=0.001), ServerFault("oops"), GOOD])

    done = await RetryingModel(fake, QUICK).complete(REQUEST)

    assert ("ok", Spent(3)) == (done.draft.text, done.spent)


async def test_it_gives_up_and_says_what_it_cost() -> None:
    """The last error is raised with the cost of all attempts."""
    fake = FakeModel([ServerFault("oops") for _ in range(9)])

    with pytest.raises(ServerFault) as caught:
        await RetryingModel(fake, QUICK).complete(REQUEST)

    assert (4, 4) == (len(fake.requests), caught.value.spent.requests)


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (ModelUnavailable("refused"), 3),
        (AuthenticationFailed("bad key"), 1),
        (InvalidAnswer("no", answer=""), 1),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_some_failures_are_not_worth_many_tries(error: ModelError, asked: int) -> None:
    """A refused connection is tried a few times, a refused key or a bad answer once."""
    fake = FakeModel([error] * 9)

    with pytest.raises(type(error)):
        await RetryingModel(fake, QUICK).complete(REQUEST)

    assert asked == len(fake.requests)


CUT = AnswerTruncated("the answer stopped at its length limit", answer="{")


async def test_an_article_has_so_many_requests() -> None:
    """A model that always stops at its limit fails after that, and says why; nothing more is sent."""
    fake = FakeModel([CUT] * 9)
    model = RequestCap(fake)

    with requests_capped(3):
        for _ in range(3):
            with pytest.raises(AnswerTruncated):
                await model.complete(REQUEST)
        for _ in range(2):
            with pytest.raises(ModelError, match=r"no more requests .* stopped at its length limit") as caught:
                await model.complete(REQUEST)

    assert (3, ModelError, Spent()) == (len(fake.requests), type(caught.value), caught.value.spent)


async def test_articles_are_counted_apart_and_their_parts_together() -> None:
    """Each article has its own; what is asked side by side about one counts together; a long one has no cap."""
    fake = FakeModel()
    model = RequestCap(fake)

    async def read(cap: int | None) -> list[object]:
        with requests_capped(cap), requests_capped(99):
            return await asyncio.gather(*(model.complete(REQUEST) for _ in range(6)), return_exceptions=True)

    found = await asyncio.gather(read(4), read(4))
    long = await read(None)
    free = await model.complete(REQUEST)

    assert [2, 2, 0] == [sum(isinstance(one, ModelError) for one in each) for each in (*found, long)]
    assert free


async def test_a_servers_patience_has_a_ceiling() -> None:
    """A wait that is asked for is waited, but not longer than the longest that is obeyed."""
    fake = FakeModel([RateLimited("slow", retry_after=3600), GOOD])

    done = await RetryingModel(fake, replace(QUICK, obeyed=0.01)).complete(REQUEST)

    assert 2 == done.spent.requests
