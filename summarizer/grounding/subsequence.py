"""Whether a claim only drops words of a sentence, and whether it may drop those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from summarizer.analysis.words import plain
from summarizer.grounding.alignment import Alignment
from summarizer.grounding.case import Case
from summarizer.grounding.governors import DETERMINERS
from summarizer.grounding.lexicon import AUXILIARIES, PREPOSITIONS, SAYING, WEEKDAYS
from summarizer.grounding.reading import Reading, Token

_QUOTES = frozenset({'"', "``", "''"})
_ENDS = frozenset(".!?")
_OPEN_CLAUSES = frozenset(
    "that before after until since as than because while though although despite except but for".split()
)
_TRIMMED = " \t\n.\"'`“”‘’"


def is_whole(claim: str, sentence: str) -> bool:
    """Whether the claim is the whole sentence, but for case-keeping normalisation, outer quotes and the full stop."""
    return claim == sentence or _bare(claim) == _bare(sentence)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return " ".join(plain(text).split()).strip(_TRIMMED)


def new_or_moved(case: Case) -> Iterator[str]:
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


def subsequence_problems(claim: Reading, source: Reading) -> Iterator[str]:
    """What a claim that only drops words may not drop: the head of a name or noun, a part inside a phrase."""
    own = [t for t in claim.tokens if t.kind != "mark"]
    places = _in_order(own, source.tokens)
    if places is None:
        yield "it is not a part of one sentence in its order"
        return
    if _inside_phrase(source.tokens, places[0]):
        yield f"it begins behind '{source.tokens[places[0] - 1].text}'"
        return
    for left, right in pairwise(places):
        gap = source.tokens[left + 1 : right]
        if gap and not _may_go(source.tokens, left, gap):
            yield f"'{_text(gap)}' is dropped inside a phrase"
            return
    if cut := _cut_off(source.tokens, places[-1]):
        yield f"it ends before '{cut}'"


def _inside_phrase(tokens: Sequence[Token], first: int) -> bool:
    """ "On a website of Apple, police found": what stands behind a preposition is nobody who does anything."""
    before = first - 1
    if before > 0 and tokens[before].form in DETERMINERS:
        before -= 1
    return before >= 0 and tokens[before].form in PREPOSITIONS - _OPEN_CLAUSES


def _cut_off(tokens: Sequence[Token], last: int) -> str:
    """What the last word cannot be without: the rest of its phrase, or the quotation it leads to; "" where nothing."""
    word, rest = tokens[last], tokens[last + 1 : last + 3]
    if not rest or rest[0].sentence != word.sentence:
        return ""
    following = rest[0]
    if following.kind != "mark":
        return following.text if word.possessive or _continues(word, following) else ""
    if following.form in _ENDS and len(rest) == 1:
        return ""
    quoted = [mark.form in _QUOTES for mark in rest]
    opens = sum(token.form in _QUOTES for token in tokens[:last]) % 2 == 0
    if opens and (quoted[0] or (quoted[-1] and (word.form in SAYING or not word.content))):
        return following.text
    needs = not word.name_like and word.form in AUXILIARIES | DETERMINERS | PREPOSITIONS
    return following.text if needs or word.possessive else ""


def _in_order(own: Sequence[Token], source: Sequence[Token]) -> list[int] | None:
    """Greedy places of the claim's words in the source, equal in form; None where one is missing."""
    places, at = [], 0
    for token in own:
        while at < len(source) and not _equal(token, source[at]):
            at += 1
        if at == len(source):
            return None
        places.append(at)
        at += 1
    return places or None


def _equal(one: Token, other: Token) -> bool:
    return one.form == other.form if one.kind == "word" else one.key == other.key and one.kind == other.kind


def _may_go(tokens: Sequence[Token], left: int, gap: Sequence[Token]) -> bool:
    """A stretch between two marks, a mark alone, or one or two modifiers that are no names.

    A stretch that begins with a mark and ends with a word may hold the one who does what follows.
    """
    if gap[0].kind == "mark" or gap[-1].kind == "mark":
        return gap[0].kind == gap[-1].kind
    if _is_time(gap):
        return True
    words = [token for token in gap if token.kind == "word"]
    return len(gap) == len(words) <= 2 and not any(token.capital for token in words) and not tokens[left].capital


def _is_time(gap: Sequence[Token]) -> bool:
    """ "On Friday", "in May 2023": a preposition and a day."""
    rest = [token for token in gap[1:] if token.form not in {"the", "of", ","}]
    dated = (t.kind == "number" or t.key.startswith("month:") or t.form in WEEKDAYS for t in rest)
    return gap[0].form in PREPOSITIONS and bool(rest) and all(dated)


def _continues(last: Token, following: Token) -> bool:
    """Whether the phrase goes on: "met Apple | supplier Foxconn", "the | bank"."""
    return not last.content or (last.capital and following.content and following.kind == "word")


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens[:6])
