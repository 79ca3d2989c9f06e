"""What can be cut from a sentence without changing what it says: datelines, list numbers, notes, further clauses.

Attributions ("according to X"), hedges and negations are never cut: they change a report into a fact.
"""

from __future__ import annotations

import re

from summarizer.analysis import Analysis
from summarizer.analysis.events import attribution_of, certainty_of
from summarizer.analysis.speech import turns
from summarizer.analysis.words import unmarked
from summarizer.article import Sentence
from summarizer.grounding import check
from summarizer.schemas.evidence import Span
from summarizer.sentences import MONTH, WEEKDAY
from summarizer.settings import Level

_MONTH = rf"{MONTH}\.?"
_DATE = rf"(?:{WEEKDAY},? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
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
    rest = unmarked(_ASIDE.sub("", text[start:])).strip("*_")
    if not rest.strip():
        return text
    return rest if not start else rest[:1].upper() + rest[1:]


# Where a sentence may end early: before more about what was told, before a clause or a second predicate of its own.
_JOINT = re.compile(
    r",\s(?=(?:which|who|whose|where|while|after|before|as|because|when|with|including|and|further|down|up|above|below"
    r"|compared|without [a-z]+ing|to|[a-z]+ing|[a-z]{3,}ed (?:by|from|in|to|with)|led by|followed|the first|the last"
    r"|the most|of which|an?)\b)"
    r"|\s(?=(?:after|because|while|where|when|before|as)\s"
    r"(?:(?:the|an?|both|he|she|it|they|two|its|his|her|their)\b|[A-Z]))"
    r"|;\s|\s[–—]\s|\s(?=and to |and (?:has|have|had|was|were|is|are|will|would)\b|(?:during|in|after|for) which )"
)
# Before more about when and where, where a verb and what belongs to it are behind already.
_ADJUNCT = re.compile(r"\s(?=(?:ahead of|amid|between|during|following|in|near|on (?:[A-Z]|\d))\s)")
_PARTICIPLE = r"(?:[a-z]{3,}ed|led|made|built|cast|drawn|written|known|born|bought|held|sold|run|seen)\b"
_VERB = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|did"
    r"|came|went|took|made|won|lost|fell|rose|met|held|found|sold|left|began|hit|cut|put|said|says|told|[a-z]{2,}ed)\b"
)
# "Teresa Quill, the oceanographer whose charts guided ships, died"
INSERTED = re.compile(
    rf"(?<=[\w)\"”]), (?:(?:which|who|whose|where|an?|the)\b|\d+,|{_PARTICIPLE})[^,;]{{0,110}}"
    rf"(?:(?<=\d),|,) (?={_VERB})"
)
# What may never be cut off: who says it, a condition, a contrast; outside a clause of its own a negation or a hedge.
_BINDS = re.compile(
    r"\b(?:if|unless|provided|nor|neither|den(?:y|ies|ied)|falsely|except|only|until|but|although|though|however|despite"
    r"|subject|according|said|says|told)\b",
    re.IGNORECASE,
)
# "would not sail again before the cause had been found" is not "would not sail again".
_LIMITS = re.compile(r",? (?:before|after|while|because|when|where|as|during|in|with|without|between|following)\b")
_DENIES = re.compile(r"\b(?:not|no|never|none|nobody|nothing|\w{1,8}n[’']t)\b", re.IGNORECASE)
_DOUBTS = re.compile(
    r"\b(?:not|no|never|none|nobody|without(?! [a-z]+ing)|may|might|could|would|some|most|partly|almost"
    r"|\w{1,8}n[’']t)\b",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(
    r",? (?:because|which|who|whose|where|when|while|after|before|and|(?:of|during|in|after|for) which)\b"
)
_SAYS_WHO = re.compile(
    r", (?:according to [^,]{3,70}"
    r"|(?:[\w.'’-]+ ){1,7}(?:said|says|confirmed|announced|reported)(?: on [A-Z][a-z]+day)?)$"
)
_TELLS = re.compile(rf"\b{_VERB}")
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|does|did)\b")
_SUBJECT = re.compile(r"[A-Z]|(?:the|an?|his|her|its|their|he|she|it|they|we|two|some|one)\b")
_AND = re.compile(r",? and ")
_RELATIVE = re.compile(rf"\b(?:that|who|which) {_VERB}")  # "Bees that are kept awake" has no verb of its own yet
_SECOND_SENTENCE = re.compile(r", and (?:he|she|it|they|we|I) [a-z]+")
# What opens with one of these has not come to its subject yet.
_NO_SUBJECT_YET = re.compile(
    r"(?:after|although|amid|among|according|as|at|because|before|besides|born|by|despite|during|for|from|given|if|in|inside"
    r"|instead|now|of|on|once|over|since|though|through|under|unless|until|when|while|with|without)\b",
    re.IGNORECASE,
)
# Words that want what follows: "interest in", "is to live in", "based in", "first woman in Europe", "more than in",
# "warning of a peatland in trouble".
_WANTS_MORE = re.compile(
    r"(?:\b(?:to|not|will|would|can|could|may|might|must|should|he|she|it|they|we|who|which|that)\s\w+"
    r"|\bthan|\bof an? [\w-]+|\b(?:first|only|last|best|worst|most|least|\w{3,}est)(?: [\w-]+){1,3}"
    r"|\b(?:part|role|interest|increase|rise|fall|change|decline|drop|cut|way|place|those|one|first|only|more|less|it|worse"
    rf"|be|been|{_PARTICIPLE}|[a-z]+(?:ing|ly|er)|came|went|took|fell|rose|met|left|began|hit))$"
)
_PREDICATE = re.compile(r"\band (?:[a-z]+ )?(?:[a-z]{2,}ed|to)\b")  # "at 15 and learned to type" goes no further
# "..., now | in his tenth year", "... and, at night, | experimented"
_LAST_WORD, _LAST_AND = re.compile(r",\s\S+$"), re.compile(r"\b(?:and|or|but),(?:\s\w+){1,3}$")
_LAST_SAYS = re.compile(r",\s\w+ (?:says?|said)$")  # "and left, he says, | because"
# A clause with a subject of its own, which keeps its condition: ", and the rent remains unless a notice is given".
_OWN_SUBJECT = re.compile(
    r", and (?:the|an?|his|her|its|their|[A-Z]\w+) (?!.*\b(?:said|says|told|according|den\w+)\b)(?:[^,;]|,(?=\d))+$"
)
_LEAST_WORDS, _MOST_TRIED = 5, 4


def shortened(
    sentence: Sentence, most: float, analysis: Analysis, *, keep: str = "", level: Level | None = None
) -> str:
    """The sentence after every safe cut; where that has more than `most` words, its best shorter form that holds.

    Args:
        sentence: a sentence of the article.
        most: the number of words to come down to where that can be.
        analysis: the article.
        keep: words that must not go.
        level: how sure the check must be, `balanced` where none is given.

    """
    turn = turns(analysis.article).get(sentence.number)
    text = trimmed(sentence.text[turn.start if turn else 0 :])
    if len(text.split()) <= most:
        return text
    forms = [form for form in shorter_forms(text) if keep in form]
    order = sorted(forms, key=lambda form: (len(form.split()) > most, abs(most - len(form.split()))))
    for form in order[:_MOST_TRIED]:
        if check(form, [Span.of(sentence)], level=level or Level.BALANCED, article=analysis).supported:
            return form
    return text


def cited(sentence: Sentence, text: str) -> Span:
    """The place of `text` where that is the end of the sentence, behind "A:" or a list's mark; else the sentence."""
    span, start = Span.of(sentence), sentence.end - len(text)
    return span.model_copy(update={"start": start, "text": text}) if sentence.text.endswith(text) else span


def shorter_forms(text: str) -> tuple[str, ...]:
    """What could stand for a sentence: its beginnings, and it without what is put between subject and verb.

    None ends inside a clause or loses who says it ("..., the company said" is put behind what is left), a condition, a
    hedge or a negation. A check has the last word on each.
    """
    if _NO_SUBJECT_YET.match(text) or text[:1] in "\"“'‘([":
        return ()
    whole = text.rstrip(" .!?")
    tail = _SAYS_WHO.search(whole)
    core, source = (whole[: tail.start()], tail[0]) if tail else (whole, "")
    bare = INSERTED.sub(" ", core, count=1)
    forms = [bare] * (bare != core)
    for one in dict.fromkeys((core, bare)):
        forms += [one[: joint.start()] for joint in _JOINT.finditer(one) if _parts(one, joint)]
    # Adjuncts go only where no clause does, or from what is left of it.
    for one in dict.fromkeys((bare, *forms)):
        forms += [one[: joint.start()] for joint in _ADJUNCT.finditer(one) if _is_complete(one, joint)]
    return tuple(
        dict.fromkeys(form.rstrip(" ,;") + source + "." for form in forms if len(form.split()) >= _LEAST_WORDS)
    )


def _parts(whole: str, joint: re.Match[str]) -> bool:
    """Whether a sentence may end at a joint: a whole clause before it, nothing that binds behind it.

    In "The group, which is new, said" the clause is not whole before its verb; "named after a river" has none there.
    """
    head, rest = whole[: joint.start()], whole[joint.start() :]
    if not _may_go(head, rest) or _LAST_SAYS.search(head) or _LAST_AND.search(head):
        return False
    if rest.startswith(", to ") and "," in head:
        return False
    if (told := attribution_of(head)) != attribution_of(whole) and (told or not _AND.match(rest)):
        return False
    verbal = bool(_TELLS.search(rest) or certainty_of(rest))
    if not verbal and (rest.startswith(", and ") or not (joint[0].strip() or rest.startswith(" and to "))):
        return False
    main = _main(head)
    return bool(certainty_of(main) or FINITE.search(main)) or (
        bool(_SECOND_SENTENCE.match(rest)) or ("," not in rest[1:] and bool(_TELLS.search(main)))
    )


def _is_complete(whole: str, joint: re.Match[str]) -> bool:
    """Whether what stands before an adjunct can end there: verb and object are told, and no word wants more."""
    head, rest = whole[: joint.start()], whole[joint.start() :]
    told = " ".join(_main(head).split()[:-2])
    if not (certainty_of(told) or FINITE.search(told)) or _PREDICATE.search(rest):
        return False
    if _WANTS_MORE.search(head) or _LAST_WORD.search(head) or _LAST_AND.search(head):
        return False
    return _may_go(head, rest) and attribution_of(head) == attribution_of(whole)


def _may_go(head: str, rest: str) -> bool:
    if (
        (_BINDS.search(rest) and not _OWN_SUBJECT.match(rest))
        or (_LIMITS.match(rest) and _DENIES.search(head))
        or (_DOUBTS.search(rest) and not _OWN_CLAUSE.match(rest))
    ):
        return False
    return not any(head.count(a) != head.count(b) for a, b in ("()", "“”", "[]")) and head.count('"') % 2 == 0


def _main(head: str) -> str:
    """The words before the first comma, with those behind it where they have no verb: "Ann Lee, 41, took over"."""
    first, *rest = _RELATIVE.sub(" ", head).split(", ")
    if not rest or _TELLS.search(first):
        return first
    if len(rest) > 1:
        return " ".join((first, *rest[1:]))
    return f"{first} {rest[0]}" if _SUBJECT.match(rest[0]) else first
