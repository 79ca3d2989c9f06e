"""`batch`: many sources by several tasks, in a store that can be killed and resumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.fields import spread
from summarizer.cli.progress import Teller
from summarizer.errors import InputError, UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.configuration import Configuration
    from summarizer.engines.engine import Ask
    from summarizer.jobs.batch import Batch, Plan


class Place(StrEnum):
    """Where a job runs."""

    here = "here"
    batch_api = "batch-api"


@dataclass(frozen=True)
class Job:
    """How a job is run and where it is kept."""

    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Where results go: .jsonl, .csv, .xlsx or .parquet, written whole."),
    ] = None
    store: Annotated[
        Path | None,
        typer.Option(help="The file that remembers. A job that was killed goes on.", show_default="OUT.sqlite"),
    ] = None
    concurrency: Annotated[int | None, typer.Option(min=1, help="Requests under way at once.", show_default="8")] = None
    max_cost: Annotated[
        float | None, typer.Option(min=0.0, metavar="USD", help="What all runs on the store may cost.")
    ] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell requests, tokens and cost; send nothing.")] = False
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again for results that failed for good.")
    ] = False
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Forget what the store keeps for these tasks; ask anew.")
    ] = False
    export: Annotated[bool, typer.Option("--export", help="Only write --out again from the store.")] = False
    engine: Annotated[Place, typer.Option(help="Run here, or by the provider's Batch API.")] = Place.here
    summary_json: Annotated[Path | None, typer.Option(help="Write the closing summary to this file.")] = None

    @property
    def kept(self) -> Path | None:
        """The store."""
        return self.store or (self.out.with_name(f"{self.out.name}.sqlite") if self.out else None)

    def written(self) -> Path:
        """Where results go.

        Raises:
            UsageError: nobody said, or its ending names no form.

        """
        from summarizer.jobs.export import check_form

        if self.out is None:
            raise UsageError("name the file for the results with --out FILE.jsonl")
        check_form(self.out)
        return self.out

    def plan(self, tell: Teller) -> Plan:
        """The same as the library has it."""
        import os

        from summarizer.jobs.batch import Plan
        from summarizer.settings import get_settings

        settings = get_settings()
        return Plan(
            self.kept,
            self.concurrency or settings.concurrency,
            settings.max_cost if self.max_cost is None else self.max_cost,
            self.retry_failed,
            fresh=self.no_cache,
            batch_api=self.engine is Place.batch_api,
            processes=os.cpu_count() or 1,
            progress=tell.say,
        )


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    text = "Many articles by several tasks, in a store: kill it at any moment and run it again."
    app.command("batch", help=text)(spread(batch))


def batch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCES...", help="Files, folders, JSONL, CSV or Parquet of articles, URLs, or -."),
    ] = None,
    *,
    task: Annotated[
        str, typer.Option(help="Tasks, separated by commas: names, or prompt files ending in .md.")
    ] = "summary",
    question: Annotated[
        list[str] | None,
        typer.Option("-q", "--question", help="A question for a task that takes some; may be given again."),
    ] = None,
    job: Job,
    finder: options.Finder,
    model: options.Model,
) -> None:
    """Run, estimate or export a job."""
    teller = Teller(quiet=model.quiet)
    if job.export:
        teller.say(f"{_export(job):,} results written to {job.out}")
        return
    if not sources:
        raise UsageError("no sources; name files, folders or URLs, or - for standard input")
    if not job.dry_run:
        job.written()
    with teller.working("reading…"):
        configuration = model.configuration()
        asks = _asks(task, question or [], configuration)
        inputs = Inputs(sources, finder, teller)
        if job.dry_run:
            raise typer.Exit(_dry_run(asks, configuration, inputs, job))
    import asyncio

    raise typer.Exit(asyncio.run(_finish(asks, configuration, inputs, job, teller)))


def _asks(tasks: str, questions: list[str], configuration: Configuration) -> Sequence[Ask]:
    from summarizer.jobs.batch import wanted
    from summarizer.tasks.form import load_task

    names = [name.strip() for name in tasks.split(",") if name.strip()]
    return wanted([load_task(name) if name.endswith(".md") else name for name in names], questions, configuration)


def _export(job: Job) -> int:
    from summarizer.jobs.database import Database
    from summarizer.jobs.export import export
    from summarizer.jobs.store import Store

    out, file = job.written(), job.kept
    if file is None or not file.exists():
        raise InputError(str(file), "there is no such store")
    with Database(file, exclusive=False) as database:
        kept = Store(database)
        last = kept.last_job()
        if last is None:
            raise InputError(str(file), "no job in it was read to its end; run it first")
        return export(kept, last, out)


def _dry_run(asks: Sequence[Ask], configuration: Configuration, inputs: Inputs, job: Job) -> int:
    import json
    from dataclasses import asdict

    from summarizer.cli.progress import told_before
    from summarizer.jobs.estimate import estimate

    found = estimate(inputs, asks, configuration, job.kept)
    typer.echo(told_before(found), err=True)
    typer.echo(json.dumps(asdict(found)))
    return InputError.exit_status if inputs.unreadable else 0


async def _finish(asks: Sequence[Ask], configuration: Configuration, inputs: Inputs, job: Job, teller: Teller) -> int:
    from summarizer.cli.progress import Closing, write_summary
    from summarizer.errors import SummarizerError
    from summarizer.jobs.batch import Batch
    from summarizer.jobs.export import check_apart, export

    out = job.written()
    check_apart(out, inputs.sources)
    async with Batch(asks, configuration, job.plan(teller)) as batch:
        interrupted = _stop_on_signals(batch, teller)
        stopped: SummarizerError | None = None
        with teller.watching(batch.run):
            try:
                await _run(batch, inputs, job.engine)
            except SummarizerError as error:
                stopped = error
        written = export(batch.store, batch.job, out, {ask.task.name: ask.task for ask in asks})
        counts = {"unreadable": inputs.unreadable, "written": written, "interrupted": bool(interrupted)}
        closing = Closing.of(batch, out=str(out), stopped=str(stopped) if stopped else None, **counts)
    teller.say(closing.text())
    if job.summary_json:
        write_summary(job.summary_json, closing)
    if stopped:
        raise stopped
    return closing.status


async def _run(batch: Batch, inputs: Inputs, place: Place) -> None:
    if place is Place.here:
        await batch.run.finish(inputs)
    else:
        from summarizer.jobs.batch_api import finish_by_batch_api

        await finish_by_batch_api(batch, inputs)


def _stop_on_signals(batch: Batch, teller: Teller) -> list[int]:
    """First Ctrl-C: begin nothing new. Second: drop what is under way. What was caught is in the list."""
    import asyncio
    import contextlib
    import signal

    loop, caught, task = asyncio.get_running_loop(), list[int](), asyncio.current_task()

    def stop(number: int) -> None:
        caught.append(number)
        if len(caught) > 1 and task:
            task.cancel()
        else:
            teller.say("finishing what is under way; Ctrl-C again drops it")
            batch.run.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers: there Ctrl-C cancels at once, and the store is as whole as after a kill.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop, number)
    return caught


class Inputs:
    """The articles of the sources, read one by one; those that cannot be read are told and counted."""

    def __init__(self, sources: Sequence[str], finder: options.Finder, teller: Teller) -> None:
        self.sources, self._finder, self._teller = sources, finder, teller
        self.unreadable = 0

    def __iter__(self) -> Iterator[Article]:
        from summarizer.reading import Unreadable

        for source in self.sources:
            try:
                for item in self._finder.read(source):
                    if isinstance(item, Unreadable):
                        self._complain(f"{item.source}: {item.message}")
                    else:
                        yield item
            except InputError as error:
                self._complain(str(error))

    def _complain(self, message: str) -> None:
        self.unreadable += 1
        self._teller.complain(message)
