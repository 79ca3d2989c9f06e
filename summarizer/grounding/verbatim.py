"""Whether a claim is a cited sentence itself, or a trim of it that keeps what the sentence says."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.check import check
from summarizer.grounding.reading import read
from summarizer.grounding.subsequence import is_whole, subsequence_problems


def is_trim(claim: str, sentence: str) -> bool:
    """Whether the claim is the sentence, or a part of it in its order that passes the strict check."""
    if is_whole(claim, sentence):
        return True
    return not _loses(claim, sentence) and check(claim, [sentence], level="strict").supported is True


def _loses(claim: str, sentence: str) -> bool:
    return next(subsequence_problems(read([claim]), read([sentence])), None) is not None


def verbatim(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the claim is one of the cited sentences or a safe trim of one: support level `verbatim`."""
    return any(is_trim(claim, sentence) for sentence in sentences)
