"""Events that a sentence tells beside its own: "The mill, built in 1790, is for sale" says when it was built.

Each is a statement of its own in the sentence's words, with "was" or "in" where grammar wants it. A check has the last
word on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.analysis.dates import FoundDate, dates_in
from summarizer.analysis.events import certainty_of

_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]+|of|de|van|von|the|and|&))*"
_SUBJECT = rf"(?P<subject>^(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[\w'’-]+ ?){{1,5}}|{_NAME})"
_CLAUSE = r"(?P<clause>[^,;:()\"“”]{8,110})(?=[,.;])"
_RELATIVE = re.compile(rf"{_SUBJECT}, (?:who|which) {_CLAUSE}")
_PARTICIPLE = re.compile(
    rf"{_SUBJECT}, (?P<clause>(?:[a-z]{{4,}}ed|built|made|cast|held|sold|found|born|written|drawn|bought|laid)"
    r" [^,;:()\"“”]{4,110}), "
)
_WHEN = re.compile(r", when (?P<clause>(?:the|an?|he|she|it|they|[A-Z])[^,;:()\"“”]{8,110})(?=[,.;])")
_ON_A_DAY, _IN_A_TIME = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}"), re.compile(r"(?:[A-Z][a-z]+ )?\d{4}")
_NO_SUBJECT = re.compile(r"(?:But|And|In|On|At|By|For|From|After|Before|When|While|As|Now|Then)\b")


def asides(text: str) -> Iterator[str]:
    """What a sentence says in a relative clause, an insertion or behind "when" that has a date and happened."""
    for pattern, verb in ((_RELATIVE, ""), (_PARTICIPLE, "was ")):
        for match in pattern.finditer(text):
            said = f"{verb}{match['clause']}"
            if _tells(said) and not _NO_SUBJECT.match(match["subject"]):
                yield f"{_capital(match['subject'].strip())} {said}."
    for place in dates_in(text):
        match = _WHEN.match(text, place.end)
        if match and certainty_of(match["clause"]) == "happened":
            yield from _dated(text[place.start : place.end], match["clause"])


def _tells(said: str) -> bool:
    return certainty_of(f"It {said}") == "happened" and any(map(_is_full, dates_in(said)))


def _is_full(found: FoundDate) -> bool:
    """Whether the date needs no other to be understood."""
    return found.iso is not None


def _dated(day: str, clause: str) -> Iterator[str]:
    if _ON_A_DAY.fullmatch(day):
        yield f"On {day} {clause}."
    elif _IN_A_TIME.fullmatch(day):
        yield f"In {day} {clause}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
