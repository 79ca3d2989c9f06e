"""Texts for tests of length: neighbouring sentences are told apart, and each can be found again by its number."""

from __future__ import annotations

from summarizer.article import Article

_THINGS = "bridge mill harbour road school tower market church ferry garden".split()


def article(sentences: int, paragraph: int = 5) -> Article:
    """An article of so many different sentences, `paragraph` of them to a paragraph."""
    lines = [f"On day {n} the {_THINGS[n % 10]} of Harwick was painted by {_name(n)}." for n in range(1, sentences + 1)]
    groups = [" ".join(lines[start : start + paragraph]) for start in range(0, sentences, paragraph)]
    return Article("\n\n".join(groups))


def _name(n: int) -> str:
    return f"{'Anna Boris Clara Daniel'.split()[n // 10 % 4]} {'Abbot Barlow Carver'.split()[n // 50 % 3]}"
