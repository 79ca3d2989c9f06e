"""`models`: which there are, and fetching the embedded one."""

from __future__ import annotations

import os
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    models = typer.Typer(
        help="The models there are, and fetching the embedded one.", no_args_is_help=False, rich_markup_mode=None
    )
    models.callback(invoke_without_command=True)(default)
    models.command("list", help="The models and providers, and whether each can be used now.")(show)
    models.command("pull", help="Fetch the weights of an embedded model.")(pull)
    app.add_typer(models, name="models")


def default(context: typer.Context) -> None:
    """List, where no command is named."""
    if context.invoked_subcommand is None:
        show()


def show() -> None:
    """Print a line for each model or provider."""
    from summarizer.models.catalog import choose
    from summarizer.models.local import runtime_installed
    from summarizer.models.providers import PROVIDERS
    from summarizer.models.weights import PULLABLE, present

    for weights in PULLABLE.values():
        state = "ready" if present(weights) else f"weights not fetched; `summarizer models pull {weights.name}`"
        state = (
            state if runtime_installed() else "llama.cpp is not installed; `pip install 'grounded-summarizer[local]'`"
        )
        typer.echo(f"{'local/' + weights.name:24} {state}")
    typer.echo(f"{'local/PATH.gguf':24} any model llama.cpp can load")
    typer.echo(f"{'extractive':24} ready; no model, code alone")
    typer.echo(f"{'fake':24} ready; for tests")
    for provider in PROVIDERS.values():
        state = "needs no key"
        if provider.key_variable:
            state = f"{provider.key_variable} {'is set' if os.environ.get(provider.key_variable) else 'is not set'}"
        typer.echo(f"{provider.name + '/NAME':24} {state}")
    typer.echo(f"auto is {choose(None).name}")


def pull(name: Annotated[str, typer.Argument(help="The model's name, such as smollm2-135m.")]) -> None:
    """Fetch weights, check them, and say where they are."""
    from summarizer.errors import UnknownModel
    from summarizer.models.weights import PULLABLE, fetch

    weights = PULLABLE.get(name.removeprefix("local/"))
    if weights is None:
        raise UnknownModel(name, f"those that can be pulled are {', '.join(PULLABLE)}")
    typer.echo(str(fetch(weights, lambda line: typer.secho(line, err=True, dim=True))))
