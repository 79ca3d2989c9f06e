"""A job on a Ray cluster: the articles go out, the results come back to the one store.

Ray Data feeds actors; each holds a client, a share of the rate limits and a share of the money. Settings go to them,
never clients. What a dead worker had in hand Ray gives to another; the store is written by this process alone.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from summarizer.article import Article
from summarizer.errors import SummarizerError, UsageError
from summarizer.jobs.answering import Answered, Work
from summarizer.jobs.orders import Want
from summarizer.jobs.runner import missing_works

if TYPE_CHECKING:
    from summarizer.jobs.batch import Batch, Plan, Reading

ARTICLES_AT_ONCE = 16
ROUNDS = 3
CORES_OF_ONE = 0.5


async def finish_on_ray(batch: Batch, articles: Iterable[Article]) -> None:
    """Read the inputs, let the cluster settle them, and keep what comes back as it comes.

    The cluster is the one RAY_ADDRESS names or this process is connected to, else this machine.

    Raises:
        UsageError: Ray is not installed.
        SummarizerError: why the job stopped before its end. All that came back is in the store.

    """
    if find_spec("ray") is None:
        raise UsageError("--engine ray needs `pip install 'grounded-summarizer[ray]'`")
    await batch.run.enter(articles)
    await asyncio.to_thread(_connect)
    for _ in range(ROUNDS):
        works = [{"work": pickle.dumps(work)} for work in missing_works(batch.store, batch.job)]
        if not works or batch.run.stopping:
            break
        await _one_round(batch, works)
    if batch.run.stopped:
        raise batch.run.stopped


async def _one_round(batch: Batch, works: list[dict[str, bytes]]) -> None:
    rows = await asyncio.to_thread(_rows, batch, works)
    while not batch.run.stopping and (row := await asyncio.to_thread(next, rows, None)):
        came: Answered | SummarizerError = pickle.loads(row["came"])  # noqa: S301  our own workers wrote it
        if isinstance(came, SummarizerError):
            batch.run.stop(came)
        else:
            if batch.budget:
                batch.budget.charge(came.spent, 1.0)
            batch.run.keep(came)


def _rows(batch: Batch, works: list[dict[str, bytes]]) -> Iterator[dict[str, Any]]:
    import ray

    actors = max(1, int(ray.cluster_resources().get("CPU", 1)))
    data = ray.data.from_items(works, override_num_blocks=max(actors, len(works) // (4 * ARTICLES_AT_ONCE)))
    done = data.map_batches(
        Reader,
        fn_constructor_args=(batch.order.wants, *_shares(batch, actors)),
        compute=ray.data.ActorPoolStrategy(size=actors),
        batch_size=ARTICLES_AT_ONCE,
        num_cpus=CORES_OF_ONE,
    )
    return iter(done.iter_rows())


def _shares(batch: Batch, actors: int) -> tuple[Reading, Plan]:
    """What one actor gets of the concurrency, the rate limits and the money."""
    reading, plan = batch.reading, batch.plan
    left = batch.budget.left if batch.budget else None
    return (
        replace(reading, progress=_silent, share=reading.share / actors, allow_download=False),
        replace(
            plan,
            store=None,
            concurrency=max(1, plan.concurrency // actors),
            max_cost=None if left is None else left / actors,
            retry_failed=False,
            processes=1,
        ),
    )


class Reader:
    """What runs on the cluster: reads articles for the wants of a job."""

    def __init__(self, wants: tuple[Want, ...], reading: Reading, plan: Plan) -> None:
        self._settings = (wants, reading, plan)
        self._batch: Batch | None = None
        self._slots = asyncio.Semaphore(plan.concurrency)

    async def __call__(self, portion: dict[str, Any]) -> AsyncIterator[dict[str, list[bytes]]]:
        """Each article of a portion, as soon as it is read."""
        for next_one in asyncio.as_completed([self._one(pickle.loads(work)) for work in portion["work"]]):  # noqa: S301
            yield {"came": [pickle.dumps(await next_one)]}

    def _opened(self) -> Batch:
        """Opened where it is used: Ray makes an actor in another thread than it runs it in."""
        from summarizer.jobs.batch import Batch

        if self._batch is None:
            self._batch = Batch(*self._settings)
        return self._batch

    async def _one(self, work: Work) -> Answered | SummarizerError:
        async with self._slots:
            try:
                return (await self._opened().run.crew.reader([work]))[0]
            except SummarizerError as error:
                return SummarizerError(str(error)) if _unpicklable(error) else error


def _unpicklable(error: SummarizerError) -> bool:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  what was just written
    except TypeError:
        return True
    return False


def _connect() -> None:
    # Under `uv run` Ray would rebuild the environment for each worker, and tasks would hang.
    os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    import ray

    for noisy in ("ray", "ray.data"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    if not ray.is_initialized():
        ray.init(include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False


def _silent(line: str) -> None:
    """A worker has nobody to tell."""
