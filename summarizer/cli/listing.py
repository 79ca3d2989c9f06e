"""What there is and what holds: `tasks`, `schema` and `config`."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from summarizer.engines.prompts import Prompts
from summarizer.tasks import registry


def tasks() -> None:
    """The tasks there are, with their options and fingerprints."""
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
    """The JSON schema of a task's result, or of what is sent to a model."""
    from summarizer.models.sent_schema import sent_schema
    from summarizer.schemas.result import Result

    wanted: Any = registry.get(task)
    result: Any = Result.__class_getitem__(wanted.value)
    found = sent_schema(wanted.draft) if sent else result.model_json_schema(mode="serialization")
    typer.echo(json.dumps(found, indent=2))


def config() -> None:
    """The settings that hold, and where each comes from."""
    from summarizer.settings import PREFIX, explained, files
    from summarizer.views.legible import legible

    settings, set_by = explained()
    for name, info in type(settings).model_fields.items():
        value = getattr(settings, name)
        typer.echo(f"{name:12} {legible('none' if value is None else str(value))}")
        typer.secho(f"{'':12} {set_by.get(name, 'default')}: {info.description}", dim=True)
    for path in files():
        typer.echo(f"{path}{'' if path.is_file() else ' (not there)'}")
    typer.secho(f"the environment's {PREFIX}NAME goes before a profile, that before the project's file", dim=True)
