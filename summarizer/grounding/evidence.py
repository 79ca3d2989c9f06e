"""What the reader is given as evidence, and which other sentences may carry a claim that its own do not."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from summarizer.analysis.words import content_stems
from summarizer.article import Article, Sentence

MOST_SENTENCES = 6
"""More dilute what the reader sees: those that share most with the claim are picked."""
RETRIEVED = 3
_POINTS_BACK = re.compile(
    r"\W*(?:(?:he|she|they|it|his|her|their|its|this|these|those|both)\b"
    r"|the (?:company|firm|group|agency|bank|club|party|team|woman|man|pair|couple|suspect|victim|driver|minister)\b)",
    re.IGNORECASE,
)


def numbers_of(cited: Sequence[Any], article: Article) -> tuple[int, ...]:
    """The numbers of the cited sentences in `article`; those that are not of it have none."""
    found = []
    for one in cited:
        if isinstance(one, str):
            sentence = next((s for s in article.sentences if s.text == one), None)
        else:
            sentence = article.sentence_at(one.start)
            if sentence and one.text not in sentence.text:
                sentence = None
        if sentence:
            found.append(sentence.number)
    return tuple(found)


def context_of(texts: Sequence[str], numbers: Sequence[int], article: Article) -> str:
    """The sentence before the first cited one, where that opens with a pronoun or a bare "the company"; else ""."""
    if not numbers or not _POINTS_BACK.match(texts[0]) or numbers[0] - 1 in numbers:
        return ""
    before = article.sentence(numbers[0] - 1)
    return before.text if before else ""


def shortened(claim: str, texts: Sequence[str], before: str = "") -> str:
    """The evidence as one text; of more than six sentences those that share most with the claim, in their order."""
    if len(texts) > MOST_SENTENCES:
        wanted = set(content_stems(claim))
        shared = [len(wanted & set(content_stems(text))) for text in texts]
        best = sorted(range(len(texts)), key=lambda n: (-shared[n], n))[:MOST_SENTENCES]
        texts = [texts[n] for n in sorted(best)]
    return " ".join(" ".join(text.split()) for text in (before, *texts) if text)


def others(claim: str, numbers: Sequence[int], article: Article) -> list[Sentence]:
    """The neighbours of the cited sentences and the three that share most with the claim, best first."""
    near = [n + step for n in numbers for step in (-1, 1)]
    wanted = [*near, *_nearest(claim, article)] if len(numbers) < len(article.sentences) else []
    found = (article.sentence(number) for number in dict.fromkeys(wanted) if number not in numbers)
    return [sentence for sentence in found if sentence]


def _nearest(claim: str, article: Article) -> list[int]:
    """Numbers of the sentences whose shared stems with the claim weigh most; rare stems weigh more (idf)."""
    index = _index(article)
    weights: Counter[int] = Counter()
    for stem in set(content_stems(claim)):
        for number in index.get(stem, ()):
            weights[number] += round(1000 * math.log(1 + len(article.sentences) / len(index[stem])))
    return [number for number, _ in sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:RETRIEVED]]


@lru_cache(maxsize=16)
def _index(article: Article) -> dict[str, list[int]]:
    """Stem -> numbers of the sentences that have it."""
    table: dict[str, list[int]] = {}
    for sentence in article.sentences:
        for stem in dict.fromkeys(content_stems(sentence.text)):
            table.setdefault(stem, []).append(sentence.number)
    return table


def in_order(sentences: Iterable[Any]) -> list[Any]:
    """Sentences or spans by their place, each once."""
    return sorted({one.start: one for one in sentences}.values(), key=lambda one: one.start)
