"""Signs of life on standard error: a word within a second, a bar for a download, and how a job is going."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from summarizer.jobs.runner import Run
    from summarizer.jobs.tally import Tally

BAR_SECONDS = 0.5
LINE_SECONDS = 15.0


class LifeSign:
    """A word and something that turns, from before the first import until there is something to show.

    Called with a line it tells it: which model reads, what takes long. In a pipe nothing turns; with `quiet` nothing is
    told.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._status: Any = None
        self._bar: Any = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status("reading…")
            self._status.start()
        return self

    def __call__(self, line: str) -> None:
        """Tell a line, above what turns."""
        if self._status:
            self._status.console.print(line, style="dim", markup=False)
        elif not self._quiet:
            typer.secho(line, err=True, dim=True)

    def of(self, number: int, whole: int) -> None:
        """Say which of several articles is read."""
        if self._status and whole > 1:
            self._status.update(f"reading {number:,} of {whole:,}…")

    def meter(self, done: int, whole: int) -> None:
        """How much of a download is there, in bytes: a bar in place of what turns."""
        if self._status is None:
            return
        if self._bar is None:
            self._bar = _download(self._status)
        self._bar.update(self._bar.task_ids[0], completed=done, total=whole)
        if done >= whole:
            self._bar.stop()
            self._bar = None
            self._status.start()

    def stop(self) -> None:
        """Nothing turns any more; lines are still told."""
        if self._bar:
            self._bar.stop()
        if self._status:
            self._status.stop()
        self._status = self._bar = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _download(status: Any) -> Any:
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    status.stop()
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=status.console, transient=True)
    bar.add_task("", total=None)
    bar.start()
    return bar


class Teller:
    """Tells of a job; with `quiet` of nothing but what went wrong."""

    def __init__(self, *, quiet: bool) -> None:
        from rich.console import Console

        self._quiet = quiet
        self._console: Console = Console(stderr=True, highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        """A line, above the bar where there is one."""
        if not self._quiet:
            self._console.print(line, style="dim", markup=False)

    def complain(self, message: str) -> None:
        """A line on one source that went wrong; the others go on."""
        self._console.print(f"summarizer: {' '.join(message.split())}", style="red", markup=False)

    @contextmanager
    def watching(self, run: Run) -> Iterator[None]:
        """Show the tally of a run while the body runs, from a thread, so that a busy run still shows it."""
        if self._quiet:
            yield
            return
        over = threading.Event()
        show = self._bar if self._console.is_terminal else self._lines
        thread = threading.Thread(target=show, args=(run, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _bar(self, run: Run, over: threading.Event) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        columns = (SpinnerColumn(), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rest]}"))
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task("", total=None, rest="")
            while not over.wait(BAR_SECONDS):
                _update(progress, task, run.tally)

    def _lines(self, run: Run, over: threading.Event) -> None:
        while not over.wait(LINE_SECONDS):
            tally = run.tally
            of = f"{tally.entered:,}" if tally.whole else f"{tally.entered:,} or more"
            self.say(f"{tally.kept + tally.done:,} of {of} articles; {rest(tally)}")


def _update(progress: Progress, task: object, tally: Tally) -> None:
    total = tally.entered if tally.whole else None
    progress.update(task, completed=tally.kept + tally.done, total=total, rest=rest(tally))  # type: ignore[arg-type]


def rest(tally: Tally) -> str:
    """What a bar or a line tells beside the number of articles."""
    spent = tally.spent
    parts = [f"{tally.failed:,} failed"]
    parts += [f"{tally.abstained:,} without an answer"] if tally.abstained else []
    parts += [f"{short(spent.input_tokens)} + {short(spent.output_tokens)} tokens", dollars(tally.cost)]
    parts += [f"{tally.rate:.1f}/s"]
    parts += [f"{clock(tally.left)} left"] if tally.left is not None else []
    return ", ".join(parts)


def dollars(cost: float | None) -> str:
    """A cost in words."""
    return "cost unknown" if cost is None else f"${cost:.4f}" if cost < 1 else f"${cost:,.2f}"


def short(number: int) -> str:
    """A number in four characters or so."""
    if number < 10_000:
        return f"{number:,}"
    return f"{number / 1000:.0f}k" if number < 1_000_000 else f"{number / 1_000_000:.1f}M"


def clock(seconds: float) -> str:
    """A time to go, as hours, minutes and seconds."""
    minutes, rest_of_it = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest_of_it:02}" if hours else f"{minutes}:{rest_of_it:02}"
