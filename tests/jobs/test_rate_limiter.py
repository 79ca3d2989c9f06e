"""Rate limits: slots, pauses, and what a server tells of its limits."""

from __future__ import annotations

import asyncio

from summarizer.jobs.rate_limiter import Bucket, RateLimiter
from summarizer.loop import deadline
from summarizer.models.hosted.limits import Limits


def test_a_bucket_refills_evenly_and_never_waits_for_more_than_it_holds() -> None:
    """Sixty a minute: one a second. A request larger than the whole allowance waits for a full bucket only."""
    bucket = Bucket()
    assert 0.0 == bucket.wait(1_000_000, 0.0)
    bucket.told(60, None, 0.0)
    bucket.take(60, 0.0)
    assert (1.0, 0.0, 60.0) == (bucket.wait(1, 0.0), bucket.wait(1, 1.0), bucket.wait(500, 0.0))


def test_a_bucket_believes_a_server_that_has_less() -> None:
    """Others use the same account: what is left is what the server says, never more than we thought."""
    bucket = Bucket()
    bucket.told(600, 5, 0.0)
    assert 5 == bucket.level
    bucket.told(600, 500, 0.0)
    assert 5 == bucket.level


async def test_a_refusal_holds_everybody_back() -> None:
    """One worker is told to wait; another, who was not, waits as well."""
    limiter = RateLimiter(8)
    limiter.refused(0.15)
    began = asyncio.get_running_loop().time()
    async with limiter.turn(100):
        assert asyncio.get_running_loop().time() - began >= 0.14


async def test_after_refusals_fewer_go_at_once_and_answers_bring_them_back() -> None:
    """Ten slots, a refusal, then fewer; each answer gives a part back."""
    limiter, most, under_way = RateLimiter(10), 0, 0

    async def one() -> None:
        nonlocal most, under_way
        async with limiter.turn(1):
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.01)
            under_way -= 1

    async def busiest() -> int:
        nonlocal most
        most = 0
        await asyncio.gather(*(one() for _ in range(30)))
        return most

    assert 10 == await busiest()
    limiter.refused(0.0)
    assert 7 == await busiest()
    for _ in range(6):
        limiter.answered()
    assert 10 == await busiest()


async def test_a_wait_for_a_turn_is_no_part_of_a_deadline() -> None:
    """Held back for longer than the deadline, an article still has all of its time."""
    limiter = RateLimiter(1)
    limiter.refused(0.3)
    async with deadline(0.1), limiter.turn(1):
        await asyncio.sleep(0.02)
    try:
        async with deadline(0.1), limiter.turn(1):
            await asyncio.sleep(0.5)
    except TimeoutError:
        return
    raise AssertionError("the deadline does not run any more")


async def test_limits_in_answers_slow_us_down_before_we_are_refused() -> None:
    """The server has one request of sixty a minute left: the next but one waits a second."""
    limiter = RateLimiter(8)
    limiter.answered(Limits(requests=600, requests_left=1))
    clock = asyncio.get_running_loop().time
    began = clock()
    for _ in range(3):
        async with limiter.turn(1):
            pass
    assert 0.15 <= clock() - began <= 1.0


async def test_turns_are_given_in_order_of_arrival() -> None:
    """One slot, ten workers: nobody overtakes."""
    limiter, order = RateLimiter(1), list[int]()

    async def one(number: int) -> None:
        async with limiter.turn(1):
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(one(number) for number in range(10)))
    assert list(range(10)) == order
