"""Articles of any length: whole where they fit, else split, read in parts and merged by their task."""

from summarizer.long.reading import read

__all__ = ["read"]
