"""Who says what a sentence reports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.analysis.certainty import certainty_of

# Verbs that are also nouns ("the reports"), or acts of their own ("announced a plan"), report only before "that".
_VERBS = (
    r"(?:said|says|say|told|tells|added|claimed|stated|confirmed|alleged|alleges|insisted|argued|warned|noted|"
    r"explained|testified|"
    r"(?:reports?|reported|claims|states|announced|admitted|revealed|declared|believes?|wrote)(?= that\b))"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to ")
_QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing) ([^,;.]{2,100}?) as saying\b")
_SAYS = re.compile(rf"\b{_VERBS}\b")
_INVERTED = re.compile(
    rf"[\"”’]\s?{_VERBS} (?=[A-Z]|the |a |an )|, {_VERBS} (?=(?:[A-Z]|the |an? )(?:[^\s,;:]+ ?){{1,8}}$)"
)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|purportedly|is said to|are said to|was said to|were said to)\b")
_END_OF_NAME = re.compile(
    r"[,;:.!?\"”()]|\s[–—-]\s|\s(?:which|who|whose|that|when|where|while|as|and said|on|in an?|during)\s|$"
)
_PRONOUN = re.compile(
    r"(?:he|she|it|they|i|we|you|who|which|that|this|also|and|but|there|both|all|some|one)\b", re.IGNORECASE
)
_CLAUSE_START = re.compile(r"[,;:.!?\"”“‘]\s?|\s[–—]\s|\b(?:and|but|while|as|because|although)(?:\s|$)")
_LEADING = re.compile(
    r"(?:(?:and|but|yet|meanwhile|however|later|earlier|also|then|on \w{3,6}day),?\s){1,4}", re.IGNORECASE
)
_AROUND_A_NAME = " ,;:–—\"“”‘’'\n"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Attribution:
    """A report: the source as the text names it (None for a pronoun or hearsay), and where its words stand."""

    source: str | None
    start: int
    end: int


def attribution_of(text: str) -> Attribution | None:
    """Who says what `text`, one sentence, reports; None where it states something itself."""
    return _quoted_as(text) or _according_to(text) or _says(text) or _hearsay(text)


def _quoted_as(text: str) -> Attribution | None:
    match = _QUOTED_AS.search(text)
    return Attribution(_name(match[1]), match.start(), match.end()) if match else None


def _according_to(text: str) -> Attribution | None:
    match = _ACCORDING.search(text)
    if match is None:
        return None
    end = _name_end(text, match.end())
    return Attribution(_name(text[match.end() : end]), match.start(), end)


def _says(text: str) -> Attribution | None:
    """The words before the verb back to the clause's beginning, or behind it where the two are turned round."""
    inverted = _INVERTED.search(text)
    if inverted:
        end = _name_end(text, inverted.end())
        name = text[inverted.end() : end]
        if not certainty_of(name):  # "John Doe, the mayor, said the talks collapsed": no name but what he said
            return Attribution(_name(name), inverted.start(), end)
    verb = _SAYS.search(text)
    if verb is None:
        return None
    before = text[: verb.start()]
    if before[-_LONGEST:].rstrip().lower().endswith((" be", " been", " was", " is", " were", " are", " to", "not")):
        return None
    return Attribution(_subject(before), 0 if len(before) <= _LONGEST else verb.start(), verb.end())


def _subject(before: str) -> str | None:
    """The subject that ends right before the verb: all of the clause, with "X, a spokesman for Y, said" as X."""
    head = before.rstrip()
    if head.endswith(","):
        head = _without_apposition(head[:-1])
    begin = max((match.end() for match in _CLAUSE_START.finditer(head)), default=0)
    leading = _LEADING.match(head, begin)
    name = head[leading.end() if leading else begin :]
    return _name(name) if len(name) <= _LONGEST else None


def _without_apposition(head: str) -> str:
    comma = head.rfind(",")
    return head[:comma] if comma > 0 else head


def _name_end(text: str, start: int) -> int:
    match = _END_OF_NAME.search(text, start, start + _LONGEST)
    return match.start() if match else min(len(text), start + _LONGEST)


def _name(text: str) -> str | None:
    """The source where the words are a name or a description, None for a pronoun or nothing."""
    name = text.strip(_AROUND_A_NAME)
    if not name or _PRONOUN.match(name) or len(name) > _LONGEST or len(name.split()) > 14:
        return None
    return name


def _hearsay(text: str) -> Attribution | None:
    match = _HEARSAY.search(text)
    return Attribution(None, match.start(), match.end()) if match else None
