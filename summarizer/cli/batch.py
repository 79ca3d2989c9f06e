"""`batch`: many sources by several tasks, in a store that can be killed and resumed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.output import complain, worst, write
from summarizer.cli.progress import LifeSign
from summarizer.cli.reading import found_in
from summarizer.errors import InputError, SummarizerError, UsageError
from summarizer.tasks.registry import load_task

if TYPE_CHECKING:
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
        """Where results go."""
        from summarizer.jobs.export import check_form

        if self.out is None:
            raise UsageError("name the file for the results with --out FILE.jsonl")
        check_form(self.out)
        return self.out

    def plan(self, sign: LifeSign) -> Plan:
        """The same as the library has it."""
        import os

        from summarizer.jobs.batch import Plan

        return Plan(
            self.kept,
            self.concurrency,
            self.max_cost,
            self.retry_failed,
            fresh=self.no_cache,
            batch_api=self.engine is Place.batch_api,
            processes=os.cpu_count() or 1,
            progress=sign,
        )


def batch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Files, folders, JSONL, CSV or Parquet of articles, URLs, or -."),
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
    """Many articles by several tasks, in a store. Kill it at any moment and run it again."""
    with LifeSign(quiet=model.quiet) as sign:
        if job.export:
            sign(f"{_export(job):,} results written to {job.out}")
            return
        if not sources:
            raise UsageError("no sources; name files, folders or URLs, or - for standard input")
        if not job.dry_run:
            job.written()
        from summarizer.jobs.wants import wanted

        configuration, names = model.configuration(), [name.strip() for name in task.split(",") if name.strip()]
        tasks = [load_task(name) if name.endswith(".md") else name for name in names]
        asks = wanted(tasks, question or [], configuration)
        if job.dry_run:
            raise typer.Exit(_dry_run(asks, configuration, sources, finder, job))
        import asyncio

        raise typer.Exit(asyncio.run(_finish((asks, configuration), sources, finder, job, sign)))


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


def _dry_run(
    asks: Sequence[Ask], configuration: Configuration, sources: Sequence[str], finder: options.Finder, job: Job
) -> int:
    import json
    from dataclasses import asdict

    from summarizer.cli.closing import told_before
    from summarizer.jobs.estimate import estimate

    failures: list[int] = []
    found = estimate(found_in(sources, finder, failures), asks, configuration, job.kept)
    typer.echo(told_before(found), err=True)
    typer.echo(json.dumps(asdict(found)))
    return worst(failures)


async def _finish(
    wanted: tuple[Sequence[Ask], Configuration],
    sources: Sequence[str],
    finder: options.Finder,
    job: Job,
    sign: LifeSign,
) -> int:
    from summarizer.cli.closing import closing, status, told
    from summarizer.jobs.batch import Batch
    from summarizer.jobs.batch_api import finish_by_batch_api
    from summarizer.jobs.export import check_apart, export
    from summarizer.output import json_text

    (asks, configuration), out = wanted, job.written()
    check_apart(out, sources)
    unread: list[str] = []

    def tell(line: str) -> None:
        complain(line)
        unread.append(line)

    stopped: SummarizerError | None = None
    async with Batch(asks, configuration, job.plan(sign)) as batch:
        interrupted = _stop_on_signals(batch, sign)
        with sign.watching(batch.run):
            articles = found_in(sources, finder, [], tell)
            try:
                if job.engine is Place.batch_api:
                    await finish_by_batch_api(batch, articles)
                else:
                    await batch.run.finish(articles)
            except SummarizerError as error:
                stopped = error
        written = export(batch.store, batch.job, out, {ask.task.name: ask.task for ask in asks})
        known = {"unreadable": len(unread), "unread": unread, "interrupted": bool(interrupted)}
        end = closing(batch, out=str(out), written=written, stopped=str(stopped) if stopped else None, **known)
    for line in told(end):
        sign(line)
    if job.summary_json:
        write(json_text(end, indent=2), job.summary_json)
    if stopped:
        raise stopped
    return status(end)


def _stop_on_signals(batch: Batch, sign: LifeSign) -> list[int]:
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
            sign("finishing what is under way; Ctrl-C again drops it")
            batch.run.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers: there Ctrl-C cancels at once, and the store is as whole as after a kill.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop, number)
    return caught
