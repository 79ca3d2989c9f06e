"""A true claim with a wrong sentence number belongs to the sentence that says it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis import Analysis
from summarizer.article import Sentence
from summarizer.grounding.check import Level, check
from summarizer.schemas.evidence import Span


def repair(claim: str, cited: Sequence[Span], analysis: Analysis, *, level: Level) -> Sentence | None:
    """The one sentence that supports `claim`, None where none or several do."""
    tried = {span.sentence for span in cited}
    right = [
        sentence
        for sentence in analysis.article.sentences
        if sentence.number not in tried and check(claim, [sentence.text], level=level, article=analysis).supported
    ]
    return right[0] if len(right) == 1 else None
