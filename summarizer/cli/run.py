"""`run`: a task of the user's own, a prompt file and a schema."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli import options
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.task import Options

PromptFile = Annotated[
    Path, typer.Argument(metavar="PROMPT.md", help="The prompt: front matter and a template.", show_default=False)
]
Schema = Annotated[
    str | None,
    typer.Option(
        "--schema", metavar="MODULE_OR_FILE:MODEL", help="The pydantic model to fill in, over the prompt's own."
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="An option of the prompt; may be given several times."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("run", help="A task of your own: your prompt and your pydantic model, checked like the built-in ones.")(
        run
    )


def run(
    prompt: PromptFile,
    sources: options.Sources,
    *,
    schema: Schema = None,
    given: Set = None,
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
    """Fill in the form from each source. Faults of the prompt, the schema or an option come before any request."""
    from summarizer.cli.reading import read_each
    from summarizer.models.sent_schema import sent_schema
    from summarizer.task import load_task

    task = load_task(prompt, schema)
    wanted = _options(given or [])
    sent_schema(task.schema)
    task.render(wanted)
    reader = options.Reader(model, base_url, policy, timeout, verbose, quiet, record, replay, level, verify)
    read_each(
        sources,
        reader,
        lambda desk, article: [desk.run(task, article, wanted)],
        form=form,
        output=output,
        finder=options.Finder(published, text_field, title_field, date_field, allow_private),
    )


def _options(given: Sequence[str]) -> Options:
    """Options as the front matter would read them: `3` is a number, `true` a truth value."""
    import yaml

    wanted: dict[str, Any] = {}
    for one in given:
        name, mark, value = one.partition("=")
        if not mark or not name.strip():
            raise UsageError(f"--set {one!r}: write NAME=VALUE")
        try:
            read = yaml.safe_load(value)
        except yaml.YAMLError:
            read = value
        wanted[name.strip()] = read if isinstance(read, (str, int, float, bool, type(None))) else value
    return wanted
