"""Print the scores of names and of their gathering: `python -m benchmarks.entities [--data FOLDER]`.

Four ways: the tagger in the package, the learned reader alone, the names of both, and what is shipped: the tagger's
names with the reader's vote on their types. The reader reads 25,000 words for it, which takes a minute.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.entities.gold import DATA, Row, development_rows
from benchmarks.entities.scorer import BCubed, Counts, Span, b_cubed, listed, score, with_nationalities
from summarizer.analysis.entities import find_entities
from summarizer.analysis.mentions import find_names
from summarizer.reader import Name as Heard
from summarizer.reader import load_reader

Spans = dict[Span, str]


def report(rows: Sequence[Row]) -> str:
    """The table of `rows`: names by source and way, then alias clusters."""
    heard = {row.id: load_reader().names(row.article.text) for row in rows}
    ways: dict[str, Callable[[Row], Spans]] = {
        "the tagger": lambda row: _found(row, ()),
        "the reader": lambda row: {(name.start, name.end): name.type for name in heard[row.id]},
        "both, joined": lambda row: _joined(_found(row, heard[row.id]), heard[row.id]),
        "the tagger's names, the reader's vote on types": lambda row: _found(row, heard[row.id]),
    }
    lines = ["| names | source | typed P | typed R | typed F1 | untyped F1 |", "|---|---|---|---|---|---|"]
    for label, way in ways.items():
        for source in ("wikigold", "gum"):
            some = [(row, way(row)) for row in rows if row.source == source]
            lines += [_line(f"{label} | {source}", some)]
    for label, reader in (("by code", False), ("with the reader", True)):
        strict, alone = (
            sum((_clusters(row, heard[row.id] if reader else (), strict=s) for row in rows if row.clusters), BCubed())
            for s in (True, False)
        )
        lines.append(
            f"\nB-cubed F1 of alias clusters {label}: {strict.f1:.3f}; over names of both sides {alone.f1:.3f}"
        )
    return "\n".join(lines)


def _found(row: Row, heard: Sequence[Heard]) -> Spans:
    """The names listed; for wikigold, which marks them, with the adjectives of nationality."""
    spans = listed(find_entities(row.article, heard))
    return with_nationalities(spans, find_names(row.article, heard)) if row.source == "wikigold" else spans


def _joined(spans: Spans, heard: Sequence[Heard]) -> Spans:
    """`spans` and what the reader alone finds."""
    taken = sorted(spans)
    alone = [one for one in heard if not any(start < one.end and one.start < end for start, end in taken)]
    return spans | {(one.start, one.end): one.type for one in alone}


def _line(label: str, rows: Sequence[tuple[Row, Spans]]) -> str:
    typed = sum((score(row, spans, typed=True) for row, spans in rows), Counts())
    untyped = sum((score(row, spans, typed=False) for row, spans in rows), Counts())
    return f"| {label} | {typed.precision:.3f} | {typed.recall:.3f} | {typed.f1:.3f} | {untyped.f1:.3f} |"


def _clusters(row: Row, heard: Sequence[Heard], *, strict: bool) -> BCubed:
    """The clusters as a user gets them: an entity's name and aliases, which may have titles, as the gold's may."""
    found = [[one.entity.name, *one.entity.aliases] for one in find_entities(row.article, heard)]
    return b_cubed((cluster["names"] for cluster in row.clusters), found, strict=strict)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=DATA, help="the folder of entities_dev.jsonl")
    data = options.parse_args().data
    if not (data / "entities_dev.jsonl").is_file():
        print(f"{data}: no entities_dev.jsonl there: nothing to measure")
        return
    print(report(development_rows(data)))


if __name__ == "__main__":
    main()
