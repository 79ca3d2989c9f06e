"""Words that tell what numbers and dates mean: the long lists of data/words.txt by their section, and short ones."""

from __future__ import annotations

import re
from importlib.resources import files


def _sections() -> dict[str, frozenset[str]]:
    lines = (files("summarizer.values") / "data" / "words.txt").read_text("utf-8").splitlines()
    parts = re.split(r"\[(.+)\]", "\n".join(line for line in lines if not line.startswith("#")))
    return {name: frozenset(words.split()) for name, words in zip(parts[1::2], parts[2::2], strict=True)}


WORDS = _sections()


def word_set(words: str) -> frozenset[str]:
    """The words of a string as a set: long word lists read better as text."""
    return frozenset(words.split())
