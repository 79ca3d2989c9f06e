"""Events by code: what a sentence says happened, is planned or may happen, when, and who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.analysis import Analysis
from summarizer.analysis.calendar_values import in_order, read_iso
from summarizer.analysis.certainty import certainty_of
from summarizer.article import Sentence
from summarizer.engines.extractive.clauses import Clause, clauses_of
from summarizer.schemas.evidence import Span
from summarizer.schemas.timeline import Certainty, Event, EventDraft, TimelineDraft

# A date behind one of these bounds or compares the event; it is not the day of it.
_NOT_ITS_DAY = re.compile(
    r"(?:\b(?:since|until|till|before|after|through|by|than|of|from|to|late as|early as|prior to|due|ahead of|with)"
    r"(?: the)?(?: end of)?(?: the)?|\b(?:a|the|his|her|their|its))\s$",
    re.IGNORECASE,
)
_POSSESSED = re.compile(r"[’']s?\b|[’']\s")  # "last year's floods" did not happen now
# What was not said is no event.
_UNSAID = re.compile(
    r"\b(?:did|does|do|has|have|had|would|could|is|was)(?: not|n[’']t) "
    r"(?:say|said|specify|specified|comment|elaborate|disclose|disclosed|reveal|revealed|explain|explained|respond)\b"
)
_BETWEEN = re.compile(r"\b(?:from|between)\s$", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:to|and|until|through|-|–)\s(?:the\s)?|[-–]")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A resolved date at `text[start:end]` of the article."""

    start: int
    end: int
    iso: str


def propose_events(analysis: Analysis, limit: int) -> TimelineDraft:
    """Up to `limit` events of the article, in its order: those with a date first in line, then those told first.

    The text of each is a sentence or a clause of it, word for word; it never loses who says it, a hedge or a
    negation. What "could", "would", "will" or "is expected to" happen is not called happened.
    """
    dates = _dates(analysis)
    found = [event for sentence in analysis.article.sentences for event in _events_of(sentence, dates)]
    ranked = sorted(range(len(found)), key=lambda n: (found[n].when is None, n))
    return TimelineDraft(events=[found[n] for n in sorted(ranked[: max(0, limit)])])


def order_events(events: Iterable[Event]) -> list[Event]:
    """The events by the first day of `when`, the shorter stretch first; those without a date last, as they came."""
    return sorted(events, key=lambda event: in_order(event.when))


def _dates(analysis: Analysis) -> dict[int, list[_Dated]]:
    """The resolved dates of each sentence by its number, in order."""
    dates: dict[int, list[_Dated]] = {}
    for item in analysis.dates:
        for mention in item.mentions:
            if item.iso:
                dates.setdefault(mention.sentence, []).append(_Dated(mention.start, mention.end, item.iso))
    for places in dates.values():
        places.sort(key=lambda place: place.start)
    return dates


def _events_of(sentence: Sentence, dates: dict[int, list[_Dated]]) -> Iterator[EventDraft]:
    if sentence.text.rstrip('"”’)').endswith("?"):
        return
    for clause in clauses_of(sentence.text):
        text = sentence.text[clause.start : clause.end]
        # A hedge in a relative clause counts too: the reader sees it, so the text is not called happened.
        main = _main_parts(text)
        unsaid = _UNSAID.search(text)
        if unsaid and not certainty_of(text[: unsaid.start()]):
            continue
        certainty = certainty_of(text)
        if certainty is None or not certainty_of(" ".join(text[start:end] for start, end in main)):
            continue
        yield EventDraft(
            evidence=[Span.of(sentence)],
            text=text,
            when=_when(sentence, clause, main, dates.get(sentence.number, [])),
            certainty=_reported(certainty, clause),
            attributed_to=clause.attribution.source if clause.attribution else None,
        )


def _reported(certainty: Certainty, clause: Clause) -> Certainty:
    return "reported" if certainty == "happened" and clause.attribution else certainty


_RELATIVE = re.compile(r", (?:which|who|whose|whom|where)\b[^,]*(?:,|$)|\b(?:which|whose|where|who)\b")


def _main_parts(text: str) -> list[tuple[int, int]]:
    """The ranges outside relative clauses: the verbs and dates inside those are not of the event.

    A clause without a comma has no end that can be seen: it is left in unless the words before it tell an event.
    """
    parts, at, bare = [], 0, None
    for match in _RELATIVE.finditer(text):
        if match[0].startswith(","):
            parts.append((at, match.start()))
            at = match.end()
        elif bare is None:
            bare = match.start()
            if certainty_of(text[at:bare]):
                return [*parts, (at, bare)]
    return [*parts, (at, len(text))]


def _when(sentence: Sentence, clause: Clause, main: list[tuple[int, int]], dates: list[_Dated]) -> str | None:
    """The date of the clause's event: the first one in its main part that says when, not since or until when."""
    start = sentence.start + clause.start
    for n, place in enumerate(dates):
        if not any(start + begin <= place.start and place.end <= start + end for begin, end in main):
            continue
        if _POSSESSED.match(sentence.text, place.end - sentence.start):
            continue
        before = sentence.text[max(clause.start, place.start - sentence.start - 24) : place.start - sentence.start]
        following = dates[n + 1] if n + 1 < len(dates) else None
        span = _interval(sentence, place, following) if following and _BETWEEN.search(before) else None
        if span or not _NOT_ITS_DAY.search(before):
            return span or place.iso
    return None


def _interval(sentence: Sentence, first: _Dated, last: _Dated) -> str | None:
    """From 1947 to 1960, between May and June: one event over the whole stretch."""
    gap = sentence.text[first.end - sentence.start : last.start - sentence.start]
    whole = f"{first.iso.split('/')[0]}/{last.iso.split('/')[-1]}"
    return whole if _RANGE.fullmatch(gap) and read_iso(whole) else None
