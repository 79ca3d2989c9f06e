"""From any draft to its value: each built-in kind has a room of its own, a user's own share one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from summarizer.grounding.answers import settle_answer
from summarizer.grounding.entities import settle_entities
from summarizer.grounding.generic import ground_form
from summarizer.grounding.grounder import Grounded, Grounder
from summarizer.grounding.summaries import settle_summary
from summarizer.grounding.timelines import settle_timeline
from summarizer.schemas.answer import AnswerDraft
from summarizer.schemas.entities import EntitiesDraft
from summarizer.schemas.summary import SummaryDraft
from summarizer.schemas.timeline import TimelineDraft


def settle(draft: BaseModel | None, grounder: Grounder, question: str | None = None) -> Grounded[Any]:
    """The value a draft comes to in `grounder`; no value where there is no draft."""
    if question is not None:
        return settle_answer(draft if isinstance(draft, AnswerDraft) else None, question, grounder)
    match draft:
        case SummaryDraft():
            return settle_summary(draft, grounder)
        case EntitiesDraft():
            return settle_entities(draft, grounder)
        case TimelineDraft():
            return settle_timeline(draft, grounder)
        case None:
            return grounder.grounded(None)
        case _:
            return ground_form(draft, grounder)
