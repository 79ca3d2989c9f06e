"""How sure a clause is of its event: happened, planned or possible, by its verbs; None where it tells no event."""

from __future__ import annotations

import re

from summarizer.analysis.date_words import word_set
from summarizer.analysis.number_words import Token
from summarizer.analysis.numbers import tokenise
from summarizer.schemas.timeline import Certainty

# "may" and "will" in lower case only: May is a month, Will a name.
_POSSIBLE = re.compile(
    r"\b(?:could|(?-i:may|might)|would have|considering|weighing|if|unless|threaten(?:s|ed)? to|in case|"
    r"seems? to|seemed to|appears? to|appeared to)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:(?-i:will|shall)|won[’']t|would|going to|upcoming|forthcoming|"
    r"(?:is|are|was|were|been|be) (?:expected|due|scheduled|set|slated|planned|supposed|poised|about|likely) "
    r"(?:to|for)|expect(?:s|ed)? to|plan(?:s|ned|ning)? (?:to|for|on)|intend(?:s|ed)? to|hop(?:es|ed|ing) to|"
    r"aim(?:s|ed|ing)? to|want(?:s|ed)? to|agreed to|vow(?:s|ed)? to|pledged? to|promised? to|prepar(?:es|ed|ing) to|"
    r"seek(?:s|ing)? to|(?:is|are|was|were) to [a-z]+|expected|scheduled)\b|\w[’']ll\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:possibly|perhaps|maybe|probably|likely|unlikely|potentially|apparently|presumably)\b", re.IGNORECASE
)
_TIME_OR_CAUSE = re.compile(r"\b(?:before|after|because|while|until|as|when)\b")
_PAST_VERBS = word_set(
    """went came began met took made left held won lost fell rose shot found saw sent spoke struck gave got
    brought broke built caught drew drove flew fought grew heard kept led paid ran sold stood threw wrote became
    sought spent fled hit killed died sank swept burst hid dug rang sang swam bought taught thought wore shook
    stole chose froze withdrew overthrew undertook read cut put quit beat bid cast set split burnt overcame
    arose bore bound bred clung crept dealt hung laid lent meant rode slid slept spun spread stuck stung swung
    tore woke wound underwent opened signed crossed boarded arrived entered"""
)
_NOT_PAST = word_set("hundred united need indeed speed seed exceed proceed feed breed weed bleed embed shed infrared")
_BEHIND_A_VERB = word_set(
    """to in on at the a an his her its their my our by with from into that over for against after before up out
    off down him them it as about not and through under across around between during this these those two three
    four five six all more nearly almost along away back home when while where of"""
)
_AUXILIARIES = word_set("has have had was were been be being is are got get gets")
_PRESENT = re.compile(r"\b(?:is|are|has been|have been) (?:also |now |still |currently )?[a-z]{2,}ing\b")


def certainty_of(clause: str) -> Certainty | None:
    """What the verbs of `clause` say of its event; None where nothing happens in it.

    Possible outweighs planned, and both outweigh happened: a clause is never called surer than its weakest word.
    """
    if _POSSIBLE.search(clause):
        return "possible"
    if _PLANNED.search(_leading(clause)):
        return "planned"
    if not _tells_an_event(clause):
        return None
    return "possible" if _DOUBT.search(clause) else "happened"


def _leading(clause: str) -> str:
    """The words before the first clause of time or cause, where they tell an event of their own.

    "They fled hours before the dam was due to open" happened; what is due there is not the event.
    """
    joint = _TIME_OR_CAUSE.search(clause)
    head = clause[: joint.start()] if joint else clause
    return head if _tells_an_event(head) else clause


def _tells_an_event(clause: str) -> bool:
    tokens = tokenise(clause, 0, len(clause))
    return _PRESENT.search(clause) is not None or any(_is_past_verb(clause, tokens, at) for at in range(len(tokens)))


def _is_past_verb(clause: str, tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if clause[token.start].isupper() and at:
        return False
    if token.word in _PAST_VERBS:
        return True
    if not token.word.endswith("ed") or len(token.word) < 4 or token.word in _NOT_PAST:
        return False
    previous = tokens[at - 1].word if at else ""
    if previous in _AUXILIARIES:
        return True
    if at + 1 == len(tokens):
        return at > 1
    following = tokens[at + 1]
    return following.word in _BEHIND_A_VERB or not following.word or clause[following.start].isupper()
