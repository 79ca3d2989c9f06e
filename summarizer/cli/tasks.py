"""`tasks` and `schema`: what can be asked, and in which form it comes back."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("tasks", help="The built-in tasks with their options and fingerprints.")(tasks)
    app.command("schema", help="The JSON schema of a task's result, or of what is sent to a model.")(schema)


def tasks() -> None:
    """Print a line for each task."""
    from summarizer.task import BUILT_IN, built_in

    for name in BUILT_IN:
        task = built_in(name)
        options = ", ".join(task.options) or "none"
        typer.echo(f"{name:10} prompt {task.prompt_fingerprint}  schema {task.schema_fingerprint}  options: {options}")


def schema(
    task: Annotated[str, typer.Argument(help="The name of a task.")],
    sent: Annotated[bool, typer.Option("--sent", help="The schema as it is sent to a model.")] = False,
) -> None:
    """Print a schema."""
    from summarizer.models.sent_schema import sent_schema
    from summarizer.schemas.values import result_type
    from summarizer.task import built_in

    wanted = built_in(task)
    found = sent_schema(wanted.schema) if sent else result_type(task).model_json_schema(mode="serialization")
    typer.echo(json.dumps(found, indent=2))
