"""Events by code."""

from __future__ import annotations

from summarizer.analysis import Analysis
from summarizer.schemas.timeline import TimelineDraft


def propose_events(analysis: Analysis, limit: int) -> TimelineDraft:
    """Events of sentences with a date."""
    return TimelineDraft(events=[])
