"""One reading of each source, or of all together: what came of it is printed, the most severe status is the exit's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.cli.output import check_output, complain, show, status_of
from summarizer.cli.progress import LifeSign
from summarizer.errors import InputError, SummarizerError

if TYPE_CHECKING:
    from rich.console import Console

    from summarizer.article import Article
    from summarizer.client import Summarizer
    from summarizer.schemas.evidence import Claim
    from summarizer.schemas.result import Result


def read_each(
    sources: Sequence[str],
    ask: Callable[[Summarizer, Article], Sequence[Result[Any]]],
    *,
    model: options.Model,
    tape: options.Tape,
    finder: options.Finder,
    output: options.Output,
    sign: LifeSign,
) -> None:
    """Read every source, print what came of it, and leave with the most severe status."""
    check_output(output)
    results: list[Result[Any]] = []
    articles: dict[str, Article] = {}
    failures: list[int] = []
    readable = list(found_in(sources, finder, failures))
    if readable:
        with model.open(sign, tape) as client:
            for number, article in enumerate(readable, 1):
                sign.of(number, len(readable))
                try:
                    results += ask(client, article)
                except SummarizerError as error:
                    complain(f"{article.source or '-'}: {error}")
                    failures.append(error.exit_status)
                else:
                    articles[article.id] = article
    sign.stop()
    if results:
        show(results, articles, output)
    raise typer.Exit(status_of(results, failures))


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
    """Several articles on one matter as one. What they agree on, where they contradict each other, what one alone says,
    one timeline; each claim is checked in each article it is from."""
    check_output(output)
    failures: list[int] = []
    with LifeSign(quiet=model.quiet) as sign:
        articles = list(found_in(sources, finder, failures))
        with model.open(sign, tape) as client:
            result = client.digest(articles, points=points)
    show([result], {article.id: article for article in articles}, output)
    raise typer.Exit(status_of([result], failures))


def found_in(
    sources: Sequence[str], finder: options.Finder, failures: list[int], tell: Callable[[str], None] = complain
) -> Iterator[Article]:
    """The articles of the sources, one by one; what cannot be read is told, and its status joins the failures."""
    from summarizer.reading.document import Unreadable, tolerant

    for source in sources:
        for item in tolerant(finder.read(source)):
            if isinstance(item, Unreadable):
                tell(f"{item.source}: {item.message}")
                failures.append(InputError.exit_status)
            else:
                yield item


def is_shown_live(output: options.Output, model: options.Model) -> bool:
    """Whether a person watches: then claims are shown as they arrive."""
    return output.form is options.Format.text and output.output is None and not model.quiet and sys.stdout.isatty()


def arriving(items: Iterable[Claim | Result[Any]], console: Console) -> Result[Any]:
    """The result of a stream; its claims are shown while the model writes, each already checked, and wiped away."""
    from rich.console import Group, RenderableType
    from rich.live import Live
    from rich.spinner import Spinner

    from summarizer.schemas.evidence import Claim
    from summarizer.views.text import render_claim

    shown: list[RenderableType] = [Spinner("dots", "reading…")]
    with Live(shown[0], console=console, transient=True) as live:
        for item in items:
            if not isinstance(item, Claim):
                return item
            shown.insert(-1, render_claim(item))
            live.update(Group(*shown), refresh=True)
    raise AssertionError("the last item of a stream is its result")
