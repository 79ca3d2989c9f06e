"""Results on their way to standard output or a file, and the exit status they come to."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from summarizer.article import Article
from summarizer.cli.options import Format
from summarizer.schemas.answer import Answer
from summarizer.schemas.result import Result
from summarizer.whole_file import whole_file

INCOMPLETE, MODEL_FAILED, NOT_ANSWERED = 4, 5, 7
# From harmless to severe: with several sources the most severe outcome is the exit status.
SEVERITY = (0, NOT_ANSWERED, INCOMPLETE, 6, MODEL_FAILED, 3, 2, 1)


def status_of(results: Sequence[Result[Any]], failures: Sequence[int] = ()) -> int:
    """The exit status of these results and of the sources that failed with the statuses `failures`."""
    return max([0, *failures, *(_status(result) for result in results)], key=SEVERITY.index)


def _status(result: Result[Any]) -> int:
    if result.status == "failed":
        return MODEL_FAILED
    if result.status == "incomplete":
        return INCOMPLETE
    return NOT_ANSWERED if isinstance(result.value, Answer) and not result.value.found else 0


def show(results: Sequence[Result[Any]], articles: Mapping[str, Article], form: Format, file: Path | None) -> None:
    """Print results in the form asked for; a file is written whole or not at all.

    Raises:
        InputError: the file cannot be written.

    """
    if file is None and form is Format.text:
        from rich.console import Console

        from summarizer.views.text import print_text

        print_text(results, articles, Console())
        return
    text = rendered(results, articles, form)
    if file is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    else:
        write_whole(file, text)


def rendered(results: Sequence[Result[Any]], articles: Mapping[str, Article], form: Format) -> str:
    """The results as one text."""
    match form:
        case Format.json:
            from summarizer.views.jsonlines import render_json

            return render_json(results)
        case Format.jsonl:
            from summarizer.views.jsonlines import render_jsonl

            return render_jsonl(results)
        case Format.markdown:
            from summarizer.views.markdown import render_markdown

            return render_markdown(results, articles)
        case Format.html:
            from summarizer.views.html import render_html

            return render_html(results, articles)
        case Format.text:
            from io import StringIO

            from rich.console import Console

            from summarizer.views.text import print_text

            page = StringIO()
            print_text(results, articles, Console(file=page, width=100))
            return page.getvalue()


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file` by a temporary file and a rename.

    Raises:
        InputError: it cannot be written.

    """
    with whole_file(file) as part:
        part.write_text(text if text.endswith("\n") else text + "\n", "utf-8", "backslashreplace", "")


def complain(message: str) -> None:
    """One line on standard error about one source; the others go on."""
    typer.secho(f"summarizer: {' '.join(message.split())}", err=True, fg=typer.colors.RED)
