"""Commands on stored results: `check` verifies them again from their articles, `report` makes a page of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.options import Finding
from summarizer.cli.output import INCOMPLETE, complain, write

if TYPE_CHECKING:
    from summarizer.evaluation import Audit

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
    from summarizer.tasks.form import load_task

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
