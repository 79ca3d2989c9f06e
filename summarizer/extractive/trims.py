"""What can be cut from a sentence without changing what it says: datelines, list numbers, notes, further clauses.

Attributions ("according to X"), hedges and negations are never cut: they change a report into a fact.
"""

from __future__ import annotations

import re

from summarizer.analysis.events import attribution_of, certainty_of

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = rf"(?:{_DAY},? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_PLACE = r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,3}"
_DASH = r"\s{0,3}(?:--|[–—-])\s{1,3}"
# By name, since "John Smith (Labour) – ..." has the same form.
_AGENCY = (
    r"\((?:CNN|AP|AFP|UPI|PTI|ANI|IANS|DPA|dpa|EFE|BBC|CBS|NBC|ABC|TASS|RIA Novosti|Reuters|REUTERS|Xinhua|Interfax"
    r"|Yonhap|KYODO|Kyodo News|Bloomberg|Associated Press|The Associated Press)(?: [A-Z][a-z]{1,20})?\)"
)

_LEADING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_PLACE}(?:, {_PLACE})?,? )?{_AGENCY}{_DASH}(?=[A-Z0-9\"“‘'])",
        # A lone word in capitals may be a verdict ("FALSE – ...") as well as a place: it stays.
        rf"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,3}}(?:, {_PLACE}(?:, {_DATE})?|, {_DATE}){_DASH}(?=[A-Z\"“‘'])",
        rf"(?:{_PLACE}, )?{_DATE}{_DASH}(?=[A-Z\"“‘'])",
        r"(?:But (?!for\b)|And )(?=[A-Za-z])",
        r"(?:A|Answer):\s+(?=\S)",
        r"\(?\d{1,2}[.)]\s+(?=[A-Z\"“])",
        r"Held:\s+(?=\S)",
    )
)
_ASIDE = re.compile(
    r"\s?[(\[](?:[Pp]ictured|[Aa]bove|[Bb]elow|[Ll]eft|[Rr]ight|[Ff]ile (?:photo|picture)|[Ss]ee (?:picture|video))"
    r"(?:[,:]? (?:above|below|left|right|together|here|centre|center|far left|far right|file)){0,2}[)\]]"
)


def trimmed(text: str) -> str:
    """`text` after every safe cut, with a capital at its start where a word before it was cut."""
    start = next((found.end() for pattern in _LEADING if (found := pattern.match(text))), 0)
    rest = _ASIDE.sub("", text[start:]).strip("*_")
    if not rest.strip():
        return text
    return rest if not start else rest[:1].upper() + rest[1:]


# Where a sentence may end early: at a comma before more about it, at a clause of time or cause with its own subject.
_JOINT = re.compile(
    r",\s(?=(?:which|who|whose|where|while|after|before|as|because|when|with|including|and|further|down|up"
    r"|compared|[a-z]+ing"
    r"|followed|the first|the last|the most|of which|an?)\b)"
    r"|\s(?=(?:after|because|while|where|when|before|as)\s(?:(?:the|an?|he|she|it|they|two|its|his|her|their)\b|[A-Z]))|;\s"
    r"|\s[–—]\s|\s(?=and to )"
)
_PAST = re.compile(
    r"\b[a-z]{2,}ed\b|\b(?:came|went|took|made|won|lost|fell|rose|met|held|found|sold|left|began|hit|cut|put)\b"
)
# What may never be cut off: who says it, a condition, a contrast; outside a clause of its own a negation or a hedge.
_BINDS = re.compile(
    r"\b(?:if|unless|provided|nor|neither|den(?:y|ies|ied)|falsely|except|only|until|but|although|though|however|despite"
    r"|subject|according|said|says|told)\b",
    re.IGNORECASE,
)
_DOUBTS = re.compile(
    r"\b(?:not|no|never|none|nobody|without|may|might|could|would|some|most|partly|almost|\w{1,8}n[’']t)\b",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(r",? (?:because|which|who|whose|where|when|while|after|before|of which)\b")
_SAYS_WHO = re.compile(
    r", (?:according to [^,]{3,70}"
    r"|(?:[\w.'’-]+ ){1,7}(?:said|says|confirmed|announced|reported)(?: on [A-Z][a-z]+day)?)$"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|did)\b")
# What opens with one of these has not come to its subject yet.
_NO_SUBJECT_YET = re.compile(
    r"(?:after|although|amid|among|according|as|at|because|before|besides|by|despite|during|for|from|given|if|in|inside"
    r"|instead|now|of|on|once|over|since|though|through|under|unless|until|when|while|with|without)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 5


def beginnings(text: str) -> tuple[str, ...]:
    """The beginnings of a sentence that could stand for it, shortest first; a check has the last word on each.

    None ends inside a clause or loses who says it ("..., the company said" is put behind what is left), a condition, a
    hedge or a negation.
    """
    if _NO_SUBJECT_YET.match(text) or text[:1] in "\"“'‘([":
        return ()
    whole = text.rstrip(" .!?")
    tail = _SAYS_WHO.search(whole)
    core, source = (whole[: tail.start()], tail[0]) if tail else (whole, "")
    parted = (core[: joint.start()] + source for joint in _JOINT.finditer(core) if _parts(core, joint))
    return tuple(form + "." for form in parted if len(form.split()) >= _LEAST_WORDS)


def _parts(whole: str, joint: re.Match[str]) -> bool:
    """Whether a sentence may end at a joint: a whole clause before it, nothing that binds behind it.

    In "The group, which is new, said" the clause is not whole before its verb; "named after a river" has none there.
    """
    head, rest = whole[: joint.start()], whole[joint.start() :]
    if _BINDS.search(rest) or (_DOUBTS.search(rest) and not _OWN_CLAUSE.match(rest)):
        return False
    if any(head.count(a) != head.count(b) for a, b in ("()", "“”", "[]")) or head.count('"') % 2:
        return False
    if not joint[0].strip() and not (
        rest.startswith(" and to ") or certainty_of(rest) or _FINITE.search(rest) or _PAST.search(rest)
    ):
        return False
    main = head.partition(",")[0]
    sure = bool(certainty_of(main) or _FINITE.search(main))
    alone = "," not in rest[1:] and _PAST.search(main)
    return (sure or bool(alone)) and attribution_of(head) == attribution_of(whole)
