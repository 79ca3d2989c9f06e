"""Money: held before, settled after, remembered over runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from summarizer.errors import BudgetReached, Spent, UsageError
from summarizer.jobs.budget import Budget
from summarizer.jobs.database import Database

ONE = Spent(1, 100, 0, 0)


def cents(spent: Spent) -> float:
    """A hundred tokens are a cent."""
    return (spent.input_tokens + spent.output_tokens) / 10_000


async def test_money_under_way_counts_until_it_is_known() -> None:
    """Two requests held at a cent each leave no room for a third under two cents; settled for less, they do."""
    budget = Budget(Database(None), 0.02)
    order = []

    async def one(number: int) -> None:
        async with budget.hold(ONE, cents) as hold:
            order.append(f"sent {number}")
            await asyncio.sleep(0.02)
            hold.settle(Spent(1, 40, 0, 0))

    await asyncio.gather(*(one(number) for number in range(3)))
    assert ["sent 0", "sent 1", "sent 2"] == order
    assert budget.cost == pytest.approx(0.012)


async def test_nothing_is_sent_that_does_not_fit() -> None:
    """The cap is checked before, and never passed."""
    budget = Budget(Database(None), 0.015)
    async with budget.hold(ONE, cents) as hold:
        hold.settle(ONE)
    with pytest.raises(BudgetReached, match=r"\$0.0100 of \$0.015"):
        async with budget.hold(ONE, cents):
            raise AssertionError("it was sent")


async def test_a_request_that_was_cut_off_counts_as_what_was_set_aside(tmp_path: Path) -> None:
    """A killed run's requests were probably billed: the next run on the store counts them."""
    file = tmp_path / "job.sqlite"
    with Database(file) as database:
        holding = Budget(database, 1.0).hold(ONE, cents)
        await holding.__aenter__()
    with Database(file) as database:
        assert 0.99 == pytest.approx(Budget(database, 1.0).left)


@pytest.mark.parametrize("tokens", [-1_000_000, 10**30], ids=["below nothing", "absurd"])
async def test_counts_that_cannot_be_are_not_known(tokens: int) -> None:
    """What a model of the user's own tells is not believed beyond reason: what was set aside counts."""
    budget = Budget(Database(None), 0.02)
    async with budget.hold(ONE, cents) as hold:
        hold.settle(Spent(1, tokens, 0, 0))

    assert 0.01 == pytest.approx(0.02 - budget.left)


async def test_failed_attempts_are_counted() -> None:
    """An exception inside a hold leaves what was set aside spent."""
    budget = Budget(Database(None), 1.0)
    with pytest.raises(ValueError, match="broken"):
        async with budget.hold(ONE, cents):
            raise ValueError("broken")
    assert 0.99 == pytest.approx(budget.left)


def test_unknown_is_not_nothing() -> None:
    """Without a price the cost is unknown, and a cap is refused."""
    with pytest.raises(UsageError, match="price"):
        Budget(Database(None), 1.0).check(lambda spent: None)
