"""Quotations by code: words between quotation marks whose sentence says who speaks, and speech under a name.

"She said" is resolved to the one person of the sentences around it where there is one only; else it is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.analysis import Analysis
from summarizer.analysis.events import SAID, attribution_of
from summarizer.analysis.speech import turns
from summarizer.article import Article, Sentence
from summarizer.schemas.evidence import Span
from summarizer.schemas.quotes import QuoteDraft

# Words between double quotation marks of one kind; single ones are apostrophes too often.
_QUOTED = re.compile(r"“([^“”]{3,600})”|\"([^\"]{3,600})\"|«([^«»]{3,600})»|„([^„“”]{3,600})[“”]")
FEWEST_WORDS = 3
"""'the so-called "smart city"' quotes no sentence of anybody."""
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he) (?:also )?(?:{SAID}|told)\b|\b(?:{SAID}) (?:he|she)\b")


def quotations(analysis: Analysis) -> Iterator[QuoteDraft]:
    """The quotations of an article, in its order, each with a speaker who stands in its evidence."""
    spoken = turns(analysis.article)
    for sentence in analysis.article.sentences:
        turn = spoken.get(sentence.number)
        if turn and turn.start and turn.named and not turn.asks:
            yield from _under_a_label(sentence, turn.start, turn.named)
        yield from _between_marks(sentence, analysis)


def _under_a_label(sentence: Sentence, start: int, speaker: str) -> Iterator[QuoteDraft]:
    words = sentence.text[start:]
    if len(words.split()) >= FEWEST_WORDS and not _QUOTED.search(words):
        yield QuoteDraft(evidence=[Span.of(sentence)], words=words, speaker=speaker, to=None)


def _between_marks(sentence: Sentence, analysis: Analysis) -> Iterator[QuoteDraft]:
    found = [next(filter(None, match.groups())) for match in _QUOTED.finditer(sentence.text)]
    found = [words for words in found if len(words.split()) >= FEWEST_WORDS]
    if not found:
        return
    evidence, speaker = [Span.of(sentence)], _named(sentence.text)
    if speaker is None and _PRONOUN.search(_QUOTED.sub(" ", sentence.text)):
        evidence, speaker = _person_before(sentence, analysis)
    if speaker:
        for words in found:
            yield QuoteDraft(evidence=evidence, words=words, speaker=speaker, to=None)


def _named(text: str) -> str | None:
    attribution = attribution_of(" ".join(text.split()))
    return attribution.source if attribution else None


def _person_before(sentence: Sentence, analysis: Analysis) -> tuple[list[Span], str | None]:
    """The only person whom the sentence before names, or who speaks in it, and both sentences."""
    before = _before(sentence, analysis.article)
    if before is None:
        return [], None
    evidence = [Span.of(before), Span.of(sentence)]
    people = {
        found.entity.id: mention.text
        for found in analysis.entities
        if found.entity.type == "person"
        for mention in found.entity.mentions
        if mention.sentence == before.number
    }
    return evidence, next(iter(people.values())) if len(people) == 1 else None


def _before(sentence: Sentence, article: Article) -> Sentence | None:
    """The sentence before it in the same paragraph."""
    before = article.sentence(sentence.number - 1) if sentence.number > 1 else None
    return before if before and "\n\n" not in article.text[before.end : sentence.start] else None
