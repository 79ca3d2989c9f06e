"""The command line: it parses, calls the library, prints. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from summarizer.cli import ask, batch, config, digest, models, results, tasks
from summarizer.cli import eval as evaluation
from summarizer.errors import SummarizerError

app = typer.Typer(
    name="summarizer",
    cls=tasks.Commands,
    help="Typed summaries, entities, timelines and answers from an article, every claim checked against its sentences.",
    no_args_is_help=True,
    rich_markup_mode=None,  # boxes around the help would take longer to load than all the rest
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

INTERRUPTED = 130


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="A profile of summarizer.toml.")] = None,
) -> None:
    """Options of the program itself."""
    if profile:
        os.environ["SUMMARIZER_PROFILE"] = profile  # the environment reaches other processes, too
    if version:
        from summarizer.pipeline import library_version

        typer.echo(f"summarizer {library_version()}")
        raise typer.Exit


for command in (tasks, ask, digest, batch, results, evaluation, models, config):
    command.register(app)


def main() -> None:
    """Run the program; every failure a person can mend is one line on standard error and an exit status."""
    try:
        app()
    except SummarizerError as error:
        _leave(str(error), error.exit_status)
    except KeyboardInterrupt:
        _leave("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away; say nothing, and keep the interpreter from saying it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _leave(message: str, status: int) -> None:
    typer.secho(f"summarizer: {' '.join(message.split())}", err=True, fg=typer.colors.RED)
    sys.exit(status)
