"""Words as they stand: phrases and titles, sentences, and trims, sentences with parts cut out that qualify nothing.

Whole parts between marks may go by code alone. Other cuts are for the reader, who is too careful with them: of near
copies that only leave out, rightly, he gives two in three less than the threshold of `balanced`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.analysis.figures import normalised
from summarizer.analysis.words import fold, plain, unmarked
from summarizer.article import Article
from summarizer.grounding.days import DAY, month_and_day
from summarizer.values.numbers import find_numbers

_HEAD = 2000
_ROW = re.compile(r":\d+$")
_TITLE_KEY = re.compile(r"^\W*(?:title|headline|subject)\W*:", re.IGNORECASE)
_OUTER = " \t\n.\"'`“”‘’"
# Where a part may begin or end: at a comma, a dash, a parenthesis, or a word that opens a clause of its own.
_CUT = re.compile(
    r"(?<=[,;:)])\s|\s(?=\()|\s[-–—]+\s|\s(?=(?:after|because|following|amid|despite|whereas|including)\b)"
)
# What may not go, since the rest would say more than the sentence: conditions, denial, and who says so,
_BINDS = re.compile(
    r"\b(?:not|n't|no|never|nor|neither|without|unless|if|except|only|until|but|although|though|however|while|whereas"
    r"|provided|whether|den(?:y|ies|ied)|alleged\w*|reported\w*|apparent\w*|supposed\w*|suspected|claim\w*|says?|said"
    r"|told|tells?|according|believ\w+|think\w*|thought|add(?:s|ed)|warn\w+|argu\w+|suggest\w*|accus\w+)\b|n't|\?",
    re.IGNORECASE,
)
# and doubt, plans and degree, but for those of a relative clause: "in Bonn, where both could agree on a deal".
_DOUBTS = re.compile(
    r"\b(?:(?-i:may)|might|could|would|should|can|possibl\w+|probabl\w+|perhaps|likely|estimat\w*|expect\w*|plan\w*"
    r"|hope\w*|fear\w*|promis\w+|propos\w+|some|most|almost|nearly|about|around|up to|at least|partly|partially|mainly"
    r"|mostly|largely|chiefly|primarily|usually|generally|typically|sometimes|often|rarely|frequently|originally"
    r"|initially|former|formerly|then|temporarily|potential\w*|i\.e|for example)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:where|which|whose|who)\b.*", re.DOTALL)
_OPENS_ADJUNCT = re.compile(
    r"(?:in|on|at|by|during|since|after|before|from|under|over|for|with|as|last|this|earlier|later|today|yesterday|when"
    r"|meanwhile|moreover|furthermore|also|and|then|instead|now|still|currently|recently|together|along)\b|[\d(]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w%$€£'+-]+")
_JOINS = re.compile(r"\s(?:and|or)\b|\bof(?: them)?$")
_DENIES = {"not", "never", "no", "no longer"}
_PER_CENT = re.compile(r"(?<=\d)\s?(?:per ?cent|percent|pct)\b", re.IGNORECASE)
_CONTRACTED = re.compile(r"(?<=\w)n't\b")
_TELLS_WHO = re.compile(
    r"\b(?:said|says?|told|according to|report(?:s|ed|edly)|alleged(?:ly)?|claim(?:s|ed)|added|argue[sd]?|suspected"
    r"|believe[sd]?|thinks?|up to|at most|at least|almost|nearly)\b"
)


def is_verbatim(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the claim is a cited sentence, all of them, or a safe trim of one.

    Words in brackets are not counted: "He [Tom Brandt] left." says who is meant.
    """
    plainly = [" ".join(text.split()) for text in sentences]
    if claim in plainly:
        return True
    whole = re.sub(r"(?<=\w)\s\[[^\[\]]{1,80}\]", "", claim)
    return _bare(whole) == _bare(" ".join(plainly)) or any(is_trim(whole, text) for text in plainly)


def is_trim(claim: str, sentence: str) -> bool:
    """Whether the claim is the sentence with none or some of its parts left out, none of which qualifies the rest.

    White space, typography, outer quotes and the full stop are not counted.
    """
    if _bare(claim) == _bare(sentence):
        return True
    parts, own = _parts(sentence), _letters(claim)
    if len(parts) < 2 or not own:
        return False
    kept, at = [], 0
    for part in parts:
        stays = own.startswith(_letters(part), at)
        kept.append(part if stays else "")
        at += stays * len(_letters(part))
    return at == len(own) and _may_go(parts, kept)


def is_cut(claim: str, sentence: str) -> bool:
    """Whether the claim's words all stand in the sentence in this order, and what is left out is no qualification.

    A gap that reaches over "and" would join two things that the sentence tells apart: "studied in Ann Arbor and taught
    in Columbus" is no "studied in Columbus".
    """
    gaps = _gaps(claim, sentence)
    return gaps is not None and not any(_qualifies(gap) or _JOINS.search(gap) for gap in gaps)


def lost(claim: str, sentence: str) -> str:
    """What a copy left out that makes it say more: who says so, "allegedly", "up to"; "" where nothing.

    A denial alone says the contrary: "borders are important" of "borders aren't important".
    """
    gaps = _gaps(claim, sentence) or ()
    return next((gap for gap in gaps if gap in _DENIES or _TELLS_WHO.search(gap)), "")


@lru_cache(maxsize=1024)
def _gaps(claim: str, sentence: str) -> tuple[str, ...] | None:
    """The stretches of the sentence that the claim leaves out; None where its words are not in this order."""
    source, at = _words(sentence), 0
    found = []
    for word in _words(claim):
        place = next((n for n in range(at, len(source)) if source[n] == word), None)
        if place is None:
            return None
        found.append(" ".join(source[at:place]))
        at = place + 1
    return tuple(gap for gap in (*found, " ".join(source[at:])) if gap)


def _words(text: str) -> list[str]:
    """Its words, folded, with the "not" of "aren't" as one of its own."""
    return _WORD.findall(_CONTRACTED.sub(" not", fold(text)))


def _qualifies(text: str) -> bool:
    return bool(_BINDS.search(text) or _DOUBTS.search(_RELATIVE.sub("", text)))


def _may_go(parts: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether the parts left out may go: none qualifies, and the first kept one is not left without its subject."""
    first = next(n for n, part in enumerate(kept) if part)
    if any(_qualifies(part) for part, left in zip(parts, kept, strict=True) if not left):
        return False
    if first and (not all(_OPENS_ADJUNCT.match(part) for part in parts[:first]) or _OPENS_ADJUNCT.match(kept[first])):
        return False
    return not parts[first].rstrip().endswith(":") or all(kept[first:])


@lru_cache(maxsize=8192)
def in_digits(text: str) -> str:
    """`text` with counts in digits, days in ISO 8601 and "%": for comparing what may be written in several ways."""

    def iso(match: re.Match[str]) -> str:
        month, day = month_and_day(match)
        return f"{match['year'] + '-' if match['year'] else '--'}{month:02}-{day:02}"

    text = DAY.sub(iso, normalised(text))
    pieces, at = [], 0
    for number in find_numbers(text):
        if number.kind == "cardinal":
            pieces += [text[at : number.start], f"{number.value.normalize():f}"]
            at = number.end
    return _PER_CENT.sub("%", "".join((*pieces, text[at:])))


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[str, ...]:
    return tuple(part for part in _CUT.split(plain(sentence)) if part and _letters(part))


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    """The letters and digits alone, folded: commas come and go where parts do."""
    return "".join(c for c in fold(in_digits(text)) if c.isalnum() or c in "+-%$€£/.").strip(".")


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return " ".join(in_digits(unmarked(text)).split()).strip(_OUTER)


def is_own_title(text: str, article: Article) -> bool:
    """Whether `text` is the title, and stands in the text on a line of its own but for marks such as "#" or "title:".

    A title that comes from metadata alone may be of another page: that one has to be borne out by sentences. The
    subject of a mail was written with it.
    """
    if not article.title or text != " ".join(article.title.split()):
        return False
    if _is_message(article):
        return True
    for found in re.finditer(re.escape(article.title), head := article.text[:_HEAD]):
        line = head[: found.start()].rpartition("\n")[2] + head[found.end() :].partition("\n")[0]
        if not any(map(str.isalnum, _TITLE_KEY.sub("", line))):
            return True
    return False


def _is_message(article: Article) -> bool:
    """Whether it is a mail; a row of a table of flights has columns "from" and "to", and its title is no subject."""
    keys = article.fields.keys()
    return {"from", "to"} <= keys <= {"id", "from", "to"} and not _ROW.search(article.source or "")
