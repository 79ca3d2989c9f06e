"""The beginnings of a sentence that can stand as a headline.

Code finds where a sentence may end early and proves that what is left says nothing else; which beginning reads best
is left to a model.
"""

from __future__ import annotations

import re

from summarizer.grounding import is_trim

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


def headline_forms(text: str) -> tuple[str, ...]:
    """Beginnings of `text` that can stand alone, shortest first; empty where it has none."""
    whole = text.rstrip(" .!?\n")
    if _NO_SUBJECT_YET.match(text) or text[:1] in "\"“'‘([":
        return ()
    forms = (whole[: match.start()].rstrip(" ,;:") for match in _ENDS.finditer(whole))
    return tuple(dict.fromkeys(form for form in forms if _stands(form, text)))


def _stands(form: str, text: str) -> bool:
    length = len(form.split())
    return bool(
        FEWEST_WORDS <= length <= MOST_WORDS
        and not _REPORTS.search(form)
        and (form.count(",") != 1 or _FINITE.search(form.partition(",")[2]))
        and is_trim(form, text)
    )
