"""What of an article is its story: its form, and the sentences that a headline or a point may be made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from summarizer.analysis.events import certainty_of
from summarizer.analysis.speech import turns
from summarizer.analysis.words import unmarked
from summarizer.article import Article, Sentence
from summarizer.extractive.trims import FINITE
from summarizer.sentences import WEEKDAY

Form = Literal["news", "interview", "minutes", "ruling", "instructions", "mail", "review", "obituary"]

_LOOKED_AT, _GREETED = 6000, 2000
_ASKED, _ASKED_OFTEN = re.compile(r"(?:^|\n)\W*[A-Z][^.!?\n]{3,160}\?\W*(?=\n|$)"), 3
_MAIL = re.compile(r"(?:^|\n)(?:Subject|To|From):\s|(?:^|\n)(?:Hi|Hello|Dear|Hallo)\b[^.\n]{0,40},")
# How many different marks of a form an article has to have, and the marks.
_FORMS: tuple[tuple[Form, int, re.Pattern[str]], ...] = (
    ("interview", 2, re.compile(r"(?:^|\n)\s*(?:Q|Question|Interviewer)\s*[:.]\s*(\S+ \S+)", re.IGNORECASE)),
    ("minutes", 2, re.compile(
        r"\b(minutes|apologies|present|in attendance|agenda|matters arising|any other business|treasurer['’]s report"
        r"|meeting closed|resolved)\b", re.IGNORECASE)),
    ("ruling", 3, re.compile(
        r"\b(held|appeal (?:is|was)|judgment|judgement|appellant|respondent|tribunal|claimant|applicant|defendant"
        r"|high court|court of appeal|supreme court|grounds? of appeal)\b", re.IGNORECASE)),
    ("instructions", 2, re.compile(
        r"(?:^|\n)\W*(ingredients|method|directions|serves \d+|(?:what )?you(?:['’]ll| will)? need|preheat"
        r"|step \d|how to)",
        re.IGNORECASE)),
    ("obituary", 2, re.compile(
        r"\b(has died|who died|died (?:on|at|in|aged)|survived by|aged \d|obituary|was born (?:in|on))\b",
        re.IGNORECASE)),
    ("review", 2, re.compile(
        r"\b(\w+ stars|out of (?:five|ten|10)|verdict|review|the (?:film|novel|album|restaurant|play|production|show)"
        r"|chef|soundtrack|director['’]s|chapters|\d+ pages)\b", re.IGNORECASE)),
)  # fmt: skip

_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_QUESTION = re.compile(r"\?[\"'”’»)\]]*$|^\W*(?:Q|Question)\s*[:.]\s", re.IGNORECASE)
# "Apologies: Mina Sato", "Date and time: ...": a form that was filled in; "Decision: to go on" is what a meeting did.
_LABEL = re.compile(r"^\W*(?!A:|Decision:|Resolved:|Agreed:|Resolution:)[A-Z][\w'’]*(?: [\w'’]+){0,3}:\W*\s")
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


@lru_cache(maxsize=8)
def form_of(article: Article) -> Form:
    """The form of writing, by the words that give it away; news where none does."""
    if any(turn.asks for turn in turns(article).values()) or len(_ASKED.findall(article.text)) >= _ASKED_OFTEN:
        return "interview"
    text = f"{article.title or ''}\n{article.text[:_LOOKED_AT]}"
    for form, needed, marks in _FORMS:
        if len({found.lower() for found in marks.findall(text)}) >= needed:
            return form
    return "mail" if _MAIL.search(article.text[:_GREETED]) else "news"


@lru_cache(maxsize=8)
def told(article: Article) -> tuple[Sentence, ...]:
    """The sentences that tell the story: no question, heading, label, byline or shopping list; all if none is left."""
    marked = sum(bool(_ENDS.search(sentence.text)) for sentence in article.sentences)
    spoken, ends_matter = turns(article), 2 * marked > len(article.sentences)
    asked = form_of(article) == "interview" and not spoken
    whole = []
    for one in article.sentences:
        turn = spoken.get(one.number)
        line = _line_of(article, one)
        if line.startswith(">") or (asked and _QUESTION.search(line)):
            continue
        if _is_heading(one.text):
            continue
        if not (turn and turn.asks) and _tells(
            unmarked(one.text[turn.start if turn else 0 :]), ends_matter=ends_matter
        ):
            whole.append(one)
    return tuple(whole) or article.sentences


def _line_of(article: Article, sentence: Sentence) -> str:
    """The line that a sentence begins in, without marks: of a mail that is quoted, or of what an interviewer asks."""
    start, end = article.text.rfind("\n", 0, sentence.start) + 1, article.text.find("\n", sentence.start)
    return article.text[start : end if end >= 0 else None].strip(" *_")


def _is_heading(text: str) -> bool:
    """Whether bold words end it that tell nothing: "Any other business.**" of "**3. Any other business.**"."""
    return text.endswith("**") and not (FINITE.search(text) or certainty_of(unmarked(text)))


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
