"""How sure, how much, who says so: hedges, tense, conditions, quantifiers and reports may not vanish or grow."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import AUXILIARIES, BASE_FORMS, SAYING, OperatorClass
from summarizer.grounding.operators import Operator, operators, sayings
from summarizer.grounding.polarity import answers, kept
from summarizer.grounding.reading import Token

_ALLOWED: dict[OperatorClass, frozenset[OperatorClass]] = {
    "future": frozenset({"future", "intent", "expected"}),
    "expected": frozenset({"expected", "possible", "intent"}),
    "possible": frozenset({"possible"}),
    "intent": frozenset({"intent", "future", "possible", "expected"}),
    "condition": frozenset({"condition"}),
    "approximate": frozenset({"approximate"}),
    "more": frozenset({"more"}),
    "less": frozenset({"less"}),
    "most": frozenset({"most"}),
    "portion": frozenset({"portion"}),
    "former": frozenset({"former"}),
    "only": frozenset({"only"}),
    "all": frozenset({"all"}),
}
_DROPPABLE_WHEN_LENIENT = frozenset({"only", "all"})
_MAY_NOT_BE_ADDED = frozenset(
    {"all", "only", "more", "less", "most", "portion", "former", "condition", "future", "possible"}
)
_WOULD = frozenset({"future", "possible", "intent", "expected"})
_UNREAL = frozenset({"future", "expected", "possible", "intent"})
_FINITE = frozenset({"has", "had", "is", "are", "was", "were", "did", "does", "do", "have"})


def problems(case: Case) -> Iterator[str]:
    """What makes the claim surer, larger or less somebody's word than the sentences."""
    yield from _lost(case)
    yield from _reports(case)
    yield from _added(case)


def _lost(case: Case) -> Iterator[str]:
    own = operators(case.claim)
    for operator in operators(case.source):
        allowed = _WOULD if operator.phrase == "would" else _ALLOWED.get(operator.kind)
        if allowed is None or not kept(operator, case.alignment):
            continue
        if operator.kind in _DROPPABLE_WHEN_LENIENT and not case.strict:
            continue
        if operator.kind == "former" and operator.reach[0] not in case.alignment.back:
            continue
        if not any(o.kind in allowed and _same_sense(o, operator) and _covers(o, operator, case) for o in own):
            yield _loss(case, operator)


def _covers(own: Operator, source: Operator, case: Case) -> bool:
    """Whether the claim's operator governs what the source's governs, with no finite verb of its own between."""
    if source.kind not in _UNREAL:
        return answers(own, source, case.alignment)
    head = case.alignment.back.get(source.reach[0]) if source.reach else None
    if head is None:
        return answers(own, source, case.alignment)
    if head not in own.reach or _belongs_elsewhere(own, source, case):
        return False
    finite_there = _finite_between(case.source.tokens, source.end, source.reach[0])
    return finite_there or not _finite_between(case.claim.tokens, own.end, head)


def _belongs_elsewhere(own: Operator, source: Operator, case: Case) -> bool:
    """ "May have been done by A or possibly by B": the claim's "may" does not stand for "possibly"."""
    if (
        source.kind != "possible"
        or not source.phrase.endswith(("ly", "perhaps", "maybe"))
        or own.phrase == source.phrase
    ):
        return False
    place = case.alignment.to[own.reach[0]] if own.reach else None
    return any(o.reach[:1] == (place,) for o in operators(case.source) if o.reach and o.reach[0] != source.reach[0])


def _finite_between(tokens: tuple[Token, ...], start: int, head: int) -> bool:
    """ "Would attack and had responded": "had" takes "responded" out of the reach of "would"."""
    at = head
    while at > start and tokens[at - 1].form in AUXILIARIES:
        at -= 1
    return at > start and any(token.form in _FINITE for token in tokens[at:head])


def _same_sense(own: Operator, source: Operator) -> bool:
    """An acting minister is no former one; other classes are alike within themselves."""
    former = {"former", "formerly", "ex"}
    return source.kind != "former" or own.phrase == source.phrase or {own.phrase, source.phrase} <= former


def _loss(case: Case, operator: Operator) -> str:
    if operator.kind in _UNREAL and operator.reach:
        place = case.alignment.back.get(operator.reach[0])
        instead = _auxiliary(case.claim.tokens, place) if place is not None else ""
        if instead:
            return f"'{operator.phrase}' became '{instead}'"
    return f"'{operator.phrase}' is missing"


def _auxiliary(tokens: tuple[Token, ...], at: int) -> str:
    while at and tokens[at - 1].form in AUXILIARIES:
        at -= 1
        if tokens[at].form not in {
            "to",
            "also",
            "still",
            "then",
            "again",
            "already",
            "just",
            "now",
            "not",
            "never",
            "only",
        }:
            return tokens[at].form
    return ""


def _reports(case: Case) -> Iterator[str]:
    """A statement the source gives to somebody stays somebody's; a report of a report keeps both."""
    reports = [o for o in operators(case.source) if o.kind == "reported" and _takes_up(case, o)]
    if not reports:
        return
    verbs = {at for o in reports for at in range(o.first, o.end)}
    own = sayings(case.claim, {at for place, at in case.alignment.back.items() if place in verbs})
    places = [{to for at in words if (to := case.alignment.to[at]) is not None} for words in own]
    lost = [o for o in reports if not any(place in range(o.first, o.end) for found in places for place in found)]
    # Another word for one of them: it stands for no other saying of the source.
    free = sum(not any(case.source.tokens[place].form in SAYING for place in found) for found in places)
    yield from (f"'{operator.phrase}' is missing" for operator in lost[: max(0, len(lost) - free)])


def _takes_up(case: Case, operator: Operator) -> bool:
    """Whether the claim states what is said: two content words of it, or all there are."""
    said = [place for place in operator.reach if place not in operator.holder]
    taken = sum(place in case.alignment.back for place in said)
    return taken >= 2 or 0 < taken == len(said)


def _added(case: Case) -> Iterator[str]:
    theirs = operators(case.source)
    for operator in operators(case.claim):
        if operator.kind not in _MAY_NOT_BE_ADDED or not operator.reach:
            continue
        place = case.alignment.to[operator.reach[0]]
        if place is None:
            continue
        if operator.kind in {"future", "possible", "expected"}:
            yield from _surer(case, operator, place, theirs)
        elif not any(o.kind == operator.kind and place in o.reach for o in theirs) and not _stands_before(
            case, operator, place
        ):
            yield f"'{operator.phrase}' is not in the cited sentences"


def _stands_before(case: Case, operator: Operator, place: int) -> bool:
    """Whether the same word stands right before the same word in the source, as in "the most reliable"."""
    return place > 0 and case.source.tokens[place - 1].form == operator.phrase.split()[-1]


def _surer(case: Case, operator: Operator, place: int, theirs: tuple[Operator, ...]) -> Iterator[str]:
    """A future or a possibility in the claim where the source tells a fact."""
    governed = [o for o in theirs if o.kind in _UNREAL and place in o.reach]
    if governed:
        if operator.kind == "possible" and not any(
            o.kind in {"possible", "expected"} or o.phrase == "would" for o in governed
        ):
            yield f"'{governed[0].phrase}' became '{operator.phrase}'"
        return
    token = case.source.tokens[place]
    if _told_as_fact(case.source.tokens, place):
        yield f"'{token.text}' became '{operator.phrase} {case.claim.tokens[operator.reach[0]].text}'"


def _told_as_fact(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the token is a verb in the past or the perfect: has arrived, arrived, met."""
    form = tokens[at].form
    if tokens[at].capital or tokens[at].kind != "word":
        return False
    past = form.endswith("ed") or (form in BASE_FORMS and BASE_FORMS[form] != form and not form.endswith("s"))
    previous = tokens[at - 1].form if at else ""
    return past and previous not in {"be", "been", "being", "to", "a", "an", "the", "is", "are"}
