"""`ask`: questions on what the sources say, given, piped in, or in a conversation."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.errors import InputError, UsageError

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.search.index import Index

Questions = Annotated[
    list[str] | None, typer.Option("-q", "--question", help="A question; may be given several times.")
]
QuestionFile = Annotated[Path | None, typer.Option("--questions", help="A file with a question a line.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    text = (
        "Answers with their sentences, or that the article does not say (exit status 7). Several articles are searched "
        "together. Without a question: a conversation, or a question a line from standard input."
    )
    app.command("ask", help=text)(ask)


def ask(
    sources: options.Sources,
    *,
    question: Questions = None,
    questions: QuestionFile = None,
    model: options.ModelName = None,
    base_url: options.BaseUrl = None,
    form: options.OutputFormat = options.Format.text,
    output: options.OutputFile = None,
    published: options.Published = None,
    text_field: options.TextField = None,
    title_field: options.TitleField = None,
    date_field: options.DateField = None,
    allow_private: options.AllowPrivate = False,
    policy: options.OnUngrounded = options.Policy.reask,
    level: options.Level = None,
    verify: options.Verify = None,
    timeout: options.Timeout = None,
    record: options.Record = None,
    replay: options.Replay = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Answer questions on one article, or on many together."""
    from summarizer.cli.answers import show_answers
    from summarizer.cli.output import complain, status_of

    talks = not (question or questions) and sys.stdin.isatty() and sys.stdout.isatty()
    if "-" in sources and not (question or questions):
        raise UsageError("standard input is the article; give -q QUESTION or --questions FILE")
    asked = [] if talks else _asked(question or [], questions)
    reader = options.Reader(model, base_url, policy, timeout, verbose, quiet, record, replay, level, verify)
    faults: list[int] = []

    def fault(message: str) -> None:
        complain(message)
        faults.append(InputError.exit_status)

    about = about_of(
        sources, options.Finder(published, text_field, title_field, date_field, allow_private), reader.teller(), fault
    )
    with reader.open() as desk:
        if talks:
            from summarizer.cli.talk import talk

            talk(desk, about, form, output)
            return
        results = desk.ask_all(about, asked)
    show_answers(results, about, form, output)
    raise typer.Exit(status_of(results, faults))


def about_of(
    sources: Sequence[str], finder: options.Finder, tell: Callable[[str], None], fault: Callable[[str], None]
) -> Article | Index:
    """The one article the sources hold, or the index of many.

    Raises:
        InputError: there is no article.

    """
    from summarizer.reading import Unreadable
    from summarizer.reading.document import Columns
    from summarizer.reading.web import is_url
    from summarizer.search.index import Index

    if len(sources) == 1:
        kept = not (sources[0] == "-" or is_url(sources[0]))  # what can be read only once, or slowly, is held
        items = finder.read(sources[0])
        found = list(islice(items, 2) if kept else items)
        articles = [item for item in found if not isinstance(item, Unreadable)]
        if len(found) == len(articles) == 1:
            return articles[0]
        if articles and not kept:
            for item in found:
                if isinstance(item, Unreadable):
                    fault(f"{item.source}: {item.message}")
            return Index.of(articles)
    return Index.kept(
        sources,
        published=finder.day,
        columns=Columns(finder.text_field, finder.title_field, finder.date_field),
        allow_private=finder.allow_private,
        tell=tell,
        complain=lambda item: fault(f"{item.source}: {item.message}"),
    )


def _asked(given: list[str], file: Path | None) -> list[str]:
    lines = list(given)
    if file:
        try:
            lines += file.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(str(file), f"cannot be read: {error}") from error
    elif not given:
        lines += sys.stdin.read().splitlines()
    asked = [line.strip() for line in lines if line.strip()]
    if not asked:
        raise UsageError("no question; give -q QUESTION, --questions FILE, or one a line on standard input")
    return asked
