"""How much a sentence matters by the form of its article: what a court held, a meeting decided, a mail asks for."""

from __future__ import annotations

import re

from summarizer.analysis.events import attribution_of
from summarizer.analysis.words import unmarked
from summarizer.article import Article, Sentence
from summarizer.extractive.story import Form, form_of
from summarizer.reading.preamble import CASE

# "The minutes of 2 October were accepted without change.", and not "Minutes of the meeting show that members approved a
# pool" or "After ten minutes the plan was approved".
_HOUSEKEEPING = re.compile(
    r"(?:^\W*|\bthe (?:draft |previous |last )?)minutes\b"
    r"(?:(?!\b(?:that|shows?|showed|says?|said|records?|recorded|reports?|reported)\b).)*"
    r"\b(?:was|were|is|are|be|been) (?:\w+ )?(?:approved|accepted|adopted|agreed|signed|taken as)\b"
    r"|\bmeeting (?:closed|opened|ended)|^\W*apologies\b"
    r"|^\W*(?:those|these) of \d[^.]{0,30}(?:agreed|approved|accepted)"
    r"|^\W*(?:I hope|(?:I am|we are) writing to|(?:many )?thanks?|thank you|sorry|best wishes|kind regards"
    r"|(?:I|we) look forward)\b",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"^[\"'“‘]?(?:it(?! was (?:agreed|decided|resolved|proposed))|they|this|that|these|those|such|its"
    r"|their|there|here|however|but|and|so|yet|still|also|instead|then|meanwhile|asked|let me|if|when|as)\b",
    re.IGNORECASE,
)
# Nobody is in doubt who "I" is in an interview, or "she" in an obituary.
_SOMEBODY = re.compile(r"^[\"'“‘]?(?:(?P<interview>I|we|my|our)|(?P<obituary>he|she|his|her))\b", re.IGNORECASE)
# What came of it stands in another sentence: "Ann Roe moved that fees be doubled." "The motion was lost."
_MOVED = re.compile(
    r"\b(?:moved|proposed)\b(?:[^.;:]|\.(?=\d)){0,80}? (?:that|to)\b|^\W*(?:decision|resolution):", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"^\W*(?:the|this|his|her) (?P<amended>amended )?(?:motion|proposal|amendment|resolution)"
    r" (?:was|fell|failed|passed)\b"
    r"|^\W*(?:it|this) was (?:lost|carried|defeated|rejected|agreed|approved)\b(?! (?:\w+ )?(?:to|that)\b)"
    r"|^\W*(?:not )?(?:carried|lost|defeated|agreed|approved|rejected|passed)"
    r"(?:[.,;]|$| (?:by|with|unanimously|nem|on|without)\b)",
    re.IGNORECASE,
)
_FAR = 3
# "Neither claim could be checked.": what one side says is not told without it.
_UNVERIFIED = re.compile(
    r"\b(?:not|neither|cannot|unable)\b[^.;]{0,60}\b(?:verif(?:y|ied)|confirm(?:ed)?|check(?:ed)?)\b", re.IGNORECASE
)
# What a meeting decided, told by itself: not "The board agreed to buy it out of reserves".
_DECIDED = re.compile(
    r"(?:^\W*(?:Decision|Resolution):|(?<!-)\b(?:agreed|resolved|approved|accepted|decided|voted|rejected|elected|adopted)\b)"
    r"(?!(?: \w+){0,5} (?:it|this|(?:that|the) one|these|those|them|ones)\b)",
    re.IGNORECASE,
)
# One member's vote is no decision: "Ms Sturm voted against because the spoil would be dumped off the mussel beds."
_DISSENT = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)s?\.? .{0,60}?\b(?:voted|abstained|dissented)\b"
    r"|\bvoted against(?:[.,;]|$| (?:because|as|since|and|it|this|them)\b)"
)
_LIGHT, _HEAVY = 0.6, 2.0

_Rules = tuple[tuple[float, re.Pattern[str]], ...]


def _rules(*rules: tuple[float, str]) -> _Rules:
    return tuple((factor, re.compile(pattern, re.IGNORECASE)) for factor, pattern in rules)


_HOLDING = re.compile(
    r"(?:^\W*held\b|\b(?:we|I) (?:(?:therefore|would|accordingly|thus|also) )?"
    r"(?:allow|dismiss|hold|find|uphold|restore|quash|set aside|order|declare)\b"
    r"|\b(?:is|are) (?:sent back|quashed|set aside)|\b(?:must|shall|will) (?:also )?(?:re)?pay\b"
    r"|\b(?:is|are) (?:limited|reduced) to\b|\b(?:total|sum|amount) payable (?:is|are)\b"
    r"|\b(?:is|was|were|are) (?:therefore |accordingly |thus )?"
    r"(?:invalid|valid|void|unlawful|lawful|unfair|unenforceable|in breach)\b"
    r"|\b(?:appeals?|claims?|applications?|petition|complaint|defence|ground|dispensation|permission)\b[^.,;]{0,40}?"
    r" (?:is|are|be|must be"
    r"|should be|was) (?:\w+ )?(?:allowed|dismissed|upheld|refused|granted|remitted)"
    r"|\b(?:appeals?|claims?|applications?|petition|complaint|defence)\b[^.,;]{0,40}? (?:fails|succeeds)\b"
    r"|\bit is ordered\b)",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:had (?:dismissed|allowed|held|ruled|found)|below|first instance|before this court"
    r"|(?:claimant|respondent|appellant|defendant|applicant|landlord|tenant|company|borough|council)(?:['’]s \w+)?"
    r" (?:says|answers|argue[sd]|submit(?:s|ted)|contend(?:s|ed)|relie[sd]|claim(?:s|ed)))\b",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"\b(?:court|judge|tribunal)(?:(?:, | )[A-Z][\w ]+,)? (?:had )?(?:held|found|allowed|awarded)\b", re.IGNORECASE
)
# Each alone: benchmarks/reading/KEYLESS.md.
_BY_FORM: dict[Form, _Rules] = {
    "ruling": (
        (_HEAVY * _HEAVY, _HOLDING),
        *_rules((_HEAVY, r"\b(?:the question is|means|cannot|must (?!(?:also )?(?:re)?pay)|is not an?)\b")),
    ),
    "minutes": _rules(
        (_HEAVY**3, (r"(?<!-)\b(?:agreed|resolved|approved|accepted|decided|carried(?! out)|voted|rejected"
         r"|defeated|lost,|elected|adopted|grants?|granted|awarded)(?!\w)|^\W*(?:decision|resolution):")),
        (_HEAVY, r"[$£€]\s?\d.*\b(?:from|up|risen|rose|fallen|fell|cost|will)\b|\b(?:will|to) (?:close|shut|open)\b"),
        (_LIGHT * _LIGHT, r"^\W*(?:the )?(?-i:[A-Z])[\w.]+(?: [\w.]+)? (?:(?:is )?to (?!be\b)|will )[a-z]+\b"),
        (_LIGHT * _LIGHT, r"\b(?:next meeting|asked|noted|thanked|welcomed|said|reminded|complain\w+|replied)\b"),
    ),
    "instructions": _rules(
        (_HEAVY, (r"\b(?:never|always|do not|don['’]t|must|be sure|make sure|throw|fail|danger\w*|doctor|until|is ready"
         r"|is done|for (?:an?|\w+) (?:minute|hour|day)s?)\b")),
    ),
    "mail": _rules(
        (_HEAVY, (r"\b(?:please|could you|can you|need (?:from )?you|(?:let (?:me|us) know|reply|confirm|tell (?:me|us"
         r"|him|her)|sign up|register) by|deadline|at the latest|must|will be (?:closed|moved|cancell?ed|held))\b")),
    ),
    "review": _rules(
        (_HEAVY, (r"\b(?:verdict|stars|out of (?:five|ten|10)|best|worst|should|worth|recommend\w*|disappoint\w*"
         r"|triumph\w*|fails?|succeeds?|brilliant|magnificent|superb|wonderful|weak\w*|flaw\w*|dull|slow|torment"
         r"|overpriced|not cheap|masterpiece|delicious|awful|terrible|bargain|too (?:long|loud|much|many|slow)|go for"
         r"|avoid)\b")),
        (_LIGHT, r"\b(?:opened|on the night|when we|we (?:went|arrived|sat|ordered))\b"),
    ),
    "obituary": _rules(
        (_HEAVY, (r"\b(?:has died|who died|best known|known for|remembered|founded|won|became|published|introduced"
         r"|invented|discovered|drew|wrote|awarded|the first|the only|trained|set up|led|designed|built|raised"
         r"|law)\b")),
        (_LIGHT * _LIGHT, (r"\b(?:born|married|survived by|retired|moved to|grandchildren|sent to|at school|left school"
         r"|studied)\b")),
    ),
}  # fmt: skip


def weight(article: Article, sentence: Sentence) -> float:
    """How much a sentence matters by the form of the article, 1 for most of them.

    A court's own holding outweighs what the court below decided, a decision what was only reported to a meeting. A
    sentence that leans on the one before it ("It kept its dividend") makes a poor point.
    """
    form, text, factor = form_of(article), unmarked(sentence.text), standing(article, sentence)
    if form == "ruling" and not is_holding(article, sentence) and (_BELOW.search(text) or _LOWER.search(text)):
        factor *= _LIGHT * _LIGHT
    if form == "minutes" and _DISSENT.search(text):
        return factor * _LIGHT * _LIGHT
    outcome, amended = _outcome(article, sentence)
    if outcome and not amended:
        factor *= _HEAVY * _HEAVY
    elif amended or (form == "minutes" and _OUTCOME.match(text)):
        return factor * _LIGHT * _LIGHT
    for by, marks in _BY_FORM.get(form, ()):
        if marks.search(text):
            factor *= by
    return factor


def standing(article: Article, sentence: Sentence) -> float:
    """How well a sentence stands by itself, whatever its form."""
    form, text = form_of(article), unmarked(sentence.text)
    if _HOUSEKEEPING.search(text):
        return 0.0
    somebody = _SOMEBODY.match(text)
    leaning = leans(text) or (somebody and somebody.lastgroup != form and not is_holding(article, sentence))
    factor = _LIGHT if leaning else 1.0
    if text[:1] in '"“‘':
        factor *= 0.8
    if text.count('"') % 2 or text.count("“") != text.count("”"):  # it ends inside somebody's words
        factor *= _LIGHT
    return factor


def leans(text: str) -> bool:
    """Whether it leans on the sentence before it: "It kept its dividend", "But the council"."""
    return _LEANING.match(text) is not None


def outcome_of(article: Article, sentence: Sentence) -> Sentence | None:
    """What came of a motion that the sentence tells of, in one of the sentences behind it; None elsewhere."""
    outcome, amended = _outcome(article, sentence)
    return None if amended else outcome


def _outcome(article: Article, sentence: Sentence) -> tuple[Sentence | None, bool]:
    """What came of a motion, and whether it was carried as amended, and the sentence does not tell of the amendment."""
    if form_of(article) != "minutes" or not _MOVED.search(unmarked(sentence.text)):
        return None, False
    for one in article.sentences[sentence.number : sentence.number + _FAR]:
        if told := _OUTCOME.match(unmarked(one.text)):
            return one, bool(told["amended"]) and "amend" not in sentence.text
    return None, False


def doubt_of(article: Article, sentence: Sentence) -> Sentence | None:
    """Right behind what somebody says, the sentence that says it could not be verified; None elsewhere."""
    if not attribution_of(sentence.text):
        return None
    following = article.sentences[sentence.number : sentence.number + _FAR - 1]
    return next((one for one in following if _UNVERIFIED.search(one.text)), None)


def is_decision(article: Article, sentence: Sentence) -> bool:
    """Whether it tells by itself what was decided: that is the headline, and not the name of the body or the case."""
    text = unmarked(sentence.text)
    if is_holding(article, sentence) and CASE.fullmatch(article.title or ""):
        return True
    if form_of(article) != "minutes" or not _DECIDED.search(text) or _HOUSEKEEPING.search(text):
        return False
    return not _DISSENT.search(text) and not (_OUTCOME.match(text) or outcome_of(article, sentence))


def is_holding(article: Article, sentence: Sentence) -> bool:
    """Whether it is what a court decided: that stands first."""
    text = unmarked(sentence.text)
    return form_of(article) == "ruling" and _HOLDING.search(text) is not None and not _LOWER.search(text)
