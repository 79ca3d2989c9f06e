"""Signs of life on standard error: a word within a second, a bar for a download, and how a job is going."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import typer

from summarizer.errors import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from summarizer.jobs.runner import Run
    from summarizer.jobs.tally import Tally


class LifeSign:
    """A word and something that turns, from before the first import until there is something to show.

    Called with a line it tells it: which model reads, what takes long. In a pipe nothing turns; with `quiet` nothing is
    told.
    """

    def __init__(self, *, quiet: bool, word: str = "reading…") -> None:
        self._word, self._quiet, self._turning = word, quiet, not quiet and sys.stderr.isatty()
        self._status: Any = None
        self._bar: Any = None

    def __enter__(self) -> Self:
        if self._turning:
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status(self._word)
            self._status.start()
        return self

    def __call__(self, line: str) -> None:
        """Tell a line, above what turns."""
        if not self._quiet:
            typer.secho(printable(line), err=True, dim=True)

    def of(self, number: int, whole: int) -> None:
        """Say which of several articles is read."""
        if self._status and whole > 1:
            self._status.update(f"reading {number:,} of {whole:,}…")

    def meter(self, done: int, whole: int) -> None:
        """How much of a download is there, in bytes: a bar in place of what turns."""
        if self._status is None:
            return
        if self._bar is None:
            from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

            self._status.stop()
            columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=self._status.console, transient=True)
            self._bar.add_task("", total=None)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=whole)
        if done >= whole:
            self._bar.stop()
            self._bar = None
            self._status.start()

    def stop(self) -> None:
        """Nothing turns any more; lines are still told."""
        for one in filter(None, (self._bar, self._status)):
            one.stop()
        self._status = self._bar = None

    def __exit__(self, *exception: object) -> None:
        self.stop()

    @contextmanager
    def watching(self, run: Run) -> Iterator[None]:
        """Show on a terminal how a job is going while the body runs."""
        self.stop()
        if not self._turning:
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        class Bar(Progress):
            """Asks the run itself, whenever it is drawn: by a thread, so that a busy run still shows it."""

            def get_renderables(self) -> Iterator[RenderableType]:
                tally = run.tally
                total = tally.entered if tally.whole else None
                for task in self.task_ids:
                    self.update(task, completed=tally.kept + tally.done, total=total, rest=rest(tally))
                yield from super().get_renderables()

        columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rest]}"))
        with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
            bar.add_task("", total=None, rest="")
            yield


def rest(tally: Tally) -> str:
    """What the bar tells beside the number of articles."""
    from summarizer.views.wording import money, seconds

    spent = tally.spent
    parts = [f"{tally.failed:,} failed"]
    parts += [f"{tally.abstained:,} without an answer"] if tally.abstained else []
    parts += [f"{spent.input_tokens:,} + {spent.output_tokens:,} tokens", money(tally.cost), f"{tally.rate:.1f}/s"]
    parts += [f"{seconds(tally.left)} left"] if tally.left is not None else []
    return ", ".join(parts)
