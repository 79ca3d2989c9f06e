"""`config`: which settings hold, and where each comes from."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("config", help="The settings that hold, and where each comes from.")(config)


def config() -> None:
    """Print a line for each setting, and where files are looked for."""
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
