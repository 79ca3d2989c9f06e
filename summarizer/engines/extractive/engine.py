"""Drafts by code alone, in milliseconds: chosen sentences, found names, dates and passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from summarizer.analysis import Analysis
from summarizer.article import Sentence
from summarizer.engines.engine import Ask, Proposal, Revision, Verifier
from summarizer.engines.extractive.answering import answer
from summarizer.engines.extractive.events import propose_events
from summarizer.engines.extractive.retrieval import retrieve
from summarizer.engines.extractive.selection import headline, select
from summarizer.engines.extractive.trims import trim
from summarizer.errors import UsageError
from summarizer.grounding.grounder import Failure
from summarizer.models.catalog import EXTRACTIVE
from summarizer.schemas.answer import AnswersDraft
from summarizer.schemas.entities import EntitiesDraft, EntityDraft
from summarizer.schemas.evidence import DraftClaim, Span
from summarizer.schemas.result import Issue
from summarizer.schemas.summary import SummaryDraft
from summarizer.settings import Level
from summarizer.task import BUILT_IN

DEFAULT_EVENTS = 12
DEFAULT_POINTS = 4


class ExtractiveEngine:
    """Proposes what code finds. Nothing in its drafts was decided by a model.

    All of it is verbatim, so that it is checked at the level `strict` unless another is wanted.
    """

    def __init__(self, level: Level = "strict", verifier: Verifier | None = None) -> None:
        self._level: Level = level
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
        drafts = {ask.task.name: draft(ask, analysis) for ask in asks}
        issues = tuple(issue for ask in asks for issue in _unmet(ask, analysis))
        return Proposal(drafts, by_model={name: frozenset() for name in drafts}, issues=issues)

    async def revise(
        self, proposal: Proposal, failures: Mapping[str, Sequence[Failure]], analysis: Analysis
    ) -> Revision | None:
        """Code would say the same again."""
        return None

    async def aclose(self) -> None:
        """Nothing to free."""


def draft(ask: Ask, analysis: Analysis) -> BaseModel | None:
    """The draft of one ask, None where the article has no sentence to make it of."""
    if not analysis.article.sentences:
        return None
    options = {**ask.task.options, **ask.options}
    match ask.task.name:
        case "summary":
            return summary(analysis, options)
        case "entities":
            return entities(analysis)
        case "timeline":
            return propose_events(analysis, DEFAULT_EVENTS)
        case "answer":
            found = [answer(analysis, question) for question in ask.questions]
            return AnswersDraft(
                answers=[one.draft.model_copy(update={"question": n}) for n, one in enumerate(found, 1)]
            )
        case name:
            raise UsageError(f"task {name!r} needs a model; `extractive` reads {', '.join(BUILT_IN)}")


def summary(analysis: Analysis, options: Mapping[str, object]) -> SummaryDraft | None:
    """A leading sentence and the chosen others, safely trimmed."""
    points, words, focus = options.get("points"), options.get("words"), options.get("focus")
    lead = next(iter(select(analysis, 1, focus=str(focus))), None) if focus else headline(analysis)
    if lead is None:
        return None
    wanted = points if isinstance(points, int) else DEFAULT_POINTS
    chosen = select(
        analysis,
        wanted + 1,
        words=words if isinstance(words, int) else None,
        focus=str(focus) if focus else None,
    )
    others = [sentence for sentence in chosen if sentence.number != lead.number][:wanted]
    return SummaryDraft(headline=quoted(lead), points=[quoted(sentence) for sentence in others])


def _unmet(ask: Ask, analysis: Analysis) -> Iterator[Issue]:
    """What was asked for and code cannot do: write in another language, speak of what the article does not."""
    language, focus = ask.options.get("language"), ask.options.get("focus")
    if language:
        message = f"sentences are quoted, not written: asked for {language}, they stay in the article's language"
        yield Issue(code="language", where="", message=message, action="none")
    if focus and not retrieve(analysis, str(focus), 1).passages:
        message = f"no sentence has a word of {str(focus)!r}; the summary is of the whole article"
        yield Issue(code="focus", where="", message=message, action="none")


def quoted(sentence: Sentence) -> DraftClaim:
    """A claim that is a sentence, less what can safely go."""
    start, end = trim(sentence.text)
    return DraftClaim(evidence=[Span.of(sentence)], text=sentence.text[start:end])


def entities(analysis: Analysis) -> EntitiesDraft:
    """Every candidate as it was found."""
    drafts = [
        EntityDraft(ids=[n], name=None, type=found.entity.type, evidence=[], role=None)
        for n, found in enumerate(analysis.entities, 1)
    ]
    return EntitiesDraft(entities=drafts)
