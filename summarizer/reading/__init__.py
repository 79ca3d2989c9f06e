"""Anything into articles: `read` gives one, `read_all` gives many."""

from summarizer.reading.document import Unreadable
from summarizer.reading.registry import read, read_all

__all__ = ["Unreadable", "read", "read_all"]
