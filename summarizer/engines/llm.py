"""The engine that lets a model fill in whole forms, all products of an article in one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic import BaseModel, create_model

from summarizer.analysis import Analysis
from summarizer.engines.engine import Ask, Proposal, Revision, Verifier
from summarizer.engines.part import Part
from summarizer.engines.prompting import asked_again, invalid_again, messages_for
from summarizer.errors import AnswerTruncated, BudgetReached, InvalidAnswer, ModelError, Spent
from summarizer.grounding import Level
from summarizer.grounding.settling import Failure
from summarizer.models.model import ChatModel, Completion, Message, Request, T
from summarizer.models.prices import DEFAULT_WINDOW, window_of
from summarizer.models.retrying import total
from summarizer.models.sent_schema import sent_schema
from summarizer.models.tokens import Counter, Estimate
from summarizer.schemas.evidence import Draft, DraftClaim, Span, numbers_refer_to

ANSWER_TOKENS = 4096
LONGEST_ANSWER_TOKENS = 16384


class Correction(Draft):
    """The claim of that number, worded anew."""

    claim: int
    evidence: list[Span]
    text: str


class Corrections(Draft):
    """What a re-ask brings back."""

    claims: list[Correction]


@dataclass(frozen=True)
class Conversation:
    """What every request on one article begins with; servers have it cached when something is asked again."""

    prefix: tuple[Message, ...]


class LLMEngine:
    """Asks `model` for everything at once; a strong model's claims are read at the level `lenient`."""

    def __init__(
        self,
        model: ChatModel,
        *,
        level: Level = "lenient",
        counter: Counter | None = None,
        verifier: Verifier | None = None,
    ) -> None:
        self._model = model
        self._level = level
        self._verifier = verifier
        self.counter: Counter = counter or Estimate()

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def level(self) -> Level:
        """How strictly its claims are to be checked."""
        return self._level

    @property
    def verifier(self) -> Verifier | None:
        """Who is asked about claims that the check cannot decide."""
        return self._verifier

    @property
    def window(self) -> int:
        """Tokens that prompt and answer may have together; a default where it is not known."""
        return self._model.window or window_of(self.name) or DEFAULT_WINDOW

    @property
    def answer_tokens(self) -> int:
        """How long an answer may be, in tokens: what is left of a small window goes to the text."""
        return min(ANSWER_TOKENS, self.window // 4)

    async def propose(
        self,
        analysis: Analysis,
        asks: Sequence[Ask],
        *,
        seconds: float,
        part: Part | None = None,
        heard: Callable[[str], None] | None = None,
    ) -> Proposal:
        """One request for all asks, about a part of the article or all; one more where the answer does not fit.

        `heard` is told the answer's text as it grows.

        Raises:
            WindowExceeded: the request is too long for the model.
            AnswerTruncated: the answer is too long, with the highest limit too.
            SchemaError: a task's schema cannot be sent; nothing was.
            ModelError: the model gave nothing that can be used.

        """
        schema = combined_schema(tuple((ask.task.name, ask.task.schema) for ask in asks))
        sent_schema(schema)
        messages = messages_for(analysis, asks, part)
        with numbers_refer_to(analysis.article):
            try:
                done, reasked = await self._complete(Request(messages, schema, self.answer_tokens, heard)), False
            except InvalidAnswer as error:
                again = (*messages, *invalid_again(error))
                done, reasked = await self._again(Request(again, schema, self.answer_tokens), error.spent), True
        drafts = (
            {ask.task.name: getattr(done.draft, ask.task.name) for ask in asks}
            if len(asks) > 1
            else {asks[0].task.name: done.draft}
        )
        return Proposal(drafts, done.spent, reasked=reasked, conversation=Conversation(messages[:-1]))

    async def revise(
        self, proposal: Proposal, failures: Mapping[str, Sequence[Failure]], analysis: Analysis
    ) -> Revision | None:
        """Ask once for the failing claims only, behind the same prefix."""
        said = proposal.conversation
        if proposal.reasked or not isinstance(said, Conversation):
            return None
        wanted = [(task, failure) for task, failed in failures.items() for failure in failed]
        messages = (*said.prefix, asked_again([failure for _, failure in wanted]))
        try:
            with numbers_refer_to(analysis.article):
                done = await self._complete(Request(messages, Corrections, self.answer_tokens))
        except BudgetReached:
            return None  # what the first answer brought is paid for, and kept
        except ModelError as error:
            return Revision({}, error.spent)
        anew = {
            (wanted[one.claim - 1][0], wanted[one.claim - 1][1].where): DraftClaim(evidence=one.evidence, text=one.text)
            for one in done.draft.claims
            if 0 < one.claim <= len(wanted)
        }
        return Revision(anew, done.spent)

    async def choose(self, messages: tuple[Message, ...], schema: type[T]) -> Completion[T]:
        """One more form filled in by the same model, such as a choice among claims; see `ChatModel.complete`."""
        return await self._complete(Request(messages, schema, self.answer_tokens))

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()

    async def _complete(self, request: Request[T]) -> Completion[T]:
        """Ask; where the answer stops at its limit, ask once more with a higher one."""
        try:
            return await self._model.complete(request)
        except AnswerTruncated as error:
            longest = min(LONGEST_ANSWER_TOKENS, self.window // 2)
            return await self._again(Request(request.messages, request.schema, longest), error.spent)

    async def _again(self, request: Request[T], before: Spent) -> Completion[T]:
        try:
            done = await self._model.complete(request)
        except ModelError as error:
            error.spent = total([before, error.spent])
            raise
        return replace(done, spent=total([before, done.spent]))


@lru_cache(maxsize=256)
def combined_schema(parts: tuple[tuple[str, type[BaseModel]], ...]) -> type[BaseModel]:
    """The form of several tasks: one field a task. A single task's form is its own schema."""
    if len(parts) == 1:
        return parts[0][1]
    fields: dict[str, tuple[type[BaseModel], object]] = {name: (schema, ...) for name, schema in parts}
    base = Draft if all(issubclass(schema, Draft) for _, schema in parts) else BaseModel
    return create_model("_".join(name for name, _ in parts), __base__=base, **fields)  # type: ignore[call-overload,no-any-return]
