"""The engine that lets a model fill in whole forms, all products of an article in one request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pydantic import BaseModel, create_model

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Heard, Proposal, Revision
from summarizer.engines.prompting import Part, asked_again, invalid_again, messages_for
from summarizer.engines.prompts import Prompts
from summarizer.errors import AnswerTruncated, BudgetReached, InvalidAnswer, ModelError, Spent
from summarizer.grounding import Failure
from summarizer.models.around import LimitedModel
from summarizer.models.model import ChatModel, Completion, Message, Request, T
from summarizer.models.providers import DEFAULT_WINDOW, window_of
from summarizer.models.sent_schema import sent_schema
from summarizer.schemas.evidence import Draft, DraftClaim, numbers_refer_to
from summarizer.schemas.requests import Corrections

ANSWER_TOKENS = 4096
LONGEST_ANSWER_TOKENS = 16384
TOKENS_A_CHARACTER = 8
MOST_REQUESTS = 4
"""Of an article that is shown whole: the answer with a higher limit, then two halves, or an answer and its re-ask."""


@dataclass(frozen=True)
class LLMEngine:
    """Asks `model` for everything at once, by the prompts in `prompts`.

    `longest` allows the longest answers from the first request on; else only where one stopped at its limit.
    """

    model: ChatModel
    prompts: Prompts = field(default_factory=Prompts)
    longest: bool = False

    by_code = False

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def window(self) -> int:
        """Tokens that prompt and answer may have together; a default where it is not known."""
        return self.model.window or window_of(self.name) or DEFAULT_WINDOW

    @property
    def answer_tokens(self) -> int:
        """How long an answer may be, in tokens: what is left of a small window goes to the text."""
        return self._longest_answer if self.longest else min(ANSWER_TOKENS, self.window // 4)

    @property
    def _longest_answer(self) -> int:
        return min(LONGEST_ANSWER_TOKENS, self.window // 2)

    def surely_holds(self, text: str) -> bool:
        """Whether a text is so short that nothing needs to be counted: rules and all, a character takes less tokens."""
        return TOKENS_A_CHARACTER * len(text) <= self.window - self.answer_tokens

    def limited(self) -> LLMEngine:
        """This engine for one article that is shown whole, which may cost `MOST_REQUESTS`, whatever goes wrong."""
        return replace(self, model=LimitedModel(self.model, MOST_REQUESTS))

    async def propose(
        self, analysis: Analysis, asks: Sequence[Ask], *, part: Part | None = None, heard: Heard = None
    ) -> Proposal:
        """One request for all asks, about a part of the article or all; one more where the answer does not fit."""
        schema = combined_schema(tuple((ask.task.name, ask.task.draft) for ask in asks))
        sent_schema(schema)  # one that cannot be told is an error before anything is sent
        prefix, varying = await asyncio.to_thread(messages_for, analysis, asks, self.prompts, part)
        messages = (*prefix, *varying)
        with numbers_refer_to(analysis.article):
            try:
                done, reasked = await self._complete(Request(messages, schema, self.answer_tokens, heard)), False
            except InvalidAnswer as error:
                again = (*messages, *invalid_again(self.prompts, error))
                done, reasked = await self._again(Request(again, schema, self.answer_tokens), error.spent), True
        if len(asks) == 1:
            drafts = {asks[0].task.name: done.draft}
        else:
            drafts = {ask.task.name: getattr(done.draft, ask.task.name) for ask in asks}
        sent = {ask.task.name: ask.task.prompt(self.prompts).fingerprint for ask in asks}
        return Proposal(drafts, done.spent, reasked=reasked, prefix=prefix, prompts=sent)

    async def revise(
        self, proposal: Proposal, failures: Sequence[tuple[str, Failure]], analysis: Analysis
    ) -> Revision | None:
        """Ask once for the failing claims only, behind the same prefix."""
        if proposal.reasked or not proposal.prefix:
            return None
        messages = (*proposal.prefix, asked_again(self.prompts, [failure for _, failure in failures]))
        try:
            with numbers_refer_to(analysis.article):
                done = await self._complete(Request(messages, Corrections, self.answer_tokens))
        except BudgetReached:
            return None  # what the first answer brought is paid for, and kept
        except ModelError as error:
            return Revision({}, error.spent)
        named = ((failures[one.claim - 1], one) for one in done.draft.claims if 0 < one.claim <= len(failures))
        anew = {
            (task, failure.where): DraftClaim(evidence=one.evidence, text=one.text) for (task, failure), one in named
        }
        return Revision(anew, done.spent)

    async def choose(self, messages: tuple[Message, ...], schema: type[T]) -> Completion[T]:
        """One more form filled in by the same model, such as a choice among claims; see `ChatModel.complete`."""
        return await self._complete(Request(messages, schema, self.answer_tokens))

    async def aclose(self) -> None:
        """Close the model."""
        await self.model.aclose()

    async def _complete(self, request: Request[T]) -> Completion[T]:
        """Ask; where the answer stops at its limit, ask once more with a higher one."""
        try:
            return await self.model.complete(request)
        except AnswerTruncated as error:
            if request.max_tokens >= self._longest_answer:
                raise
            return await self._again(Request(request.messages, request.schema, self._longest_answer), error.spent)

    async def _again(self, request: Request[T], before: Spent) -> Completion[T]:
        try:
            done = await self.model.complete(request)
        except ModelError as error:
            error.spent += before
            raise
        return replace(done, spent=before + done.spent)


@lru_cache(maxsize=256)
def combined_schema(parts: tuple[tuple[str, type[BaseModel]], ...]) -> type[BaseModel]:
    """The form of several tasks: one field a task. A single task's form is its own schema."""
    if len(parts) == 1:
        return parts[0][1]
    fields: dict[str, tuple[type[BaseModel], object]] = {name: (schema, ...) for name, schema in parts}
    base = Draft if all(issubclass(schema, Draft) for _, schema in parts) else BaseModel
    return create_model("_".join(name for name, _ in parts), __base__=base, **fields)  # type: ignore[call-overload,no-any-return]
