"""Which sentences say most of an article, without repeating.

What is seen of a sentence (where it stands, how central and how long it is, figures, speech, what matters in its form)
is weighed as `benchmarks/summaries/train.py` fitted it to what an editor would make points of. Centrality is the mean
cosine of a sentence with all others (Radev et al. 2004, "Centroid-based summarization"); repetition is held down by
maximal marginal relevance (Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.words import content_stems
from summarizer.analysis.words import words as words_of
from summarizer.article import Article, Sentence
from summarizer.extractive import story, weights

WEIGHTS = {
    "early": 3.32, "late": 1.46, "words": 1.89, "central": 0.43, "titled": 0.51, "money": 0.53, "percent": 0.7,
    "quoted": -0.3, "first person": -0.25, "form": 1.06,
}  # fmt: skip
"""What is seen of a sentence, and how much it counts."""
REDUNDANCY = 2.0
_FOCUS, _DECAY, _MANY, _LONG, _LEADING = 8.0, 15.0, 10, 17, 4
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_MONEY = re.compile(r"[$£€]|\b(?:euros|dollars|pounds)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|we|our|us)\b", re.IGNORECASE)

_Vector = dict[str, float]


def select(
    analysis: Analysis, points: int, *, words: int | None = None, focus: str | None = None, told: Sentence | None = None
) -> tuple[Sentence, ...]:
    """At most `points` sentences that say most of the article, in its order.

    Args:
        analysis: the article and its findings.
        points: the greatest number of sentences.
        words: the greatest number of words of all of them together; one sentence is given even if it has more.
        focus: what the summary should be about, in words of the article; sentences near them are preferred.
        told: a sentence that need not be said again, since it is the headline.

    """
    article, left = analysis.article, math.inf if words is None else words
    open_ones, vectors = _scores(article, focus), _vectors(article)
    repeats = {n: _cosine(vectors[n], vectors[told.number - 1]) if told else 0.0 for n in open_ones}
    if told:
        open_ones.pop(told.number - 1, None)
    chosen: list[Sentence] = []
    while open_ones and len(chosen) < points and left > 0:
        number = max(open_ones, key=lambda n: (open_ones[n] - REDUNDANCY * repeats[n], -n))
        del open_ones[number]
        count = _count(article.sentences[number])
        if count > left and chosen:
            continue
        chosen.append(article.sentences[number])
        left -= count
        for other in open_ones:
            repeats[other] = max(repeats[other], _cosine(vectors[number], vectors[other]))
    return tuple(sorted(chosen, key=lambda sentence: sentence.number))


def headline(analysis: Analysis) -> Sentence | None:
    """The sentence that leads: the first of the story, or of those that weigh most in its form; None where none is.

    A decision leads where it would be a point: "It was agreed to advertise the post" is not what a meeting was about.
    """
    article = analysis.article
    sentences = story.told(article)
    decided = [one for one in select(analysis, _LEADING) if weights.is_decision(article, one)]
    if story.form_of(article) == "news":
        return max(sentences, key=lambda one: (weights.standing(article, one), -one.number), default=None)
    return max(decided or sentences, key=lambda one: (weights.weight(article, one), -one.number), default=None)


@lru_cache(maxsize=4)
def _vectors(article: Article) -> tuple[_Vector, ...]:
    """Each sentence as a unit vector of stem weights."""
    stems = [Counter(content_stems(sentence.text)) for sentence in article.sentences]
    spread = Counter(stem for found in stems for stem in found)
    raw = [{stem: many * math.log(1 + len(stems) / spread[stem]) for stem, many in found.items()} for found in stems]
    return tuple({stem: weight / math.hypot(*one.values()) for stem, weight in one.items()} for one in raw)


def features(article: Article) -> dict[int, dict[str, float]]:
    """What is seen of each sentence of the story that may be a point, by its place in the article counted from 0."""
    vectors, told = _vectors(article), story.told(article)
    central, titled = _scaled(_centrality(vectors)), _scaled(_nearness(vectors, article.title or ""))
    found = {}
    for at, sentence in enumerate(told):
        if weight := weights.weight(article, sentence):
            n, behind = sentence.number - 1, at / max(_MANY, len(told) - 1)
            place = {"early": math.exp(-at / _DECAY), "late": behind, "form": math.log(weight)}
            found[n] = {**place, "central": central[n], "titled": titled[n], **_seen(sentence.text)}
    return found


def _seen(text: str) -> dict[str, float]:
    return {
        "words": math.log(min(_LONG, max(1, len(text.split())))),
        "money": float(bool(_MONEY.search(text))),
        "percent": float(bool(_PERCENT.search(text))),
        "quoted": float('"' in text or "“" in text),
        "first person": float(bool(_FIRST_PERSON.search(text))),
    }


def _scores(article: Article, focus: str | None) -> dict[int, float]:
    """How much each sentence says, by its place in the article counted from 0: a logit less a constant."""
    focused = _scaled(_nearness(_vectors(article), focus or ""))
    return {
        n: sum(WEIGHTS[name] * value for name, value in seen.items()) + _FOCUS * focused[n]
        for n, seen in features(article).items()
    }


def _scaled(values: list[float]) -> list[float]:
    most = max(values, default=0.0)
    return [value / most for value in values] if most > 0 else values


def _centrality(vectors: Sequence[_Vector]) -> list[float]:
    """Cosine with every other sentence, summed: the dot product with the sum of all vectors, less its own."""
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] += weight
    return [_cosine(vector, total) - 1.0 for vector in vectors]


def _nearness(vectors: Sequence[_Vector], text: str) -> list[float]:
    wanted = set(content_stems(text))
    return [sum(weight for stem, weight in vector.items() if stem in wanted) for vector in vectors]


def _cosine(one: _Vector, other: _Vector) -> float:
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def _count(sentence: Sentence) -> int:
    return sum(1 for _ in words_of(sentence.text))
