"""`mcp`: the tasks as tools of an assistant."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli import options
from summarizer.cli.progress import LifeSign


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
