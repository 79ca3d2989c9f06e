"""`eval`: how well models read, measured on gold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.evaluation import Comparison, Gold, Reading

INCOMPLETE = 4

GoldFile = Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="An article with what is right about it a line.")]
Models = Annotated[
    list[str] | None,
    typer.Option("-m", "--model", help="A model to measure; give several to compare them.", show_default="auto"),
]
Stored = Annotated[
    list[Path] | None,
    typer.Option("--results", metavar="FILE.jsonl", help="Results made before, measured without asking a model."),
]
Record = Annotated[
    Path | None,
    typer.Option("--record", metavar="FOLDER", help="Save what each model is asked and answers, without keys."),
]
Replay = Annotated[
    Path | None,
    typer.Option("--replay", metavar="FOLDER", help="Take the answers from such a folder: no key and no network."),
]
Plots = Annotated[
    list[Path] | None, typer.Option("--plot", metavar="FILE.svg", help="Draw the comparison as .svg, .png or .pdf.")
]
Resamples = Annotated[int, typer.Option("--resamples", min=1, help="How often articles are drawn for an interval.")]
Seed = Annotated[int, typer.Option("--seed", help="Where drawing begins; the same seed gives the same intervals.")]


class Form(StrEnum):
    """How the comparison is printed."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("eval", help="How well models read: scores on gold with intervals, tokens, cost and time.")(evaluate)


def evaluate(
    gold: GoldFile,
    *,
    model: Models = None,
    results: Stored = None,
    form: Annotated[Form, typer.Option("-f", "--format", help="How the comparison is printed.")] = Form.text,
    output: options.OutputFile = None,
    plot: Plots = None,
    record: Record = None,
    replay: Replay = None,
    resamples: Resamples = 1000,
    seed: Seed = 20,
    base_url: options.BaseUrl = None,
    policy: options.OnUngrounded = options.Policy.reask,
    level: options.Level = None,
    verify: options.Verify = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
) -> None:
    """Measure each model on the gold set, side by side."""
    from summarizer.cli.output import complain
    from summarizer.evaluation import compare, read_from_file, read_gold

    _check_plots(plot or [])
    lines = read_gold(gold)
    if any(one.line.summary and one.line.summary.references for one in lines):
        _check_installed("rouge_score", "reference summaries are compared by rouge-score;")
    readings = [read_from_file(lines, file) for file in results or []]
    asked: list[str | None] = list(model or [])
    if not asked and not results:
        asked.append(None)
    for name in asked:
        reader = options.Reader(
            name,
            base_url,
            policy,
            timeout,
            verbose=False,
            quiet=quiet,
            record=record,
            replay=replay,
            level=level,
            verify=verify,
        )
        readings.append(_read(lines, reader))
    for reading in readings:
        for failure in reading.failures:
            complain(f"{reading.name}: {failure}")
    comparison = compare(lines, readings, resamples=resamples, seed=seed)
    _show(comparison, form, output)
    _draw(comparison, plot or [], quiet=quiet)
    raise typer.Exit(INCOMPLETE if any(reading.failures for reading in readings) else 0)


def _check_plots(files: list[Path]) -> None:
    """Refuse now what would fail after the models were paid."""
    from summarizer.evaluation.plots import FORMS

    for file in files:
        if file.suffix.lower() not in FORMS:
            raise UsageError(f"--plot {file}: end it in {', '.join(FORMS)}")
        _check_installed("matplotlib", "--plot needs matplotlib;")


def _check_installed(module: str, why: str) -> None:
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise UsageError(f"{why} pip install 'grounded-summarizer[eval]'")


def _read(gold: list[Gold], reader: options.Reader) -> Reading:
    """The gold set read by one model; each has a recording of its own in the folder."""
    import asyncio

    from summarizer.evaluation import read_by_model
    from summarizer.models.catalog import EXTRACTIVE, choose

    name = choose(reader.model, base_url=reader.base_url).name
    tape = f"{name.replace('/', '-').replace(':', '-')}.yaml"
    taped = {kind: folder / tape for kind, folder in (("record", reader.record), ("replay", reader.replay)) if folder}
    if reader.record:
        reader.record.mkdir(parents=True, exist_ok=True)
    return asyncio.run(
        read_by_model(
            gold,
            reader.model,
            base_url=reader.base_url,
            on_ungrounded=reader.policy.value,
            timeout=reader.timeout,
            allow_download=True,
            progress=reader.teller(),
            **(taped if name != EXTRACTIVE else {}),
        )
    )


def _show(comparison: Comparison, form: Form, output: Path | None) -> None:
    from io import StringIO

    from rich.console import Console

    from summarizer.cli.output import write_whole
    from summarizer.evaluation.table import print_table
    from summarizer.json_text import json_text

    if form is Form.text and output is None:
        print_table(comparison, Console(highlight=False))
        return
    page = StringIO()
    if form is Form.text:
        print_table(comparison, Console(file=page, width=120, highlight=False))
    else:
        page.write(json_text(comparison.plain(), indent=2) + "\n")
    if output:
        write_whole(output, page.getvalue())
    else:
        typer.echo(page.getvalue(), nl=False)


def _draw(comparison: Comparison, files: list[Path], *, quiet: bool) -> None:
    from summarizer.evaluation.plots import plot

    for file in files:
        plot(comparison, file)
        if not quiet:
            typer.secho(f"drawn to {file}", err=True, dim=True)
