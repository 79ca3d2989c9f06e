"""Whether a few words stand in a sentence as they are: whole, and with the word that limits them."""

from __future__ import annotations

import re

from summarizer.analysis.numbers import find_numbers
from summarizer.analysis.words import fold

# "Not the mayor", "a former minister", "about 40": without the word in front they say another thing.
_LIMITED = re.compile(
    r"(?:\b(?:not|no|never|neither|former|ex|acting|alleged|about|around|nearly|almost|over|under|some|most|half"
    r"|part of|(?:more|less|fewer) than|at (?:least|most)|up to|n't)(?:\s(?:the|an?|its|his|her|their))?\s|\bex-)$"
)


def stands_in(phrase: str, sentence: str) -> bool:
    """Whether `phrase` is words of `sentence` side by side: no part of a number, none without its "not" or "former"."""
    bare, whole = fold(" ".join(phrase.split())).strip(" .,;:"), fold(" ".join(sentence.split()))
    if not bare:
        return False
    numbers = [(number.start, number.end) for number in find_numbers(whole)]
    edge = r"\b" if bare[0].isascii() else ""  # a script that may be written without spaces has no edges
    for place in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)" if edge else re.escape(bare), whole):
        cut = any(start < at < end for start, end in numbers for at in place.span())
        if not cut and not _LIMITED.search(whole[: place.start()]):
            return True
    return False
