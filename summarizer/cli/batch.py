"""`batch`: many sources by several tasks, in a store that can be killed and resumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.cli.progress import Teller
    from summarizer.jobs.batch import Batch, Plan, Reading
    from summarizer.jobs.orders import Want


class Place(StrEnum):
    """Where a job runs."""

    here = "here"
    ray = "ray"
    batch_api = "batch-api"


Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCES...", help="Files, folders, JSONL, CSV or Parquet of articles, URLs, or -."),
]
Tasks = Annotated[
    str, typer.Option("--task", help="Tasks, separated by commas: built-in names or prompt files ending in .md.")
]
Questions = Annotated[
    list[str] | None, typer.Option("-q", "--question", help="A question for the task answer; may be given again.")
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Where results go: a .jsonl, .csv or .parquet file, written whole.")
]
StoreFile = Annotated[
    Path | None,
    typer.Option("--store", help="The file that remembers. A job that was killed goes on.", show_default="OUT.sqlite"),
]
Concurrency = Annotated[
    int | None, typer.Option("--concurrency", min=1, help="Requests under way at once.", show_default="8")
]
MaxCost = Annotated[
    float | None, typer.Option("--max-cost", min=0.0, metavar="USD", help="What all runs on the store may cost.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell requests, tokens and cost; send nothing.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Ask again for results that failed for good.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Forget what the store keeps for these tasks; ask anew.")]
Export = Annotated[bool, typer.Option("--export", help="Only write --out again from the store.")]
Where = Annotated[Place, typer.Option("--engine", help="Run here, on a Ray cluster, or by the provider's Batch API.")]
SummaryFile = Annotated[Path | None, typer.Option("--summary-json", help="Write the closing summary to this file.")]


@dataclass(frozen=True)
class Wish:
    """A batch as it was asked for on the command line."""

    sources: Sequence[str]
    wants: Sequence[Want]
    reading: Reading
    plan: Plan
    out: Path
    place: Place
    summary: Path | None
    finder: options.Finder


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("batch", help="Many articles by several tasks, in a store: kill it at any moment and run it again.")(
        batch
    )


def batch(
    sources: Sources = None,
    *,
    task: Tasks = "summary",
    question: Questions = None,
    out: Out = None,
    store: StoreFile = None,
    concurrency: Concurrency = None,
    max_cost: MaxCost = None,
    dry_run: DryRun = False,
    retry_failed: RetryFailed = False,
    no_cache: NoCache = False,
    export: Export = False,
    engine: Where = Place.here,
    summary_json: SummaryFile = None,
    model: options.ModelName = None,
    base_url: options.BaseUrl = None,
    published: options.Published = None,
    text_field: options.TextField = None,
    title_field: options.TitleField = None,
    date_field: options.DateField = None,
    allow_private: options.AllowPrivate = False,
    policy: options.OnUngrounded = options.Policy.reask,
    level: options.Level = None,
    verify: options.Verify = None,
    timeout: options.Timeout = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Run, estimate or export a job."""
    if export:
        _export(store, out)
        return
    reader = options.Reader(model, base_url, policy, timeout, verbose, quiet, level=level, verify=verify)
    wish = Wish(
        sources or [],
        _wants(task, question or []),
        _reading(reader),
        replace(
            _plan(store, out, concurrency, max_cost, retry_failed), batch_api=engine is Place.batch_api, fresh=no_cache
        ),
        _checked(out, dry_run),
        engine,
        summary_json,
        options.Finder(published, text_field, title_field, date_field, allow_private),
    )
    if not wish.sources:
        raise UsageError("no sources; name files, folders or URLs, or - for standard input")
    raise typer.Exit(_dry_run(wish, quiet) if dry_run else _run(wish, quiet))


def _wants(tasks: str, questions: list[str]) -> Sequence[Want]:
    from summarizer.jobs.orders import ordered
    from summarizer.task import load_task

    names = [name.strip() for name in tasks.split(",") if name.strip()]
    return ordered([load_task(Path(name)) if name.endswith(".md") else name for name in names], questions)


def _reading(reader: options.Reader) -> Reading:
    from summarizer.jobs.batch import Reading
    from summarizer.settings import get_settings

    seconds = reader.timeout or get_settings().timeout
    return Reading(
        reader.model,
        reader.base_url,
        reader.policy.value,
        seconds,
        allow_download=True,
        progress=reader.teller(),
        level=reader.level.value if reader.level else None,
        verify=reader.verify,
    )


def _plan(
    store: Path | None, out: Path | None, concurrency: int | None, max_cost: float | None, retry_failed: bool
) -> Plan:
    import os

    from summarizer.jobs.batch import Plan
    from summarizer.settings import get_settings

    settings = get_settings()
    return Plan(
        store or (_beside(out) if out else None),
        concurrency or settings.concurrency,
        settings.max_cost if max_cost is None else max_cost,
        retry_failed,
        processes=os.cpu_count() or 1,
    )


def _beside(out: Path) -> Path:
    return out.with_name(out.name + ".sqlite")


def _checked(out: Path | None, dry_run: bool) -> Path:
    from summarizer.jobs.export import check_form

    if out is None:
        if not dry_run:
            raise UsageError("name the file for the results with --out FILE.jsonl")
        return Path("unused.jsonl")
    check_form(out)
    return out


def _export(store: Path | None, out: Path | None) -> None:
    from summarizer.errors import InputError
    from summarizer.jobs.database import Database
    from summarizer.jobs.export import check_form, export
    from summarizer.jobs.store import Store

    if out is None:
        raise UsageError("name the file for the results with --out FILE.jsonl")
    check_form(out)
    file = store or _beside(out)
    if not file.exists():
        raise InputError(str(file), "there is no such store")
    with Database(file, exclusive=False) as database:
        kept = Store(database)
        job = kept.last_job()
        if job is None:
            raise InputError(str(file), "no job in it was read to its end; run it first")
        number = export(kept, job, out)
    typer.secho(f"{number:,} results written to {out}", err=True, dim=True)


def _dry_run(wish: Wish, quiet: bool) -> int:
    import json
    from dataclasses import asdict

    from summarizer.cli.progress import Teller
    from summarizer.cli.summary import told_before
    from summarizer.jobs.batch import order_of
    from summarizer.jobs.estimate import estimate

    teller = Teller(quiet=quiet)
    articles = Inputs(wish, teller)
    found = estimate(articles, order_of(wish.wants, wish.reading), wish.plan.store)
    typer.echo(told_before(found), err=True)
    typer.echo(json.dumps(asdict(found)))
    return 3 if articles.unreadable else 0


def _run(wish: Wish, quiet: bool) -> int:
    import asyncio

    from summarizer.cli.progress import Teller

    teller = Teller(quiet=quiet)
    return asyncio.run(_finish(wish, teller))


async def _finish(wish: Wish, teller: Teller) -> int:
    from summarizer.cli.summary import Closing, End, write_summary
    from summarizer.errors import SummarizerError
    from summarizer.jobs.batch import Batch
    from summarizer.jobs.export import export

    inputs = Inputs(wish, teller)
    async with Batch(wish.wants, wish.reading, wish.plan) as batch:
        interrupted = _stop_on_signals(batch, teller)
        stopped: SummarizerError | None = None
        with teller.watching(batch.run):
            try:
                await _job(wish, batch, inputs)
            except SummarizerError as error:
                stopped = error
        written = export(batch.store, batch.job, wish.out)
        closing = Closing.of(batch, End(inputs.unreadable, stopped, bool(interrupted), wish.out, written))
    teller.say(closing.text())
    if wish.summary:
        write_summary(wish.summary, closing)
    if stopped:
        raise stopped
    return closing.status


async def _job(wish: Wish, batch: Batch, inputs: Inputs) -> None:
    match wish.place:
        case Place.here:
            await batch.run.finish(inputs)
        case Place.ray:
            from summarizer.jobs.ray import finish_on_ray

            await finish_on_ray(batch, inputs)
        case Place.batch_api:
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

    def __init__(self, wish: Wish, teller: Teller) -> None:
        self._wish, self._teller = wish, teller
        self.unreadable = 0

    def __iter__(self) -> Iterator[Article]:
        from summarizer.errors import InputError
        from summarizer.reading import Unreadable

        for source in self._wish.sources:
            try:
                for item in self._wish.finder.read(source):
                    if isinstance(item, Unreadable):
                        self._complain(f"{item.source}: {item.message}")
                    else:
                        yield item
            except InputError as error:
                self._complain(str(error))

    def _complain(self, message: str) -> None:
        self.unreadable += 1
        self._teller.complain(message)
