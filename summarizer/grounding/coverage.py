"""How much of a claim's wording the cited sentences carry, and what is new in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.grounding.alignment import Alignment
from summarizer.grounding.case import Case


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares from 0 to 1.

    Args:
        words: content words of the claim that the source has.
        pairs: neighbouring content words of the claim that are near neighbours, in this order, in the source.
        run: 1 minus the share of the claim taken by its longest stretch of new words.
        longest_new: that stretch, as indices of the claim's tokens.

    """

    words: float
    pairs: float
    run: float
    longest_new: tuple[int, ...] = ()


def coverage(alignment: Alignment) -> Coverage:
    """Measures `alignment`. Linear in the length of the claim."""
    content, to = alignment.claim.content, alignment.to
    if not content:
        return Coverage(1.0, 1.0, 1.0)
    near = 0
    for left, right in zip(content, content[1:], strict=False):
        one, other = to[left], to[right]
        near += one is not None and other is not None and 0 < other - one <= 6
    begin = best = length = 0
    for n, at in enumerate(content):
        if to[at] is not None:
            begin = n + 1
        elif n + 1 - begin > length:
            best, length = begin, n + 1 - begin
    pairs = near / (len(content) - 1) if len(content) > 1 else float(to[content[0]] is not None)
    return Coverage(alignment.coverage, pairs, 1.0 - length / len(content), content[best : best + length])


def problems(case: Case) -> Iterator[str]:
    """Strict: any new content word, and any word out of the order of one sentence."""
    alignment = case.alignment
    for at in alignment.novel:
        yield f"'{case.claim.tokens[at].text}' is not in the cited sentence"
    if not alignment.novel:
        yield from _out_of_order(alignment)


def _out_of_order(alignment: Alignment) -> Iterator[str]:
    last, sentence = -1, None
    for at in alignment.claim.content:
        place = alignment.to[at]
        if place is None:
            continue
        token = alignment.source.tokens[place]
        if sentence is not None and token.sentence != sentence:
            yield "it joins words of two sentences"
            return
        if place <= last:
            yield f"'{alignment.claim.tokens[at].text}' is not in the order of the sentence"
            return
        last, sentence = place, token.sentence
