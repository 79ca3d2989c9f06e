"""A true claim with a wrong or missing sentence number: find the one sentence that supports it."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.analysis import Analysis
from summarizer.article import Article, Sentence
from summarizer.grounding.aliases import Grounds, prepare
from summarizer.grounding.check import Spanned, check
from summarizer.grounding.reading import glance
from summarizer.settings import Level

_TRIED = 5
_LEAST_SHARED = 0.5


def repair(
    claim: str,
    cited: Sequence[Spanned],
    article: Article | Analysis | Grounds,
    level: Level = "lenient",
) -> Sentence | None:
    """The one sentence of the article that supports a claim which its cited sentences do not.

    None where no sentence does, or where several do: then it is not known which one was meant. The sentences that
    share most of the claim's words are tried, five at most.
    """
    grounds = prepare(article)
    wrong = {span.start for span in cited if span.text}
    supporting = [
        sentence
        for sentence in _nearest(claim, grounds)
        if sentence.start not in wrong and check(claim, [sentence], level=level, article=grounds).supported is True
    ]
    return supporting[0] if len(supporting) == 1 else None


def _nearest(claim: str, grounds: Grounds) -> list[Sentence]:
    """The sentences that hold at least half of the claim's content words, most first."""
    words = glance(claim)
    shared: dict[int, int] = {}
    for word in words:
        for number in grounds.sentences_with.get(word, ()):
            shared[number] = shared.get(number, 0) + 1
    enough = [number for number, count in shared.items() if count >= _LEAST_SHARED * len(words)]
    best = sorted(enough, key=lambda number: (-shared[number], number))[:_TRIED]
    return [sentence for number in best if (sentence := grounds.analysis.article.sentence(number))]
