"""How a value answers a gold file: numerators and denominators that add up over articles."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.analysis.phrases import occurrences
from summarizer.article import Article
from summarizer.errors import require
from summarizer.tasks.view import Place, pointed
from summarizer.values.calendar_values import read_iso

ROUGE = ("rouge1", "rouge2", "rougeLsum")
_CLOCK = re.compile(r"T(\d\d:\d\d)")


class Score(NamedTuple):
    """What one article adds to a metric: `right` of `of`."""

    metric: str
    right: float
    of: float


def score_claims(task: str, gold: Any, values: Sequence[BaseModel | None], article: Article) -> Iterator[Score]:
    """Precision and recall of the cited sentences; `gold` names the right ones by number, by pieces, or both."""
    right = sentences_in_gold(gold, article)
    cited = {place.sentence for _, place in pointed(values, Place)}
    yield Score(f"{task} evidence precision", len(cited & right), len(cited))
    yield Score(f"{task} evidence recall", len(cited & right), len(right))


def sentences_in_gold(gold: Any, article: Article) -> set[int]:
    """The numbers of the sentences that a gold part names, by number or by text."""
    numbers = {number for number in getattr(gold, "sentences", ()) if article.sentence(number)}
    return numbers | sentences_with(getattr(gold, "evidence", ()), article)


def sentences_with(places: Iterable[GoldPlace], article: Article) -> set[int]:
    """The numbers of the sentences in which the places stand."""
    found = (article.sentence_at(start) for _, (start, _) in ranges(places, article.text))
    return {sentence.number for sentence in found if sentence}


def rouge(given: str, references: Sequence[str]) -> dict[str, float]:
    """F-measures against the nearest reference, with stemming (Lin 2004, by the package `rouge-score`)."""
    require("rouge_score", "reference summaries need rouge-score", "eval")
    from rouge_score.rouge_scorer import RougeScorer

    scores = RougeScorer(ROUGE, use_stemmer=True).score_multi(references, given)
    return {kind: float(scores[kind].fmeasure) for kind in ROUGE}


def exact(given: str, golds: Iterable[str]) -> bool:
    """Whether it is one of the gold answers, but for case, punctuation and articles (Rajpurkar et al. 2016)."""
    return any(_plain(given) == _plain(gold) for gold in golds)


def word_f1(given: str, golds: Iterable[str]) -> float:
    """Overlap of words with the nearest gold answer, from 0 to 1 (Rajpurkar et al. 2016)."""
    said = Counter(_plain(given))
    wanted = [Counter(_plain(gold)) for gold in golds]
    return max((2 * (said & one).total() / ((said + one).total() or 1) for one in wanted), default=0.0)


def _plain(text: str) -> list[str]:
    without = "".join(sign for sign in text.lower() if sign not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", without).split()


Range = tuple[int, int]


class GoldPlace(BaseModel):
    """A piece of the article in a gold file. Without offsets every occurrence of the text is meant."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    start: int | None = None
    end: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data


class GoldEvidence(BaseModel):
    """The sentences that a value should rest on: by number, or by pieces of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: list[int] = []
    evidence: list[GoldPlace] = []


P = TypeVar("P", bound=GoldPlace)


def ranges(places: Iterable[P], text: str) -> list[tuple[P, Range]]:
    """Where the places stand; a text without offsets stands wherever it occurs outside the longer ones."""
    places = list(places)
    taken: dict[Range, P] = {(p.start, p.end): p for p in places if p.start is not None and p.end is not None}
    for place in sorted((p for p in places if p.start is None), key=lambda p: -len(p.text)):
        for start, end in occurrences(place.text, text):
            if not any(begin < end and start < stop for begin, stop in taken):
                taken[start, end] = place
    return [(place, found) for found, place in sorted(taken.items())]


COARSE = {"group": "other", "event": "other", "work": "other", "product": "other"}
"""Types that a gold of person, organisation, place and other does not tell apart."""


def score_names(wanted: Mapping[Range, str], given: Mapping[Range, str]) -> Iterator[Score]:
    """Names by exact span and type, both as span -> type."""
    if not set(wanted.values()) & set(COARSE):
        given = {span: COARSE.get(kind, kind) for span, kind in given.items()}
    typed = sum(wanted.get(span) == kind for span, kind in given.items())
    spans = len(wanted.keys() & given.keys())
    yield Score("names precision, typed", typed, len(given))
    yield Score("names recall, typed", typed, len(wanted))
    yield Score("names F1, typed", 2 * typed, len(given) + len(wanted))
    yield Score("names F1, untyped", 2 * spans, len(given) + len(wanted))


def score_dates(gold: Sequence[tuple[Range, str | None]], given: Sequence[tuple[Range, str | None]]) -> Iterator[Score]:
    """Scores of one article; a found expression answers at most one gold date, the one it overlaps most."""
    free, found, right = sorted(given), 0, 0
    for span, iso in gold:
        best = max(free, key=lambda one: _overlap(span, one[0]), default=None)
        if best is None or _overlap(span, best[0]) <= 0:
            continue
        free.remove(best)
        found += 1
        right += _same(iso, best[1])
    yield Score("dates found", found, len(gold))
    yield Score("dates right", right, found)


def _overlap(one: Range, other: Range) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _same(gold: str | None, given: str | None) -> bool:
    """Whether the days are the same, and the time where one is given. Where gold is unknown, unknown is right."""
    wanted, told = (read_iso(iso) if iso else None for iso in (gold, given))
    if wanted is None or told is None:
        return given is None and wanted is None
    clocks = [_CLOCK.findall(iso or "")[:1] for iso in (gold, given)]
    same_days = (wanted.first, wanted.last) == (told.first, told.last)
    return same_days and ("T" not in (given or "") or clocks[0] == clocks[1])
