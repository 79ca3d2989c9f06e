"""What of an article is its story: its form, and the sentences that a headline or a point may be made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from summarizer.analysis.events import certainty_of
from summarizer.analysis.speech import turns
from summarizer.article import Article, Sentence
from summarizer.extractive.trims import FINITE
from summarizer.sentences import WEEKDAY

Form = Literal["news", "interview", "minutes", "ruling", "instructions", "review", "obituary"]

_LOOKED_AT = 6000
# How many different marks of a form an article has to have, and the marks.
_FORMS: tuple[tuple[Form, int, re.Pattern[str]], ...] = (
    ("interview", 2, re.compile(r"(?:^|\n)\s*(?:Q|Question|Interviewer)\s*[:.]\s*(\S+ \S+)", re.IGNORECASE)),
    ("minutes", 2, re.compile(
        r"\b(minutes|apologies|present|in attendance|agenda|matters arising|any other business|treasurer['’]s report"
        r"|meeting closed|resolved)\b", re.IGNORECASE)),
    ("ruling", 3, re.compile(
        r"\b(held|appeal (?:is|was)|judgment|judgement|appellant|respondent|tribunal|claimant|defendant|high court"
        r"|court of appeal|supreme court|grounds? of appeal)\b", re.IGNORECASE)),
    ("instructions", 2, re.compile(
        r"(?:^|\n)\W*(ingredients|method|directions|serves \d+|(?:what )?you(?:['’]ll| will)? need|preheat"
        r"|step \d|how to)",
        re.IGNORECASE)),
    ("obituary", 2, re.compile(
        r"\b(has died|who died|died (?:on|at|in|aged)|survived by|aged \d|obituary|was born (?:in|on))\b",
        re.IGNORECASE)),
    ("review", 2, re.compile(
        r"\b(\w+ stars|out of (?:five|ten|10)|verdict|review|the (?:film|novel|album|restaurant|play|production|show)"
        r"|chef|soundtrack|director['’]s)\b", re.IGNORECASE)),
)  # fmt: skip

_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]]*$|^\W*(?:Q|Question)\s*[:.]\s", re.IGNORECASE)
# "Apologies: Mina Sato", "Treasurer: K. Lind", "Date and time: ...": a form that was filled in.
_LABEL = re.compile(r"^\W*(?!A:)[A-Z][\w'’]*(?: [\w'’]+){0,3}:\s")
_BYLINE = re.compile(
    r"^\W*(?:by|words by|posted|published|updated|photo(?:graph)?s?|picture|image|source|editing|additional reporting"
    r"|reporting|read more|sign up|subscribe|follow us|share this|advertisement|copyright|©)\b[^.]{0,80}\.?$",
    re.IGNORECASE,
)
# "You need 200 g of rice, an onion, two peppers and a tin of beans."
_SHOPPING = re.compile(
    r"^\W*(?:(?:what )?you(?:['’]ll| will)? need|ingredients|for the [\w ]{2,20}:|serves|makes|preparation|prep time"
    r"|cook(?:ing)? time)\b",
    re.IGNORECASE,
)
_AMOUNT_FIRST = re.compile(
    r"^\W*(?:\d+|half|an?|one|two|three|four|five|six)\b[^.!?]{0,60}$|^\W*(?:salt|pepper|oil)\b[^.!?]*$", re.IGNORECASE
)
# "Thursday 4 December 2025, 19:30, same place.": when, and nothing of what.
_DATE_FIRST = re.compile(rf"^\W*(?:{WEEKDAY},? )?\d{{1,2}}(?:st|nd|rd|th)? [A-Z][a-z]+\b")
_LEANING = re.compile(
    r"^[\"'“‘]?(?:he|she|it(?! was (?:agreed|decided|resolved))|they|this|that|these|those|such|his|her|its|their"
    r"|there|here|however|but|and|so|yet|still|also|instead|then|meanwhile|asked|i|we|my|our|let me|if|when|as)\b",
    re.IGNORECASE,
)

_WEIGHTY: dict[Form, re.Pattern[str]] = {
    "ruling": re.compile(
        r"(?:^\W*held\b|\bwe (?:(?:therefore|would|accordingly|thus|also) )?"
        r"(?:allow|dismiss|hold|find|uphold|restore|quash|set aside)|"
        r"\b(?:is|are) (?:sent back|quashed|set aside)|\bmust pay\b"
        r"|\b(?:appeals?|claims?|applications?|petition) (?:is|are|be|must be|should be) (?:\w+ )?"
        r"(?:allowed|dismissed|upheld|refused|granted|remitted)|\bit is ordered\b)",
        re.IGNORECASE,
    ),
    "minutes": re.compile(
        r"\b(?:agreed|resolved|approved|decided|carried|voted|rejected|defeated|elected|adopted|grants?|granted)\b",
        re.IGNORECASE,
    ),
    "review": re.compile(
        r"\b(?:verdict|stars|out of (?:five|ten|10)|best|worst|should|worth|recommend\w*|disappoint\w*|triumph\w*"
        r"|fails?|succeeds?|brilliant|weak\w*|flaw\w*)\b",
        re.IGNORECASE,
    ),
    "obituary": re.compile(
        r"\b(?:best known|known for|remembered|founded|won|became|published|introduced|invented|discovered|drew|wrote"
        r"|awarded|the first|the only)\b",
        re.IGNORECASE,
    ),
}
_PRIVATE = re.compile(r"\b(?:was born|married|survived by|retired|moved to|grandchildren)\b", re.IGNORECASE)
# "The minutes of 2 October were accepted without change.", and not "Minutes of the meeting show that members approved a
# pool" or "After ten minutes the plan was approved".
_HOUSEKEEPING = re.compile(
    r"(?:^\W*|\bthe (?:draft |previous |last )?)minutes\b"
    r"(?:(?!\b(?:that|shows?|showed|says?|said|records?|recorded|reports?|reported)\b).)*"
    r"\b(?:was|were|is|are|be|been) (?:\w+ )?(?:approved|accepted|adopted|signed|taken as)\b"
    r"|\bmeeting (?:closed|opened|ended)",
    re.IGNORECASE,
)
# What came of it stands in another sentence: "Ann Roe moved that fees be doubled." "The motion was lost."
_MOVED = re.compile(r"\b(?:moved|proposed) (?:that|to)\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"^\W*(?:the|this|his|her) (?:motion|proposal|amendment|resolution) (?:was|fell|failed|passed)\b"
    r"|^\W*(?:it|this) was (?:lost|carried|defeated|rejected|agreed|approved)\b",
    re.IGNORECASE,
)
_FAR = 3
_BELOW = re.compile(
    r"\b(?:had (?:dismissed|allowed|held|ruled|found)|below|first instance|before this court)\b", re.IGNORECASE
)
_HEAVY, _LIGHT, _QUOTED = 2.0, 0.6, 0.8


@lru_cache(maxsize=8)
def form_of(article: Article) -> Form:
    """The form of writing, by the words that give it away; news where none does."""
    if any(turn.asks for turn in turns(article).values()):
        return "interview"
    text = f"{article.title or ''}\n{article.text[:_LOOKED_AT]}"
    for form, needed, marks in _FORMS:
        if len({found.lower() for found in marks.findall(text)}) >= needed:
            return form
    return "news"


@lru_cache(maxsize=8)
def told(article: Article) -> tuple[Sentence, ...]:
    """The sentences that tell the story: no question, heading, label, byline or shopping list; all if none is left."""
    marked = sum(bool(_ENDS.search(sentence.text)) for sentence in article.sentences)
    spoken, ends_matter = turns(article), 2 * marked > len(article.sentences)
    whole = []
    for one in article.sentences:
        turn = spoken.get(one.number)
        if not (turn and turn.asks) and _tells(one.text[turn.start if turn else 0 :], ends_matter=ends_matter):
            whole.append(one)
    return tuple(whole) or article.sentences


def is_question(sentence: Sentence) -> bool:
    """Whether it asks something: it answers nothing and nothing happens in it."""
    return _QUESTION.search(sentence.text) is not None


def _tells(text: str, *, ends_matter: bool) -> bool:
    if _QUESTION.search(text) or _BYLINE.match(text) or _SHOPPING.match(text) or _AMOUNT_FIRST.match(text):
        return False
    ended = _ENDS.search(text) is not None
    if _LABEL.match(text) and not (ended and certainty_of(text)):
        return False
    if _DATE_FIRST.match(text) and not (FINITE.search(text) or certainty_of(text)):
        return False
    return (ended or not ends_matter) and len(text.split()) > 2


def weight(article: Article, sentence: Sentence) -> float:
    """How much a sentence matters by the form of the article, 1 for most of them.

    A court's own holding outweighs what the court below decided, a decision what was only reported to a meeting. A
    sentence that leans on the one before it ("It kept its dividend") makes a poor point.
    """
    form, text = form_of(article), sentence.text
    if _HOUSEKEEPING.search(text):
        return 0.0
    factor = _LIGHT if _LEANING.match(text) else 1.0
    if text[:1] in '"“‘':
        factor *= _QUOTED
    if form == "ruling" and _BELOW.search(text) and not _WEIGHTY["ruling"].search(text):
        factor *= _LIGHT
    if form == "minutes" and outcome_of(article, sentence):
        factor *= _HEAVY
    if form == "minutes" and _OUTCOME.match(text):
        factor *= _LIGHT * _LIGHT
    if form == "obituary" and _PRIVATE.search(text):
        factor *= _LIGHT
    marks = _WEIGHTY.get(form)
    if marks and marks.search(text):
        factor *= _HEAVY * _HEAVY if form in ("ruling", "minutes") else _HEAVY
    return factor


def outcome_of(article: Article, sentence: Sentence) -> Sentence | None:
    """What came of a motion that the sentence tells of, in one of the sentences behind it; None elsewhere."""
    if form_of(article) != "minutes" or not _MOVED.search(sentence.text):
        return None
    following = article.sentences[sentence.number : sentence.number + _FAR]
    return next((one for one in following if _OUTCOME.match(one.text)), None)


def is_told_from_the_top(article: Article) -> bool:
    """Whether what matters stands first, as in news; minutes and rulings take their matters in turn."""
    return form_of(article) not in ("minutes", "ruling")


def is_holding(article: Article, sentence: Sentence) -> bool:
    """Whether it is what a court decided: that stands first."""
    return form_of(article) == "ruling" and _WEIGHTY["ruling"].search(sentence.text) is not None
