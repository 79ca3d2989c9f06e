"""What code alone finds in an article: words, names, dates, quantities. No model, no network."""

from summarizer.analysis.analysis import Analysis

__all__ = ["Analysis"]
