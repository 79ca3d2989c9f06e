"""Whether words stand in the article as they are: a few of a sentence, or the article's own title."""

from __future__ import annotations

import re

from summarizer.analysis.numbers import find_numbers
from summarizer.analysis.words import fold
from summarizer.article import Article

_HEAD = 2000
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
    # A script that may be written without spaces has no edges of words.
    for place in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)" if bare[0].isascii() else re.escape(bare), whole):
        cut = any(start < at < end for start, end in numbers for at in place.span())
        if not cut and not _LIMITED.search(whole[: place.start()]):
            return True
    return False


def is_own_title(text: str, article: Article) -> bool:
    """Whether `text` is the title, and stands in the text on a line of its own but for marks such as "#".

    A title that comes from metadata alone may be of another page: that one has to be borne out by sentences.
    """
    if not article.title or text != " ".join(article.title.split()):
        return False
    for found in re.finditer(re.escape(article.title), head := article.text[:_HEAD]):
        line = head[: found.start()].rpartition("\n")[2] + head[found.end() :].partition("\n")[0]
        if not any(map(str.isalnum, line)):
            return True
    return False
