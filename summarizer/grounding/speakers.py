"""Who speaks in an interview or a transcript: the sentences of a turn are read with the name of the speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from summarizer.analysis import Analysis

_MARK = re.compile(r"([A-Z][\w'’.-]{0,20}(?: [A-Z][\w'’.-]{0,20}){0,2}):\s+")
_ASKS, _ANSWERS = frozenset({"q", "question"}), frozenset({"a", "answer"})
_HEADS = frozenset({"from", "to", "cc", "subject", "re", "date", "sent"})
FEWEST = 2
"""Turns that begin with the same mark: one alone may be a heading, "Note: …"."""


@lru_cache(maxsize=64)
def speakers(analysis: Analysis) -> tuple[str | None, ...]:
    """The speaker of each sentence, None where nobody is known to speak.

    "Bo: I applied." is Bo's. Of "Q:" and "A:" the answers are those of the one who is introduced before them: the
    person in the title, else the first that is named.
    """
    matches = [_MARK.match(one.text) for one in analysis.article.sentences]
    marks = [match[1] if match and match[1].casefold() not in _HEADS else None for match in matches]
    often = Counter(mark for mark in marks if mark)
    turns = [mark if mark and often[mark] >= FEWEST else None for mark in marks]
    first = next((number for number, mark in enumerate(turns, 1) if mark), 0)
    names = {mark: _name_of(mark, analysis, first) for mark in turns if mark}
    found: list[str | None] = []
    for mark in turns:
        found.append(names[mark] if mark else found[-1] if found else None)
    return tuple(found)


def _name_of(mark: str, analysis: Analysis, first: int) -> str | None:
    """Who speaks after this mark; the turns begin with sentence `first`."""
    if mark.casefold() not in _ANSWERS:
        return None if mark.casefold() in _ASKS else mark
    people = [one.entity for one in analysis.entities if one.entity.type == "person"]
    before = [person for person in people if person.mentions[0].sentence < first]
    title = (analysis.article.title or "").casefold()
    titled = [person for person in before if person.name.split()[-1].casefold() in title]
    return next((person.name for person in (*titled, *before)), None)


def as_spoken(texts: Sequence[str], numbers: Sequence[int], analysis: Analysis) -> tuple[str, ...]:
    """The cited sentences as they are read: each turn opens with the name of its speaker."""
    known, found, before = speakers(analysis), [], 0
    for text, number in zip(texts, numbers, strict=True):
        speaker, mark = known[number - 1], _MARK.match(text)
        goes_on = before == number - 1 and before > 0 and known[before - 1] == speaker
        if speaker and mark and mark[1].casefold() in _ANSWERS:
            found.append(f"{speaker}: {text[mark.end() :]}")
        else:
            found.append(f"{speaker}: {text}" if speaker and not mark and not goes_on else text)
        before = number
    return tuple(found)
