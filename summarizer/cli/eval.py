"""`eval`: how well models read, measured on gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.fields import spread
from summarizer.cli.options import Finding
from summarizer.cli.progress import LifeSign
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.evaluation import Comparison, Gold, Run

INCOMPLETE = 4


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("eval", help="How well models read: scores on gold with intervals, tokens, cost and time.")(
        spread(evaluate)
    )


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="An article with what is right about it a line.")],
    *,
    models: Annotated[
        list[str] | None,
        typer.Option("-m", "--model", help="A model to measure; give several to compare them.", show_default="auto"),
    ] = None,
    results: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE.jsonl", help="Results made before, measured without asking a model."),
    ] = None,
    form: Annotated[Finding, typer.Option("-f", "--format", help="How the comparison is printed.")] = Finding.text,
    output: options.OutputFile = None,
    plot: Annotated[
        list[Path] | None, typer.Option(metavar="FILE.svg", help="Draw the comparison as .svg, .png or .pdf.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Save what each model is asked and answers, without keys.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Take the answers from such a folder: no key and no network.")
    ] = None,
    resamples: Annotated[int, typer.Option(min=1, help="How often articles are drawn for an interval.")] = 1000,
    seed: Annotated[int, typer.Option(help="Where drawing begins; the same seed gives the same intervals.")] = 20,
    how: options.Checking,
) -> None:
    """Measure each model on the gold set, side by side."""
    from summarizer.cli.output import complain

    _check_plots(plot or [])
    with LifeSign(quiet=how.quiet) as sign:
        from summarizer.engines.prompts import Prompts
        from summarizer.evaluation import compare, read_from_file, read_gold

        lines = read_gold(gold, Prompts.of(how.prompts))
        if any(getattr(part.gold, "references", None) for one in lines for part in one.parts):
            _check_installed("rouge_score", "reference summaries are compared by rouge-score;")
        runs = [read_from_file(lines, file) for file in results or []]
        asked: list[str | None] = [*models] if models else [] if results else [None]
        runs += [_read(lines, name, how, {"record": record, "replay": replay}, sign) for name in asked]
        comparison = compare(lines, runs, resamples=resamples, seed=seed)
    for run in runs:
        for failure in run.failures:
            complain(f"{run.name}: {failure}")
    _show(comparison, form, output)
    _draw(comparison, plot or [], quiet=how.quiet)
    raise typer.Exit(INCOMPLETE if any(run.failures for run in runs) else 0)


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


def _read(
    gold: list[Gold], model: str | None, how: options.Checking, tapes: dict[str, Path | None], sign: LifeSign
) -> Run:
    """The gold set read by one model; each has a recording of its own in the folder."""
    import asyncio

    from summarizer.evaluation import read_by_model
    from summarizer.models.catalog import EXTRACTIVE, choose

    name = choose(model, base_url=how.base_url).name
    tape = f"{name.replace('/', '-').replace(':', '-')}.yaml"
    for kind, folder in tapes.items():
        if folder and kind == "record":
            folder.mkdir(parents=True, exist_ok=True)
    taped = {kind: folder / tape for kind, folder in tapes.items() if folder and name != EXTRACTIVE}
    return asyncio.run(read_by_model(gold, model, progress=sign, **taped, **how.wishes))


def _show(comparison: Comparison, form: Finding, output: Path | None) -> None:
    from io import StringIO

    from rich.console import Console

    from summarizer.cli.output import write_whole
    from summarizer.evaluation.table import print_table
    from summarizer.output import json_text

    if form is Finding.text and output is None:
        print_table(comparison, Console(highlight=False))
        return
    page = StringIO()
    if form is Finding.text:
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
