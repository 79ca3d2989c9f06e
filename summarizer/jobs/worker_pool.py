"""Articles read by code alone, spread over processes: in one they keep one core busy, and no more."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from summarizer.errors import ModelUnavailable
from summarizer.jobs.answering import Answered, Work, answered
from summarizer.jobs.wants import Order
from summarizer.reader import load

# Enough that handing over costs little, few enough that a kill loses a second of work at most.
ARTICLES_AT_ONCE = 16


def portable(order: Order) -> bool:
    """Whether a job can go to another process: a reader or a schema of the user's own may be unable to."""
    try:
        pickle.dumps(order)
    except (pickle.PicklingError, TypeError, AttributeError):
        return False
    return True


class WorkerPool:
    """Reads articles in `processes` processes. They start fresh: a fork would copy our threads' locks."""

    def __init__(self, order: Order, processes: int) -> None:
        self._order, threads = order, max(1, (os.cpu_count() or 1) // processes)
        context = get_context("spawn")
        self._pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(threads,))

    async def read(self, works: Sequence[Work]) -> Sequence[Answered]:
        """Read some articles in one of the processes."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, _read_all, list(works), self._order)
        except BrokenProcessPool as error:
            raise ModelUnavailable("a reading process was killed; run again to go on") from error

    def close(self) -> None:
        """End the processes, what they have not begun left out."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _read_all(works: Sequence[Work], order: Order) -> list[Answered]:
    async def read() -> list[Answered]:
        reading = order.configuration.open()
        return [await answered(work, order, reading) for work in works]

    return asyncio.run(read())


def _begin(threads: int) -> None:
    load.THREADS = threads
    # Ctrl-C goes to every process of a terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A killed parent tells nobody: without this its processes would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
