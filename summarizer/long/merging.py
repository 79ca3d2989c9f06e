"""What a task has at hand when it merges the drafts of a long article's parts: the check, and one more request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.engines.engine import Ask, Proposal
from summarizer.engines.llm import LLMEngine
from summarizer.engines.prompting import shown
from summarizer.errors import BudgetReached, ModelError, Spent
from summarizer.long.budget import estimate, grouped
from summarizer.loop import deadline
from summarizer.models.model import Message, T
from summarizer.pipeline import Reading
from summarizer.schemas.evidence import Claim, Span, TaskOptions
from summarizer.schemas.result import Issue

LONGEST_SHOWN = 500
"""Code points of a claim that are shown in a choice: some are as long as a page."""

_SPARE_TOKENS = 400
_ALIKE = 0.6


@dataclass
class Merger:
    """The merging of one ask's drafts, see `Merging`. `spent` and `issues` are what came of it."""

    analysis: Analysis
    ask: Ask
    reading: Reading
    proposal: Proposal
    seconds: float
    spent: list[Spent] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    async def held(self, claims: Iterable[Any]) -> list[Claim]:
        return await asyncio.to_thread(self._held, list(claims))

    def _held(self, claims: Sequence[Any]) -> list[Claim]:
        grounder = self.reading.choosing.grounder(self.ask, self.analysis, self.proposal)
        found = (grounder.claim(one.text, one.evidence, "") for one in claims)
        distinct = {claim.text: claim for claim in reversed([claim for claim in found if claim])}
        self.issues += grounder.issues
        return sorted(distinct.values(), key=lambda claim: claim.evidence[0].start)

    async def supports(self, text: str, evidence: Sequence[Span]) -> bool:
        """Whether a text holds in other evidence; of one that shares few words with it nobody asks the reader."""
        said, cited = _stems(text), [span for span in evidence if span.resolved]
        told = frozenset[str]().union(*(_stems(span.text) for span in cited))
        if not cited or len(said & told) < _ALIKE * len(said):
            return False
        outcome = await asyncio.to_thread(self.reading.checker.check, text, cited, self.analysis)
        return outcome.supported is True

    def groups(self, prompt: str, options: TaskOptions, lines: Sequence[str]) -> list[list[int]]:
        room = self._engine.window - self._engine.answer_tokens - estimate(self._rules(prompt, options)) - _SPARE_TOKENS
        return grouped((estimate(_glimpse(line)) + 6 for line in lines), room)

    async def choose(self, prompt: str, options: TaskOptions, lines: Sequence[str], schema: type[T]) -> T | None:
        numbered = "\n".join(f"[{number}] {_glimpse(line)}" for number, line in enumerate(lines, 1))
        messages = Message("system", self._rules(prompt, options)), Message("user", numbered)
        try:
            async with deadline(self.seconds):
                done = await self._engine.choose(messages, schema)
        except TimeoutError:
            self.by_code("time was over")
        except BudgetReached:
            self.by_code("the money allowed is spent")
        except ModelError as error:
            self.spent.append(error.spent)
            self.by_code(str(error))
        else:
            self.spent.append(done.spent)
            return done.draft
        return None

    def by_code(self, why: str) -> None:
        message = f"the model did not choose among the parts ({why}); code did"
        issue = Issue(code="chosen_by_code", where="", message=message, action="replaced")
        self.issues += [] if issue in self.issues else [issue]

    @property
    def _engine(self) -> LLMEngine:
        assert isinstance(self.reading.engine, LLMEngine)
        return self.reading.engine

    def _rules(self, prompt: str, options: TaskOptions) -> str:
        return self._engine.prompts.get(prompt).render(options.values())


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def _glimpse(line: str) -> str:
    """A line as it is shown: of one as long as a page, the beginning."""
    text = shown(line)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
