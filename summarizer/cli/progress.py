"""Signs of life on standard error: a word within a second, a bar for a download, and how a job is going."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import typer

from summarizer.cli.output import INCOMPLETE, MODEL_FAILED, NOT_ANSWERED, SEVERITY
from summarizer.errors import InputError, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from summarizer.jobs.batch import Batch
    from summarizer.jobs.estimate import Estimate
    from summarizer.jobs.runner import Run
    from summarizer.jobs.tally import Tally

BAR_SECONDS = 0.5
LINE_SECONDS = 15.0
INTERRUPTED = 130


class LifeSign:
    """A word and something that turns, from before the first import until there is something to show.

    Called with a line it tells it: which model reads, what takes long. In a pipe nothing turns; with `quiet` nothing is
    told.
    """

    def __init__(self, *, quiet: bool, word: str = "reading…") -> None:
        self._quiet, self._word = quiet, word
        self._status: Any = None
        self._bar: Any = None

    def __enter__(self) -> Self:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True, highlight=False).status(self._word)
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
        self._console.print(f"summarizer: {printable(' '.join(message.split()))}", style="red", markup=False)

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Something that turns on a terminal while the body runs."""
        if self._quiet or not self._console.is_terminal:
            yield
            return
        with self._console.status(what):
            yield

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


@dataclass(frozen=True)
class Closing:
    """The end of a run. Counts of results are of the whole job, requests, tokens, cost and seconds of this run.

    `cost_usd` is null where the price is not known; `stopped` says why a job did not come to its end, `bottleneck` what
    it waited for where that is not the model.
    """

    model: str
    articles: int
    all_read: bool
    kept: int
    done: int
    unreadable: int
    complete: int
    incomplete: int
    failed: int
    abstained: int
    failures: dict[str, int]
    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    bottleneck: str | None
    stopped: str | None
    interrupted: bool
    out: str
    written: int

    @classmethod
    def of(cls, batch: Batch, **known: Any) -> Self:
        """The end of this batch; `known` is what the command line knows of it."""
        tally, counts = batch.run.tally, batch.store.counts(batch.job)
        tokens = ("requests", "input_tokens", "cached_tokens", "output_tokens")
        known |= {name: getattr(tally.spent, name) for name in tokens}
        known |= {name: counts.get(name, 0) for name in ("complete", "incomplete", "failed", "abstained")}
        return cls(
            model=batch.order.model,
            articles=tally.entered,
            all_read=tally.whole,
            kept=tally.kept,
            done=tally.done,
            failures=batch.store.failures(batch.job),
            cost_usd=tally.cost,
            seconds=round(tally.seconds, 3),
            bottleneck=tally.bottleneck(),
            **known,
        )

    @property
    def status(self) -> int:
        """The exit status: the most severe outcome, Ctrl-C above all."""
        if self.interrupted:
            return INTERRUPTED
        found = [0]
        found += [InputError.exit_status] if self.unreadable else []
        found += [MODEL_FAILED] if self.failed else []
        found += [INCOMPLETE] if self.incomplete else []
        found += [NOT_ANSWERED] if self.abstained else []
        return max(found, key=SEVERITY.index)

    def text(self) -> str:
        """The closing lines for a person."""
        articles = f"{self.articles:,} articles: {self.done:,} read now, {self.kept:,} kept from before"
        if left := self.articles - self.done - self.kept:
            articles += f", {left:,} not read yet"
        if self.unreadable:
            articles += f", {self.unreadable:,} sources unreadable"
        results = f"{self.complete:,} results complete, {self.incomplete:,} incomplete, {self.failed:,} failed"
        if self.failures:
            results += f" ({', '.join(f'{count:,} {code}' for code, count in self.failures.items())})"
        if self.abstained:
            results += f", {self.abstained:,} questions the article does not answer"
        spent = f"{self.requests:,} requests, {short(self.input_tokens)} + {short(self.output_tokens)} tokens"
        cost = f"{spent}, {dollars(self.cost_usd)}, {clock(self.seconds)}"
        cost += f" ({self.done / self.seconds:.1f} articles/s)" if self.done and self.seconds else ""
        slow = [self.bottleneck] if self.bottleneck else []
        return "\n".join([articles, results, cost, *slow, f"{self.written:,} results written to {self.out}"])


def write_summary(file: Path, closing: Closing) -> None:
    """The end of a run as JSON.

    Raises:
        InputError: the file cannot be written.

    """
    from summarizer.output import json_text, whole_file

    with whole_file(file) as part:
        part.write_text(json_text(asdict(closing), indent=2) + "\n", "utf-8")


def told_before(found: Estimate) -> str:
    """What a job would take, for a person."""
    articles = f"{found.articles:,} articles, {found.kept:,} kept from before, {found.identical:,} identical to another"
    tokens = f"about {short(found.input_tokens)} + {short(found.output_tokens)} tokens"
    return f"{articles}\n{found.requests:,} requests, {tokens}, {dollars(found.cost_usd)}; nothing was sent"
