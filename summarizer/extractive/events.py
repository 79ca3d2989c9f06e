"""Events by code: what a sentence says happened, is planned or may happen, when, and who says so.

What is denied, asked or only supposed is no event. An event without a date has `when` None, and a view may hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from summarizer.analysis import Analysis, name_words
from summarizer.analysis.events import attribution_of, certainty_of, clause_about_subject
from summarizer.article import Article, Sentence
from summarizer.extractive import story
from summarizer.extractive.asides import BORN, asides
from summarizer.extractive.trims import INSERTED, cited, shortened
from summarizer.grounding import check
from summarizer.schemas.evidence import Span
from summarizer.schemas.timeline import Certainty, EventDraft, TimelineDraft
from summarizer.sentences import MONTH, WEEKDAY
from summarizer.settings import Level
from summarizer.values.calendar_values import read_iso
from summarizer.values.dates import dates_in

EVENTS, LINE_WORDS = 12, 20

# A date behind one of these bounds or compares the event; it is not the day of it.
_NOT_ITS_DAY = re.compile(
    r"(?:\b(?:since|until|till|before|after|through|by|than|of|from|to|late as|early as|prior to|due|ahead of|with|for"
    r"|half-year to|year to|months to|quarter to|(?:than|of|from|to) in)(?: at least)?(?: the)?(?: end of)?(?: the)?"
    r"|\b(?:a|the|his|her|their|its))\s$",
    re.IGNORECASE,
)
# "more than in any October since records began in 1889"
_SINCE = re.compile(r"\bsince (?:(?:the|a|an|his|her|its|their) )?(?:\w+ ){1,4}(?:in |on )?$")
# "sacked him, and rehired him a week later": counted from the verb before it, and not from another sentence.
_LATER = re.compile(r"\b(?:later|earlier)$")
_OPENING = 4
# "last year's floods" did not happen now, nor does "on Saturday mornings" name a day.
_POSSESSED = re.compile(r"[’']s?\b|[’']\s|\s(?:morning|afternoon|evening|night)s\b")
_BETWEEN = re.compile(r"\b(?:from|between)\s$", re.IGNORECASE)
_RANGE = re.compile(r"\s?(?:to|and|until|through|-|–)\s(?:the\s)?|[-–]")
_RELATIVE = re.compile(
    r", (?:which|who|whose|whom|where)\b[^,]*(?:,|$)|\b(?:which|whose|where|who)\b"
    r"|\bthat (?=(?:is|was|are|were|has|have|had|will|would|could|began|[a-z]{2,}ed)\b)"
    r"|\b(?:after|because|when|while) (?=(?:the|an?|he|she|it|they|two|its|his|her|their|[A-Z]))"
)
# "..., the health service said on Wednesday": the day of the saying.
_SAYING = re.compile(
    r"\b(?:said|says|told [\w ]{2,30}|announced|added|confirmed|reported|wrote|warned|argued)"
    r"(?: (?:on|in|late|early))?\s$",
    re.IGNORECASE,
)
# "models built between 2020 and 2022", "an agreement signed in March": the day of that, not of the event.
_OF_A_THING = re.compile(
    r"(\w+) (?:\w{3,}ed|built|sold|held|made|found|born|shot|taken|given|written|bought|known|led|won)"
    r"(?: (?:on|in|at|between|from|during|late|early))?(?: the)?\s$"
)
# "Decision dated 3 September 2025" is the day of the paper, and no heading of what follows.
_OF_PAPER = re.compile(r"\b(?:dated|decision|judge?ment|hearing|heard|published|updated|issued)\b", re.IGNORECASE)
_YEARLESS = re.compile(rf"\b(?:{MONTH}|{WEEKDAY}|spring|summer|autumn|winter)\b")
_MONTH = re.compile(MONTH)
_YEAR = re.compile(r"\b\d{4}\b")
_LINKS = name_words.CLAUSE_WORDS | frozenset(
    "was were been be being is are has have had and then also later to who which that he they she it not".split()
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A resolved date at `text[start:end]` of the article."""

    start: int
    end: int
    iso: str


def timeline_draft(analysis: Analysis, *, limit: int = EVENTS) -> TimelineDraft:
    """Up to `limit` events of the article, in its order: those with a date first in line, then those told first.

    The text of each is its sentence, or the clause of it that has the date. What "could", "would", "will" or "is
    expected to" happen is not called happened.
    """
    dates = _dates(analysis)
    headed = _headings(analysis.article, dates)
    found = [
        event
        for sentence in story.told(analysis.article)
        for event in _events(sentence, analysis, dates.get(sentence.number, []), headed.get(sentence.number))
    ]
    if story.form_of(analysis.article) == "instructions":  # "Spread the glue" tells nobody that it was spread
        found = [event for event in found if event.when]
    ranked = sorted(range(len(found)), key=lambda n: ((found[n].when or day_as_said(found[n].text)) is None, n))
    return TimelineDraft(events=[found[n] for n in sorted(ranked[: max(0, limit)])])


def _dates(analysis: Analysis) -> dict[int, list[_Dated]]:
    """The resolved dates of each sentence by its number, in order."""
    dates: dict[int, list[_Dated]] = {}
    places = [(mention, item.iso) for item in analysis.dates for mention in item.mentions if item.iso]
    for mention, iso in sorted(places, key=lambda place: place[0].start):
        dates.setdefault(mention.sentence, []).append(_Dated(mention.start, mention.end, iso))
    return dates


def _headings(article: Article, dates: Mapping[int, list[_Dated]]) -> dict[int, tuple[Sentence, str]]:
    """The heading above each sentence that is a date, and its value: "3 March 2024" over the entry of a diary.

    Below a title and a byline and above the story it is the day of publication.
    """
    headed: dict[int, tuple[Sentence, str]] = {}
    current: tuple[Sentence, str] | None = None
    first = next((one.number for one in story.told(article)), 0)
    for sentence in article.sentences:
        own = dates.get(sentence.number, [])
        if sentence.text[-1:] not in '.!?"”' and not _OF_PAPER.search(sentence.text):
            covered = sum(one.end - one.start for one in own)
            alone = len(own) == 1 and 2 * covered > len(sentence.text)
            dateline = 1 < sentence.number < first
            current = (sentence, own[0].iso) if alone and not dateline else None
        elif current:
            headed[sentence.number] = current
    return headed


def _events(
    sentence: Sentence,
    analysis: Analysis,
    dates: list[_Dated],
    headed: tuple[Sentence, str] | None,
) -> Iterator[EventDraft]:
    """What a sentence tells, and what it tells beside that with a date of its own.

    Of "The ship, built in 1998, carries lorries" only the building is told: that it carries them is no event.
    """
    event, evidence = _event(sentence, analysis, dates, headed), [Span.of(sentence)]
    only_beside = event is not None and bool(dates) and not _bare(sentence.text)[1]
    beside = []
    for text, words in asides(sentence.text) if dates else ():
        day = next((one for one in dates if _words_of(analysis, one) == words), None)
        if day is None or (event and event.when == day.iso and not only_beside) or _is_bound(text, words):
            continue
        if check(text, evidence, level=Level.BALANCED, article=analysis).supported:
            told = EventDraft(evidence=evidence, text=text, when=day.iso, certainty="happened", attributed_to=None)
            beside.append(told)
    if event and not (only_beside and any(one.when == event.when for one in beside)):
        yield event
    yield from beside


def _is_bound(text: str, words: str) -> bool:
    """Whether the date only bounds what the text tells: "since 1990"."""
    at = text.find(words)
    return at >= 0 and _NOT_ITS_DAY.search(text[:at]) is not None


def day_as_said(text: str) -> str | None:
    """The day, month or season of the event in `text` that has no year: "14 May", "February last year"; else None."""
    text = text.partition("; ")[0]
    found = [_Dated(one.start, one.end, one.iso or "") for one in dates_in(text)]
    told = [one for one in found if one.iso or _YEARLESS.search(text[one.start : one.end])]
    place, _ = _when(Sentence(1, 0, len(text), text), _told(text)[0], told)
    if place is None or place.iso:
        return None
    joined = next((one.end for one in found if one.start == place.end + 1), place.end)
    return text[place.start : joined]


def _event(
    sentence: Sentence,
    analysis: Analysis,
    dates: list[_Dated],
    headed: tuple[Sentence, str] | None,
) -> EventDraft | None:
    main, certainty = _told(sentence.text)
    if certainty is None:
        return None
    place, when = _when(sentence, main, dates)
    # Without a date of its own it is told on request only: code alone shortens it.
    level = None if place else Level.STRICT
    text = shortened(sentence, LINE_WORDS, analysis, keep=_words_of(analysis, place), level=level)
    evidence = [cited(sentence, text)]
    if when is None and headed:
        evidence, when = [Span.of(headed[0]), *evidence], headed[1]
    clause = _half_of(text, _words_of(analysis, place))
    reported = attribution_of(clause)
    certainty = certainty_of(clause) or certainty
    if when and certainty == "happened" and _lies_ahead(when, _words_of(analysis, place), analysis.article):
        certainty = "planned"
    return EventDraft(
        evidence=evidence,
        text=text,
        when=when,
        certainty="reported" if certainty == "happened" and reported else certainty,
        attributed_to=reported.source if reported else None,
    )


def _words_of(analysis: Analysis, place: _Dated | None) -> str:
    return analysis.article.text[place.start : place.end] if place else ""


def _lies_ahead(when: str, words: str, article: Article) -> bool:
    """Whether a date told from the day of publication begins behind it: what is of it has not happened."""
    told = None if _YEAR.search(words) else read_iso(when)
    return bool(told and article.published and told.first > article.published)


def _half_of(text: str, words: str) -> str:
    """Of clauses parted by semicolons the one that has the words."""
    return next((half for half in text.split("; ") if words and words in half), text)


def _told(text: str) -> tuple[list[tuple[int, int]], Certainty | None]:
    """The ranges of the main clause and what it says of its event; with what is put into it where only that tells one.

    "The light, automated in 1978, is restored" is of no year; "The light, automated in 1978, is a museum" tells of it.
    """
    bare, certainty = _bare(text)
    if certainty:
        return bare, certainty
    main = list(_main_parts(text))
    return main, certainty_of(_joined(text, main))


def _bare(text: str) -> tuple[list[tuple[int, int]], Certainty | None]:
    """The ranges of the main clause without what is put into it, and what it says of its event."""
    bare = list(_without_insertions(text, list(_main_parts(text))))
    return bare, certainty_of(_joined(text, bare))


def _joined(text: str, ranges: list[tuple[int, int]]) -> str:
    return " ".join(text[start:end] for start, end in ranges)


def _without_insertions(text: str, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges without what stands between commas before their verb, and without a clause about their subject."""
    for start, end in ranges:
        at = start
        if not start and (clause := clause_about_subject(text[:end])):
            yield at, clause[0]
            at = clause[1]
        for match in INSERTED.finditer(text, at, end):
            yield at, match.start()
            at = match.end()
        yield at, end


def _main_parts(text: str) -> Iterator[tuple[int, int]]:
    """The ranges outside relative clauses and clauses of time: the verbs and dates inside those are not of the event.

    A clause without a comma has no end that can be seen: it is left in unless the words before it tell an event.
    """
    born = BORN.match(text)
    at = born.end("clause") if born else 0
    for match in _RELATIVE.finditer(text, at):
        if match[0].startswith(","):
            yield at, match.start()
            at = match.end()
        elif certainty_of(text[at : match.start()]) and certainty_of(text[match.end() :].partition(",")[0]):
            yield at, match.start()
            return
    yield at, len(text)


def _when(
    sentence: Sentence, main: list[tuple[int, int]], dates: list[_Dated]
) -> tuple[_Dated, str] | tuple[None, None]:
    """The date of the event: the first one in its main part that says when, not since, until or said when."""
    begin, other = sentence.start, 0
    for place, following in zip_longest(dates, dates[1:]):
        start, end = place.start - begin, place.end - begin
        if not any(first <= start and end <= last for first, last in main) or _POSSESSED.match(sentence.text, end):
            continue
        before = sentence.text[max(0, start - 40) : start]
        if _SINCE.search(before) or (_LATER.search(sentence.text[start:end]) and start > _OPENING):
            continue
        if other and _RANGE.fullmatch(sentence.text[other:start]):
            continue
        if _is_of_a_thing(before, sentence.text[:start]):
            other = end
            continue
        if following and _BETWEEN.search(before) and (whole := _interval(sentence, place, following)):
            return _Dated(place.start, following.end, whole), whole
        saying = _SAYING.search(before) and attribution_of(sentence.text)
        begins = (
            before.endswith("from ")
            and _MONTH.search(sentence.text, start, end)
            and certainty_of(sentence.text) == "planned"
        )
        if not ((_NOT_ITS_DAY.search(before) and not begins) or saying):
            return place, place.iso
    return None, None


def _is_of_a_thing(before: str, clause: str) -> bool:
    """Whether a date belongs to a participle behind a noun, in a clause that has told its event before."""
    found = _OF_A_THING.search(before)
    return bool(found and found[1].lower() not in _LINKS and certainty_of(clause[: len(clause) - len(found[0])]))


def _interval(sentence: Sentence, first: _Dated, last: _Dated) -> str | None:
    """From 1947 to 1960, between May and June: one event over the whole stretch."""
    gap = sentence.text[first.end - sentence.start : last.start - sentence.start]
    whole = f"{first.iso.split('/')[0]}/{last.iso.split('/')[-1]}"
    return whole if _RANGE.fullmatch(gap) and read_iso(whole) else None
