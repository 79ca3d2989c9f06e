"""From any draft to its value: each built-in kind has a room of its own, a user's own share one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from summarizer.grounding.answers import settle_answer
from summarizer.grounding.entities import settle_entities
from summarizer.grounding.generic import settle_generic
from summarizer.grounding.settling import Settled, Settling
from summarizer.grounding.summaries import settle_summary
from summarizer.grounding.timelines import settle_timeline
from summarizer.schemas.answer import AnswerDraft
from summarizer.schemas.entities import EntitiesDraft
from summarizer.schemas.summary import SummaryDraft
from summarizer.schemas.timeline import TimelineDraft


def settle(draft: BaseModel | None, court: Settling, question: str | None = None) -> Settled[Any]:
    """The value a draft comes to in `court`; no value where there is no draft."""
    if question is not None:
        return settle_answer(draft if isinstance(draft, AnswerDraft) else None, question, court)
    match draft:
        case SummaryDraft():
            return settle_summary(draft, court)
        case EntitiesDraft():
            return settle_entities(draft, court)
        case TimelineDraft():
            return settle_timeline(draft, court)
        case None:
            return court.settled(None)
        case _:
            return settle_generic(draft, court)
