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
TABLES = {Format.csv: ".csv", Format.xlsx: ".xlsx"}


def status_of(results: Sequence[Result[Any]], failures: Sequence[int] = ()) -> int:
    """The exit status of these results and of the sources that failed with the statuses `failures`."""
    return max([0, *failures, *(_status(result) for result in results)], key=SEVERITY.index)


def _status(result: Result[Any]) -> int:
    from summarizer.views.dossier import abstained

    if result.status == "failed":
        return MODEL_FAILED
    if result.status == "incomplete":
        return INCOMPLETE
    return NOT_ANSWERED if abstained(result) else 0


def check_output(output: Output) -> None:
    """Refuse now what could not be written after a model was paid.

    Raises:
        UsageError: a workbook needs a file, and openpyxl.

    """
    if output.form is Format.xlsx:
        from summarizer.views.tables import check_table

        if output.output is None:
            raise UsageError("-f xlsx is no text; name the file with -o FILE.xlsx")
        check_table(Path("out.xlsx"))


def show(results: Sequence[Result[Any]], articles: Mapping[str, Article], output: Output) -> None:
    """Print results in the form asked for; a file is written whole or not at all.

    Raises:
        InputError: the file cannot be written.

    """
    if output.output is None and output.form is Format.text:
        from rich.console import Console

        from summarizer.views.text import print_text

        print_text(results, articles, Console(), everything=output.everything)
    elif output.form in TABLES:
        _table(results, output)
    elif output.output is None:
        text = rendered(results, articles, output)
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    else:
        write_whole(output.output, rendered(results, articles, output))


def _table(results: Sequence[Result[Any]], output: Output) -> None:
    from summarizer.views.tables import csv_text, flat_rows, write_table

    rows = (row for result in results for row in flat_rows(result))
    if output.output is None:
        sys.stdout.write(csv_text(rows))
        sys.stdout.flush()
        return
    write_table(output.output, rows, TABLES[output.form])


def rendered(results: Sequence[Result[Any]], articles: Mapping[str, Article], output: Output) -> str:
    """The results as one text."""
    match output.form:
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
        case _:
            from summarizer.views.text import plain_text

            return plain_text(results, articles, everything=output.everything)


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file` by a temporary file and a rename.

    Raises:
        InputError: it cannot be written.

    """
    from summarizer.output import whole_file

    with whole_file(file) as part:
        part.write_text(text if text.endswith("\n") else text + "\n", "utf-8", "backslashreplace", "")


def complain(message: str) -> None:
    """One line on standard error about one source; the others go on."""
    typer.secho(f"summarizer: {printable(' '.join(message.split()))}", err=True, fg=typer.colors.RED)
