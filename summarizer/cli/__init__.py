"""The command line: it parses, calls the library, prints. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from summarizer.__main__ import INTERRUPTED
from summarizer.cli import ask, batch, evaluation, listing, reading, tasks
from summarizer.cli.fields import spread
from summarizer.cli.output import complain
from summarizer.errors import InputError, SummarizerError

app = typer.Typer(
    name="summarizer",
    cls=tasks.Commands,
    help="Typed summaries, entities, timelines and answers from an article, every claim checked against its sentences.",
    no_args_is_help=True,
    rich_markup_mode=None,  # boxes around the help would take longer to load than all the rest
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


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


for command in (tasks.run, listing.tasks, listing.schema, ask.ask, reading.digest, batch.batch, evaluation.check,
                evaluation.report, evaluation.evaluate, tasks.mcp, listing.config):  # fmt: skip
    app.command({"evaluate": "eval"}.get(command.__name__))(spread(command))
listing.register_models(app)


def main() -> None:
    """Run the program; every failure a person can mend is one line on standard error and an exit status."""
    if sys.stdout is None:  # `>&-`: the next file that is opened would take its place, and its number
        complain("standard output is closed; send it to a file or to /dev/null")
        sys.exit(InputError.exit_status)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # here, not at exit, where nobody could tell of it
    except SummarizerError as error:
        complain(str(error))
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second one has nothing to break into
        complain("interrupted")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away; say nothing.
        _forget_output()
        sys.exit(0)
    except OSError as error:
        if error.filename is not None:  # a stream has none
            raise
        _forget_output()
        complain(f"the output cannot be written ({(error.strerror or str(error)).lower()})")
        sys.exit(InputError.exit_status)


def _forget_output() -> None:
    """Keep the interpreter from writing what is left, and from failing again, at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
