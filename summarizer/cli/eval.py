"""`eval`: how well models read, measured on gold."""

from __future__ import annotations

from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.options import Finding
from summarizer.cli.output import INCOMPLETE, complain, write
from summarizer.cli.progress import LifeSign
from summarizer.errors import require

if TYPE_CHECKING:
    from summarizer.evaluation import Comparison, Gold, Run


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
    """How well models read, measured on gold. Scores with intervals, tokens, cost and time."""
    from summarizer.evaluation.shown import check_plot
    from summarizer.evaluation.shown import plot as draw

    for file in plot or []:
        check_plot(file)
    with LifeSign(quiet=how.quiet) as sign:
        from summarizer.engines.prompts import Prompts
        from summarizer.evaluation import compare, read_from_file, read_gold

        lines = read_gold(gold, Prompts.of(how.prompts))
        if any(getattr(part.gold, "references", None) for one in lines for part in one.parts):
            require("rouge_score", "reference summaries need rouge-score", "eval")  # now, before the models are paid
        runs = [read_from_file(lines, file) for file in results or []]
        asked: list[str | None] = [*models] if models else [] if results else [None]
        runs += [_read(lines, name, how, {"record": record, "replay": replay}, sign) for name in asked]
        comparison = compare(lines, runs, resamples=resamples, seed=seed)
        for file in plot or []:
            draw(comparison, file)
            sign(f"drawn to {file}")
    for run in runs:
        for failure in run.failures:
            complain(f"{run.name}: {failure}")
    _show(comparison, form, output)
    raise typer.Exit(INCOMPLETE if any(run.failures for run in runs) else 0)


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
    from rich.console import Console

    from summarizer.evaluation.shown import print_table
    from summarizer.output import json_text

    if form is Finding.json:
        write(json_text(asdict(comparison), indent=2), output)
    elif output is None:
        print_table(comparison, Console(highlight=False))
    else:
        page = Console(file=StringIO(), width=120, highlight=False)
        print_table(comparison, page)
        write(page.file.getvalue(), output)  # type: ignore[attr-defined]
