"""Where words stand in a text just as they are: labels, names and keywords are no statements to be judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.analysis.words import fold
from summarizer.article import Article
from summarizer.schemas.evidence import Mention, Span
from summarizer.values.numbers import find_numbers

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


def places_of(words: str, article: Article, within: Sequence[Span] = ()) -> list[Mention]:
    """Every place where the words stand as whole words in one sentence, among `within` where that is given."""
    found, numbers = [], {span.sentence for span in within}
    for start, end in occurrences(words, article.text):
        sentence = article.sentence_at(start)
        if sentence and end <= sentence.end and (not numbers or sentence.number in numbers):
            found.append(Mention(sentence=sentence.number, start=start, end=end, text=words))
    return found


def occurrences(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, no letter or figure of which goes on with their first or last one."""
    at = text.find(words) if words.strip() else -1
    while at >= 0:
        end = at + len(words)
        begins = not (text[at - 1 : at].isalnum() and words[0].isalnum())
        if begins and not (text[end : end + 1].isalnum() and words[-1].isalnum()):
            yield at, end
        at = text.find(words, end)
