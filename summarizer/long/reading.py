"""One article of any length."""

from __future__ import annotations

from summarizer.pipeline import read

__all__ = ["read"]
