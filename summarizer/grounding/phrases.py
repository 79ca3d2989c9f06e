"""Whether a few words stand in a sentence as they are: whole, and with the word that limits them."""

from __future__ import annotations

import re

from summarizer.analysis.words import fold

# "Not the mayor", "a former minister", "about 40": without the word in front they say another thing.
_LIMITED = re.compile(
    r"(?:\b(?:not|no|never|neither|former|ex|late|acting|deputy|alleged|about|around|nearly|almost|over|under|some|most"
    r"|more than|less than|fewer than|at least|at most|up to|half|part of|n't)(?:\s(?:the|an?|its|his|her|their))?\s|\bex-)$"
)


def stands_in(phrase: str, sentence: str) -> bool:
    """Whether `phrase` is words of `sentence` side by side: no part of a number, none without its "not" or "former"."""
    bare, whole = fold(" ".join(phrase.split())).strip(" .,;:"), fold(" ".join(sentence.split()))
    if not bare:
        return False
    if not bare[0].isascii():  # a script that may be written without spaces
        return bare in whole
    places = re.finditer(rf"(?<![\w.,$€£-]){re.escape(bare)}(?!\w|[.,]\d|\s?%)", whole)
    if bare.endswith("%"):
        places = re.finditer(rf"(?<![\w.,]){re.escape(bare)}", whole)
    return any(not _LIMITED.search(whole[: place.start()]) for place in places)
