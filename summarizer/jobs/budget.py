"""Money: what a store has cost, and a cap that is checked before each request is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from summarizer.deadline import not_counted
from summarizer.errors import BudgetReached, Spent, UsageError
from summarizer.jobs.database import Database
from summarizer.models.retrying import total

Price = Callable[[Spent], float | None]

# `open` is 1 while a request is under way. A row that a killed run left open was probably billed, so it counts.
_TABLES = """
CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, requests INTEGER, input_tokens INTEGER,
  cached_tokens INTEGER, output_tokens INTEGER, cost REAL, open INTEGER);
"""


def unknown_price(spent: Spent) -> float | None:
    """The price of a model nobody has a price for."""
    return None


def usual_output(database: Database) -> float | None:
    """Output tokens a stored result took on average; None where nothing was paid for yet."""
    database.create(_TABLES)
    tokens, results = database.rows(
        "SELECT (SELECT SUM(output_tokens) FROM ledger WHERE NOT open),"
        " (SELECT COUNT(*) FROM results WHERE status <> 'failed')"
    )[0]
    return tokens / results if tokens and results else None


@dataclass
class Hold:
    """Money set aside for one request, and what it came to."""

    row: int
    estimate: float
    spent: Spent | None = None

    def settle(self, spent: Spent) -> None:
        """The request is over and cost this."""
        self.spent = spent


class Budget:
    """Every request of every run on one store, and the cap on all of them together.

    Args:
        database: where it is remembered.
        price: US dollars of what was spent, None where the price is not known.
        most: the cap in US dollars; None for none.

    Raises:
        UsageError: there is a cap, but no price to keep it by.

    """

    def __init__(self, database: Database, price: Price = unknown_price, most: float | None = None) -> None:
        database.create(_TABLES)
        self._database, self._most = database, most
        self.takes(price)
        before = database.rows("SELECT SUM(cost) FROM ledger")[0][0]
        self._all_runs = float(before or 0.0)
        self._held = 0.0
        self._under_way = 0
        self._settled = asyncio.Event()
        self.spent = Spent()
        self.cost: float | None = 0.0 if price(Spent(1, 1000, 0, 1000)) is not None else None

    def takes(self, price: Price) -> None:
        """From now on this is the budget's own price.

        Raises:
            UsageError: there is a cap, but the price is not known.

        """
        if self._most is not None and price(Spent(1, 1000, 0, 1000)) is None:
            raise UsageError("the price of this model is not known, so --max-cost cannot be kept")
        self.price = price

    @asynccontextmanager
    async def hold(self, estimate: Spent, price: Price | None = None) -> AsyncIterator[Hold]:
        """Set aside what a request may cost at most; a request that is cut off counts as that.

        `price` is that of a second model; else the budget's own counts.

        Raises:
            BudgetReached: it does not fit, even when all that is under way has come to less than was set aside.

        """
        # Without a cap nobody asks what a request may cost at most; a price table is slow to ask.
        price = price or self.price
        dollars = (price(estimate) or 0.0) if self._most is not None else 0.0
        await self._room_for(dollars)
        hold = Hold(self._open(estimate, dollars), dollars)
        try:
            yield hold
        finally:
            self._close(hold, estimate, price)

    @property
    def left(self) -> float | None:
        """US dollars that may still be spent; None without a cap."""
        return None if self._most is None else max(0.0, self._most - self._all_runs - self._held)

    def has(self, dollars: float) -> bool:
        """Whether so much more may be spent."""
        return self._most is None or self._all_runs + self._held + dollars <= self._most

    def charge(self, spent: Spent, part: float) -> None:
        """Note what was spent elsewhere, at this part of the price."""
        full = self.price(spent)
        cost = None if full is None else full * part
        self._all_runs += cost or 0.0
        self.spent = total([self.spent, spent])
        self.cost = None if cost is None or self.cost is None else self.cost + cost
        self._database.execute(
            "INSERT INTO ledger (requests, input_tokens, cached_tokens, output_tokens, cost, open)"
            " VALUES (?, ?, ?, ?, ?, 0)",
            [spent.requests, spent.input_tokens, spent.cached_tokens, spent.output_tokens, cost],
        )

    async def _room_for(self, dollars: float) -> None:
        while not self.has(dollars):
            if not self._under_way:
                message = (
                    f"the next request could cost ${dollars:.4f}, and ${self._all_runs:.4f} of ${self._most or 0:g}"
                )
                raise BudgetReached(f"{message} is spent by all runs on this store; what is finished is kept")
            with not_counted():
                self._settled.clear()
                await self._settled.wait()

    def _open(self, estimate: Spent, dollars: float) -> int:
        self._held += dollars
        self._under_way += 1
        row = self._database.execute(
            "INSERT INTO ledger (requests, input_tokens, cached_tokens, output_tokens, cost, open)"
            " VALUES (1, ?, 0, ?, ?, 1)",
            [estimate.input_tokens, estimate.output_tokens, dollars],
        )
        return int(row.lastrowid or 0)

    def _close(self, hold: Hold, estimate: Spent, price: Price) -> None:
        self._held -= hold.estimate
        self._under_way -= 1
        self._settled.set()
        spent = hold.spent or estimate
        cost = price(spent)
        self._all_runs += hold.estimate if cost is None else cost
        self.spent = total([self.spent, spent])
        self.cost = None if cost is None or self.cost is None else self.cost + cost
        if hold.spent is not None:
            self._database.execute(
                "UPDATE ledger SET requests = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?, cost = ?,"
                " open = 0 WHERE id = ?",
                [spent.requests, spent.input_tokens, spent.cached_tokens, spent.output_tokens, cost, hold.row],
            )
