"""Merged facts: a claim that goes on in another sentence takes that sentence's subject along."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.grounding.case import Case
from summarizer.grounding.governors import governor
from summarizer.grounding.lexicon import PRONOUNS
from summarizer.grounding.names import name_runs
from summarizer.grounding.slots import named


def spliced(case: Case) -> Iterator[str]:
    """A claim that goes on in another sentence must take that sentence's subject along, unless it is a pronoun."""
    previous: tuple[int, int] | None = None
    for at in case.claim.content:
        place = case.alignment.to[at]
        if place is None or at in case.alignment.weak:
            continue
        if previous is not None and case.source.tokens[place].sentence != case.source.tokens[previous[1]].sentence:
            between = case.claim.tokens[previous[0] + 1 : at]
            dropped = "" if any(t.form in PRONOUNS for t in between) else _dropped_subject(case, at, place)
            if dropped:
                yield f"joins two sentences: '{dropped}' is dropped before '{case.source.tokens[place].text}'"
                return
        previous = (at, place)


def _called_otherwise(case: Case, name: tuple[str, ...], at: int) -> bool:
    """Whether the claim names the same entity before `at`, by another name."""
    return any(
        case.others.same(tuple(case.claim.tokens[at].key for at in run), name)
        for run in name_runs(case.claim)
        if run[0] < at
    )


def _before(case: Case, at: int) -> set[str]:
    """Keys of what the claim says before `at`."""
    return {token.key for token in case.claim.tokens[:at]}


def _lost_name(case: Case, clause: list[int], at: int) -> str:
    """The name that does the deed in this clause, where the claim has it under no name."""
    names = named(case.source)
    run = next((names[p] for p in reversed(clause) if p in names), None)
    if run is None or governor(case.source.tokens, run[0]):
        return ""
    keys = tuple(case.source.tokens[p].key for p in run)
    if set(keys) & _before(case, at) or _called_otherwise(case, keys, at):
        return ""
    return " ".join(case.source.tokens[p].text for p in run)


def _dropped_subject(case: Case, at: int, place: int) -> str:
    """The subject that stands before `place` in its clause and that the claim does not have; "" where none is lost."""
    tokens, clause = case.source.tokens, []
    n = place - 1
    while n >= 0 and tokens[n].kind != "mark" and tokens[n].sentence == tokens[place].sentence and place - n < 25:
        clause.append(n)
        n -= 1
    lost = [p for p in clause if tokens[p].content]
    if (
        not lost
        or any(tokens[p].form in PRONOUNS for p in clause)
        or case.claim.tokens[at].kind == "number"
        or governor(tokens, place)
    ):
        return ""
    if at in named(case.claim):
        return ""
    name = _lost_name(case, lost, at)
    if name:
        return name
    if {tokens[p].key for p in lost} & _before(case, at):
        return ""
    if any(p in named(case.source) for p in lost):
        return ""
    return " ".join(tokens[p].text for p in reversed(lost[-3:]))
