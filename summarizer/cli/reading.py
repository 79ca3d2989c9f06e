"""`summarize`, `entities`, `timeline` and `brief`: one reading of each source."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.errors import InputError, SummarizerError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.desk import Summarizer
    from summarizer.schemas.result import Result

Points = Annotated[
    int | None, typer.Option("--points", min=1, help="How many points a summary has at most.", show_default="4")
]
Words = Annotated[int | None, typer.Option("--words", min=1, help="How many words a summary has at most.")]
Language = Annotated[str | None, typer.Option("--lang", help="The language a model writes in.")]
Focus = Annotated[str | None, typer.Option("--focus", help="What the summary is to bear on.")]

HELP = {
    "summarize": "A headline and the main points, each with the sentences it rests on.",
    "entities": "Who and what the article names, with its dates and quantities.",
    "timeline": "What happened, is planned or may happen, in order of time.",
    "brief": "Summary, entities and timeline in one reading.",
}


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for name, text in HELP.items():
        app.command(name, help=text)(_command(name))


def _command(name: str) -> Callable[..., None]:
    def command(
        sources: options.Sources,
        *,
        model: options.ModelName = None,
        base_url: options.BaseUrl = None,
        form: options.OutputFormat = options.Format.text,
        output: options.OutputFile = None,
        published: options.Published = None,
        text_field: options.TextField = None,
        title_field: options.TitleField = None,
        date_field: options.DateField = None,
        allow_private: options.AllowPrivate = False,
        points: Points = None,
        words: Words = None,
        language: Language = None,
        focus: Focus = None,
        policy: options.OnUngrounded = options.Policy.reask,
        level: options.Level = None,
        verify: options.Verify = None,
        timeout: options.Timeout = None,
        record: options.Record = None,
        replay: options.Replay = None,
        verbose: options.Verbose = False,
        quiet: options.Quiet = False,
    ) -> None:
        reader = options.Reader(model, base_url, policy, timeout, verbose, quiet, record, replay, level, verify)
        shape = {"points": points, "words": words, "language": language, "focus": focus}
        wanted = {option: value for option, value in shape.items() if value is not None}
        live = form is options.Format.text and output is None and not quiet
        read_each(
            sources,
            reader,
            lambda desk, article: _results(name, desk, article, wanted, live=live),
            form=form,
            output=output,
            finder=options.Finder(published, text_field, title_field, date_field, allow_private),
        )

    return command


def _results(
    name: str, desk: Summarizer, article: Article, wanted: dict[str, Any], *, live: bool
) -> Sequence[Result[Any]]:
    match name:
        case "summarize":
            return [_summary(desk, article, wanted, live=live)]
        case "brief":
            return desk.brief(article, **wanted)
        case "entities":
            return [desk.entities(article)]
        case _:
            return [desk.timeline(article)]


def _summary(desk: Summarizer, article: Article, wanted: dict[str, Any], *, live: bool) -> Result[Any]:
    """The summary; on a terminal its points are shown as they arrive."""
    if not (live and sys.stdout.isatty()):
        return desk.summarize(article, **wanted)
    from rich.console import Console

    from summarizer.cli.arriving import summarized

    return summarized(desk, article, wanted, Console())


def read_each(
    sources: Sequence[str],
    reader: options.Reader,
    ask: Callable[[Summarizer, Article], Sequence[Result[Any]]],
    *,
    form: options.Format,
    output: Path | None,
    finder: options.Finder,
) -> None:
    """Read every source, print what came of it, and leave with the most severe status."""
    from summarizer.cli.output import complain, show, status_of

    results: list[Result[Any]] = []
    articles: dict[str, Article] = {}
    failures: list[int] = []
    readable = list(_articles(sources, finder, complain, failures))
    if readable:
        with reader.open() as desk:
            for article in readable:
                try:
                    results += ask(desk, article)
                except SummarizerError as error:
                    complain(f"{article.source or '-'}: {error}")
                    failures.append(error.exit_status)
                else:
                    articles[article.id] = article
    if results:
        show(results, articles, form, output)
    raise typer.Exit(status_of(results, failures))


def _articles(
    sources: Sequence[str], finder: options.Finder, complain: Callable[[str], None], failures: list[int]
) -> Iterator[Article]:
    from summarizer.reading import Unreadable

    for source in sources:
        try:
            for item in finder.read(source):
                if isinstance(item, Unreadable):
                    complain(f"{item.source}: {item.message}")
                    failures.append(InputError.exit_status)
                else:
                    yield item
        except InputError as error:
            complain(str(error))
            failures.append(error.exit_status)
