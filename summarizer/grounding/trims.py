"""Trims: a claim that is its evidence with parts cut out, where nothing that qualifies the rest is lost.

Whole parts between marks may go by code alone. Other cuts are for the reader, who is too careful with them: of near
copies that only leave out, rightly, he gives two in three less than the threshold of `balanced`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.analysis.words import fold, plain
from summarizer.grounding.figures import in_digits

MOST_PARTS = 24
_OUTER = " \t\n.\"'`“”‘’"
# Where a part may begin or end: at a comma, a dash, a parenthesis, or a word that opens a clause of its own.
_CUT = re.compile(
    r"(?<=[,;:)])\s|\s(?=\()|\s[-–—]+\s|\s(?=(?:after|because|following|amid|despite|whereas|including)\b)"
)
# What may not go, since the rest would say more than the sentence: conditions, doubt, denial, and who says so.
_QUALIFIES = re.compile(
    r"\b(?:not|n't|no|never|nor|neither|without|unless|if|except|only|until|but|although|though|however|while|whereas"
    r"|provided|whether|(?-i:may)|might|could|would|should|can|alleged\w*|reported\w*|apparent\w*|possibl\w+"
    r"|probabl\w+|perhaps|likely|supposed\w*|suspected|claim\w*|says?|said|told|tells?|according|believ\w+|think\w*"
    r"|thought|add(?:s|ed)|warn\w+|argu\w+|suggest\w*|estimat\w+|expect\w*|plan\w*|hope\w*|fear\w*|promis\w+"
    r"|propos\w+|accus\w+|some|most|almost|nearly|about|around|up to|at least|partly|partially|mainly|mostly|largely"
    r"|chiefly|primarily|usually|generally|typically|sometimes|often|rarely|frequently|originally|initially|former"
    r"|formerly|temporarily|potential\w*|i\.e|for example)\b|n't|\?",
    re.IGNORECASE,
)
_OPENS_ADJUNCT = re.compile(
    r"(?:in|on|at|by|during|since|after|before|from|under|over|for|with|as|last|this|earlier|later|today|yesterday|when"
    r"|meanwhile|moreover|furthermore|also|and|then|instead|now|still|currently|recently|together|along)\b|[\d(]",
    re.IGNORECASE,
)


def is_verbatim(claim: str, sentences: Sequence[str]) -> bool:
    """Whether the claim is a cited sentence, all of them, or a safe trim of one; words in brackets are not counted."""
    whole = _without_brackets(claim)
    return _bare(whole) == _bare(" ".join(sentences)) or any(is_trim(whole, text) for text in sentences)


def _without_brackets(claim: str) -> str:
    """ "He [Tom Brandt] left." as its sentence has it: the name was put in to say who is meant."""
    return re.sub(r"(?<=\w)\s\[[^\[\]]{1,80}\]", "", claim)


def is_whole(claim: str, sentence: str) -> bool:
    """Whether the claim is the sentence, but for white space, typography, outer quotes and the full stop."""
    return claim == sentence or _bare(claim) == _bare(sentence)


def is_trim(claim: str, sentence: str) -> bool:
    """Whether the claim is the sentence with none or some of its parts left out, none of which qualifies the rest."""
    if is_whole(claim, sentence):
        return True
    parts = _parts(sentence)
    own = _letters(claim)
    if len(parts) < 2 or len(parts) > MOST_PARTS or not own:
        return False
    kept, at = [], 0
    for part in parts:
        letters = _letters(part)
        if letters and own.startswith(letters, at):
            kept.append(part)
            at += len(letters)
        elif letters:
            kept.append("")
    return at == len(own) and _may_go(parts, kept)


def is_cut(claim: str, sentence: str) -> bool:
    """Whether the claim's words all stand in the sentence in this order, and what is left out is no qualification.

    A gap that reaches over "and" would join two things that the sentence tells apart: "studied in Ann Arbor and taught
    in Columbus" is no "studied in Columbus".
    """
    gaps = _gaps(_WORD.findall(fold(claim)), _WORD.findall(fold(sentence)))
    return gaps is not None and not any(_QUALIFIES.search(gap) or _JOINS.search(gap) for gap in gaps)


_WORD = re.compile(r"[\w%$€£'+-]+")
_JOINS = re.compile(r"\s(?:and|or)\b|\bof(?: them)?$")


def lost(claim: str, sentence: str) -> str:
    """What a copy left out that makes it say more: who says so, "allegedly", "up to"; "" where nothing."""
    gaps = _gaps(_WORD.findall(fold(claim)), _WORD.findall(fold(sentence))) or ()
    return next((gap for gap in gaps if _TELLS_WHO.search(gap)), "")


_TELLS_WHO = re.compile(
    r"\b(?:said|says?|told|according to|report(?:s|ed|edly)|alleged(?:ly)?|claim(?:s|ed)|added|argue[sd]?|suspected"
    r"|believe[sd]?|thinks?|up to|at most|at least|almost|nearly)\b"
)


def _gaps(own: Sequence[str], source: Sequence[str]) -> list[str] | None:
    """The stretches of the sentence that the claim leaves out; None where its words are not in this order."""
    found, at = [], 0
    for word in own:
        start = at
        while at < len(source) and source[at] != word:
            at += 1
        if at == len(source):
            return None
        found.append(" ".join(source[start:at]))
        at += 1
    return [gap for gap in (*found, " ".join(source[at:])) if gap]


def _may_go(parts: Sequence[str], kept: Sequence[str]) -> bool:
    """Whether the parts left out may go: none qualifies, and the first kept one is not left without its subject."""
    parts = [part for part in parts if _letters(part)]
    first = next(n for n, part in enumerate(kept) if part)
    if any(_QUALIFIES.search(part) for part, left in zip(parts, kept, strict=True) if not left):
        return False
    if first and (not all(_OPENS_ADJUNCT.match(part) for part in parts[:first]) or _OPENS_ADJUNCT.match(kept[first])):
        return False
    return not parts[first].rstrip().endswith(":") or all(kept[first:])


@lru_cache(maxsize=4096)
def _parts(sentence: str) -> tuple[str, ...]:
    return tuple(part for part in _CUT.split(plain(sentence)) if part)


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    """The letters and digits alone, folded: commas come and go where parts do."""
    return "".join(c for c in fold(in_digits(text)) if c.isalnum() or c in "+-%$€£/.").strip(".")


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return " ".join(in_digits(text).split()).strip(_OUTER)
