"""Substitution: between the same two neighbours stands the same name, number or day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.grounding.case import Case
from summarizer.grounding.lexicon import AUXILIARIES, WEEKDAYS
from summarizer.grounding.names import name_runs
from summarizer.grounding.reading import Reading, Token

Unit = tuple[int, ...]
"""Indices of the tokens of one name, of one number or of one day."""
_WIDEST = 3
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def problems(case: Case) -> Iterator[str]:
    """Names, numbers and days that stand where the source has another."""
    content = case.claim.content
    index = {at: n for n, at in enumerate(content)}
    theirs = {at: unit for unit in units(case.source) for at in unit}
    for unit in units(case.claim):
        first, last = index.get(unit[0]), index.get(unit[-1])
        if first is None or last is None:
            continue
        left = content[first - 1] if first else None
        right = content[last + 1] if last + 1 < len(content) else None
        yield from _in_place_of(case, unit, left, right, theirs)


def units(reading: Reading) -> tuple[Unit, ...]:
    """The names, numbers and days of a text, each as the tokens it takes."""
    found = reading.memo.get("units")
    if found is None:
        names = list(name_runs(reading))
        taken = {at for run in names for at in run}
        single = [(at,) for at, token in enumerate(reading.tokens) if at not in taken and is_fact(token)]
        found = reading.memo["units"] = tuple(sorted([*names, *single]))
    return found  # type: ignore[return-value]


def is_fact(token: Token) -> bool:
    """Whether it is a number, a weekday or a month."""
    return token.kind == "number" or token.form in WEEKDAYS or token.key.startswith("month:")


def named(reading: Reading) -> dict[int, Unit]:
    """Index of a token -> the name it belongs to."""
    table = reading.memo.get("name at")
    if table is None:
        table = reading.memo["name at"] = {at: run for run in name_runs(reading) for at in run}
    return table  # type: ignore[return-value]


def _in_place_of(case: Case, unit: Unit, left: int | None, right: int | None, theirs: dict[int, Unit]) -> Iterator[str]:
    """Whether the source has something else of this sort between the places of the unit's neighbours."""
    between = _between(case, unit, left, right)
    places = {case.alignment.to[at] for at in unit}
    if not 0 < len(between) <= _WIDEST or places & set(between) or any(p in case.alignment.back for p in between):
        return
    rivals = [theirs[p] for p in between if p in theirs and _of_a_sort(case, unit, theirs[p])]
    if rivals and not any(_same(case, unit, rival) for rival in rivals):
        yield f"'{_text(case.source, rivals[-1])}' became '{_text(case.claim, unit)}'"


def _between(case: Case, unit: Unit, left: int | None, right: int | None) -> list[int]:
    """Content tokens of the source where the unit should be; nothing where that cannot be told."""
    tokens, to = case.source.tokens, case.alignment.to
    stop = to[right] if right is not None else None
    if left is None:
        return _before_verb(case, unit, right, stop)
    start = to[left]
    if start is None or stop is None or not start < stop <= start + 3 * _WIDEST:
        return []
    return [p for p in range(start + 1, stop) if tokens[p].content]


def _before_verb(case: Case, unit: Unit, right: int | None, stop: int | None) -> list[int]:
    """For a name that begins the claim: what begins the clause of the source, unless one of them is passive."""
    tokens = case.source.tokens
    if right is None or stop is None or case.claim.tokens[unit[-1]].possessive:
        return []
    start = stop
    while start and tokens[start - 1].kind != "mark" and stop - start < 3 * _WIDEST:
        start -= 1
    if _passive(case.claim.tokens, unit[-1] + 1, right) != _passive(tokens, start, stop):
        return []
    return [p for p in range(start, stop) if tokens[p].content and tokens[p].form not in AUXILIARIES]


def _passive(tokens: Sequence[Token], start: int, verb: int) -> bool:
    return any(token.form in _BE for token in tokens[start:verb]) and not tokens[verb].form.endswith("ing")


def _of_a_sort(case: Case, unit: Unit, rival: Unit) -> bool:
    """A number stands in no name's place; a day may stand in any."""
    one, other = case.claim.tokens[unit[0]], case.source.tokens[rival[0]]
    return one.kind == other.kind or not (_is_name(one) or _is_name(other))


def _is_name(token: Token) -> bool:
    return not is_fact(token)


def _same(case: Case, own: Unit, theirs: Unit) -> bool:
    claim, source = tuple(case.claim.tokens[n].key for n in own), tuple(case.source.tokens[n].key for n in theirs)
    if set(claim) <= set(source) or set(source) <= set(claim) or case.others.same(claim, source):
        return True
    weekdays = [token.form in WEEKDAYS for token in (case.claim.tokens[own[0]], case.source.tokens[theirs[0]])]
    if (
        weekdays[0] == weekdays[1]
        or not is_fact(case.claim.tokens[own[0]])
        or not is_fact(case.source.tokens[theirs[0]])
    ):
        return False
    return any(case.claim.tokens[n].form in case.told_days for n in own)


def _text(reading: Reading, unit: Unit) -> str:
    return " ".join(reading.tokens[at].text for at in unit)
