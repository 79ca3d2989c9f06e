"""Events that a sentence tells beside its own: "The mill, built in 1790, is for sale" says when it was built.

Each is a statement of its own in the sentence's words, with "was" where grammar wants it. A check has the last word
on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.analysis.events import certainty_of
from summarizer.values.dates import dates_in

_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]+|of|de|van|von|the|and|&))*"
_SUBJECT = rf"(?P<subject>^(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir) (?:[\w'’-]+ ?){{1,5}}|{_NAME})"
_CLAUSE = r"(?P<clause>[^,;:()\"“”]{8,110})(?=[,.;])"
_RELATIVE = re.compile(rf"{_SUBJECT}, (?:who|which) {_CLAUSE}")
_PARTICIPLE = re.compile(
    rf"{_SUBJECT}, (?P<clause>(?:[a-z]{{4,}}ed|built|made|cast|held|sold|found|born|written|drawn|bought|laid)"
    r" [^,;:()\"“”]{4,110}), "
)
_WHEN = re.compile(r", when (?P<clause>(?:the|an?|he|she|it|they|[A-Z])[^,;:()\"“”]{8,110})(?=[,.;])")
_WHERE = re.compile(r", where (?P<clause>(?:the|an?|[A-Z])[^,;:()\"“”]{8,110})(?=[,.;])")
BORN = re.compile(r"(?P<clause>^Born [^,;:()\"“”]{4,80}), (?:[^;:()\"“”]{2,80}, )?(?P<subject>he|she)\b")
_NO_SUBJECT = re.compile(r"(?:But|And|In|On|At|By|For|From|After|Before|When|While|As|Now|Then)\b")


def asides(text: str) -> Iterator[tuple[str, str]]:
    """What a sentence says in a relative clause, an insertion or behind "when", and the words of its date."""
    for pattern, verb in ((_RELATIVE, ""), (_PARTICIPLE, "was ")):
        for match in pattern.finditer(text):
            said = f"{verb}{match['clause']}"
            day = _day(said)
            if day and not _NO_SUBJECT.match(match["subject"]):
                yield f"{_capital(_meant(match['subject'].strip(), said))} {said}.", day
    for match in _WHERE.finditer(text):
        if day := _day(match["clause"], ""):
            yield f"{_capital(match['clause'])}.", day
    if born := BORN.match(text):
        said = f"was {born['clause'][:1].lower()}{born['clause'][1:]}"
        if day := _day(said):
            yield f"{_capital(born['subject'])} {said}.", day
    for place in dates_in(text):
        behind = _WHEN.match(text, place.end)
        if place.iso and behind and certainty_of(behind["clause"]) == "happened":
            yield f"{_capital(behind['clause'])}.", text[place.start : place.end]


def _meant(subject: str, said: str) -> str:
    """ "Residents of Weir Street, which was flooded": the street was."""
    head, _, name = subject.rpartition(" of ")
    return name if head.partition(" ")[0].endswith("s") and re.match(r"(?:was|is|has)\b", said) else subject


def _day(said: str, subject: str = "It ") -> str | None:
    """The first date that needs no other to be understood, of what happened."""
    if certainty_of(f"{subject}{said}") != "happened":
        return None
    return next((said[one.start : one.end] for one in dates_in(said) if one.iso), None)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
