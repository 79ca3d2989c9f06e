"""Entities without a model: every name that code and the reader found, with what the analysis knows of it."""

from __future__ import annotations

from summarizer.analysis import Analysis
from summarizer.schemas.entities import EntitiesDraft, EntityDraft


def entities_draft(analysis: Analysis) -> EntitiesDraft:
    """Each entity of the analysis by its number, from 1, in order of first mention."""
    drafts = [
        EntityDraft(ids=[number], name=None, type=found.entity.type, evidence=[], role=None)
        for number, found in enumerate(analysis.entities, 1)
    ]
    return EntitiesDraft(entities=drafts)
