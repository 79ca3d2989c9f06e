"""The options that commands share, each declared once, in groups that a command asks for as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.settings import Level, Policy

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.client import Summarizer
    from summarizer.configuration import Configuration
    from summarizer.reading import Unreadable
    from summarizer.reading.document import Columns


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"
    html = "html"
    csv = "csv"
    xlsx = "xlsx"


class Finding(StrEnum):
    """How findings and comparisons are printed."""

    text = "text"
    json = "json"


def option(*names: str, help: str, **how: Any) -> Any:  # noqa: A002  typer's word
    """An option as typer has it, its help by name."""
    return typer.Option(*names, help=help, **how)


Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="A file, a folder, a URL, or - for standard input.", show_default=False),
]
TextField = Annotated[
    str | None, option("--text-field", help="The column or key of a table that holds the text.", show_default="found")
]
AllowPrivate = Annotated[bool, option("--allow-private", help="Let a URL lead to this machine or its own network.")]
OutputFile = Annotated[Path | None, option("-o", "--output", help="Write to this file instead of standard output.")]
ModelName = Annotated[
    str | None,
    option("-m", "--model", help="As provider/name; `extractive` for none, `auto` for what there is.",
           show_default="auto"),
]  # fmt: skip


@dataclass(frozen=True)
class Finder:
    """How sources are read: what the user knows of them."""

    published: Annotated[
        datetime | None,
        option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="When the article was published."),
    ] = None
    text_field: TextField = None
    title_field: Annotated[
        str | None, option("--title-field", help="The one that holds the title.", show_default="found")
    ] = None
    date_field: Annotated[
        str | None, option("--date-field", help="The one that holds the day of publication.", show_default="found")
    ] = None
    id_field: Annotated[
        str | None, option("--id-field", help="The one that tells the rows apart.", show_default="found")
    ] = None
    follow: Annotated[bool, option("--follow", help="Read the page behind each entry of a feed.")] = False
    allow_private: AllowPrivate = False

    def read(self, source: str) -> Iterator[Article | Unreadable]:
        """Everything at `source`; see `summarizer.read_all`."""
        from summarizer.reading import read_all

        given = {**vars(self), "published": self.day}
        return read_all(source, **{name: value for name, value in given.items() if value})

    @property
    def columns(self) -> Columns:
        """The columns of a table that were named."""
        from summarizer.reading.document import Columns

        named = {"text": self.text_field, "title": self.title_field, "date": self.date_field, "id": self.id_field}
        return Columns(**{name: field for name, field in named.items() if field})

    @property
    def day(self) -> date | None:
        """The day of publication, where it was given."""
        return self.published.date() if self.published else None


@dataclass(frozen=True)
class Checking:
    """How claims are checked, and what the model is asked with."""

    base_url: Annotated[str | None, option("--base-url", help="Address of an OpenAI-compatible server.")] = None
    policy: Annotated[
        Policy | None,
        option("--on-ungrounded", help="What happens to a claim that does not hold.", show_default="reask"),
    ] = None
    level: Annotated[
        Level | None,
        option("--level", help="How sure the check is; `strict` takes a sentence's words.", show_default="balanced"),
    ] = None
    verify: Annotated[
        str | None,
        option("--verify", metavar="MODEL", help="A model to ask about claims of which the reader is not sure."),
    ] = None
    timeout: Annotated[
        float | None, option("--timeout", min=0.1, help="Seconds one product may take.", show_default="60")
    ] = None
    prompts: Annotated[
        Path | None, option("--prompts", metavar="DIR", help="A folder of prompts in front of the shipped ones.")
    ] = None
    reader: Annotated[Path | None, option("--reader", metavar="DIR", help="A folder with another reader.")] = None
    verbose: Annotated[bool, option("-v", "--verbose", help="Tell more on standard error.")] = False
    quiet: Annotated[bool, option("--quiet", help="Print nothing but the result and errors.")] = False

    @property
    def wishes(self) -> dict[str, Any]:
        """What a client takes of it. The command line may fetch the embedded model's weights."""
        names = ("base_url", "policy", "level", "verify", "timeout", "prompts", "reader")
        return {name: getattr(self, name) for name in names} | {"allow_download": True}


@dataclass(frozen=True)
class Model(Checking):
    """Who reads and how claims are checked: what every command that reads needs."""

    model: ModelName = None

    @property
    def wishes(self) -> dict[str, Any]:
        """What a client takes of it."""
        return {"model": self.model, **super().wishes}

    def configuration(self) -> Configuration:
        """The same, checked, for what takes a configuration."""
        from summarizer.configuration import Configuration

        return Configuration.of(self.wishes)

    def listen(self) -> None:
        """Show what the library logs, where the user wants to be told more."""
        if self.verbose:
            import logging

            logging.basicConfig(format="%(name)s: %(message)s")
            logging.getLogger("summarizer").setLevel(logging.INFO)

    def open(self, tell: Callable[[str], None], tape: Tape | None = None) -> Summarizer:
        """The client these options describe."""
        from summarizer.client import Summarizer

        self.listen()
        taped = {"record": tape.record, "replay": tape.replay} if tape else {}
        return Summarizer(progress=tell, **taped, **self.wishes)


@dataclass(frozen=True)
class Tape:
    """A recording to make or to play."""

    record: Annotated[
        Path | None, option("--record", help="Save each request to the model and its answer, without keys, in a file.")
    ] = None
    replay: Annotated[
        Path | None, option("--replay", help="Take the answers from such a file: no key and no network.")
    ] = None


@dataclass(frozen=True)
class Output:
    """Where results go and in which form."""

    form: Annotated[Format, option("-f", "--format", help="How results are printed.")] = Format.text
    output: OutputFile = None
    everything: Annotated[bool, option("--all", help="Show what the text leaves out as minor, too.")] = False
