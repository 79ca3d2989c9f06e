"""How sure, how much, who says so: hedges, tense, conditions, quantifiers and reports may not vanish or grow."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import AUXILIARIES, BASE_FORMS, OperatorClass
from summarizer.grounding.operators import Operator, operators, says_somebody
from summarizer.grounding.polarity import answers, kept
from summarizer.grounding.reading import Token

_ALLOWED: dict[OperatorClass, frozenset[OperatorClass]] = {
    "future": frozenset({"future", "intent", "condition"}),
    "possible": frozenset({"possible", "condition"}),
    "intent": frozenset({"intent", "future", "possible"}),
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
_WOULD = frozenset({"future", "possible", "intent", "condition"})


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
        if not any(
            o.kind in allowed and _same_sense(o, operator) and answers(o, operator, case.alignment) for o in own
        ):
            yield _loss(case, operator)


def _same_sense(own: Operator, source: Operator) -> bool:
    """An acting minister is no former one; other classes are alike within themselves."""
    former = {"former", "formerly", "ex"}
    return source.kind != "former" or own.phrase == source.phrase or {own.phrase, source.phrase} <= former


def _loss(case: Case, operator: Operator) -> str:
    if operator.kind in {"future", "possible"} and operator.reach:
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
    """A statement the source gives to somebody stays somebody's."""
    attributed = None
    for operator in operators(case.source):
        if operator.kind != "reported" or not _takes_up(case, operator):
            continue
        attributed = says_somebody(case.claim) if attributed is None else attributed
        if not attributed:
            yield f"'{operator.phrase}' is missing"
            return


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
        if operator.kind in {"future", "possible"}:
            yield from _surer(case, operator, place, theirs)
        elif not any(o.kind == operator.kind and place in o.reach for o in theirs):
            yield f"'{operator.phrase}' is not in the cited sentences"


def _surer(case: Case, operator: Operator, place: int, theirs: tuple[Operator, ...]) -> Iterator[str]:
    """A future or a possibility in the claim where the source tells a fact."""
    governed = [o for o in theirs if o.kind in {"future", "possible", "intent", "condition"} and place in o.reach]
    if governed:
        if operator.kind == "possible" and not any(
            o.kind in {"possible", "condition"} or o.phrase == "would" for o in governed
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
