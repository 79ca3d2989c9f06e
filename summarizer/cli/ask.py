"""`ask`: questions on what the sources say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.errors import InputError, UsageError

Questions = Annotated[
    list[str] | None, typer.Option("-q", "--question", help="A question; may be given several times.")
]
QuestionFile = Annotated[Path | None, typer.Option("--questions", help="A file with a question a line.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("ask", help="Answers with their sentences, or that the article does not say (exit status 7).")(ask)


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
    policy: options.OnUngrounded = options.Policy.reask,
    timeout: options.Timeout = None,
    record: options.Record = None,
    replay: options.Replay = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> None:
    """Answer questions on each source."""
    from summarizer.cli.reading import read_each

    asked = _asked(question or [], questions)
    reader = options.Reader(model, base_url, policy, timeout, verbose, quiet, record, replay)
    read_each(
        sources,
        reader,
        lambda desk, article: desk.ask_all(article, asked),
        form=form,
        output=output,
        published=published.date() if published else None,
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
