"""Substitution: between the same two neighbours stands the same name or number."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.grounding.case import Case
from summarizer.grounding.names import name_runs
from summarizer.grounding.reading import Reading

_WIDEST = 3


def problems(case: Case) -> Iterator[str]:
    """Names and numbers that stand where the source has another name or number."""
    content, to = case.claim.content, case.alignment.to
    own, theirs = named(case.claim), named(case.source)
    for n in range(1, len(content) - 1):
        left, at, right = to[content[n - 1]], content[n], to[content[n + 1]]
        if left is None or right is None or not left < right <= left + 3 * _WIDEST:
            continue
        place = to[at]
        if place is not None and left < place < right:
            continue
        kind = case.claim.tokens[at].kind
        if kind == "word" and at not in own:
            continue
        between = [p for p in range(left + 1, right) if case.source.tokens[p].content]
        if not 0 < len(between) <= _WIDEST or any(p in case.alignment.back for p in between):
            continue
        rivals = [p for p in between if (p in theirs if kind == "word" else case.source.tokens[p].kind == "number")]
        if rivals and not _same(case, at, rivals[-1]):
            yield f"'{case.source.tokens[rivals[-1]].text}' became '{case.claim.tokens[at].text}'"


def named(reading: Reading) -> dict[int, tuple[int, ...]]:
    """Index of a token -> the name it belongs to."""
    table = reading.memo.get("name at")
    if table is None:
        table = reading.memo["name at"] = {at: run for run in name_runs(reading) for at in run}
    return table  # type: ignore[return-value]


def _same(case: Case, at: int, place: int) -> bool:
    if case.claim.tokens[at].key == case.source.tokens[place].key:
        return True
    own, theirs = named(case.claim).get(at), named(case.source).get(place)
    if own is None or theirs is None:
        return False
    claim, source = tuple(case.claim.tokens[n].key for n in own), tuple(case.source.tokens[n].key for n in theirs)
    return bool(set(claim) & set(source)) or case.others.same(claim, source)
