"""What there is and what holds: `tasks`, `schema`, `config` and `models`, which also fetches the embedded one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from summarizer.cli.progress import LifeSign
from summarizer.engines.prompts import Prompts
from summarizer.tasks import registry

Row = tuple[str, str, str, str]
HERE, FREE = "the text stays here", "free"


def tasks() -> None:
    """The tasks there are, with options and fingerprints."""
    prompts = Prompts.of()
    for entry in registry.entries(prompts):
        task = entry.load()
        wanted = ", ".join(task.options.model_fields) or "none"
        fingerprints = f"prompt {task.prompt(prompts).fingerprint}  schema {task.schema_fingerprint}"
        typer.echo(f"{entry.name:10} {entry.help}\n{'':10} `summarizer {entry.command}`  {fingerprints}")
        typer.echo(f"{'':10} options: {wanted}")


def schema(
    task: Annotated[str, typer.Argument(help="The name of a task.")],
    sent: Annotated[bool, typer.Option("--sent", help="The schema as it is sent to a model.")] = False,
) -> None:
    """The JSON schema of a task's result. With --sent, of what a model fills in."""
    from summarizer.models.sent_schema import sent_schema
    from summarizer.schemas.result import Result

    wanted: Any = registry.get(task)
    result: Any = Result.__class_getitem__(wanted.value)
    found = sent_schema(wanted.draft) if sent else result.model_json_schema(mode="serialization")
    typer.echo(json.dumps(found, indent=2))


def config() -> None:
    """The settings that hold, and where each comes from."""
    from summarizer.settings import PREFIX, explained, files
    from summarizer.views.wording import legible

    settings, set_by = explained()
    for name, info in type(settings).model_fields.items():
        value = getattr(settings, name)
        typer.echo(f"{name:12} {legible('none' if value is None else str(value))}")
        typer.secho(f"{'':12} {set_by.get(name, 'default')}: {info.description}", dim=True)
    for path in files():
        typer.echo(f"{path}{'' if path.is_file() else ' (not there)'}")
    typer.secho(f"the environment's {PREFIX}NAME goes before a profile, that before the project's file", dim=True)


def register_models(app: typer.Typer) -> None:
    """Add the commands to the program."""
    models = typer.Typer(help="The models there are, and fetching the embedded one.", rich_markup_mode=None)
    models.callback(invoke_without_command=True)(default)
    models.command("list", help="Each model: is it ready, its cost, where the text goes.")(show)
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
    from summarizer.models.providers import PROVIDERS, cost

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
