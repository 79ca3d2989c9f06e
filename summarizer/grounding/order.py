"""Who did what to whom: a claim may move a phrase, but not hand its part in the story to somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.grounding.case import Case
from summarizer.grounding.governors import DETERMINERS, governor
from summarizer.grounding.lexicon import AUXILIARIES, DIRECTED, PREPOSITIONS, PRONOUNS, SAYING, TITLES
from summarizer.grounding.reading import Reading, Token
from summarizer.grounding.slots import is_fact, named
from summarizer.grounding.splices import spliced

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "got"})
_CONTRARY = {
    ("from", "to"), ("to", "from"), ("before", "after"), ("after", "before"), ("for", "against"), ("against", "for"),
    ("with", "without"), ("without", "with"), ("above", "below"), ("below", "above"), ("inside", "outside"),
    ("outside", "inside"), ("over", "under"), ("under", "over"), ("since", "until"), ("until", "since"),
}  # fmt: skip
_CONTRARY_OF_NAMES = _CONTRARY | {
    ("by", "against"), ("against", "by"), ("for", "to"), ("by", "for"), ("to", "by"), ("from", "by"), ("by", "from"),
}  # fmt: skip
_WINDOW = 8


def problems(case: Case) -> Iterator[str]:
    """Roles exchanged, deeds given to another name, phrases of two sentences spliced."""
    yield from _doers(case)
    yield from _receivers(case)
    yield from _contrary_prepositions(case)
    yield from _heads(case)
    yield from _exchanged(case)
    yield from spliced(case)


def _subject(tokens: Sequence[Token], verb: int) -> tuple[int | None, bool]:
    """The word right before a verb and its auxiliaries, and whether the verb is passive (was attacked)."""
    at, passive = verb - 1, False
    while at >= 0 and tokens[at].form in AUXILIARIES and tokens[at].form != "to":
        passive = passive or tokens[at].form in _BE
        at -= 1
    if at >= 0 and tokens[at].form.endswith("ly") and not tokens[at].capital:
        at -= 1
    passive = passive and not tokens[verb].form.endswith("ing")
    return (at if at >= 0 and tokens[at].kind == "word" else None), passive


def _doers(case: Case) -> Iterator[str]:
    """The name before a verb is the name the source has before it."""
    own, theirs = named(case.claim), named(case.source)
    for verb in case.claim.content:
        place = case.alignment.to[verb]
        token = case.claim.tokens[verb]
        if place is None or token.kind != "word" or verb in own or place in theirs:
            continue
        subject, passive = _subject(case.claim.tokens, verb)
        if subject is None or subject not in own or case.claim.tokens[subject].possessive:
            continue
        doer, was_passive = _subject(case.source.tokens, place)
        if doer is None or doer not in theirs or case.source.tokens[doer].possessive:
            continue
        same = _same(case, own[subject], theirs[doer])
        if same and passive != was_passive and _turned(case, verb, place, passive):
            if _is_another(case, own[subject], theirs[doer], set(theirs.values())):
                continue
            yield f"who did it to whom is swapped: '{token.text}'"
        elif not same and passive == was_passive and not _elsewhere(case, own[subject], token.key):
            there = f"{_text(case.source, theirs[doer])} {case.source.tokens[place].text}"
            yield f"who did it is changed: the article says {there}, the claim {_text(case.claim, own[subject])}"


def _turned(case: Case, verb: int, place: int, passive: bool) -> bool:
    """Whether one side is really passive: "was attacked by", and the other takes an object right away."""
    active, at = (case.source.tokens, place) if passive else (case.claim.tokens, verb)
    following = active[at + 1] if at + 1 < len(active) else None
    return (
        following is not None
        and following.kind != "mark"
        and following.form not in PREPOSITIONS | {"and", "that", "to"}
    )


def _is_another(case: Case, own: tuple[int, ...], doer: tuple[int, ...], names: set[tuple[int, ...]]) -> bool:
    """Whether the claim's name is, word for word, another name of the source: "Acme", beside "Acme Group"."""
    wanted = [case.claim.tokens[at].key for at in own]
    spelled = {run: [case.source.tokens[at].key for at in run] for run in names}
    return spelled[doer] != wanted and wanted in spelled.values()


def _same(case: Case, own: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    keys = {case.source.tokens[at].key for at in theirs}
    claim = tuple(case.claim.tokens[at].key for at in own)
    return (
        keys <= set(claim)
        or set(claim) <= keys
        or case.others.same(claim, tuple(case.source.tokens[at].key for at in theirs))
    )


def _elsewhere(case: Case, name: tuple[int, ...], verb: str) -> bool:
    """Whether the source has this name right before the same verb at another place."""
    keys = {case.claim.tokens[at].key for at in name}
    for place in case.source.places.get(verb, ()):
        doer, _ = _subject(case.source.tokens, place)
        if doer is not None and case.source.tokens[doer].key in keys:
            return True
    return False


def _text(reading: Reading, run: tuple[int, ...]) -> str:
    return " ".join(reading.tokens[at].text for at in run)


def _object(tokens: Sequence[Token], at: int) -> tuple[int | None, str]:
    """The word behind a verb or noun, past a preposition, articles and titles; and the preposition."""
    preposition = ""
    for n in range(at + 1, min(at + 6, len(tokens))):
        token = tokens[n]
        if token.kind == "mark":
            return None, preposition
        if token.form in PREPOSITIONS and not preposition and n <= at + 1:
            preposition = token.form
        elif token.form not in DETERMINERS and token.form not in TITLES:
            return n, preposition
    return None, preposition


def _receivers(case: Case) -> Iterator[str]:
    """The name behind a verb, with the same preposition, is the name the source has there."""
    own, theirs = named(case.claim), named(case.source)
    for verb in case.claim.content:
        place = case.alignment.to[verb]
        if place is None or verb in own or place in theirs or case.claim.tokens[verb].kind != "word":
            continue
        target, preposition = _object(case.claim.tokens, verb)
        if target is None or target not in own or _is_adjective(case.claim, own[target][-1]):
            continue
        found, their_preposition = _object(case.source.tokens, place)
        if found is None or found not in theirs or preposition != their_preposition:
            continue
        phrase_names = _noun_phrase(case.source.tokens, found, theirs)
        if not _same(case, own[target], phrase_names) and not _follows_elsewhere(
            case, own[target], case.claim.tokens[verb].key
        ):
            phrase = f"{case.source.tokens[place].text} {preposition}".strip()
            there = f"{phrase} {_text(case.source, theirs[found])}"
            yield f"the article says '{there}', the claim '{_text(case.claim, own[target])}'"


def _is_adjective(reading: Reading, last: int) -> bool:
    """Whether a name only describes the noun behind it: "ran Florida wildlife sanctuary"."""
    following = reading.tokens[last + 1] if last + 1 < len(reading.tokens) else None
    if following is None or following.kind != "word" or following.capital or not following.content:
        return False
    return not following.form.endswith(("ed", "ly"))


def _noun_phrase(tokens: Sequence[Token], first: int, names: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The names that stand together from `first` on: both of "Russia's TASS"."""
    found, at = list(names[first]), names[first][-1] + 1
    while at < len(tokens) and at in names and tokens[at - 1].possessive:
        found.extend(names[at])
        at = names[at][-1] + 1
    return tuple(found)


def _follows_elsewhere(case: Case, name: tuple[int, ...], verb: str) -> bool:
    keys = {case.claim.tokens[at].key for at in name}
    for place in case.source.places.get(verb, ()):
        for n in range(place + 1, min(place + 12, len(case.source.tokens))):
            token = case.source.tokens[n]
            if token.form in {".", ";"} or (
                token.content and not token.capital and token.kind == "word" and n > place + 5
            ):
                break
            if token.key in keys and _listed(case.source.tokens, place, n):
                return True
    return False


def _listed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the names between are joined to this one as in a list: by commas and "and"."""
    return any(t.form in {",", "and", "or"} for t in tokens[first + 1 : last])


def _contrary_prepositions(case: Case) -> Iterator[str]:
    """ "From Moscow" may not become "to Moscow"."""
    for at in case.claim.content:
        place = case.alignment.to[at]
        if place is None:
            continue
        own, theirs = governor(case.claim.tokens, at), governor(case.source.tokens, place)
        token = case.claim.tokens[at]
        if (theirs, own) not in (_CONTRARY_OF_NAMES if token.capital else _CONTRARY):
            continue
        if not any(governor(case.source.tokens, p) == own for p in case.source.places.get(token.key, ())):
            yield f"'{theirs} {token.text}' became '{own} {token.text}'"


def _heads(case: Case) -> Iterator[str]:
    """ "Putin's envoy" may not shrink to "Putin"."""
    for at in case.claim.content:
        place = case.alignment.to[at]
        if place is None or not case.source.tokens[place].possessive or case.claim.tokens[at].possessive:
            continue
        if case.source.tokens[place].form != case.claim.tokens[at].form:
            continue
        head = next(
            (n for n in range(place + 1, min(place + 6, len(case.source.tokens))) if case.source.tokens[n].content),
            None,
        )
        following = case.claim.tokens[at + 1] if at + 1 < len(case.claim.tokens) else None
        if head is None or head in case.alignment.back or case.source.tokens[head].key in case.claim.places:
            continue
        if (
            following is not None
            and following.content
            and following.kind == "word"
            and case.alignment.to[at + 1] is None
        ):
            continue
        token = case.source.tokens[place]
        if all(case.source.tokens[p].possessive for p in case.source.places[token.key]):
            yield f"{token.text}'s {case.source.tokens[head].text} became {case.claim.tokens[at].text}"


def _exchanged(case: Case) -> Iterator[str]:
    """A names B in the source, B names A in the claim: two nominals that change sides around a word that stays.

    A phrase that only moves (an adverbial put first) keeps its preposition and is left out; so is the passive.
    """
    claim, source = case.claim, case.source
    line = [(at, place) for at in claim.content if (place := case.alignment.to[at]) is not None]
    for n, (at, place) in enumerate(line):
        before = [pair for pair in line[max(0, n - _WINDOW) : n] if pair[1] > place and _nominal(claim, pair[0])]
        after = [pair for pair in line[n + 1 : n + 1 + _WINDOW] if pair[1] < place and _nominal(claim, pair[0])]
        if not before or not after:
            continue
        first, last = before[-1], after[0]
        if any(t.form in {".", ";", ":"} for t in claim.tokens[first[0] : last[0]]):
            continue
        if source.tokens[first[1]].sentence != source.tokens[last[1]].sentence:
            continue
        if _are_facts(case, first, last) or (
            _is_pivot(claim.tokens, at) and _are_roles(case, first, last, (at, place))
        ):
            yield f"who did it to whom is swapped: '{claim.tokens[first[0]].text}' and '{claim.tokens[last[0]].text}'"
            return
    yield from _directed(case, [pair for pair in line if not _moves_whole(case, *pair)])


def _are_facts(case: Case, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two numbers or days changed places: what moves as a whole does not change places with its like."""
    return all(is_fact(case.claim.tokens[at]) for at, _ in (first, last)) and _governed_alike(case, first, last)


def _governed_alike(case: Case, first: tuple[int, int], last: tuple[int, int]) -> bool:
    return governor(case.claim.tokens, first[0]) == governor(case.source.tokens, last[1])


def _are_roles(case: Case, first: tuple[int, int], last: tuple[int, int], verb: tuple[int, int]) -> bool:
    """Whether two nominals changed sides: neither only moved with its preposition, and no passive explains it.

    "Said Peskov" behind a quotation may become "Peskov said" before it.
    """
    if _is_passive_pair(case, *verb):
        return False
    if case.claim.tokens[verb[0]].form in SAYING and _is_inverted(case, *verb):
        return False
    moved = [_moves_whole(case, *pair) for pair in (first, last)]
    return not any(moved) or (all(moved) and _governed_alike(case, first, last))


def _is_inverted(case: Case, at: int, place: int) -> bool:
    """Whether a verb of saying stands behind what is said, in the claim or in the source."""
    claim, source = case.claim.tokens, case.source.tokens
    return any(
        n == 0 or tokens[n - 1].kind == "mark" or tokens[min(n + 1, len(tokens) - 1)].kind == "mark"
        for tokens, n in ((claim, at), (source, place))
    )


def _moves_whole(case: Case, at: int, place: int) -> bool:
    own = governor(case.claim.tokens, at)
    if own and own == governor(case.source.tokens, place):
        return own not in DIRECTED or own in {"after", "before"}
    token = case.claim.tokens[at]
    return token.key.startswith("month:") or at in case.alignment.weak


def _is_pivot(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.kind == "word" and not token.capital and token.form not in PRONOUNS


def _nominal(reading: Reading, at: int) -> bool:
    """A name, a number, a noun behind an article or at the beginning of a clause."""
    token = reading.tokens[at]
    if token.kind == "number" or (token.capital and (not token.opens or at in named(reading))):
        return True
    for n in range(at - 1, max(-1, at - 3), -1):
        if reading.tokens[n].form in DETERMINERS or reading.tokens[n].kind == "number":
            return True
        if reading.tokens[n].kind == "mark" or not reading.tokens[n].content:
            return reading.tokens[n].form in {".", ",", ";", ":"} and n == at - 1
    return at == 0 or (at == 1 and reading.tokens[0].content)


def _is_passive_pair(case: Case, at: int, place: int) -> bool:
    _, own = _subject(case.claim.tokens, at)
    _, theirs = _subject(case.source.tokens, place)
    return own != theirs


def _directed(case: Case, line: list[tuple[int, int]]) -> Iterator[str]:
    """ "A after B" may not become "B after A"."""
    tokens, source = case.claim.tokens, case.source.tokens
    for (left, left_place), (right, right_place) in pairwise(line):
        if right_place > left_place or left_place - right_place > 2 * _WINDOW:
            continue
        own = next((t.form for t in tokens[left + 1 : right] if t.form in DIRECTED), "")
        theirs = next((t.form for t in source[right_place + 1 : left_place] if t.form in DIRECTED), "")
        if own and own == theirs and _nominal(case.claim, left) and _nominal(case.claim, right):
            yield f"'{tokens[left].text} {own} {tokens[right].text}' is the other way round in the article"
            return
