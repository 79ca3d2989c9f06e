"""What is asked again, how long, and what it all cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.errors import (
    AuthenticationFailed,
    InvalidAnswer,
    ModelError,
    ModelUnavailable,
    RateLimited,
    ServerFault,
    Spent,
)
from summarizer.models.around import Patience, RetryingModel
from summarizer.models.fake import FakeModel
from summarizer.models.model import Message, Request
from summarizer.schemas.requests import ShortText

REQUEST = Request((Message("user", "x"),), ShortText, 10)
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


async def test_a_servers_patience_has_a_ceiling() -> None:
    """A wait that is asked for is waited, but not longer than the longest that is obeyed."""
    fake = FakeModel([RateLimited("slow", retry_after=3600), GOOD])

    done = await RetryingModel(fake, replace(QUICK, obeyed=0.01)).complete(REQUEST)

    assert 2 == done.spent.requests
