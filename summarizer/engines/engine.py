"""The seam of engines: what is asked for, and what is proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.errors import Spent
from summarizer.grounding import Failure, Opinions
from summarizer.models.model import Message
from summarizer.schemas.evidence import DraftClaim, TaskOptions
from summarizer.schemas.result import Issue

if TYPE_CHECKING:
    from summarizer.engines.prompting import Part
    from summarizer.engines.prompts import Prompt, Prompts
    from summarizer.engines.writing import Writer


Heard = Callable[[str], None] | None
"""What is told the answer's text as it grows, by models that can stream."""


class Proposable(Protocol):
    """What an engine needs to know of a task; `tasks.base.Task` says what each is."""

    @property
    def name(self) -> str: ...
    @property
    def draft(self) -> type[BaseModel]: ...
    def prompt(self, prompts: Prompts) -> Prompt: ...
    def candidates(self, analysis: Analysis, options: Any, part: Part) -> Iterator[str]: ...
    def propose(self, analysis: Analysis, options: Any) -> BaseModel | None: ...
    async def write(self, draft: Any, analysis: Analysis, options: Any, writer: Writer) -> BaseModel: ...
    def unmet(self, analysis: Analysis, options: Any) -> Iterator[Issue]: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, and the answer to it that held, as the JSON of its draft."""

    question: str
    answer: str


@dataclass(frozen=True)
class Ask:
    """One product that is wanted: a task and its options.

    `turns` are what was asked and answered before, oldest first, for a model that follows a conversation.
    """

    task: Proposable
    options: TaskOptions
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Drafts by task name (None for a product that could not be made), and what they cost.

    `by_model` tells, by task name, the pointers of the fields the model set; a task that is missing there was
    filled in by the model as a whole. `reasked` is whether the one re-ask is spent; `prefix` is what the request began
    with, and a re-ask begins with. `read` is how many sentences were read, None for all; the issues name the others.
    `unmet` is what code could not do of what was asked, by task, `prompts` names the prompts that were sent. `opinions`
    are a second model's on claims the check cannot decide.
    """

    drafts: Mapping[str, BaseModel | None]
    spent: Spent = field(default_factory=Spent)
    by_model: Mapping[str, frozenset[str]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    unmet: Mapping[str, tuple[Issue, ...]] = field(default_factory=dict)
    reasked: bool = False
    prefix: tuple[Message, ...] = ()
    read: int | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)
    opinions: Opinions = field(default_factory=Opinions)


@dataclass(frozen=True)
class Revision:
    """New words for claims that did not hold, by task name and pointer."""

    claims: Mapping[tuple[str, str], DraftClaim]
    spent: Spent

    def applied_to(self, proposal: Proposal) -> Proposal:
        """The proposal with these words, whose one re-ask is spent."""
        drafts = dict(proposal.drafts)
        for (task, where), claim in self.claims.items():
            if drafts.get(task) is not None:
                drafts[task] = _put(drafts[task], where.strip("/").split("/"), claim)
        return replace(proposal, drafts=drafts, spent=proposal.spent + self.spent, reasked=True)


def _put(node: Any, steps: Sequence[str], claim: DraftClaim) -> Any:
    """`node` with a claim at the place the steps lead to; a place that is bare text takes the claim's text."""
    if not steps:
        change = {"evidence": list(claim.evidence), "text": claim.text}
        return node.model_copy(update=change) if isinstance(node, BaseModel) else claim.text
    if isinstance(node, BaseModel):
        return node.model_copy(update={steps[0]: _put(getattr(node, steps[0]), steps[1:], claim)})
    at = int(steps[0])
    return [*node[:at], _put(node[at], steps[1:], claim), *node[at + 1 :]]


class Engine(Protocol):
    """Proposes drafts. It never decides what is true."""

    @property
    def name(self) -> str:
        """The model that reads, as `provider/name`, or `extractive`."""

    @property
    def window(self) -> int | None:
        """Tokens that prompt and answer may have together; None where code reads, whatever the length."""

    @property
    def by_code(self) -> bool:
        """Whether code drafts: it takes any length, reads with the learned reader, and writes no other language."""

    async def propose(
        self, analysis: Analysis, asks: Sequence[Ask], *, part: Part | None = None, heard: Heard = None
    ) -> Proposal:
        """A draft for each ask, about a part of the article or all of it, within the deadline around the call."""

    async def revise(
        self, proposal: Proposal, failures: Sequence[tuple[str, Failure]], analysis: Analysis
    ) -> Revision | None:
        """Other words for the claims that failed, by task name; None where asking again is of no use."""

    async def aclose(self) -> None:
        """Free what the engine holds."""
