"""The beginnings of a sentence that can stand as a headline.

Code finds where a sentence may end early and proves that what is left says nothing else; which beginning reads best
is left to a model.
"""

from __future__ import annotations

import re

from summarizer.analysis.certainty import certainty_of
from summarizer.grounding.trims import is_trim

FEWEST_WORDS, MOST_WORDS = 5, 16

_ENDS = re.compile(
    r",?\s(?=(?:after|before|as|while|where|when|amid|ahead|because|which|who|following|with|in|on|at|for|by|during"
    r"|since|until|despite|over|from|but)\b)|(?=[,;:]\s)|\s(?=[–—-]\s)"
)
# What opens with one of these has not come to its subject yet.
_NO_SUBJECT_YET = re.compile(
    r"(?:after|although|amid|among|an?\s+\w+\s+after|according|as|at|because|before|besides|by|despite|during|for|from"
    r"|given|if|in|inside|instead|now|of|on|once|over|since|though|through|under|unless|until|when|while|with|without)\b",
    re.IGNORECASE,
)
# A report without what is reported is no headline.
_REPORTS = re.compile(
    r"\b(?:said|says?|told|tells|announc\w+|claim\w*|learn\w*|warn\w*|report\w*|argu\w+|insist\w*|suggest\w*|believ\w+"
    r"|confirm\w*|den(?:y|ies|ied)|think|thinks|thought|hope\w*|show(?:s|ed)?|found|reveal\w*|ask\w*|whether|that|how)\b",
    re.IGNORECASE,
)
# One comma without a verb behind it opens an apposition or a list that the cut would leave open.
_FINITE = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did)\b"
)
# What follows such a comma may interrupt the subject: "An inquiry into the sinking, in which 23 drowned, has found".
_ASIDE = re.compile(r",\s(?:\w+\s)?(?:which|who|whom|whose|where|when)\b")


def headline_forms(text: str) -> tuple[str, ...]:
    """Beginnings of `text` that can stand alone, shortest first; empty where it has none."""
    whole = text.rstrip(" .!?\n")
    if _NO_SUBJECT_YET.match(text) or text[:1] in "\"“'‘([":
        return ()
    begun = _subject_ends(whole)
    forms = (whole[: match.start()].rstrip(" ,;:") for match in _ENDS.finditer(whole) if match.start() > begun)
    return tuple(dict.fromkeys(form for form in forms if _stands(form, text)))


def _subject_ends(whole: str) -> int:
    """Where an aside interrupts a subject that has not come to its verb; -1 where none does."""
    aside = _ASIDE.search(whole)
    if aside is None:
        return -1
    before = whole[: aside.start()]
    return -1 if certainty_of(before) or _FINITE.search(before) else aside.start()


def _stands(form: str, text: str) -> bool:
    length = len(form.split())
    return bool(
        FEWEST_WORDS <= length <= MOST_WORDS
        and not _REPORTS.search(form)
        and (form.count(",") != 1 or _FINITE.search(form.partition(",")[2]))
        and is_trim(form, text)
    )
