"""A command for every task of the registry, made when it is called, `run` for a user's own, `mcp` for an assistant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from summarizer.cli import options
from summarizer.cli.fields import plain, spread
from summarizer.cli.progress import LifeSign
from summarizer.cli.reading import arriving, is_shown_live, read_each
from summarizer.engines.prompts import Prompts
from summarizer.errors import UsageError
from summarizer.tasks import registry

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.client import Summarizer
    from summarizer.schemas.result import Result


class Commands(TyperGroup):
    """The program's own commands, and one for each task and bundle."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Bundles, tasks, then all others."""
        return list(dict.fromkeys((*_helps(Prompts.of()), *self.commands)))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command itself; of a task, which is not loaded for a list, only its name and help."""
        helps = _helps(Prompts.of())
        listed = TyperCommand(cmd_name, help=helps[cmd_name], callback=None) if cmd_name in helps else None
        return self.commands.get(cmd_name) or listed

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command to run with all its options; `--prompts` is looked for, it may bring tasks of its own."""
        folder = next((args[at + 1] for at, one in enumerate(args[:-1]) if one == "--prompts"), None)
        prompts = Prompts.of(folder)
        helps = _helps(prompts)
        if args and args[0] not in self.commands and args[0] in helps:
            return args[0], _command(args[0], helps[args[0]], prompts), args[1:]
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = registry.nearest(args[0], [*helps, *self.commands])
            known = "" if near else f"; there are {', '.join(self.list_commands(ctx))}"
            raise UsageError(f"there is no command {args[0]!r}{near}{known}")
        return super().resolve_command(ctx, args)


def _helps(prompts: Prompts) -> dict[str, str]:
    return {one.command: one.help for one in registry.BUNDLES} | {
        one.command: one.help for one in registry.entries(prompts)
    }


def _command(name: str, text: str, prompts: Prompts) -> Any:
    models = [task.options for task in registry.tasks_of(name, prompts)]

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
            model.configuration().asks(name, wanted)

            def ask(client: Summarizer, article: Article) -> Sequence[Result[Any]]:
                if len(models) == 1 and is_shown_live(output, model):
                    from rich.console import Console

                    sign.stop()
                    return [arriving(client.stream(article, name, **wanted), Console())]
                found = client.read(name, article, **wanted)
                return found if registry.bundle(name) else [found]

            read_each(sources, ask, model=model, tape=tape, finder=finder, output=output, sign=sign)

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, help=text)(spread(read, models))
    return typer.main.get_command(app)


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
    """A task of your own, by a prompt and a pydantic model. It is checked like the built-in ones."""
    with LifeSign(quiet=model.quiet) as sign:
        from summarizer.models.sent_schema import sent_schema

        # Faults of the prompt, the schema or an option come before any request.
        task = registry.load_task(prompt, schema)
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


def mcp(
    *,
    allow: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR",
            help="A folder whose files may be read; may be given several times.",
            show_default="the current folder",
        ),
    ] = None,
    allow_urls: Annotated[bool, typer.Option("--allow-urls", help="Let web addresses be fetched, too.")] = False,
    model: options.Model,
) -> None:
    """The tasks and the check as tools of an assistant. By the Model Context Protocol on standard input and output;
    only files in the allowed folders are read."""
    from summarizer.mcp.allowed import Allowed
    from summarizer.mcp.server import run

    model.listen()
    allowed = Allowed.of(allow or [], urls=allow_urls)
    tell = LifeSign(quiet=model.quiet)
    if sys.stdin.isatty():
        tell("an assistant starts this program and talks to it; Ctrl-D ends it")
    run(model.wishes, allowed, tell)
