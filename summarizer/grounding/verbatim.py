"""Whether a claim is a sentence of the article, or a trim of it."""

from __future__ import annotations


def is_trim(claim: str, sentence: str) -> bool:
    """Whether `claim` is `sentence` with nothing but white space changed."""
    return " ".join(claim.split()) == " ".join(sentence.split())
