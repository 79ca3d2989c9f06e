"""Work that only computes, spread over processes: in one it keeps one core busy, and no more."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.code import CodeEngine
from summarizer.errors import ModelUnavailable
from summarizer.jobs.answering import Answered, Work, answered
from summarizer.jobs.orders import Order

# Enough that handing over costs little, few enough that a kill loses a second of work at most.
ARTICLES_AT_ONCE = 16


class AnalysisPool:
    """Finds what code finds in articles, beside the process that asks the model and checks its claims."""

    def __init__(self, processes: int) -> None:
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)

    async def analysed(self, article: Article) -> Analysis:
        """The analysis of an article, all of it found.

        Raises:
            ModelUnavailable: a process was killed from outside.

        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, analyse, article)
        except BrokenProcessPool as error:
            raise ModelUnavailable("an analysing process was killed; run again to go on") from error

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def analyse(article: Article) -> Analysis:
    """The analysis of an article with everything in it found now."""
    analysis = Analysis(article)
    # A fault that a strange article brings out is met, and told, where the article is read.
    with contextlib.suppress(Exception):
        _ = article.sentences, analysis.entities, analysis.dates, analysis.quantities
    return analysis


class ExtractivePool:
    """Reads articles by code alone in `processes` processes. They start fresh: a fork would copy our threads' locks."""

    def __init__(self, order: Order, processes: int) -> None:
        self._order = order
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)

    async def read(self, works: Sequence[Work]) -> Sequence[Answered]:
        """Read some articles in one of the processes.

        Raises:
            ModelUnavailable: a process was killed from outside.

        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, read_all, list(works), self._order)
        except BrokenProcessPool as error:
            raise ModelUnavailable("a reading process was killed; run again to go on") from error

    def close(self) -> None:
        """End the processes, what they have not begun left out."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def read_all(works: Sequence[Work], order: Order) -> list[Answered]:
    """Read articles by code alone, in this process."""
    return asyncio.run(_read_all(works, order))


async def _read_all(works: Sequence[Work], order: Order) -> list[Answered]:
    engine = CodeEngine(order.level)
    return [await answered(work, order, engine) for work in works]


def _begin() -> None:
    # Ctrl-C goes to every process of a terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A killed parent tells nobody: without this its processes would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
