"""The two engines without a chat model: code and the reader alone, and the same with the embedded writer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.engines.answering import answer_draft
from summarizer.engines.engine import Ask, Proposal, Revision, Verifier
from summarizer.engines.events import timeline_draft
from summarizer.engines.llm import LLMEngine
from summarizer.engines.naming import entities_draft
from summarizer.engines.retrieval import retrieve
from summarizer.engines.summarizing import POINTS, summary_draft
from summarizer.engines.writing import Writer
from summarizer.errors import UsageError
from summarizer.grounding.settling import Failure
from summarizer.models.catalog import EXTRACTIVE
from summarizer.models.model import ChatModel
from summarizer.models.retrying import total
from summarizer.reader import load_reader
from summarizer.schemas.answer import AnswersDraft
from summarizer.schemas.result import Issue
from summarizer.schemas.summary import SummaryDraft
from summarizer.settings import Level
from summarizer.task import BUILT_IN

WRITING_SECONDS = 6.0
"""The most time the writer takes of a run, however much there is: code's own texts are good enough."""
_SHARE_OF_TIME = 0.8


class CodeEngine:
    """Proposes what code finds and the reader answers. Nothing in its drafts was worded by a model."""

    def __init__(self, level: Level = Level.BALANCED, verifier: Verifier | None = None) -> None:
        self._level = level
        self._verifier = verifier

    @property
    def name(self) -> str:
        """`extractive`."""
        return EXTRACTIVE

    @property
    def level(self) -> Level:
        """How strictly its claims are checked."""
        return self._level

    @property
    def verifier(self) -> Verifier | None:
        """Who is asked about claims that the check cannot decide."""
        return self._verifier

    async def propose(self, analysis: Analysis, asks: Sequence[Ask], *, seconds: float) -> Proposal:
        """A draft for each ask.

        Raises:
            UsageError: a task is not one of the built-in ones; those need a model.

        """
        drafts = {ask.task.name: await asyncio.to_thread(draft, ask, analysis) for ask in asks}
        issues = tuple(issue for ask in asks for issue in _unmet(ask, analysis))
        return Proposal(drafts, by_model={name: frozenset() for name in drafts}, issues=issues)

    async def revise(
        self, proposal: Proposal, failures: Mapping[str, Sequence[Failure]], analysis: Analysis
    ) -> Revision | None:
        """Code would say the same again."""
        return None

    async def aclose(self) -> None:
        """Nothing to free."""


class WritingEngine(CodeEngine):
    """Code's drafts with a headline and short points by the embedded writer, in the time there is."""

    def __init__(self, model: ChatModel, *, level: Level = Level.BALANCED, verifier: Verifier | None = None) -> None:
        super().__init__(level, verifier)
        self._model = model

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def propose(self, analysis: Analysis, asks: Sequence[Ask], *, seconds: float) -> Proposal:
        """Code's drafts, the summary's texts by the writer where they hold. A slow or broken model is an issue.

        Raises:
            ModelUnavailable: a user's own task is asked of a model that cannot run.

        """
        if any(ask.task.name not in BUILT_IN for ask in asks):
            # Code knows no form of a user's own: the model fills it in whole, and the strict check says what stays.
            return await LLMEngine(self._model, level=Level.STRICT).propose(analysis, asks, seconds=seconds)
        until = time.monotonic() + seconds * _SHARE_OF_TIME
        proposal = await super().propose(analysis, asks, seconds=seconds)
        summary = proposal.drafts.get("summary")
        if not isinstance(summary, SummaryDraft) or proposal.issues:
            return proposal
        writer = Writer(self._model, load_reader(), min(WRITING_SECONDS, until - time.monotonic()))
        summary = await writer.short_points(analysis, await writer.headline(analysis, summary))
        return Proposal(
            {**proposal.drafts, "summary": summary},
            total(writer.spent),
            {**proposal.by_model, "summary": frozenset(writer.decided)},
            tuple(writer.issues),
        )

    async def aclose(self) -> None:
        """Close the model."""
        await self._model.aclose()


def draft(ask: Ask, analysis: Analysis) -> BaseModel | None:
    """The draft of one ask, None where the article has no sentence to make it of."""
    if not analysis.article.sentences:
        return None
    options = {**ask.task.options, **ask.options}
    match ask.task.name:
        case "summary":
            points, words, focus = options.get("points"), options.get("words"), options.get("focus")
            return summary_draft(
                analysis,
                points=points if isinstance(points, int) else POINTS,
                words=words if isinstance(words, int) else None,
                focus=str(focus) if focus else None,
            )
        case "entities":
            return entities_draft(analysis)
        case "timeline":
            return timeline_draft(analysis)
        case "answer":
            reader = load_reader()
            questions = enumerate(ask.questions, 1)
            return AnswersDraft(answers=[answer_draft(analysis, one, n, reader=reader) for n, one in questions])
        case name:
            raise UsageError(f"task {name!r} needs a model; `extractive` reads {', '.join(BUILT_IN)}")


def _unmet(ask: Ask, analysis: Analysis) -> Iterator[Issue]:
    """What was asked for and code cannot do: write in another language, speak of what the article does not."""
    language, focus = ask.options.get("language"), ask.options.get("focus")
    if language:
        message = f"sentences are quoted, not written: asked for {language}, they stay in the article's language"
        yield Issue(code="language", where="", message=message, action="none")
    if focus and not retrieve(analysis, str(focus), 1).passages:
        message = f"no sentence has a word of {str(focus)!r}; the summary is of the whole article"
        yield Issue(code="focus", where="", message=message, action="none")
