"""How much of a claim's wording the cited sentences carry, and what is new in it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import pairwise

from summarizer.grounding.alignment import Alignment


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


def coverage(alignment: Alignment, told: Container[str] = frozenset()) -> Coverage:
    """Measures `alignment`; the words of `told` count as told in another form. Linear in the length of the claim."""
    content, to = alignment.claim.content, alignment.to
    if not content:
        return Coverage(1.0, 1.0, 1.0)
    tokens = alignment.claim.tokens
    new = {at for at in alignment.novel if tokens[at].form not in told}
    near = 0
    for left, right in pairwise(content):
        one, other = to[left], to[right]
        near += one is not None and other is not None and 0 < other - one <= 6
    begin = best = length = 0
    for n, at in enumerate(content):
        if at not in new:
            begin = n + 1
        elif n + 1 - begin > length:
            best, length = begin, n + 1 - begin
    pairs = near / (len(content) - 1) if len(content) > 1 else float(to[content[0]] is not None)
    return Coverage(1.0 - len(new) / len(content), pairs, 1.0 - length / len(content), content[best : best + length])
