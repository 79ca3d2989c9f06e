"""How a job is going, on standard error: a live bar on a terminal, plain lines in a log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from summarizer.jobs.runner import Run
    from summarizer.jobs.tally import Tally

BAR_SECONDS = 0.5
LINE_SECONDS = 15.0


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
