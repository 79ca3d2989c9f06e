"""`ask`: questions on what the sources say, given, piped in, or in a conversation."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.article import Article
from summarizer.cli import options
from summarizer.cli.output import check_output, complain, show, status_of
from summarizer.cli.progress import LifeSign
from summarizer.errors import InputError, UsageError

if TYPE_CHECKING:
    from summarizer.reading import Unreadable
    from summarizer.schemas.result import Result
    from summarizer.search.index import Index


def ask(
    sources: options.Sources,
    *,
    question: Annotated[
        list[str] | None, typer.Option("-q", "--question", help="A question; may be given several times.")
    ] = None,
    questions: Annotated[Path | None, typer.Option(help="A file with a question a line.")] = None,
    most: Annotated[
        int, typer.Option(min=1, help="Of many articles, how many a question is put to, those nearest to it.")
    ] = 3,
    output: options.Output,
    finder: options.Finder,
    model: options.Model,
    tape: options.Tape,
) -> None:
    """Answers to questions, each with its sentences. Exit status 7: the article does not say. Several articles are
    searched together. A question may also stand among the sources ("Who won?"). Without one: a conversation, or a
    question a line from standard input."""
    check_output(output)
    sources, question = _parted(sources, question or [])
    talks = not (question or questions) and sys.stdin.isatty() and sys.stdout.isatty()
    if "-" in sources and not (question or questions):
        raise UsageError("standard input is the article; give -q QUESTION or --questions FILE")
    asked = [] if talks else _asked(question, questions)
    failures: list[int] = []
    with LifeSign(quiet=model.quiet) as sign:
        if not talks:
            model.configuration().questions(asked)
        about = about_of(sources, finder, most, sign, failures)
        with model.open(sign, tape) as client:
            if talks:
                from summarizer.cli.talk import talk

                sign.stop()
                talk(client, about, output)
                return
            results = client.ask_all(about, asked)
    show_answers(results, about, output)
    raise typer.Exit(status_of(results, failures))


def show_answers(results: Sequence[Result[Any]], about: Article | Index, output: options.Output) -> None:
    """Print or write answers, with the articles they point at."""
    from summarizer.views.dossier import refs_of

    if isinstance(about, Article):
        show(results, {about.id: about}, output)
        return
    ids = {ref.id for result in results for ref in refs_of(result)}
    show(results, {one: article for one in ids if (article := about.article(one))}, output)


def about_of(
    sources: Sequence[str], finder: options.Finder, most: int, tell: Callable[[str], None], failures: list[int]
) -> Article | Index:
    """The one article the sources hold, or the index of many; what cannot be read is told, its status a failure."""
    from summarizer.reading.web import is_url
    from summarizer.search.index import Index

    def unread(item: Unreadable) -> None:
        complain(f"{item.source}: {item.message}")
        failures.append(InputError.exit_status)

    if len(sources) == 1:
        once = sources[0] == "-" or is_url(sources[0])  # what can be read only once, or slowly, is held
        items = finder.read(sources[0])
        found = list(items if once else islice(items, 2))
        articles = [item for item in found if isinstance(item, Article)]
        if len(found) == len(articles) == 1:
            return articles[0]
        if articles and once:
            for item in found:
                if not isinstance(item, Article):
                    unread(item)
            return Index.of(articles, most=most)
    return Index.kept(
        sources,
        published=finder.day,
        columns=finder.columns,
        allow_private=finder.allow_private,
        most=most,
        tell=tell,
        complain=unread,
    )


def _parted(sources: Sequence[str], asked: list[str]) -> tuple[list[str], list[str]]:
    """Sources and questions: `ask article.txt "Who won?"` is what people write, with the question on either side."""
    spoken = [one for one in sources if one.endswith("?") and " " in one and not Path(one).exists()]
    if len(spoken) == len(sources):
        raise UsageError("questions, and no source; name a file, a folder or a URL, or - for standard input")
    return [one for one in sources if one not in spoken], [*spoken, *asked]


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
