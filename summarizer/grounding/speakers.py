"""Who speaks in an interview or a transcript: the sentences of a turn are read with the name of the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.analysis.speech import turns


@lru_cache(maxsize=8)
def speakers(analysis: Analysis) -> tuple[str | None, ...]:
    """The speaker of each sentence, None where nobody is known to speak.

    "Bo: I applied." is Bo's. Of "Q:" and "A:" the answers are those of the one who is introduced before them: the
    person in the title, else the first that is named.
    """
    told = turns(analysis.article)
    if not told:
        return (None,) * len(analysis.article.sentences)
    answers = _introduced(analysis, min(told))
    found = (told.get(one.number) for one in analysis.article.sentences)
    return tuple((turn.named or (None if turn.asks else answers)) if turn else None for turn in found)


def _introduced(analysis: Analysis, first: int) -> str | None:
    """Who is interviewed; the turns begin with sentence `first`."""
    people = [one.entity for one in analysis.entities if one.entity.type == "person"]
    before = [person for person in people if person.mentions[0].sentence < first]
    title = (analysis.article.title or "").casefold()
    titled = [person for person in before if person.name.split()[-1].casefold() in title]
    return next((person.name for person in (*titled, *before)), None)


def as_spoken(texts: Sequence[str], numbers: Sequence[int], analysis: Analysis) -> tuple[str, ...]:
    """The cited sentences as they are read: each turn opens with the name of its speaker."""
    known, told, found, before = speakers(analysis), turns(analysis.article), [], 0
    for text, number in zip(texts, numbers, strict=True):
        speaker, start = known[number - 1], told[number].start if number in told else 0
        goes_on = before == number - 1 and before > 0 and known[before - 1] == speaker and not start
        found.append(f"{speaker}: {text[start:]}" if speaker and not goes_on else text)
        before = number
    return tuple(found)
