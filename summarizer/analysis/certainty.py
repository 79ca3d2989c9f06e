"""How sure a clause is of its event: happened, planned or possible, by its main verb; None where it tells no event.

The main verb is the first one outside of comparisons, relative clauses and clauses of time and cause; where it only
says that somebody says something, the first one of what is said. Questions, what is negated and what is only imagined
are no events: "I never planned to run a boatyard", "Was it planned?", "If the mayor agrees, work starts".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.analysis.date_words import word_set
from summarizer.analysis.number_words import Token
from summarizer.analysis.numbers import tokenise
from summarizer.schemas.timeline import Certainty

_ADVERB = r"(?: (?:also|now|still|currently|already|widely|\w{3,14}ly))?"
_BE = r"(?:is|are|was|were|been|be)"

# "may" and "will" in lower case only: May is a month, Will a name; "his will" is a paper.
_POSSIBLE = re.compile(
    r"\b(?:could|(?-i:may|might)|(?:(?:is|are|was|were) )?(?:considering|weighing)|"
    r"threaten(?:s|ed)? to|in case|seems? to|seemed to|appears? to|"
    r"appeared to)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    rf"(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\btheir )\b(?:(?-i:will|shall)|won[’']t|would|going to|"
    rf"{_BE}{_ADVERB} (?:expected|due|scheduled|slated)|"
    rf"{_BE}{_ADVERB} (?:set|planned|supposed|poised|about|likely) (?:to|for)|expect(?:s|ed)? to|"
    r"plan(?:s|ned|ning)? (?:to|for|on)|intend(?:s|ed)? to|hop(?:es|ed|ing) to|aim(?:s|ed|ing)? to|want(?:s|ed)? to|"
    r"agreed to|vow(?:s|ed)? to|pledged? to|promised? to|prepar(?:es|ed|ing) to|seek(?:s|ing)? to|"
    r"(?:is|are|was|were) to [a-z]+)\b|\w[’']ll\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:never|not(?! only)|cannot|no longer|neither|nor)\b|\b\w{2,8}n[’']t\b|^(?:no|nobody|none|nothing)\b",
    re.IGNORECASE,
)
_IMAGINED = re.compile(
    r"^\W*(?:if|unless|suppose|imagine|had (?:he|she|it|they|we|i)|were (?:he|she|it|they|we|i))\b"
    r"|\b(?:would|could|might)\b.{1,120}\bif\b",
    re.IGNORECASE,
)
_MISSED = re.compile(r"\b(?:would|could|might|should)(?:n[’']t| not)? have\b", re.IGNORECASE)
_NO_FACTS = (("imagined", _MISSED), ("negated", _NEGATED), ("possible", _POSSIBLE), ("planned", _PLANNED))
_QUESTION = re.compile(r"\?[\"'”’»)]*\s*$")
_UNLESS = re.compile(r"\b(?:unless|provided that|as long as)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:possibly|perhaps|maybe|probably|likely|unlikely|potentially|apparently|presumably)\b", re.IGNORECASE
)
# What stands beside the main clause: "above the 870 million expected by analysts", ", which will close,".
_BESIDE = re.compile(
    r",? \(?(?:above|below|compared (?:with|to)|against|than|up from|down from|versus) (?:the|an?|what|its|their|\W?\d)"
    r"[^,;.]{0,120}|, (?:which|who|whose|whom|where)\b[^,;]{0,200}(?:,|$)|\([^()]{0,200}\)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W{0,3}(?:when|after|as|while|because|although|though|before|since|once|until|asked)\b[^,]{1,200}, ",
    re.IGNORECASE,
)
_TIME_OR_CAUSE = re.compile(r"\b(?:before|after|because|while|until|as|when|although|though|since)\b")
_SAYS = re.compile(
    r"\b(?:quoted [^,;.]{2,80}? as saying|said|says|say|told [^,;.]{1,40}?|tells [^,;.]{1,40}?|added|argued|argues|"
    r"claimed|warned|stated|insisted|noted|confirmed|explained|believes?|thinks?|thought|submitted|testified|announced|revealed|admitted)"
    r"(?: that\b|(?=,? (?:he|she|it|they|we|i|there|the|an?|its|his|her|their|this|these|those|[A-Z])\b))"
)
_SAYING = word_set(
    """said told says quoted added argued claimed warned stated insisted noted explained submitted testified asked
    answered replied thought believed"""
)
_TO_SAY = (["to", "say"], ["to", "comment"], ["to", "answer"])
_PAST_VERBS = word_set(
    """went came began met took made left held won lost fell rose shot found saw sent spoke struck gave got
    born brought broke built caught drew drove flew fought grew heard kept led paid ran sold stood threw wrote became
    sought spent fled hit killed died sank swept burst hid dug rang sang swam bought taught wore shook
    stole chose froze withdrew overthrew undertook read cut put quit beat bid cast set split burnt overcame
    arose bore bound bred clung crept dealt hung laid lent meant rode slid slept spun spread stuck stung swung
    tore woke wound underwent opened signed crossed boarded arrived entered"""
)
_NOT_PAST = word_set("hundred united need indeed speed seed exceed proceed feed breed weed bleed embed shed infrared")
_BEHIND_A_VERB = word_set(
    """to in on at the a an his her its their my our by with from into that over for against after before up out
    off down him them me us it as about not and through under across around between during this these those two three
    four five six all more nearly almost along away back home when while where of first second third record higher
    lower new net no some several many further another each both only again today yesterday last late early
    because although though since until so but"""
)
_AUXILIARIES = word_set("has have had was were been be being is are got get gets")
_NO_SUBJECT = word_set("the a an this that these those its his her their our my your of as than more most very")
_PRESENT = re.compile(rf"\b(?:is|are|has been|have been){_ADVERB} [a-z]{{2,}}ing\b")


def certainty_of(clause: str) -> Certainty | None:
    """What the main verb of `clause` says of its event; None where nothing happens in it."""
    clause = " ".join(clause.split())
    if _QUESTION.search(clause) or _IMAGINED.search(clause):
        return None
    main = _OPENING.sub("", _BESIDE.sub(" ", clause))
    said = _SAYS.search(main)
    if said and _is_frame(main, said):
        return _of_verb(main[said.end() :]) or (None if _only_said(said[0]) else "happened")
    told = _of_verb(main)
    return "possible" if told == "planned" and _UNLESS.search(clause) else told


def _is_frame(main: str, said: re.Match[str]) -> bool:
    """Whether the report is the main clause: no other verb before it, and it is not negated."""
    before = main[: said.start()]
    return not (_NEGATED.search(before) or _PLANNED.search(before) or _POSSIBLE.search(before))


def _only_said(verb: str) -> bool:
    return verb.partition(" ")[0] in _SAYING


def _of_verb(main: str) -> Certainty | None:
    """What the first verb of `main` that tells anything says."""
    main = _leading(main)
    first = min(_verbs(main), default=None)
    if first is None:
        return None
    _, kind = first
    if kind in {"imagined", "negated"}:
        _, but, rest = main.partition(" but ")
        return _of_verb(rest) if but else None
    if kind == "told":
        return "possible" if _DOUBT.search(main) else "happened"
    return "possible" if kind == "possible" else "planned"


def _verbs(main: str) -> Iterator[tuple[int, str]]:
    """Where each kind of verb first stands; of two at one place the one that is no fact comes first."""
    for kind, pattern in _NO_FACTS:
        match = pattern.search(main)
        if match:
            yield match.start(), kind
    present = _PRESENT.search(main)
    if present:
        yield present.start(), "told"
    past = _past_verb(main)
    if past is not None:
        yield past, "told"


def _leading(clause: str) -> str:
    """The words before the first clause of time or cause, where they tell an event of their own.

    "They fled hours before the dam was due to open" happened; what is due there is not the event.
    """
    joint = _TIME_OR_CAUSE.search(clause)
    head = clause[: joint.start()] if joint else clause
    return head if any(True for _ in _verbs(head)) else clause


def _past_verb(clause: str) -> int | None:
    tokens = tokenise(clause, 0, len(clause))
    places = (_group_start(tokens, at) for at in range(len(tokens)) if _is_past_verb(clause, tokens, at))
    return next(places, None)


def _group_start(tokens: list[Token], at: int) -> int:
    """Where the verb begins: with its auxiliary, "was not killed"."""
    while at and tokens[at - 1].word in _AUXILIARIES:
        at -= 1
    return tokens[at].start


def _is_past_verb(clause: str, tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if (clause[token.start].isupper() and at) or token.word in _SAYING:
        return False
    if token.word in {"declined", "refused"} and [one.word for one in tokens[at + 1 : at + 3]] in _TO_SAY:
        return False
    previous = tokens[at - 1].word if at else ""
    if token.word in _PAST_VERBS:
        return previous not in _NO_SUBJECT
    if not token.word.endswith("ed") or len(token.word) < 4 or token.word in _NOT_PAST:
        return False
    if previous in _AUXILIARIES:
        return True
    if previous in _NO_SUBJECT:
        return False
    if at + 1 == len(tokens):
        return at > 1
    following = tokens[at + 1]
    return following.word in _BEHIND_A_VERB or not following.word or clause[following.start].isupper()
