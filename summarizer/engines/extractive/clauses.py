"""Clauses of a sentence that can stand alone without saying more than the sentence does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.analysis.attribution import Attribution, attribution_of

# A clause behind one of these has a subject of its own and can be read without the words before it.
_JOINT = re.compile(r",? (?:where|while) (?=[A-Z]|the |both |two |three |a |an |his |her |their |its |they |he |she )")
_BINDS = re.compile(
    r"\b(?:if|unless|not|no|never|nor|neither|none|without|denied?|denies|deny|false|falsely|except|only|\w{1,8}n[’']t)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """`sentence[start:end]`, with what is reported of its source."""

    start: int
    end: int
    attribution: Attribution | None


def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """The clauses of `sentence` that stand alone, in order; the whole sentence where it cannot be parted safely.

    A cut never drops who says it, a condition or a negation: where the part cut off has one of these, the clause
    keeps it by not being cut.
    """
    attribution = attribution_of(sentence)
    whole = Clause(0, len(sentence), attribution)
    joint = _JOINT.search(sentence)
    if joint is None:
        return (whole,)
    first, second = sentence[: joint.start()], sentence[joint.end() :]
    if min(len(first.split()), len(second.split())) < _LEAST_WORDS or _unbalanced(first):
        return (whole,)
    pieces = []
    if not _binds(second, attribution, joint.end()):
        pieces.append(Clause(0, joint.start(), attribution))
    else:
        pieces.append(whole)
    if not _binds(first, attribution, 0):
        pieces.append(Clause(joint.end(), len(sentence), attribution))
    return tuple(pieces)


def _binds(dropped: str, attribution: Attribution | None, start: int) -> bool:
    """Whether the words dropped hold the source of what is said, a condition or a negation."""
    if attribution and start <= attribution.start < start + len(dropped):
        return True
    return _BINDS.search(dropped) is not None


def _unbalanced(text: str) -> bool:
    """Whether a bracket or a quotation is open at the end of `text`."""
    return any(text.count(a) != text.count(b) for a, b in ("()", "“”", "[]")) or text.count('"') % 2 == 1
