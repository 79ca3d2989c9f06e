"""English words that are commonly written in lower case: what is none of them may be a name, or another language."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """English words that are commonly written in lower case, drawn from the training texts of the name tagger."""
    return frozenset(files("summarizer.grounding").joinpath("data/common_words.txt").read_text("utf-8").split())
