"""A task: a prompt, a schema and typed options by name, and only what differs from the defaults.

    class Topics(Task[TopicsDraft, TopicsValue, TopicsOptions]):
        name, draft, value, options = "topics", TopicsDraft, TopicsValue, TopicsOptions

The defaults serve any schema whose claims are `DraftClaim`s: see each method. `FormTask` is that of a pair of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, ValidationError, create_model

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.engines.engine import Ask, Turn
from summarizer.engines.prompting import Part
from summarizer.engines.prompts import Prompt, Prompts, digest
from summarizer.errors import NeedsModel, UsageError
from summarizer.grounding import Grounder
from summarizer.models.model import T
from summarizer.schemas.evidence import Claim, TaskOptions
from summarizer.schemas.result import Issue
from summarizer.tasks.form import ground_form
from summarizer.tasks.scoring import GoldEvidence, Score, score_claims
from summarizer.tasks.settling import joined, settled
from summarizer.tasks.view import Section, rows_of, sections_of

if TYPE_CHECKING:
    from summarizer.engines.writing import Writer

D = TypeVar("D", bound=BaseModel)
V = TypeVar("V", bound=BaseModel)
O = TypeVar("O", bound=TaskOptions)  # noqa: E741  options
LONGEST_ECHO = 80


class Misread(NamedTuple):
    """A fact that the text does not give: a JSON pointer into the value, a code, and what is wrong."""

    where: str
    code: str
    message: str


@dataclass(frozen=True)
class Product:
    """One result that is wanted: a draft, or the part of it that one question gets.

    `place` is the pointer of `draft` in the whole form, "" for all of it.
    """

    options: TaskOptions
    draft: BaseModel | None
    place: str = ""


class Merging(Protocol):
    """What merging the drafts of a long article's parts may use."""

    @property
    def analysis(self) -> Analysis:
        """What code knows of the article."""

    async def held(self, claims: Iterable[Claim | Any]) -> list[Claim]:
        """Those of the proposed claims that hold, as they may be said, each once, in the order of the article."""

    async def supports(self, text: str, evidence: Sequence[Any]) -> bool:
        """Whether a text holds in other evidence: then it says nothing new."""

    def groups(self, prompt: str, options: TaskOptions, lines: Sequence[str]) -> list[list[int]]:
        """The places of lines, neighbours together, as many at a time as `choose` has room for."""

    async def choose(self, prompt: str, options: TaskOptions, lines: Sequence[str], schema: type[T]) -> T | None:
        """A form filled in by the same model about lines numbered from 1, None where it cannot: code chooses then."""

    def by_code(self, why: str) -> None:
        """Tell the reader, once, that code chose and not the model."""


class Task(Generic[D, V, O]):
    """What is asked, what comes back, and what is done with it."""

    name: ClassVar[str]
    phrases: ClassVar[frozenset[str]] = frozenset()
    """Fields whose claims are phrases of their sentences, not statements: a role, a speaker."""

    draft: type[D]
    value: type[V]
    options: type[O]

    def ask(self, turns: tuple[Turn, ...] = (), **options: Any) -> Ask:
        """This task with these options.

        Raises:
            UsageError: an option is unknown, or has a value that it cannot have.

        """
        return Ask(self, self.parsed(options), turns)

    def parsed(self, options: dict[str, Any]) -> O:
        """The options as their model takes them.

        Raises:
            UsageError: one is unknown, or has a value that it cannot have.

        """
        try:
            return self.options.model_validate(options)
        except ValidationError as error:
            raise UsageError(told(self.name, self.options, error)) from error

    def prompt(self, prompts: Prompts) -> Prompt:
        """What is asked: by default the file of the task's name."""
        return prompts.get(self.name)

    @cached_property
    def schema_fingerprint(self) -> str:
        """`name@` and 12 hexadecimal digits of the JSON schema."""
        return f"{self.name}@{digest(self.draft.model_json_schema())}"

    def worth_asking(self, analysis: Analysis, options: O) -> O | None:
        """What of the options is worth a request; None where code knows that the article has nothing to it."""
        return options

    def candidates(self, analysis: Analysis, options: O, part: Part) -> Iterator[str]:
        """Lines behind the article that a model chooses from; none by default."""
        return iter(())

    def propose(self, analysis: Analysis, options: O) -> D | None:
        """Code's own draft; None where there is nothing to say.

        Raises:
            NeedsModel: code has none. That is the default.

        """
        raise NeedsModel(self.name)

    async def write(self, draft: D, analysis: Analysis, options: O, writer: Writer) -> D:
        """Code's draft with what a small model words in it; by default as it is."""
        return draft

    def unmet(self, analysis: Analysis, options: O) -> Iterator[Issue]:
        """What was asked for and code alone cannot do."""
        return iter(())

    def products(self, draft: D | None, options: O) -> Iterator[Product]:
        """The results that one form comes to: one by default."""
        yield Product(options, draft)

    def each(self, options: O) -> tuple[O, ...]:
        """The options of each result by itself: a job keeps results one by one."""
        return (options,)

    def together(self, options: Sequence[O]) -> O:
        """The options that ask for several results in one request."""
        return options[0]

    def settle(self, draft: Any, options: O, grounder: Grounder) -> V | None:
        """The value a product's draft comes to; None where nothing can be kept.

        By default each claim is grounded: what holds is kept where the value has a field of the same name.

        Raises:
            Ungrounded: a claim does not hold and the policy is `fail`.

        """
        return settled(draft, self.value, grounder)

    def sought(self, options: O) -> tuple[str, ...]:
        """What a long article is searched for before all of it is read; nothing by default."""
        return ()

    def unanswered(self, options: O, values: Sequence[V | None]) -> O | None:
        """The options that ask again for what was sought and not found, by their values; None where all was."""
        return None

    async def merge(self, drafts: Sequence[D], options: O, merging: Merging) -> D:
        """The drafts of a long article's parts as one: by default lists are joined, other fields are the first's."""
        return joined(self.draft, drafts)

    def view(self, value: V) -> Iterable[Section]:
        """What a person is shown: by default a section a field."""
        return sections_of(value)

    def rows(self, value: V) -> Iterator[dict[str, Any]]:
        """Flat rows for a table: by default one a line of the view."""
        return rows_of(self.view(value))

    def gold(self) -> type[BaseModel]:
        """The form of this task's part of a gold file, under the task's name: by default the evidence that is right."""
        return GoldEvidence

    def asked_by(self, gold: Any) -> dict[str, Any]:
        """The options with which an article is read to be compared with its gold."""
        return {}

    def score(self, gold: Any, values: Sequence[V | None], article: Article) -> Iterator[Score]:
        """How well the values of one article answer its gold: by default by the sentences they cite."""
        return score_claims(self.name, gold, values, article)

    def misread(self, value: V, grounder: Grounder | None) -> Iterator[Misread]:
        """What in a stored value, beside its claims, is not what the article gives; nothing by default.

        `grounder` is None for a value from several articles.
        """
        return iter(())

    def abstained(self, value: V) -> bool:
        """Whether the value says that the article does not say."""
        return False


class FormTask(Task[BaseModel, BaseModel, TaskOptions]):
    """A user's own task: draft and value are its schema, whose types tell what is evidence and what a statement."""

    def __init__(self, prompt: Prompt, schema: type[BaseModel]) -> None:
        self._prompt = prompt
        self.name = prompt.front.name  # type: ignore[misc]  # one class serves all of them
        self.draft = self.value = schema
        anything: Any = str | int | float | bool | None
        fields: dict[str, Any] = {name: (anything, default) for name, default in prompt.front.options.items()}
        self.options = create_model(f"{self.name}_options", __base__=TaskOptions, **fields)

    def prompt(self, prompts: Prompts) -> Prompt:
        """The user's file."""
        return self._prompt

    def misread(self, value: BaseModel, grounder: Grounder | None) -> Iterator[Misread]:
        """The statements of the form that do not hold in the sentences beside them."""
        issues = ground_form(value, grounder).issues if grounder else ()
        fail = (issue for issue in issues if issue.code == "ungrounded")
        return (Misread(issue.where, "claim_fails", f"it does not hold: {issue.message}") for issue in fail)


def told(task: str, options: type[BaseModel], error: ValidationError) -> str:
    """What is wrong with the options of a call, and what is allowed."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        return f"{task} has no option {name!r}; it has {', '.join(options.model_fields) or 'none'}"
    if first["type"] == "missing":
        return f"{task} needs {name}"
    given = repr(first["input"])
    short = given if len(given) <= LONGEST_ECHO else f"{given[: LONGEST_ECHO - 1]}…"
    return f"{task}: {name}={short} cannot be used: {first['msg'].lower()}"
