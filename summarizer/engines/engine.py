"""The seam of engines: what is asked for, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.errors import Spent
from summarizer.grounding.grounder import Failure
from summarizer.grounding.opinions import Opinions
from summarizer.schemas.evidence import DraftClaim
from summarizer.schemas.result import Issue
from summarizer.settings import Level
from summarizer.task import Options, Task


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, and the answer to it that held, as the JSON of its draft."""

    question: str
    answer: str


@dataclass(frozen=True)
class Ask:
    """One product that is wanted: a task, its options and, for answers, the questions.

    `turns` are what was asked and answered before, oldest first, for a model that follows a conversation.
    """

    task: Task
    options: Options = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Drafts by task name (None for a product that could not be made), and what they cost.

    `by_model` tells, by task name, the pointers of the fields the model set; a task that is missing there was
    filled in by the model as a whole. `reasked` is whether the one re-ask is spent; `conversation` is what an
    engine needs to ask again. `read` is how many sentences were read, None for all of them; the issues name the others.
    `opinions` are a second model's on claims the check cannot decide.
    """

    drafts: Mapping[str, BaseModel | None]
    spent: Spent = field(default_factory=Spent)
    by_model: Mapping[str, frozenset[str]] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    reasked: bool = False
    conversation: object = None
    read: int | None = None
    opinions: Opinions = field(default_factory=Opinions)


@dataclass(frozen=True)
class Revision:
    """New words for claims that did not hold, by task name and pointer."""

    claims: Mapping[tuple[str, str], DraftClaim]
    spent: Spent


class Verifier(Protocol):
    """Gives a second opinion. It is asked only about claims in which no fact is wrong."""

    async def opinions(self, failures: Sequence[Failure], article: Article) -> Opinions:
        """What it says of those of `failures` that are undecided. A fault of its own is an issue, not an exception."""
        ...


class Engine(Protocol):
    """Proposes drafts. It never decides what is true."""

    @property
    def name(self) -> str:
        """The model that reads, as `provider/name`, or `extractive`."""
        ...

    @property
    def level(self) -> Level:
        """How strictly its claims are to be checked."""
        ...

    @property
    def verifier(self) -> Verifier | None:
        """Who is asked about claims that the check cannot decide."""
        ...

    async def propose(self, analysis: Analysis, asks: Sequence[Ask], *, seconds: float) -> Proposal:
        """A draft for each ask, within `seconds`.

        Raises:
            ModelError: nothing can be proposed.

        """
        ...

    async def revise(
        self, proposal: Proposal, failures: Mapping[str, Sequence[Failure]], analysis: Analysis
    ) -> Revision | None:
        """Other words for the claims that failed; None where asking again is of no use."""
        ...

    async def aclose(self) -> None:
        """Free what the engine holds."""
        ...
