"""`check`: an auditor's command; it verifies a results file again from the texts of the articles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options

if TYPE_CHECKING:
    from summarizer.audit import Audit

DOES_NOT_HOLD = 4

Results = Annotated[
    Path, typer.Argument(metavar="RESULTS.jsonl", help="Results, as -f jsonl, -f json or batch write them.")
]
Articles = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        metavar="DIR_OR_FILE",
        help="Where the articles are.",
        show_default="the sources the results name",
    ),
]


Tasks = Annotated[
    list[Path] | None,
    typer.Option("--task", metavar="PROMPT.md", help="A task of your own: its schema tells what is a statement."),
]


class Form(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "check", help="Verify a results file again from its articles (exit status 4: something does not hold)."
    )(check)


def check(
    results: Results,
    *,
    articles: Articles = None,
    task: Tasks = None,
    text_field: options.TextField = None,
    allow_private: options.AllowPrivate = False,
    form: Annotated[Form, typer.Option("-f", "--format", help="How findings are printed.")] = Form.text,
) -> None:
    """A line for each thing that does not hold, and a closing summary."""
    from summarizer.audit import find_articles, read_stored, refs_in, verify
    from summarizer.task import load_task

    stored = read_stored(results)
    finder = options.Finder(text_field=text_field, allow_private=allow_private)
    found = find_articles(refs_in(stored), articles, finder.read)
    audit = verify(stored, found, {one.name: one for one in map(load_task, task or [])})
    typer.echo(_json(audit) if form is Form.json else _text(audit, results))
    raise typer.Exit(0 if audit.holds else DOES_NOT_HOLD)


def _text(audit: Audit, file: Path) -> str:
    from summarizer.views.legible import legible

    lines = []
    for finding in audit.findings:
        about = " ".join(part for part in (finding.source, finding.task, finding.where) if part)
        lines.append(legible(f"{file}:{finding.line}: {finding.code}: {about}: {finding.message}"))
    return "\n".join([*lines, _closing(audit)])


def _closing(audit: Audit) -> str:
    from summarizer.views.wording import count

    what = f"{count(audit.results, 'result')} on {count(audit.articles, 'article')}"
    parts = [f"{count(audit.places, 'place')} in the texts and {count(audit.claims, 'claim')} verified"]
    parts += (
        [f"{count(audit.unchecked, 'claim')} marked unchecked by the results themselves"] if audit.unchecked else []
    )
    parts += [f"{count(audit.second_opinions, 'claim')} by a second model's word"] if audit.second_opinions else []
    parts += [f"{count(audit.unverified, 'result')} not verified"] if audit.unverified else []
    if audit.other_version:
        parts.append(
            f"{count(audit.other_version, 'result')} made by another version, which may read names differently"
        )
    outcome = "everything holds" if audit.holds else f"{count(len(audit.findings), 'finding')}"
    return f"{what}: {', '.join(parts)}; {outcome}"


def _json(audit: Audit) -> str:
    from dataclasses import asdict

    from summarizer.json_text import json_text

    return json_text({"holds": audit.holds, **asdict(audit)}, indent=2)
