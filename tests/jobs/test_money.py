"""A cap holds whatever a server answers and tells, and what was spent is told, on failures too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer.configuration import Configuration
from summarizer.errors import BudgetReached, ServerFault, Spent, SummarizerError
from summarizer.jobs.batch import Batch, Plan
from summarizer.jobs.tally import Tally
from summarizer.jobs.wants import wanted
from summarizer.models.fake import FakeModel
from summarizer.models.providers import cost
from tests.jobs.reading_server import ReadingServer, answer_to
from tests.jobs.stories import story
from tests.scripted_server import Reply, completion

MODEL = "openai/gpt-5-mini"
THREE = ("summary", "entities", "timeline")


async def ran(
    server: ReadingServer, articles: int, most: float | None, store: Path | None = None, tasks: Any = ("summary",)
) -> tuple[Tally, dict[str, int], SummarizerError | None]:
    """The tally of a job, its results by status, and why it stopped."""
    configuration = Configuration(MODEL, server.base_url)
    async with Batch(wanted(tasks, (), configuration), configuration, Plan(store, max_cost=most)) as batch:
        stopped = None
        try:
            await batch.run.finish(story(n) for n in range(articles))
        except SummarizerError as error:
            stopped = error
        return batch.run.tally, batch.store.counts(batch.job), stopped


def limit_of(body: dict[str, Any]) -> int:
    """The longest answer a request allows."""
    return int(body.get("max_completion_tokens") or body["max_tokens"])


class CutServer(ReadingServer):
    """Writes until it must stop, and tells that it took all it was allowed."""

    def reply(self, body: dict[str, Any]) -> Reply:
        """The start of an object, and then blanks."""
        super().reply(body)
        return completion(
            "{" + 200 * " ", finish="length", usage={"prompt_tokens": 900, "completion_tokens": limit_of(body)}
        )


@pytest.mark.parametrize(("most", "limits"), [(0.05, 1), (0.3, 2)], ids=["no room to raise the limit", "raised"])
async def test_a_model_that_always_stops_at_its_limit_stays_below_the_cap_and_is_told(most: float, limits: int) -> None:
    """Thoughts and a raised limit are priced before they are sent; the money of answers that fail is money spent."""
    with CutServer() as server:
        tally, _, stopped = await ran(server, 40, most)
        really = cost(MODEL, tally.spent) or 0.0
    assert isinstance(stopped, BudgetReached)
    assert limits == len({limit_of(body) for body in server.bodies})
    assert server.asked.total() == tally.spent.requests
    assert really == pytest.approx(tally.cost)
    assert most / 4 < really <= most


@pytest.mark.parametrize("tasks", [("summary",), THREE], ids=["one", "three"])
async def test_an_article_whose_answers_are_always_cut_fails_after_four_requests(tasks: tuple[str, ...]) -> None:
    """The limit is raised, the text or the tasks are parted, and that is that: there is no second round."""
    with CutServer() as server:
        _, counts, _ = await ran(server, 3, None, tasks=tasks)
    assert 3 * len(tasks) == counts["failed"]
    assert 3 < server.asked.total() <= 3 * 4


USAGE = {
    "missing": None,
    "empty": {},
    "negative": {"prompt_tokens": -5, "completion_tokens": -1},
    "beyond reason": {"prompt_tokens": 10**30, "completion_tokens": 10**30},
}


class UsageServer(ReadingServer):
    """Answers well, and tells this usage."""

    def __init__(self, usage: Any) -> None:
        super().__init__()
        self._usage = usage

    def reply(self, body: dict[str, Any]) -> Reply:
        """A good answer with it."""
        super().reply(body)
        good = answer_to(body)
        return Reply({**good.body, "usage": self._usage})


@pytest.mark.parametrize("usage", USAGE.values(), ids=USAGE)
async def test_spending_that_is_not_known_counts_at_its_most_in_later_runs_too(usage: Any, tmp_path: Path) -> None:
    """Nobody can say what these answers cost: the cost is null, and the cap is held by what each could cost."""
    store = tmp_path / "job.sqlite"
    with UsageServer(usage) as server:
        first, _, stopped = await ran(server, 40, 0.06, store)
        asked = server.asked.total()
        second, _, again = await ran(server, 40, 0.06, store)
    assert (None, True) == (first.cost, 0.04 < first.counted <= 0.06)
    assert 0 < asked < 6
    assert (0, asked) == (second.spent.requests, server.asked.total())
    assert isinstance(stopped, BudgetReached)
    assert isinstance(again, BudgetReached)


async def test_a_cap_holds_where_no_answer_comes_in_time(tmp_path: Path) -> None:
    """A request that is not waited for may be billed: no more are sent than could be paid."""
    with ReadingServer(lambda mark, before: Reply({}, seconds=1.0)) as server:
        configuration = Configuration(MODEL, server.base_url, timeout=0.3)
        tally = await stopped_by_the_cap(configuration, tmp_path)
        assert server.asked.total() <= 3
    assert (None, True) == (tally.cost, tally.counted <= 0.06)


async def test_a_cap_holds_where_answers_break_off(tmp_path: Path) -> None:
    """The server wrote something, and nobody knows how much."""
    broken = [ServerFault("the connection broke", spent=Spent(1, uncounted=1)) for _ in range(40)]
    model = FakeModel(broken, name=MODEL)
    tally = await stopped_by_the_cap(Configuration(model), tmp_path)
    assert len(model.requests) <= 6
    assert (None, True) == (tally.cost, tally.counted <= 0.06)


async def stopped_by_the_cap(configuration: Configuration, folder: Path) -> Tally:
    """The tally of a job that ends at its cap."""
    plan = Plan(folder / "job.sqlite", max_cost=0.06)
    async with Batch(wanted(("summary",), (), configuration), configuration, plan) as batch:
        with pytest.raises(BudgetReached):
            await batch.run.finish(story(n) for n in range(40))
        return batch.run.tally
