"""Events by code: what a sentence says happened, is planned or may happen, when, and who says so.

What is denied, asked or only supposed is no event. An event without a date has `when` None, and a view may hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.analysis import Analysis, name_words
from summarizer.analysis.calendar_values import in_order, read_iso
from summarizer.analysis.events import Attribution, attribution_of, certainty_of
from summarizer.analysis.words import fold, words
from summarizer.article import Sentence
from summarizer.extractive import story
from summarizer.extractive.trims import trimmed
from summarizer.schemas.evidence import Span
from summarizer.schemas.timeline import Certainty, Event, EventDraft, TimelineDraft

EVENTS = 12

# A date behind one of these bounds or compares the event; it is not the day of it.
_NOT_ITS_DAY = re.compile(
    r"(?:\b(?:since|until|till|before|after|through|by|than|of|from|to|late as|early as|prior to|due|ahead of|with|for"
    r"|half-year to|year to|months to|quarter to)(?: the)?(?: end of)?(?: the)?|\b(?:a|the|his|her|their|its))\s$",
    re.IGNORECASE,
)
_POSSESSED = re.compile(r"[’']s?\b|[’']\s")  # "last year's floods" did not happen now
_BETWEEN = re.compile(r"\b(?:from|between)\s$", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:to|and|until|through|-|–)\s(?:the\s)?|[-–]")
_RELATIVE = re.compile(r", (?:which|who|whose|whom|where)\b[^,]*(?:,|$)|\b(?:which|whose|where|who)\b")
# "I never planned to run a boatyard", "if Mayor Osei agrees": told of, and did not happen.
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|nobody|nothing|none|no (?!\d|longer\b|confidence\b)|den(?:y|ies|ied)|cannot"
    r"|refused to say|declined to|\w{1,8}n[’']t)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|provided|in case|would have|could have|might have|should have|as though|were to)\b|^had\b",
    re.IGNORECASE,
)
# "..., the health service said on Wednesday": the day of the saying.
_BORN = re.compile(r"\b(?:was|were) born\b")
_SAYING = re.compile(
    r"\b(?:said|says|told [\w ]{2,30}|announced|added|confirmed|reported|wrote|warned|argued)"
    r"(?: (?:on|in|late|early))?\s$",
    re.IGNORECASE,
)
# "the coastguard", "her lawyer": nobody's name, and somebody who speaks.
_BODY = re.compile(
    r"(?:the|an?|his|her|its|their) (?!(?:report|study|survey|figures|law|budget|letter|statement|paper|plan)\b)"
    r"[a-z'’-]+(?: [a-z'’-]+){0,2}",
    re.IGNORECASE,
)
# "models built between 2020 and 2022", "an agreement signed in March": the day of that, not of the event.
_OF_A_THING = re.compile(
    r"(\w+) (?:\w{3,}ed|built|sold|held|made|found|born|shot|taken|given|written|bought|known|led|won)"
    r"(?: (?:on|in|at|between|from|during|late|early))?(?: the)?\s$"
)
_LINKS = name_words.CLAUSE_WORDS | frozenset(
    "was were been be being is are has have had and then also later to who which that they he she it not".split()
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A resolved date at `text[start:end]` of the article."""

    start: int
    end: int
    iso: str


def timeline_draft(analysis: Analysis, *, limit: int = EVENTS) -> TimelineDraft:
    """Up to `limit` events of the article, in its order: those with a date first in line, then those told first.

    The text of each is a sentence, word for word, less its dateline. What "could", "would", "will" or "is expected to"
    happen is not called happened.
    """
    dates = _dates(analysis)
    headed = _headings(analysis, dates)
    found = [
        event
        for sentence in story.told(analysis.article)
        for event in _events_of(sentence, analysis, dates.get(sentence.number, []), headed.get(sentence.number))
    ]
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


def _headings(analysis: Analysis, dates: dict[int, list[_Dated]]) -> dict[int, tuple[Sentence, str]]:
    """The heading above each sentence that is a date, and its value: "3 March 2024" over the entry of a diary."""
    headed: dict[int, tuple[Sentence, str]] = {}
    current: tuple[Sentence, str] | None = None
    for sentence in analysis.article.sentences:
        own = dates.get(sentence.number, [])
        if sentence.text[-1:] not in '.!?"”':
            covered = sum(one.end - one.start for one in own)
            current = (sentence, own[0].iso) if len(own) == 1 and 2 * covered > len(sentence.text) else None
        elif current:
            headed[sentence.number] = current
    return headed


def _events_of(
    sentence: Sentence, analysis: Analysis, dates: list[_Dated], headed: tuple[Sentence, str] | None
) -> Iterator[EventDraft]:
    text = sentence.text
    if story.is_question(sentence):
        return
    main = _main_parts(text)
    told = " ".join(text[start:end] for start, end in main)
    certainty = None if _SUPPOSED.search(told) else _happens(told)
    if certainty is None:
        return
    reported = attribution_of(text)
    when, cited = _when(sentence, main, dates), [Span.of(sentence)]
    if when is None and headed:
        cited, when = [Span.of(headed[0]), *cited], headed[1]
    yield EventDraft(
        evidence=cited,
        text=trimmed(text),
        when=when,
        certainty="reported" if certainty == "happened" and reported else certainty,
        attributed_to=_speaker(reported, analysis, sentence),
    )


def _happens(told: str) -> Certainty | None:
    """What the words say, where they tell an event before anything is denied; else None."""
    denied = _DENIED.search(told)
    before = told[: denied.start()] if denied else told
    if not certainty_of(before):
        return "happened" if _BORN.search(before) else None
    return certainty_of(told)


def _speaker(reported: Attribution | None, analysis: Analysis, sentence: Sentence) -> str | None:
    """Who reports it: words that name a person or a body, or say what somebody is; None for anything else."""
    if reported is None or not reported.source:
        return None
    source, folded = reported.source, fold(reported.source)
    if len(source.split()) > 8 or _DENIED.search(source):
        return None
    heads = name_words.PERSON_ROLES | name_words.ORGANISATION_ROLES | name_words.ORGANISATION_HEADS | name_words.OFFICES
    roles = {form for word in words(source) for form in (word.folded, word.folded.removesuffix("s"))}
    named = any(
        mention.sentence == sentence.number and fold(mention.text) in folded
        for found in analysis.entities
        if found.entity.type in ("person", "organisation", "group")
        for mention in found.entity.mentions
    )
    return source if named or roles & heads or _BODY.fullmatch(source) else None


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


def _when(sentence: Sentence, main: list[tuple[int, int]], dates: list[_Dated]) -> str | None:
    """The date of the event: the first one in its main part that says when, not since, until or said when."""
    start, other = sentence.start, 0
    for n, place in enumerate(dates):
        if not any(start + begin <= place.start and place.end <= start + end for begin, end in main):
            continue
        if _POSSESSED.match(sentence.text, place.end - sentence.start):
            continue
        before = sentence.text[max(0, place.start - start - 40) : place.start - start]
        following = dates[n + 1] if n + 1 < len(dates) else None
        span = _interval(sentence, place, following) if following and _BETWEEN.search(before) else None
        if other and _RANGE.fullmatch(sentence.text[other - sentence.start : place.start - sentence.start]):
            continue
        if _is_of_a_thing(before, sentence.text[: place.start - start]):
            other = place.end
            continue
        if span or not (_NOT_ITS_DAY.search(before) or _is_of_the_saying(sentence, before)):
            return span or place.iso
    return None


def _is_of_the_saying(sentence: Sentence, before: str) -> bool:
    """Whether a date tells when somebody spoke of another thing: what they said stands beside it."""
    return bool(_SAYING.search(before)) and attribution_of(sentence.text) is not None


def _is_of_a_thing(before: str, clause: str) -> bool:
    """Whether a date belongs to a participle behind a noun, in a clause that has told its event before."""
    found = _OF_A_THING.search(before)
    return bool(found and found[1].lower() not in _LINKS and certainty_of(clause[: len(clause) - len(found[0])]))


def _interval(sentence: Sentence, first: _Dated, last: _Dated) -> str | None:
    """From 1947 to 1960, between May and June: one event over the whole stretch."""
    gap = sentence.text[first.end - sentence.start : last.start - sentence.start]
    whole = f"{first.iso.split('/')[0]}/{last.iso.split('/')[-1]}"
    return whole if _RANGE.fullmatch(gap) and read_iso(whole) else None
