"""Check one claim against the sentences it cites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.article import Article

Level = Literal["strict", "lenient"]


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome: `supported`, a score from 0 to 1, and what does not hold, in words a person can read.

    `supported` is None where the check cannot read the language of the text: then the claim is `unchecked`.
    """

    supported: bool | None
    score: float
    problems: tuple[str, ...]


def check(
    claim: str,
    sentences: Sequence[str],
    *,
    level: Level = "lenient",
    article: Article | Analysis | None = None,
) -> Check:
    """Whether `claim` holds in `sentences`, the one or two it cites.

    Args:
        claim: one statement.
        sentences: the text of the cited sentences.
        level: `strict` for the text of a small model, `lenient` for that of a strong one.
        article: the article, for its aliases and its date.

    """
    known = {stem for sentence in sentences for stem in content_stems(getattr(sentence, "text", sentence))}
    missing = tuple(stem for stem in content_stems(claim) if stem not in known)
    return Check(not missing, 1.0 - len(missing) / max(1, len(content_stems(claim))), missing)
