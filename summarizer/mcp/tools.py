"""The tools: one for each task of the registry, and the check."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from summarizer import loop
from summarizer.article import Article
from summarizer.client import AsyncSummarizer
from summarizer.configuration import Configuration
from summarizer.engines.prompts import Prompts
from summarizer.errors import InputError, SummarizerError, UsageError
from summarizer.mcp.allowed import Allowed, read_text
from summarizer.mcp.answers import Answers, Checked, answers, in_words, judged, stored
from summarizer.reading import Unreadable
from summarizer.reading.document import tolerant
from summarizer.schemas.result import Result
from summarizer.tasks import registry
from summarizer.tasks.base import told

MOST, MOST_SEARCHED = 20, 500
"""Articles a call reads one by one or together, and those that a question is looked for in."""

CHECK = "Whether articles say what statements say, with the sentences; or whether stored results still hold."

M = TypeVar("M", bound=BaseModel)
Progress = Callable[[int, int], Awaitable[None]]
Outcome = tuple[BaseModel, str]
"""What is structured, and the text that says the same."""


class Given(BaseModel):
    """What is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    files: list[str] = Field([], description="Files, or folders of them: text, web pages, PDF, Office, tables, mail.")
    texts: list[str] = Field([], description="Texts to read as they are, each an article.")
    published: date | None = Field(None, description="The day it was published; `Sunday` is understood from it.")


class Wanted(Given):
    """What is read, and how the result comes."""

    full: bool = Field(False, description="Give the results whole, too: offsets, scores, mentions, usage.")


class ToCheck(Given):
    """Statements and the articles that are to say them; or stored results."""

    statements: list[str] = Field([], max_length=50, description="Sentences to check, one fact each.")
    results: str | None = Field(None, description="A file of results to verify again, as `summarizer` wrote it.")


@dataclass(frozen=True)
class Tool:
    """One tool: `call` takes the arguments as JSON has them and somebody to tell how far it is."""

    name: str
    help: str
    inputs: Mapping[str, Any]
    output: type[BaseModel]
    call: Callable[[Mapping[str, Any], Progress], Awaitable[Outcome]]


@dataclass
class Toolbox:
    """The tools of a client whose files are `allowed`."""

    configuration: Configuration
    client: AsyncSummarizer
    allowed: Allowed
    tools: dict[str, Tool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make a tool for each task, and the check."""
        of_tasks = [_of_task(entry, self) for entry in registry.entries(Prompts.of(self.configuration.prompts))]
        for tool in (*of_tasks, Tool("check", CHECK, schema_of(ToCheck), Checked, self._check)):
            self.tools.setdefault(tool.name, tool)

    async def articles(self, given: Given, most: int) -> tuple[list[Article], list[str]]:
        """What is to be read, and what of it cannot be, with the reason."""
        if not (given.files or given.texts):
            raise UsageError("name files, or give texts")
        found = await asyncio.to_thread(lambda: list(islice(self._all(given), most + 1)))
        articles = [one for one in found if isinstance(one, Article)]
        unread = [f"{one.source}: {one.message}" for one in found if isinstance(one, Unreadable)]
        if len(found) > most:
            raise UsageError(f"more than {most} articles; name fewer files, or use `summarizer batch` for so many")
        if not articles:
            raise _nothing(unread)
        return articles, unread

    def _all(self, given: Given) -> Iterator[Article | Unreadable]:
        for number, text in enumerate(given.texts, 1):
            yield from tolerant(read_text(text, number, given.published))
        for name in given.files:
            yield from tolerant(self.allowed.read(name, given.published))

    async def _check(self, arguments: Mapping[str, Any], progress: Progress) -> Outcome:
        given = _parsed("check", ToCheck, arguments)
        if bool(given.statements) == bool(given.results):
            raise UsageError("check takes either statements, with the files or texts that are to say them, or results")
        some = given.statements or given.files or given.texts
        articles, unread = await self.articles(given, MOST) if some else ([], [])
        if given.results:
            path = self.allowed.path(given.results)
            found = await asyncio.to_thread(stored, path, articles, self.allowed.read)
            checked = Checked(verdicts=[], stored=found, unread=unread)
        else:
            checker = self.configuration.checker()
            verdicts = await asyncio.to_thread(judged, given.statements, articles, checker)
            checked = Checked(verdicts=verdicts, stored=None, unread=unread)
        return checked, in_words(checked)


def _nothing(unread: Sequence[str]) -> InputError:
    return InputError("nothing could be read", "; ".join(unread))


def _of_task(entry: registry.Entry, box: Toolbox) -> Tool:
    """The tool of a task. Those of which the client has a call for several articles are given all of them at once."""
    task = entry.load()
    names = {f"task_{name}" if name in Wanted.model_fields else name: name for name in task.options.model_fields}
    options = ((called, task.options.model_fields[name]) for called, name in names.items())
    fields: dict[str, Any] = {called: (info.annotation, info) for called, info in options}
    form = create_model(entry.command, __base__=Wanted, __doc__=Wanted.__doc__, **fields)
    together = {"ask": _ask, "digest": _digest}.get(entry.command)

    async def call(arguments: Mapping[str, Any], progress: Progress) -> Outcome:
        given = _parsed(entry.command, form, arguments)
        wanted = {name: getattr(given, called) for called, name in names.items() if called in given.model_fields_set}
        task.parsed(wanted)
        articles, unread = await box.articles(given, MOST_SEARCHED if together is _ask else MOST)
        if together:
            results = await together(box.client, articles, wanted)
        else:
            read = partial(box.client.read, entry.command, **wanted)
            results = await _one_by_one(articles, read, unread, progress)
        return answers(results, {one.id: one for one in articles}, unread, full=given.full)

    about = f"{entry.help} Every statement is checked and comes with its sentences."
    return Tool(entry.command, about, schema_of(form), Answers, call)


async def _ask(client: AsyncSummarizer, articles: Sequence[Article], wanted: dict[str, Any]) -> Sequence[Result[Any]]:
    about = articles[0] if len(articles) == 1 else articles
    return await loop.beside(client.ask_all(about, **wanted))


async def _digest(
    client: AsyncSummarizer, articles: Sequence[Article], wanted: dict[str, Any]
) -> Sequence[Result[Any]]:
    return [await loop.beside(client.digest(articles, **wanted))]


async def _one_by_one(
    articles: Sequence[Article],
    read: Callable[[Article], Coroutine[Any, Any, Result[Any]]],
    unread: list[str],
    progress: Progress,
) -> Sequence[Result[Any]]:
    """A result an article; one that fails does not hide the others."""
    results: list[Result[Any]] = []
    for number, article in enumerate(articles, 1):
        try:
            results.append(await loop.beside(read(article)))
        except UsageError:
            raise
        except SummarizerError as error:
            unread.append(f"{article.source}: {error}")
        await progress(number, len(articles))
    if not results:
        raise _nothing(unread)
    return results


def _parsed(tool: str, form: type[M], arguments: Mapping[str, Any]) -> M:
    try:
        return form.model_validate_json(json.dumps(arguments))
    except ValidationError as error:
        raise UsageError(told(tool, form, error)) from error


class _Untitled(GenerateJsonSchema):
    """Schemas without a title for each field, which says its name again: an assistant pays for every word."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(form: type[BaseModel], mode: JsonSchemaMode = "validation") -> dict[str, Any]:
    """The JSON schema of a form."""
    return form.model_json_schema(mode=mode, schema_generator=_Untitled)
