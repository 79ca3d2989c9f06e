"""The options that commands share, each defined once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from summarizer.article import Article
    from summarizer.desk import Summarizer
    from summarizer.reading import Unreadable


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"
    html = "html"


class Policy(StrEnum):
    """What happens to a claim that does not hold."""

    reask = "reask"
    drop = "drop"
    flag = "flag"
    fail = "fail"


class Strictness(StrEnum):
    """How strictly claims are checked."""

    strict = "strict"
    lenient = "lenient"


Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE...", help="A file, a folder, a URL, or - for standard input.", show_default=False),
]
ModelName = Annotated[
    str | None,
    typer.Option(
        "-m",
        "--model",
        help="The model, as provider/name; `extractive` for none, `auto` for what is there.",
        show_default="auto",
    ),
]
BaseUrl = Annotated[str | None, typer.Option("--base-url", help="Address of an OpenAI-compatible server.")]
OutputFormat = Annotated[Format, typer.Option("-f", "--format", help="How results are printed.")]
OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
]
Published = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="When the article was published."),
]
TextField = Annotated[
    str | None,
    typer.Option("--text-field", help="The column or key of a table that holds the text.", show_default="found"),
]
TitleField = Annotated[
    str | None, typer.Option("--title-field", help="The one that holds the title.", show_default="found")
]
DateField = Annotated[
    str | None, typer.Option("--date-field", help="The one that holds the day of publication.", show_default="found")
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let a URL lead to this machine or its own network.")
]
OnUngrounded = Annotated[Policy, typer.Option("--on-ungrounded", help="What happens to a claim that does not hold.")]
Level = Annotated[
    Strictness | None,
    typer.Option(
        "--level",
        help="How strictly claims are checked: `strict`, words in their order; `lenient`, the same facts.",
        show_default="what suits the model",
    ),
]
Verify = Annotated[
    str | None,
    typer.Option(
        "--verify",
        metavar="MODEL",
        help="A model that is asked about claims whose facts hold but whose words are far from their sentences.",
        show_default="none",
    ),
]
Timeout = Annotated[
    float | None, typer.Option("--timeout", min=0.1, help="Seconds one product may take.", show_default="60")
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Tell more on standard error.")]
Record = Annotated[
    Path | None,
    typer.Option("--record", help="Save every request to the model and its answer, without keys, in this file."),
]
Replay = Annotated[
    Path | None, typer.Option("--replay", help="Take the answers from such a file: no key and no network.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but the result and errors.")]


@dataclass(frozen=True)
class Finder:
    """How sources are read: what the user knows of them."""

    published: datetime | None = None
    text_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    allow_private: bool = False

    def read(self, source: str) -> Iterator[Article | Unreadable]:
        """Everything at `source`; see `summarizer.read_all`."""
        from summarizer.reading import read_all

        return read_all(
            source,
            published=self.day,
            text_field=self.text_field,
            title_field=self.title_field,
            date_field=self.date_field,
            allow_private=self.allow_private,
        )

    @property
    def day(self) -> date | None:
        """The day of publication, where it was given."""
        return self.published.date() if self.published else None


@dataclass(frozen=True)
class Reader:
    """Who reads and how much is told: what every reading command needs."""

    model: str | None
    base_url: str | None
    policy: Policy
    timeout: float | None
    verbose: bool
    quiet: bool
    record: Path | None = None
    replay: Path | None = None
    level: Strictness | None = None
    verify: str | None = None

    def open(self) -> Summarizer:
        """The desk these options describe. The command line may fetch the embedded model's weights."""
        from summarizer.desk import Summarizer

        if self.verbose:
            import logging

            logging.basicConfig(format="%(name)s: %(message)s")
            logging.getLogger("summarizer").setLevel(logging.INFO)
        return Summarizer(
            self.model,
            base_url=self.base_url,
            on_ungrounded=self.policy.value,
            timeout=self.timeout,
            allow_download=True,
            progress=self.teller(),
            record=self.record,
            replay=self.replay,
            level=self.level.value if self.level else None,
            verify=self.verify,
        )

    def teller(self) -> Callable[[str], None]:
        """Prints a line on standard error, or nothing where quiet is wanted."""
        return (lambda line: None) if self.quiet else (lambda line: typer.secho(line, err=True, dim=True))
