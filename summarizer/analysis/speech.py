"""Speech under labels, as interviews and transcripts are printed: who speaks in which sentence, and who only asks.

A label is a name or a letter and a colon at the start of a line ("Aune:", "**Lars Dahl:**", "Q:"). There are labels
where two of them take turns and one asks; "Held:" is none, nor are "In:" and "Out:" of a list of players.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.analysis import Analysis
from summarizer.article import Article

_LABEL = re.compile(r"^[*_]{0,3}(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})[*_]{0,3}:[*_]{0,3}\s+(?=\S)")
_LEAST_TURNS, _SHARE = 4, 0.6
_NO_NAMES = frozenset("Q A Question Answer Interviewer Interviewee".split())


@dataclass(frozen=True, slots=True)
class Turn:
    """One sentence of a turn: who has the word, where the words begin in it, whether he or she is the one who asks."""

    speaker: str
    start: int
    asks: bool

    @property
    def named(self) -> str | None:
        """The speaker's name; None for a letter."""
        return None if self.speaker in _NO_NAMES else self.speaker


@lru_cache(maxsize=8)
def turns(article: Article) -> dict[int, Turn]:
    """The turn of each sentence by its number; empty where nobody takes turns."""
    heads = {one.number: found for one in article.sentences if (found := _LABEL.match(one.text))}
    count = Counter(_short(found["name"]) for found in heads.values())
    speakers = {name for name, times in count.items() if times > 1}
    if len(speakers) < 2 or sum(count[name] for name in speakers) < _LEAST_TURNS:
        return {}
    told: dict[int, tuple[str, int]] = {}
    last: dict[str, list[str]] = defaultdict(list)  # the last sentence of each turn, by who has it
    name = ""
    for sentence in article.sentences:
        found = heads.get(sentence.number)
        if found:
            name = found["name"] if _short(found["name"]) in speakers else ""
        if name:
            told[sentence.number] = (name, found.end() if found else 0)
            said = last[_short(name)]
            said[len(said) - (not found) :] = [sentence.text.rstrip('*_"”’ ')]
    asking = {one for one, said in last.items() if sum(text[-1:] == "?" for text in said) >= _SHARE * len(said)}
    if not asking:
        return {}
    return {number: Turn(name, start, _short(name) in asking) for number, (name, start) in told.items()}


def _short(name: str) -> str:
    """Lars Petter Dahl is Dahl from his second turn on."""
    return name.rsplit(maxsplit=1)[-1]


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
