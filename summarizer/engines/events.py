"""Shim."""

from summarizer.engines.extractive.events import propose_events


def timeline_draft(analysis, *, limit=40):
    return propose_events(analysis, limit)
