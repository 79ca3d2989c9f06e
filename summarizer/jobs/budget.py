"""Money: what a store has cost, and a cap that is checked before each request is sent."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from summarizer.errors import BudgetReached, Spent, UsageError
from summarizer.jobs.database import Database
from summarizer.loop import not_counted
from summarizer.models.hosted.usage import MOST_TOKENS

Price = Callable[[Spent], float | None]


def usual_output(database: Database) -> float | None:
    """Output tokens a stored result took on average; None where nothing was paid for yet."""
    tokens, results = database.rows(
        "SELECT (SELECT SUM(output_tokens) FROM ledger WHERE NOT open),"
        " (SELECT COUNT(*) FROM results WHERE status <> 'failed')"
    )[0]
    return tokens / results if tokens and results else None


@dataclass
class Hold:
    """US dollars set aside for requests that are under way, and what they came to."""

    row: int
    requests: int
    dollars: float
    spent: Spent | None = None

    def settle(self, spent: Spent) -> None:
        """The requests are over and took this."""
        self.spent = spent


class Budget:
    """Every request of every run on one store, and the cap on all of them together, `most` US dollars.

    Spending that is not known counts at what was set aside for it: a request cut off, an answer whose tokens the
    server does not tell or tells beyond reason. `spent` is what this run took, as far as it is known, `cost` what that
    cost in US dollars, None where a part of it is not known, and `counted` what this run has used of a cap.
    """

    def __init__(self, database: Database, most: float | None = None) -> None:
        self._database, self._most = database, most
        self._all_runs = self._before = float(database.rows("SELECT SUM(cost) FROM ledger")[0][0] or 0.0)
        self._under_way = 0
        self._settled = asyncio.Event()
        self.spent = Spent()
        self.cost: float | None = 0.0

    def check(self, price: Price) -> None:
        """Raise `UsageError` where there is a cap, but this price is not known."""
        if self._most is not None and price(Spent(1, 1000, 0, 1000)) is None:
            raise UsageError("the price of this model is not known, so --max-cost cannot be kept")

    @property
    def counted(self) -> float:
        """See the class."""
        return self._all_runs - self._before

    @property
    def left(self) -> float:
        """US dollars that may still be spent; endless without a cap."""
        return math.inf if self._most is None else self._most - self._all_runs

    @asynccontextmanager
    async def hold(self, most: Spent, price: Price) -> AsyncIterator[Hold]:
        """Set aside what a request may take at most, while it is under way.

        `BudgetReached` says that it does not fit, even when all that is under way has come to less than was set aside.
        """
        dollars = price(most) or 0.0
        await self._room_for(dollars)
        hold = self.set_aside(most, dollars)
        self._under_way += 1
        try:
            yield hold
        finally:
            self._under_way -= 1
            self.close(hold, price)
            self._settled.set()

    def set_aside(self, most: Spent, dollars: float) -> Hold:
        """Note requests that are about to be sent, before they are."""
        self._all_runs += dollars
        values = [most.requests, most.input_tokens, most.output_tokens, dollars]
        row = self._database.execute("INSERT INTO ledger VALUES (NULL, ?, ?, 0, ?, ?, 1)", values)
        return Hold(int(row.lastrowid or 0), most.requests, dollars)

    def set_aside_before(self, row: int) -> Hold:
        """What an earlier run set aside in that row and did not close."""
        requests, dollars = self._database.rows("SELECT requests, cost FROM ledger WHERE id = ?", [row])[0]
        return Hold(row, requests, dollars)

    def close(self, hold: Hold, price: Price) -> None:
        """Count what requests came to. What was cut off stays set aside, in later runs too."""
        spent = _plausible(hold.spent or Spent(1, uncounted=1))
        cost = None if spent.uncounted else price(spent)
        counted = cost
        if counted is None:
            counted = (price(replace(spent, uncounted=0)) or 0.0) + hold.dollars * max(
                1, spent.uncounted
            ) / hold.requests
        self._all_runs += counted - hold.dollars
        self.spent += spent
        self.cost = None if cost is None or self.cost is None else self.cost + cost
        if hold.spent is not None:
            tokens = [spent.input_tokens, spent.cached_tokens, spent.output_tokens]
            self._database.execute(
                "UPDATE ledger SET requests = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?, cost = ?,"
                " open = 0 WHERE id = ?",
                [spent.requests, *tokens, counted, hold.row],
            )

    async def _room_for(self, dollars: float) -> None:
        while dollars > self.left:
            if not self._under_way:
                raise BudgetReached(
                    f"the next request could cost ${dollars:.4f}, and ${self._all_runs:.4f} of ${self._most or 0:g}"
                    " is spent or set aside by all runs on this store; what is finished is kept"
                )
            with not_counted():
                self._settled.clear()
                await self._settled.wait()


def _plausible(spent: Spent) -> Spent:
    """As a model of the user's own tells it, where that can be."""
    counts = (spent.input_tokens, spent.cached_tokens, spent.output_tokens, spent.reasoning_tokens)
    if all(0 <= one <= MOST_TOKENS for one in counts):
        return spent
    return Spent(spent.requests, uncounted=max(1, spent.uncounted))
