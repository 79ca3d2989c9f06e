"""Results on their way to standard output or a file, and the exit status they come to."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from summarizer.cli.options import Format, Output
from summarizer.errors import UsageError, printable

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.schemas.result import Result

INCOMPLETE, MODEL_FAILED, NOT_ANSWERED = 4, 5, 7
# From harmless to severe: with several sources the most severe outcome is the exit status.
SEVERITY = (0, NOT_ANSWERED, INCOMPLETE, 6, MODEL_FAILED, 3, 2, 1)


def worst(statuses: Sequence[int]) -> int:
    """The most severe of these exit statuses."""
    return max([0, *statuses], key=SEVERITY.index)


def status_of(results: Sequence[Result[Any]], failures: Sequence[int] = ()) -> int:
    """The exit status of these results and of the sources that failed with the statuses `failures`."""
    from summarizer.views.dossier import abstained

    by_status = {"failed": MODEL_FAILED, "incomplete": INCOMPLETE}
    found = [by_status.get(one.status) or (NOT_ANSWERED if abstained(one) else 0) for one in results]
    return worst([*failures, *found])


def check_output(output: Output) -> None:
    """Refuse now what could not be written after a model was paid."""
    if output.form is Format.xlsx:
        from summarizer.views.tables import check_table

        if output.output is None:
            raise UsageError("-f xlsx is no text; name the file with -o FILE.xlsx")
        check_table(Path("out.xlsx"))


def show(results: Sequence[Result[Any]], articles: Mapping[str, Article], output: Output) -> None:
    """Print results in the form asked for, or write them to a file."""
    if output.form is Format.text and output.output is None:
        from rich.console import Console

        from summarizer.views.text import print_text

        print_text(results, articles, Console(), everything=output.everything)
    elif output.form is Format.xlsx and output.output:
        from summarizer.views.tables import flat_rows, write_table

        write_table(output.output, (row for result in results for row in flat_rows(result)), ".xlsx")
    else:
        write(_rendered(results, articles, output), output.output)


def _rendered(results: Sequence[Result[Any]], articles: Mapping[str, Article], output: Output) -> str:
    match output.form:
        case Format.json | Format.jsonl:
            from summarizer.output import render_json, render_jsonl

            return render_json(results) if output.form is Format.json else render_jsonl(results)
        case Format.markdown:
            from summarizer.views.markdown import render_markdown

            return render_markdown(results, articles)
        case Format.html:
            from summarizer.views.html import render_html

            return render_html(results, articles)
        case Format.csv:
            from summarizer.views.tables import csv_text, flat_rows

            return csv_text(row for result in results for row in flat_rows(result))
        case _:
            from summarizer.views.text import plain_text

            return plain_text(results, articles, everything=output.everything)


def write(text: str, file: Path | None = None) -> None:
    """Text to standard output, or to a file that is written whole or not at all; its last line is ended."""
    text = text if text.endswith("\n") else text + "\n"
    if file is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from summarizer.output import whole_file

    with whole_file(file) as part:
        part.write_text(text, "utf-8", "backslashreplace", "")


def complain(message: str) -> None:
    """One line on standard error about what went wrong."""
    typer.secho(f"summarizer: {printable(' '.join(message.split()))}", err=True, fg=typer.colors.RED)
