"""Result: a checked value, and everything a careful reader wants to know about how it came to be."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from summarizer.output import render_json
from summarizer.schemas.evidence import Value
from summarizer.settings import Level

T = TypeVar("T", bound=BaseModel)

Status = Literal["complete", "incomplete", "failed"]
Action = Literal["replaced", "dropped", "flagged", "moved", "unread", "none"]


class Issue(Value):
    """Something the reader should know. `where` is a JSON pointer into the value; `action` is what was done."""

    code: str
    where: str
    message: str
    action: Action


class Coverage(Value):
    """How much of the article was read, in sentences."""

    sentences: int
    read: int


class ArticleRef(Value):
    """Which article a result is about. `id` is the SHA-256 of its text.

    Of an answer from several articles it is the one that answers best, else the nearest to the question. Where none
    has a word of it `id` is empty and `source` names them all.
    """

    id: str
    source: str
    title: str | None
    published: date | None
    characters: int
    fields: dict[str, str] = Field(default_factory=dict, description="Other columns of the row it came from.")


class Usage(Value):
    """Tokens, as the server counted them; failed attempts are included.

    Cached tokens are among the input tokens, reasoning tokens among the output tokens.
    """

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0


class Run(Value):
    """How a result was made. Results that one request served share `id`: totals count each id once.

    `prompt` names the prompt that was sent, null where none was. `checker` names the reader that judged meaning.
    `level` is how strictly claims were checked, null in results of versions that did not record it.
    `decided` is how many fields of the value the model, not code, set and that passed the check.
    `cost_usd` is null where the price is not known; `seconds` is wall time.
    """

    id: str
    model: str
    prompt: str | None
    schema_: str = Field(alias="schema")
    version: str
    level: Level | None = None
    checker: str | None = None
    requests: int
    decided: int
    usage: Usage
    cost_usd: float | None
    seconds: float


class Result(Value, Generic[T]):
    """A checked value with its status, issues, coverage, article and run.

    `incomplete` means some text went unread or a requested product is missing. A proposal that was rejected and
    replaced or dropped is an issue in a `complete` result.
    """

    task: str
    status: Status
    value: T | None
    issues: list[Issue]
    coverage: Coverage
    article: ArticleRef
    run: Run

    def _repr_html_(self) -> str:
        """The result as a notebook shows it."""
        shown: str = import_module("summarizer.views.html").render_fragment(self)
        return shown

    def to_json(self, *, indent: int | None = None) -> str:
        """The result as JSON, as the command line prints it; `Result[...].model_validate_json` reads it back."""
        return render_json([self], indent=indent)
