"""What the embedded model adds to the types: the same rows by code alone and with the model taking part."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from summarizer.engines.slots import SlotEngine

from benchmarks.entities.gold import Row
from benchmarks.entities.scorer import Counts, listed, score, with_nationalities
from summarizer.analysis import Analysis
from summarizer.analysis.entities import FoundEntity
from summarizer.analysis.mentions import find_names
from summarizer.engines.engine import Ask
from summarizer.models.catalog import EMBEDDED, open_model
from summarizer.models.local import LocalModel
from summarizer.schemas.entities import EntitiesDraft
from summarizer.task import built_in

SECONDS = 600.0


def report(rows: Sequence[Row]) -> str:
    """The table of `rows`: typed figures by code and with the model, and how often it was asked."""
    started = time.monotonic()
    typed = asyncio.run(_typed(rows))
    seconds = time.monotonic() - started
    lines = ["| what | typed P | typed R | typed F1 |", "|---|---|---|---|"]
    for source in ("wikigold", "gum"):
        for label, which in (("by code", 0), ("with the embedded model", 1)):
            counts = Counts()
            for row, found in zip(rows, typed, strict=True):
                if row.source == source:
                    counts += _score(row, found[which])
            lines.append(f"| {source}, {label} | {counts.precision:.3f} | {counts.recall:.3f} | {counts.f1:.3f} |")
    asked = [found[2] for found in typed]
    changed = sum(a.entity.type != b.entity.type for found in typed for a, b in zip(found[0], found[1], strict=True))
    lines.append("")
    lines.append(
        f"{sum(asked) / len(asked):.1f} calls an article (at most {max(asked)}), {changed} types changed of "
        f"{sum(asked)} asked; {seconds / max(sum(asked), 1):.2f} s a call; no call in "
        f"{asked.count(0)} of {len(asked)} articles"
    )
    return "\n".join(lines)


def _score(row: Row, found: Sequence[FoundEntity]) -> Counts:
    spans = listed(found)
    if row.source == "wikigold":
        spans = with_nationalities(spans, find_names(row.article))
    return score(row, spans, typed=True)


async def _typed(rows: Sequence[Row]) -> list[tuple[Sequence[FoundEntity], Sequence[FoundEntity], int]]:
    model = open_model(EMBEDDED)
    assert isinstance(model, LocalModel)
    engine = SlotEngine(model, typing=model)
    try:
        return [await _both(row, engine) for row in rows]
    finally:
        await engine.aclose()


async def _both(row: Row, engine: SlotEngine) -> tuple[Sequence[FoundEntity], Sequence[FoundEntity], int]:
    analysis = Analysis(row.article)
    proposal = await engine.propose(analysis, [Ask(built_in("entities"))], seconds=SECONDS)
    draft = proposal.drafts["entities"]
    assert isinstance(draft, EntitiesDraft)
    found = analysis.entities
    with_model = [
        replace(one, entity=one.entity.model_copy(update={"type": drafted.type}))
        for one, drafted in zip(found, draft.entities, strict=True)
    ]
    return found, with_model, len(proposal.by_model.get("entities", ()))
