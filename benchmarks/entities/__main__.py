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
from summarizer.reader import Reader, load_reader

Spans = dict[Span, str]


def report(rows: Sequence[Row]) -> str:
    """The table of `rows`: names by source and way, then alias clusters."""
    reader = load_reader()
    heard = {row.id: reader.names(row.article.text) for row in rows}
    ways: dict[str, Callable[[Row], Spans]] = {
        "the tagger": _found,
        "the reader": lambda row: {(name.start, name.end): name.type for name in heard[row.id]},
        "both, joined": lambda row: _joined(_found(row, reader), heard[row.id]),
        "the tagger's names, the reader's vote on types": lambda row: _found(row, reader),
    }
    lines = ["| names | source | typed P | typed R | typed F1 | untyped F1 |", "|---|---|---|---|---|---|"]
    for label, way in ways.items():
        for source in ("wikigold", "gum"):
            some = [(row, way(row)) for row in rows if row.source == source]
            lines += [_line(f"{label} | {source}", some)]
    for label, by in (("by code", None), ("with the reader", reader)):
        strict, alone = (
            sum((_clusters(row, by, strict=s) for row in rows if row.clusters), BCubed()) for s in (True, False)
        )
        lines.append(
            f"\nB-cubed F1 of alias clusters {label}: {strict.f1:.3f}; over names of both sides {alone.f1:.3f}"
        )
    return "\n".join(lines)


def _found(row: Row, reader: Reader | None = None) -> Spans:
    """The names listed; for wikigold, which marks them, with the adjectives of nationality."""
    spans = listed(find_entities(row.article, reader))
    return with_nationalities(spans, find_names(row.article, reader)) if row.source == "wikigold" else spans


def _joined(spans: Spans, heard: Sequence[Heard]) -> Spans:
    """`spans` and what the reader alone finds."""
    taken = sorted(spans)
    alone = [one for one in heard if not any(start < one.end and one.start < end for start, end in taken)]
    return spans | {(one.start, one.end): one.type for one in alone}


def _line(label: str, rows: Sequence[tuple[Row, Spans]]) -> str:
    typed = sum((score(row, spans, typed=True) for row, spans in rows), Counts())
    untyped = sum((score(row, spans, typed=False) for row, spans in rows), Counts())
    return f"| {label} | {typed.precision:.3f} | {typed.recall:.3f} | {typed.f1:.3f} | {untyped.f1:.3f} |"


def _clusters(row: Row, reader: Reader | None, *, strict: bool) -> BCubed:
    """The clusters as a user gets them: an entity's name and aliases, which may have titles, as the gold's may."""
    found = [[one.entity.name, *one.entity.aliases] for one in find_entities(row.article, reader)]
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
