"""Whether what was proposed holds in the sentences it cites."""

from summarizer.grounding.check import Check, Level, check

__all__ = ["Check", "Level", "check"]
