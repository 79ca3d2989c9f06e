"""`report`: the HTML report from a results file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.check import Articles, Results

Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("report", help="A results file as one HTML page: every claim lights up its sentences.")(report)


def report(
    results: Results,
    *,
    articles: Articles = None,
    output: Output = Path("report.html"),
    text_field: options.TextField = None,
    allow_private: options.AllowPrivate = False,
) -> None:
    """Write the page. Results that cannot be shown are told on standard error (exit status 4)."""
    from summarizer.audit import find_articles, read_stored, refs_in
    from summarizer.cli.output import INCOMPLETE, complain, write_whole
    from summarizer.views.html import render_html
    from summarizer.views.wording import count

    stored = read_stored(results)
    finder = options.Finder(text_field=text_field, allow_private=allow_private)
    shown = [one.result for one in stored if one.result]
    found = find_articles(refs_in(stored), articles, finder.read)
    for one in stored:
        if one.result is None:
            complain(f"{results}:{one.line}: left out: {one.fault}")
    missing = {ref.id: ref for ref in refs_in(stored) if ref.id not in found.articles}
    for ref in missing.values():
        complain(f"{ref.source or ref.id[:12]}: shown without its text: {found.why_missing(ref)[1]}")
    write_whole(output, render_html(shown, found.articles))
    on = count(len({result.article.id for result in shown}), "article")
    typer.secho(f"{count(len(shown), 'result')} on {on} written to {output}", err=True, dim=True)
    raise typer.Exit(INCOMPLETE if missing or len(shown) < len(stored) else 0)
