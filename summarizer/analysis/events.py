"""What a sentence tells of an event: how sure it is, by its main verb, and who says so.

The main verb is the first one outside of comparisons, relative clauses and an opening clause of time; where it only
says that somebody says something, the first one of what is said. Questions, what is negated and what is only imagined
are no events. A speaker is a noun phrase that can speak: a name, or what a person or a body is called ("the firm",
"police", "analysts at Vestbank"); anything else before a verb of saying is none: "Let me be clear".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.analysis import name_words
from summarizer.analysis.words import Token, fold, tokens
from summarizer.schemas.timeline import Certainty
from summarizer.sentences import MONTH, WEEKDAY

_Told = Certainty | Literal["negated"]
_ADVERB = r"(?: (?:also|now|still|currently|already|widely|\w{3,14}ly))?"
_BE = r"(?:is|are|was|were|been|be)"
# "may" and "will" in lower case only: May is a month, Will a name; "his will" is a paper.
_POSSIBLE = re.compile(
    r"\b(?:could|(?-i:may|might)|(?:(?:is|are|was|were) )?(?:considering|weighing)|threaten(?:s|ed)? to|in case|"
    r"seem(?:s|ed)? to|appear(?:s|ed)? to)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    rf"(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!\btheir )\b(?:(?-i:will|shall)|won[’']t|would|going to|"
    rf"{_BE}{_ADVERB} (?:expected|due|scheduled|slated)|"
    rf"{_BE}{_ADVERB} (?:set|planned|supposed|poised|about|likely) (?:to|for)|plan(?:s|ned|ning)? (?:to|for|on)|"
    r"(?:expect(?:s|ed)?|intend(?:s|ed)?|hop(?:es|ed|ing)|aim(?:s|ed|ing)?|want(?:s|ed)?|agreed|vow(?:s|ed)?|pledged?|"
    r"promised?|prepar(?:es|ed|ing)|seek(?:s|ing)?) to|expects? [\w\s'’-]{2,50}? to|(?:is|are|was|were) to [a-z]+"
    rf"|(?:(?:(?:re)?opens|starts|begins|resumes|speaks|meets|returns)(?: [\w'’]+){{0,4}}?|is) on"
    rf" (?=(?:{WEEKDAY} )?(?:\d{{1,2}} {MONTH}|{MONTH} \d)))"
    r"\b|\w[’']ll\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:never|(?:(?:could|can|may|might) )?not(?! only)|cannot|no longer|neither|nor)\b|\b\w{2,8}n[’']t\b"
    r"|^(?:no|nobody|none|nothing)\b",
    re.IGNORECASE,
)
_MISSED = re.compile(r"\b(?:(?:would|could|might|should)(?:n[’']t| not)? have|(?:was|were) going to)\b", re.IGNORECASE)
_PRESENT = re.compile(rf"\b(?:is|are|has been|have been){_ADVERB} [a-z]{{2,}}ing\b")
_VERBS: tuple[tuple[_Told, re.Pattern[str]], ...] = (
    ("negated", _MISSED),
    ("negated", _NEGATED),
    ("planned", _PLANNED),
    ("possible", _POSSIBLE),
    ("happened", _PRESENT),
)
# "In 2016 the council wanted to sell the hall": it did want to, then.
_WANTED = re.compile(
    rf"^(?:In|On) (?:(?:{WEEKDAY}|{MONTH}|\d{{1,2}}|\d{{4}}),? )+[^,;]{{2,60}}? "
    r"(?:wanted|planned|hoped|agreed|vowed|pledged|promised|intended|decided|resolved) to\b"
)
# What would come to pass should somebody object.
_IF_SO = re.compile(r"^Should [^,]{3,120}, [^,]{2,60} (?:would|could|will|may)\b")
# In September we open a school.
_OPENS = re.compile(
    rf"^(?:In|On|From|Next) (?:{WEEKDAY}|{MONTH}|week|month|year|\d{{1,2}} {MONTH})(?: [a-z]+)?,? (?:we|I|they|it) "
    r"(?:opens?|starts?|begins?|launch(?:es)?|moves?|closes?|meets?|publish(?:es)?)\b"
)
_NO_EVENT = re.compile(
    r"\?[\"'”’»)]*\s*$|^[^,;]{2,60} asked (?:what|whether|if|who|how|why|when|where)\b"
    r"|^\W*(?:if|unless|suppose|imagine|(?:had|were) (?:he|she|it|they|we|i))\b"
    r"|\b(?:would|could|might)\b.{1,120}\bif\b",
    re.IGNORECASE,
)
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
# "A violin that was stolen in 1994 was handed back": where the main verb comes behind a clause about its subject.
_MAIN_VERB = re.compile(
    r"\s(?=(?:is|are|was|were|has|had|have|will|would|can|could|may|might|must|died|came|went|took|won|lost|fell|rose"
    r"|said|met|found|sold|left|began)\b)"
)
_OF_SUBJECT = re.compile(
    r"(?P<of_whom>(?:(?:the|an?|two|three|four|his|her|their|its) )?(?:[\w'’-]+ ){1,5})(?:that|which|who)"
    r" (?:(?:is|are|was|were|has|had|have|will|would)(?: been)? \S+|[a-z]{3,}ed\b"
    r"|(?:bought|built|came|held|kept|led|left|lost|made|met|ran|sold|stole|took|went|won|wrote)\b)",
    re.IGNORECASE,
)
SAID = "said|says|say|added|argued|claimed|warned|stated|insisted|noted|confirmed|explained|submitted|testified"
_REPORTS = re.compile(
    rf"\b(?:quoted [^,;.]{{2,80}}? as saying|(?:told|tells) [^,;.]{{1,40}}?|{SAID}|argues|believes?|thinks?|thought|"
    r"announced|revealed|admitted)(?: that\b|"
    r"(?=,? (?:he|she|it|they|we|i|there|the|an?|its|his|her|their|this|these|those|[A-Z])\b))"
)
_SAYING = frozenset(SAID.split("|")) - {"confirmed", "say"}
_SAYING |= {"told", "quoted", "asked", "answered", "replied", "thought", "believed"}
_PAST_VERBS = frozenset(
    """went came began met took made left held won lost fell rose shot found saw sent spoke struck gave got
    born brought broke built caught drew drove flew fought grew heard kept led paid ran sold stood threw wrote became
    sought spent fled hit killed died sank swept burst hid dug rang sang swam bought taught wore shook
    stole chose froze withdrew overthrew undertook read cut put quit beat bid cast set split burnt overcame
    arose bore bound bred clung crept dealt hung laid lent meant rode slid slept spun spread stuck stung swung
    tore woke wound underwent opened signed crossed boarded arrived entered""".split()
)
_NOT_PAST = frozenset(
    "hundred united need indeed speed seed exceed proceed feed breed weed bleed embed shed infrared".split()
)
_BEHIND_A_VERB = frozenset(
    """to in on at the a an his her its their my our by with from into that over for against after before up out
    off down him them me us it as about not and through under across around between during this these those two three
    four five six all more nearly almost along away back home when while of where first second third record higher
    lower new net no some several many further another each both only again today yesterday last late early
    because although though since until so but""".split()
)
_TO_SAY = (["to", "say"], ["to", "comment"], ["to", "answer"])
_AUXILIARIES = frozenset("has have had was were been be being is are got get gets".split())
_NO_SUBJECT = frozenset(
    "the a an this that these those its his her their our my your of as than more most very".split()
)


def certainty_of(clause: str) -> Certainty | None:
    """What the main verb of `clause` says of its event; None where nothing happens in it."""
    clause = " ".join(clause.split())
    if _NO_EVENT.search(clause):
        return None
    if _WANTED.match(clause):
        return "happened"
    if _IF_SO.match(clause):
        return "possible"
    if _OPENS.match(clause):
        return "planned"
    main = _OPENING.sub("", _BESIDE.sub(" ", clause))
    if about := clause_about_subject(main):
        main = main[: about[0]] + main[about[1] :]
    said = _REPORTS.search(main)
    if said and not any(no_fact.search(main[: said.start()]) for no_fact in (_NEGATED, _PLANNED, _POSSIBLE)):
        return _of_verb(main[said.end() :]) or (None if said[0].partition(" ")[0] in _SAYING else "happened")
    told = _of_verb(main)
    return "possible" if told == "planned" and _UNLESS.search(clause) else told


def clause_about_subject(text: str) -> tuple[int, int] | None:
    """The range of a clause without a comma about the subject that opens `text`, up to the main verb behind it.

    "A convoy that had been due on Sunday turned back" tells what turned back: nothing planned, and of no Sunday.
    """
    subject = _OF_SUBJECT.match(text)
    if not subject:
        return None
    behind = text[subject.end() :].partition(",")[0]
    verb, row = _MAIN_VERB.search(behind), tokens(behind)
    past = next((row[n].start for n in range(1, len(row)) if _is_past_verb(row, n)), None)
    end = verb.end() if verb else past
    return (subject.end("of_whom"), subject.end() + end) if end else None


def _of_verb(main: str) -> Certainty | None:
    """What the first verb of `main` that tells anything says."""
    kind = _first_verb(main)
    if kind == "negated":
        _, but, rest = main.partition(" but ")
        return _of_verb(rest) if but else None
    if kind == "happened" and _DOUBT.search(main):
        return "possible"
    return kind


def _first_verb(text: str) -> _Told | None:
    """The kind of verb that stands first; of two at one place the one that is no fact."""
    places: list[tuple[int, _Told]] = [
        (match.start(), kind) for kind, pattern in _VERBS if (match := pattern.search(text))
    ]
    row = tokens(text)
    past = next((n for n in range(len(row)) if _is_past_verb(row, n)), None)
    if past is not None:
        while past and row[past - 1].text.lower() in _AUXILIARIES:  # "was not killed" begins at "was"
            past -= 1
        places.append((row[past].start, "happened"))
    return min(places, key=lambda place: (place[0], place[1] == "happened"), default=(0, None))[1]


def _is_past_verb(row: Sequence[Token], at: int) -> bool:
    word, previous = row[at].text.lower(), row[at - 1].text.lower() if at else ""
    following = row[at + 1].text if at + 1 < len(row) else ""
    if (at and row[at].text[0].isupper()) or word in _SAYING or previous in _NO_SUBJECT or previous == ";":
        return False
    if word in {"declined", "refused"} and [token.text for token in row[at + 1 : at + 3]] in _TO_SAY:
        return False
    if word in _PAST_VERBS:
        return True
    if not word.endswith("ed") or len(word) < 4 or word in _NOT_PAST:
        return False
    if previous in _AUXILIARIES:
        return True
    if not following:
        return at > 1
    return following in _BEHIND_A_VERB or not (following[0].islower() or following in {")", "]"})


# Verbs that are also nouns ("the reports"), or acts of their own ("announced a plan"), report only before "that".
_SAY = (
    rf"(?:{SAID}|told|tells|alleged|alleges|(?:declined|refused) to (?:say|comment)|"
    r"(?:reports?|reported|claims|states|announced|admitted|revealed|declared|believes?|wrote)(?= that\b))"
)
_SAYS = re.compile(rf"\b{_SAY}\b")
_NAMED_BEFORE = re.compile(r"\bquot(?:ed|es|ing) ([^,;.]{2,100}?) as saying\b")
_NAMED_BEHIND = re.compile(r"\b[Aa]ccording to ")
_INVERTED = re.compile(
    rf"[\"”’]\s?{_SAY} (?=[A-Z]|the |a |an |(?:[a-z-]+ ){{1,3}}[A-Z])"
    rf"|, {_SAY} (?=(?:[A-Z]|the |an? )(?:[^\s,;:]+ ?){{1,8}}(?:$|,))"
)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|purportedly|(?:is|are|was|were) said to)\b")
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
# Somebody "is said", "has been told": no subject of saying stands before the verb.
_PASSIVE = (" be", " been", " was", " is", " were", " are", " to", "not")
_AROUND_A_NAME = " ,;:–—\"“”‘’'\n"
_LONGEST = 100
_SPEAKERS = name_words.ORGANISATION_ROLES | frozenset(
    """police officials authorities prosecutors researchers scientists analysts experts witnesses residents lawyers
    doctors people critics opponents supporters investigators rebels troops staff workers members judges bank
    exchange defence defense prosecution tribunal bench panel jury board union firm office spokespeople
    government presidency kremlin white palace family relatives friends neighbours neighbors source sources report
    study survey statement letter centre center lab laboratory society church club town city village state""".split()
)
_BOUNDARIES = name_words.PREPOSITIONS | {"who", "which", "that", ","}
_OPENS_A_PHRASE = frozenset("the a an his her its their our my one some many two".split())
_PREPOSED = frozenset("before after at in on during for under from by to with since until like as inside near".split())
_SMALL = name_words.PARTICLES | name_words.SMALL_WORDS | {"&", "-"}
_NO_NAMES = name_words.CALENDAR | name_words.OPENERS | name_words.CLAUSE_WORDS | {"let", "asked", "if", "q", "there"}


@dataclass(frozen=True, slots=True)
class Attribution:
    """A report and who speaks, as the text names it; None for a pronoun, hearsay or a thing."""

    source: str | None


def attribution_of(text: str) -> Attribution | None:
    """Who says what `text`, one sentence, reports; None where it states something itself."""
    quoted, according = _NAMED_BEFORE.search(text), _NAMED_BEHIND.search(text)
    if quoted:
        return Attribution(_speaker(quoted[1]))
    if according:
        return Attribution(_speaker_at(text, according.end()))
    inverted, verb = _INVERTED.search(text), _SAYS.search(text)
    behind = _speaker_at(text, inverted.end()) if inverted else None
    if behind:  # not in "John Doe, the mayor, said the talks collapsed"
        return Attribution(behind)
    before = text[: verb.start()].rstrip() if verb else ""
    if verb and not before[-_LONGEST:].lower().endswith(_PASSIVE):
        return Attribution(_speaker(_subject(before)))
    return Attribution(None) if _HEARSAY.search(text) else None


def _subject(before: str) -> str:
    """The subject that ends right before the verb: all of the clause, with "X, a spokesman for Y, said" as X or Y."""
    head, named = before.removesuffix(","), ""
    if head != before and "," in head:
        head, _, named = head.rpartition(",")
    begin = max((match.end() for match in _CLAUSE_START.finditer(head)), default=0)
    leading = _LEADING.match(head, begin)
    return _or_name(head[leading.end() if leading else begin :], named)


def _speaker_at(text: str, start: int) -> str | None:
    """The speaker behind a verb of saying; the one who is named behind the comma where only a role stands before it."""
    end = _name_end(text, start)
    named = text[end + 1 : _name_end(text, end + 1)] if text[end : end + 1] == "," else ""
    return _speaker(_or_name(text[start:end], named))


def _or_name(phrase: str, named: str) -> str:
    """`phrase`, or where it only says what somebody is the name beside it: "the ferryman, Tom Roe"."""
    role, words = phrase.split(), named.split()
    says_what = role and role[0].lower() in _OPENS_A_PHRASE | name_words.DETERMINERS and role[-1].islower()
    capitals = 1 <= len(words) <= 5 and all(word[0].isupper() or word in name_words.PARTICLES for word in words)
    return named if says_what and capitals and _can_speak(words) else phrase


def _name_end(text: str, start: int) -> int:
    match = _END_OF_NAME.search(text, start, start + _LONGEST)
    return match.start() if match else min(len(text), start + _LONGEST)


def _speaker(text: str) -> str | None:
    """The noun phrase that can speak at the end of `text`; None for a pronoun, a thing, or nothing."""
    phrase = text.strip(_AROUND_A_NAME)
    words = phrase.split()
    if not words or len(phrase) > _LONGEST:
        return None
    starts = [0]
    if words[0].lower() in _PREPOSED:  # "Before this court the firm argued": the last phrase
        opens = [n for n, word in enumerate(words) if n and (word.lower() in _OPENS_A_PHRASE or word[0].isupper())]
        starts = [n for n in opens if words[n - 1].lower() not in _PREPOSED]
    return next((" ".join(words[n:]) for n in starts if _can_speak(words[n:])), None)


def _can_speak(words: Sequence[str]) -> bool:
    """Whether a phrase is a name, or headed by what a person or a body is called."""
    if _PRONOUN.match(" ".join(words)):
        return False
    plain = [word.strip(_AROUND_A_NAME).removesuffix("'s").removesuffix("’s") for word in words]
    start = plain[0].lower() in _OPENS_A_PHRASE | name_words.DETERMINERS
    end = next((n for n, word in enumerate(plain) if n > start and word.lower() in _BOUNDARIES), len(plain))
    if start >= end or not {"that", "which"}.isdisjoint(map(str.lower, plain)):
        return False
    if _is_speaker_noun(plain[end - 1].lower()):
        return True
    small = [word for word in plain[start:end] if word and not word[0].isupper() and word not in _SMALL]
    named = plain[end - 1][:1].isupper() and fold(plain[start]) not in _NO_NAMES
    return named and all(map(_is_speaker_noun, small))


def _is_speaker_noun(word: str) -> bool:
    """Whether the folded `word` calls somebody who can speak: minister, ministers, company, police."""
    return any(name_words.is_person_role(one) or one in _SPEAKERS for one in (word, word.removesuffix("s")))
