"""Two things that changed places in a copy: "nexus" and "junction", who threw and who replaced him.

A learned reader hardly sees it, since every word of the claim stands in the sentence. Code does: the claim is cut into
stretches that run on as in the sentences, and where exchanging two of them mends three breaks or more, they were
exchanged. Turning a sentence round (what was last now first) mends nothing by an exchange.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from summarizer.analysis.words import STOP_WORDS, words

MOST_STRETCHES = 20
LEAST_MENDED = 3
_FROM_TO = re.compile(r" from ((?:[^ ]+ ){0,5}[^ ]+) to ([^ ]+)(?= )")
# What may stand between two things in either order: "the winner was Ann", "said Ann", "Ann and Tom".
_EITHER_WAY = frozenset(
    """and or is was are were be been being said says say told tells added as with than equals like also both
    well""".split()
)
# "Psychologists have explored" and "sociologists have examined" run on alike without these.
_LEFT_OUT = frozenset({"the", "a", "an", "have", "has", "had"})
_Words = tuple[str, ...]


def exchanged(claim: str, sentences: Sequence[str]) -> Iterator[str]:
    """The two stretches of `claim` that stand in each other's place, in words; nothing where none do."""
    yield from _turned(_folded(claim), [_folded(text) for text in sentences])
    known = {pair for text in sentences for pair in pairwise(("", *_folded(text), ""))}
    stretches = _stretches(_folded(claim), known)
    if not 3 <= len(stretches) <= MOST_STRETCHES:
        return
    broken = _breaks(stretches, known)
    telling = [n for n, stretch in enumerate(stretches) if not STOP_WORDS.issuperset(stretch)]
    for first, last in combinations(telling, 2):
        if _EITHER_WAY.issuperset(word for stretch in stretches[first + 1 : last] for word in stretch):
            continue
        turned = list(stretches)
        turned[first], turned[last] = turned[last], turned[first]
        figures = all("".join(stretches[n]).replace(".", "").isdecimal() for n in (first, last))
        left = _breaks(turned, known)
        if broken - left >= LEAST_MENDED or (figures and broken > left == 0):
            yield f"'{' '.join(stretches[first])}' and '{' '.join(stretches[last])}' have changed places"
            return


def _turned(own: _Words, sources: Sequence[_Words]) -> Iterator[str]:
    """ "From Coron to Penon de Coron" where the sentences have it the other way."""
    joined = " | ".join(" ".join(("", *source, "")) for source in sources)
    for one, other in _FROM_TO.findall(" ".join(("", *own, ""))):
        if (
            re.search(rf" from {re.escape(other)}[^|]* to {re.escape(one)} ", joined)
            and f" from {one} to " not in joined
        ):
            yield f"'{one}' and '{other}' have changed places"


@lru_cache(maxsize=4096)
def _folded(text: str) -> _Words:
    return tuple(word.folded.removesuffix("'s") for word in words(text) if word.folded not in _LEFT_OUT)


def _stretches(own: _Words, known: set[tuple[str, str]]) -> list[_Words]:
    found: list[list[str]] = []
    for before, word in pairwise(("", *own)):
        alone = word[0].isdecimal() or before[:1].isdecimal()  # a figure is exchanged by itself: "Ann, 36, and Tom, 42"
        if found and (before, word) in known and not alone:
            found[-1].append(word)
        else:
            found.append([word])
    return [tuple(stretch) for stretch in found]


def _breaks(stretches: Sequence[_Words], known: set[tuple[str, str]]) -> int:
    """How many neighbours of the claim are none in the sentences; its two ends count where theirs are known."""
    flat = ("", *(word for stretch in stretches for word in stretch), "")
    return sum(pair not in known for pair in pairwise(flat))
