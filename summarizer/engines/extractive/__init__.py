"""The engine that is plain code: no model, the same typed drafts."""

from summarizer.engines.extractive.engine import ExtractiveEngine

__all__ = ["ExtractiveEngine"]
