"""Who says what a sentence reports.

A speaker is a noun phrase that can speak: a name, or what a person or a body is called ("the firm", "police", "analysts
at Vestbank"). Anything else before a verb of saying is none: "Let me be clear", "The 4.2 billion budget said".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from summarizer.analysis import name_words
from summarizer.analysis.date_words import word_set
from summarizer.analysis.words import fold

# Verbs that are also nouns ("the reports"), or acts of their own ("announced a plan"), report only before "that".
_VERBS = (
    r"(?:said|says|say|told|tells|added|claimed|stated|confirmed|alleged|alleges|insisted|argued|warned|noted|"
    r"explained|testified|submitted|(?:declined|refused) to (?:say|comment)|"
    r"(?:reports?|reported|claims|states|announced|admitted|revealed|declared|believes?|wrote)(?= that\b))"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to ")
_QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing) ([^,;.]{2,100}?) as saying\b")
_SAYS = re.compile(rf"\b{_VERBS}\b")
_INVERTED = re.compile(
    rf"[\"”’]\s?{_VERBS} (?=[A-Z]|the |a |an )|, {_VERBS} (?=(?:[A-Z]|the |an? )(?:[^\s,;:]+ ?){{1,8}}(?:$|,))"
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
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Attribution:
    """A report: who speaks, as the text names it (None for a pronoun, hearsay, a thing), and where its words stand."""

    source: str | None
    start: int
    end: int


def attribution_of(text: str, known: Collection[str] = ()) -> Attribution | None:
    """Who says what `text`, one sentence, reports; None where it states something itself.

    Args:
        text: one sentence.
        known: folded names of the people, bodies and places of the article (the keys of `aliases_of`): a name among
            them is a speaker however it is written.

    """
    return _quoted_as(text, known) or _according_to(text, known) or _says(text, known) or _hearsay(text)


def _quoted_as(text: str, known: Collection[str]) -> Attribution | None:
    match = _QUOTED_AS.search(text)
    return Attribution(_speaker(match[1], known), match.start(), match.end()) if match else None


def _according_to(text: str, known: Collection[str]) -> Attribution | None:
    match = _ACCORDING.search(text)
    if match is None:
        return None
    end = _name_end(text, match.end())
    return Attribution(_speaker(text[match.end() : end], known), match.start(), end)


def _says(text: str, known: Collection[str]) -> Attribution | None:
    """The words before the verb back to the clause's beginning, or behind it where the two are turned round."""
    inverted = _INVERTED.search(text)
    if inverted:
        end = _name_end(text, inverted.end())
        name = _speaker(text[inverted.end() : end], known)
        if name:  # not in "John Doe, the mayor, said the talks collapsed"
            return Attribution(name, inverted.start(), end)
    verb = _SAYS.search(text)
    if verb is None:
        return None
    before = text[: verb.start()]
    if before[-_LONGEST:].rstrip().lower().endswith((" be", " been", " was", " is", " were", " are", " to", "not")):
        return None
    subject = _subject(before)
    if subject is not None and _ADDRESSED.match(subject):
        return None
    return Attribution(_speaker(subject or "", known), 0 if len(before) <= _LONGEST else verb.start(), verb.end())


_ADDRESSED = re.compile(r"(?:let (?:me|us)|do|please|don[’']t)\b", re.IGNORECASE)


def _subject(before: str) -> str | None:
    """The subject that ends right before the verb: all of the clause, with "X, a spokesman for Y, said" as X."""
    head = before.rstrip()
    if head.endswith(","):
        head = _without_apposition(head[:-1])
    begin = max((match.end() for match in _CLAUSE_START.finditer(head)), default=0)
    leading = _LEADING.match(head, begin)
    name = head[leading.end() if leading else begin :]
    return name if len(name) <= _LONGEST else None


def _without_apposition(head: str) -> str:
    comma = head.rfind(",")
    return head[:comma] if comma > 0 else head


def _name_end(text: str, start: int) -> int:
    match = _END_OF_NAME.search(text, start, start + _LONGEST)
    return match.start() if match else min(len(text), start + _LONGEST)


_SPEAKERS = name_words.ORGANISATION_ROLES | word_set(
    """police officials authorities prosecutors researchers scientists analysts experts witnesses residents lawyers
    doctors people critics opponents supporters investigators rebels troops staff workers members judges bank
    exchange defence defense prosecution tribunal bench panel jury board union firm office spokespeople
    government presidency kremlin white palace family relatives friends neighbours neighbors source sources report
    study survey statement letter centre center lab laboratory society church club town city village state"""
)
_BOUNDARIES = name_words.PREPOSITIONS | frozenset({"who", "which", "that", ","})
_OPENS_A_PHRASE = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my", "one", "some", "many", "two"})
_PREPOSED = frozenset("before after at in on during for under from by to with since until like as inside near".split())


def _speaker(text: str, known: Collection[str]) -> str | None:
    """The noun phrase that can speak at the end of `text`; None for a pronoun, a thing, or nothing."""
    phrase = text.strip(_AROUND_A_NAME)
    if not phrase or len(phrase) > _LONGEST or len(phrase.split()) > _MOST_WORDS:
        return None
    words = phrase.split()
    if words[0].lower() in _PREPOSED:  # "Before this court the firm argued": the last phrase
        opens = [n for n, word in enumerate(words) if n and (word.lower() in _OPENS_A_PHRASE or word[0].isupper())]
        starts = [n for n in opens if words[n - 1].lower() not in _PREPOSED and _can_speak(words[n:], known)]
        return " ".join(words[starts[0] :]) if starts else None
    return phrase if _can_speak(words, known) else None


def _can_speak(words: list[str], known: Collection[str]) -> bool:
    """Whether a phrase is a name, one that the article knows, or headed by what a person or a body is called."""
    if _PRONOUN.match(" ".join(words)):
        return False
    if fold(" ".join(words)) in known:
        return True
    plain = [word.strip(_AROUND_A_NAME).removesuffix("'s").removesuffix("’s") for word in words]
    start = 1 if plain[0].lower() in _OPENS_A_PHRASE | name_words.DETERMINERS else 0
    end = next((n for n, word in enumerate(plain) if n > start and word.lower() in _BOUNDARIES), len(plain))
    if any(word.lower() in {"that", "which"} for word in plain) or start >= end:
        return False
    head = plain[end - 1].lower()
    if is_speaker_noun(head):
        return True
    small = [word for word in plain[start:end] if word and not word[0].isupper() and word not in _SMALL]
    if not plain[end - 1][:1].isupper() or not all(map(is_speaker_noun, small)) or fold(plain[start]) in _NO_NAMES:
        return False
    return not known or end - start > 1  # "Results say otherwise": one capital at the head of a sentence is no name


def is_speaker_noun(word: str) -> bool:
    """Whether the folded `word` calls somebody who can speak: minister, ministers, company, police."""
    singular = word.removesuffix("s")
    return name_words.is_person_role(word) or name_words.is_person_role(singular) or bool({word, singular} & _SPEAKERS)


_SMALL = name_words.PARTICLES | name_words.SMALL_WORDS | {"&", "-"}
_NO_NAMES = name_words.CALENDAR | name_words.OPENERS | name_words.CLAUSE_WORDS | {"let", "asked", "if", "q", "there"}


def _hearsay(text: str) -> Attribution | None:
    match = _HEARSAY.search(text)
    return Attribution(None, match.start(), match.end()) if match else None
