"""A command for every task of the registry; `run` for a pair of files; `tasks` and `schema` tell what there is."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from summarizer.cli import options
from summarizer.cli.fields import options_of, plain, spread, values_of
from summarizer.cli.progress import LifeSign
from summarizer.cli.reading import arriving, is_shown_live, read_each
from summarizer.engines.prompts import Prompts
from summarizer.errors import UsageError
from summarizer.tasks import registry

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.client import Summarizer
    from summarizer.schemas.result import Result
    from summarizer.tasks.base import Task


class Listed(TyperCommand):
    """A task's command in the list of help: its task is not loaded."""


class Commands(TyperGroup):
    """The program's own commands, and one for each task and bundle, which is made when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Bundles, tasks, then all others."""
        listed = (*(one.command for one in registry.BUNDLES), *(one.command for one in registry.entries()))
        return list(dict.fromkeys((*listed, *self.commands)))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command itself, of a task only its name and help."""
        return self.commands.get(cmd_name) or _listed(cmd_name, Prompts.of())

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command to run with all its options; `--prompts` is looked for, it may bring tasks of its own."""
        folder = next((args[at + 1] for at, one in enumerate(args[:-1]) if one == "--prompts"), None)
        prompts = Prompts.of(folder)
        if args and args[0] not in self.commands and (listed := _listed(args[0], prompts)):
            return args[0], loaded(args[0], listed.help or "", prompts), args[1:]
        return super().resolve_command(ctx, args)


def _listed(name: str, prompts: Prompts) -> Listed | None:
    helps = {one.command: one.help for one in registry.entries(prompts)}
    helps |= {one.command: one.help for one in registry.BUNDLES}
    return Listed(name, help=helps[name], callback=None) if name in helps else None


def loaded(name: str, text: str, prompts: Prompts) -> Any:
    """The command of a task or a bundle, whole."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, help=text)(_command(name, registry.tasks_of(name, prompts)))
    return typer.main.get_command(app)


def _command(name: str, tasks: Sequence[Task[Any, Any, Any]]) -> Callable[..., None]:
    models = [task.options for task in tasks]

    def read(
        sources: options.Sources,
        *,
        wanted: dict[str, Any],
        output: options.Output,
        finder: options.Finder,
        model: options.Model,
        tape: options.Tape,
    ) -> None:
        with LifeSign(quiet=model.quiet) as sign:
            chosen = values_of(wanted, models)
            model.configuration().asks(name, chosen)
            live = len(tasks) == 1 and is_shown_live(output, model)

            def ask(client: Summarizer, article: Article) -> Sequence[Result[Any]]:
                if live:
                    from rich.console import Console

                    sign.stop()
                    return [arriving(client, article, name, chosen, Console())]
                found = client.read(name, article, **chosen)
                return found if registry.bundle(name) else [found]

            read_each(sources, ask, model=model, tape=tape, finder=finder, output=output, sign=sign)

    return spread(read, options_of(models, TAKEN))


TAKEN = frozenset(
    "sources form output everything published text_field title_field date_field id_field follow allow_private model "
    "base_url policy level verify timeout prompts reader verbose quiet record replay date all format".split()
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("run", help="A task of your own: your prompt and your pydantic model, checked like the built-in ones.")(
        spread(run)
    )
    app.command("tasks", help="The tasks there are, with their options and fingerprints.")(tasks)
    app.command("schema", help="The JSON schema of a task's result, or of what is sent to a model.")(schema)


def run(
    prompt: Annotated[
        Path, typer.Argument(metavar="PROMPT.md", help="The prompt: front matter and a template.", show_default=False)
    ],
    sources: options.Sources,
    *,
    schema: Annotated[
        str | None,
        typer.Option(metavar="MODULE_OR_FILE:MODEL", help="The pydantic model to fill in, over the prompt's own."),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="An option of the prompt; may be given several times."),
    ] = None,
    output: options.Output,
    finder: options.Finder,
    model: options.Model,
    tape: options.Tape,
) -> None:
    """Fill in the form from each source. Faults of the prompt, the schema or an option come before any request."""
    with LifeSign(quiet=model.quiet) as sign:
        from summarizer.models.sent_schema import sent_schema
        from summarizer.tasks.form import load_task

        task = load_task(prompt, schema)
        wanted = dict(_named(one) for one in given or [])
        task.prompt(Prompts.of(model.prompts)).render(task.ask(**wanted).options.values())
        sent_schema(task.draft)

        def ask(client: Summarizer, article: Article) -> Sequence[Result[Any]]:
            return [client.run(task, article, **wanted)]

        read_each(sources, ask, model=model, tape=tape, finder=finder, output=output, sign=sign)


def _named(given: str) -> tuple[str, Any]:
    name, mark, value = given.partition("=")
    if not mark or not name.strip():
        raise UsageError(f"--set {given!r}: write NAME=VALUE")
    return name.strip(), plain(value)


def tasks() -> None:
    """Print a line for each task."""
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
    """Print a schema."""
    from summarizer.models.sent_schema import sent_schema
    from summarizer.schemas.result import Result

    wanted: Any = registry.get(task)
    result: Any = Result.__class_getitem__(wanted.value)
    found = sent_schema(wanted.draft) if sent else result.model_json_schema(mode="serialization")
    typer.echo(json.dumps(found, indent=2))
