"""`models`: which there are, what each costs and where the text goes, and fetching the embedded one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Annotated

import typer

from summarizer.cli.progress import LifeSign

Row = tuple[str, str, str, str]
HERE, FREE = "the text stays here", "free"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    models = typer.Typer(help="The models there are, and fetching the embedded one.", rich_markup_mode=None)
    models.callback(invoke_without_command=True)(default)
    models.command("list", help="The models, whether each can be used now, its cost, and where the text goes.")(show)
    models.command("pull", help="Fetch the weights of an embedded model.")(pull)
    app.add_typer(models, name="models")


def default(context: typer.Context) -> None:
    """List, where no command is named."""
    if context.invoked_subcommand is None:
        show()


def show() -> None:
    """Print a line for each model or provider, and what `auto` comes to."""
    from summarizer.models.catalog import choose

    for name, *told in (*_of_this_machine(), *_of_providers()):
        typer.echo(f"{name:24} {'; '.join(filter(None, told))}")
    choice = choose(None)
    typer.echo(f"auto is {choice.name}" + (f" ({choice.why})" if choice.why else ""))


def _of_this_machine() -> Iterator[Row]:
    from summarizer.models.assistants import ASSISTANTS, installed
    from summarizer.models.catalog import served_here
    from summarizer.models.local import runtime_installed
    from summarizer.models.local.weights import PULLABLE, present

    yield "extractive", "ready, no model, code alone", FREE, HERE
    yield "fake", "ready, for tests", FREE, HERE
    for weights in PULLABLE.values():
        state = "ready" if present(weights) else f"weights not fetched, `summarizer models pull {weights.name}`"
        if not runtime_installed():
            state = "llama.cpp is not installed, `pip install 'grounded-summarizer[local]'`"
        yield f"local/{weights.name}", state, FREE, HERE
    yield "local/PATH.gguf", "any model llama.cpp can load", FREE, HERE
    yield from ((choice.name, "ready", FREE, choice.why) for choice in served_here())
    for name in ASSISTANTS:
        state = "installed" if name in installed() else "not installed"
        yield f"cli/{name}", state, "by your subscription", "the text goes where the program sends it"


def _of_providers() -> Iterator[Row]:
    from summarizer.errors import Spent
    from summarizer.models.catalog import address_of
    from summarizer.models.masking import masked_address
    from summarizer.models.prices import cost
    from summarizer.models.providers import PROVIDERS

    million = 1_000_000
    for provider in PROVIDERS.values():
        key, model, address = provider.key_variable, provider.default_model, address_of(provider)
        state = f"{key} {'is set' if os.environ.get(key) else 'is not set'}" if key else "needs no key"
        name, price = f"{provider.name}/{model}", ""
        if model:
            sent, received = cost(name, Spent(1, million)), cost(name, Spent(1, 0, 0, million))
            known = sent is not None and received is not None
            told = f"${sent:g} in, ${received:g} out a million tokens" if known else "price unknown"
            price = f"{model} costs {told}"
        where = f"the text goes to {masked_address(address)}" if address else f"set {provider.base_url_variable}"
        yield f"{provider.name}/NAME", state, price, where


def pull(name: Annotated[str, typer.Argument(help="The model's name, such as smollm2-135m.")]) -> None:
    """Fetch weights, check them, and say where they are."""
    from summarizer.errors import UnknownModel
    from summarizer.models.local.weights import PULLABLE, fetch

    weights = PULLABLE.get(name.removeprefix("local/"))
    if weights is None:
        raise UnknownModel(name, f"those that can be pulled are {', '.join(PULLABLE)}")
    with LifeSign(quiet=False, word="fetching…") as sign:
        path = fetch(weights, sign, sign.meter)
    typer.echo(str(path))
