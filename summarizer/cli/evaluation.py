"""`check` verifies stored results, `report` makes a page of them, `eval` measures models on gold."""

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
from summarizer.tasks.registry import load_task

if TYPE_CHECKING:
    from summarizer.evaluation import Audit, Comparison, Gold, Run


Results = Annotated[
    list[Path],
    typer.Argument(
        metavar="RESULTS",
        help="Results: files, as -f jsonl, -f json or batch write them, stores of jobs, or folders of these.",
        show_default=False,
    ),
]
Articles = Annotated[
    Path | None,
    typer.Option(metavar="DIR_OR_FILE", help="Where the articles are.", show_default="the sources the results name"),
]


def check(
    results: Results,
    *,
    articles: Articles = None,
    task: Annotated[
        list[Path] | None,
        typer.Option(metavar="PROMPT.md", help="A task of your own: its schema tells what is a statement."),
    ] = None,
    text_field: options.TextField = None,
    allow_private: options.AllowPrivate = False,
    form: Annotated[Finding, typer.Option("-f", "--format", help="How findings are printed.")] = Finding.text,
) -> None:
    """Verify stored results from their articles. Exit status 4: something does not hold."""
    from summarizer.evaluation import find_articles, read_stored, refs_in, verify
    from summarizer.output import json_text

    own = {one.name: one for one in map(load_task, task or [])}
    stored = [one for path in results for one in read_stored(path, own)]
    finder = options.Finder(text_field=text_field, allow_private=allow_private)
    audit = verify(stored, find_articles(refs_in(stored), articles, finder.read), own)
    plain = {"holds": audit.holds, **asdict(audit)}
    typer.echo(json_text(plain, indent=2) if form is Finding.json else _text(audit))
    raise typer.Exit(0 if audit.holds else INCOMPLETE)


def _text(audit: Audit) -> str:
    from summarizer.views.wording import legible

    lines = []
    for finding in audit.findings:
        about = " ".join(part for part in (finding.source, finding.task, finding.where) if part)
        lines.append(legible(f"{finding.file}:{finding.line}: {finding.code}: {about}: {finding.message}"))
    return "\n".join([*lines, _closing(audit)])


def _closing(audit: Audit) -> str:
    from summarizer.views.wording import count

    further = {
        f"{count(audit.unchecked, 'claim')} marked unchecked by the results themselves": audit.unchecked,
        f"{count(audit.second_opinions, 'claim')} by a second model's word": audit.second_opinions,
        f"{count(audit.unverified, 'result')} not verified": audit.unverified,
        f"{count(audit.other_version, 'result')} made by another version": audit.other_version,
    }
    parts = [f"{count(audit.places, 'place')} in the texts and {count(audit.claims, 'claim')} verified"]
    parts += [text for text, number in further.items() if number]
    outcome = "everything holds" if audit.holds else count(len(audit.findings), "finding")
    return f"{count(audit.results, 'result')} on {count(audit.articles, 'article')}: {', '.join(parts)}; {outcome}"


def report(
    results: Results,
    *,
    articles: Articles = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path("report.html"),
    text_field: options.TextField = None,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Stored results as one HTML page. Every claim lights up its sentences. Exit status 4: some cannot be shown."""
    from summarizer.evaluation import find_articles, read_stored, refs_in
    from summarizer.output import render_jsonl
    from summarizer.views.html import render_html
    from summarizer.views.wording import count

    stored = [one for path in results for one in read_stored(path)]
    finder = options.Finder(text_field=text_field, allow_private=allow_private)
    shown = list({render_jsonl([one.result]): one.result for one in stored if one.result}.values())  # each once
    found = find_articles(refs_in(stored), articles, finder.read)
    for one in stored:
        if one.result is None:
            complain(f"{one.file}:{one.line}: left out: {one.fault}")
    missing = {ref.id: ref for ref in refs_in(stored) if ref.id not in found.articles}
    for ref in missing.values():
        complain(f"{ref.source or ref.id[:12]}: shown without its text: {found.why_missing(ref)[1]}")
    write(render_html(shown, found.articles), output)
    on = count(len({result.article.id for result in shown}), "article")
    typer.secho(f"{count(len(shown), 'result')} on {on} written to {output}", err=True, dim=True)
    raise typer.Exit(INCOMPLETE if missing or not all(one.result for one in stored) else 0)


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
