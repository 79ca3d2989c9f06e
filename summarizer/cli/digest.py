"""`digest`: several articles on one matter as one."""

from __future__ import annotations

from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.fields import spread
from summarizer.cli.output import check_output, show, status_of
from summarizer.cli.progress import LifeSign
from summarizer.cli.reading import found_in


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    text = (
        "Several articles on one matter as one: what they agree on, where they contradict each other, what one alone "
        "says, one timeline. Each claim is checked in each article it is from."
    )
    app.command("digest", help=text)(spread(digest))


def digest(
    sources: options.Sources,
    *,
    points: Annotated[
        int, typer.Option(min=1, max=20, help="About how many statements are taken from each article.")
    ] = 5,
    output: options.Output,
    finder: options.Finder,
    model: options.Model,
    tape: options.Tape,
) -> None:
    """Read all sources together and print one digest."""
    check_output(output)
    failures: list[int] = []
    with LifeSign(quiet=model.quiet) as sign:
        articles = list(found_in(sources, finder, failures))
        with model.open(sign, tape) as client:
            result = client.digest(articles, points=points)
    show([result], {article.id: article for article in articles}, output)
    raise typer.Exit(status_of([result], failures))
