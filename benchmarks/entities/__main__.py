"""Print the scores of the shipped tagger on the development rows: `python -m benchmarks.entities`.

With `--embedded`, those of the embedded model taking part beside them (its weights are needed, and some minutes).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from benchmarks.entities.gold import Row, development_rows
from benchmarks.entities.scorer import BCubed, Counts, b_cubed, listed, score, with_nationalities
from summarizer.analysis.entities import find_entities
from summarizer.analysis.mentions import find_names


def report(rows: Sequence[Row]) -> str:
    """The table of `rows`: names by source, listed entities by source, alias clusters."""
    lines = ["| what | typed P | typed R | typed F1 | untyped F1 |", "|---|---|---|---|---|"]
    for source in ("wikigold", "gum"):
        some = [(row, listed(find_entities(row.article))) for row in rows if row.source == source]
        lines.append(_line(f"{source}, as listed", some))
        if source == "wikigold":
            wide = [(row, with_nationalities(spans, find_names(row.article))) for row, spans in some]
            lines.append(_line("wikigold, with nationalities", wide))
    cubed = {
        strict: sum((_clusters(row, strict=strict) for row in rows if row.clusters), BCubed()) for strict in (0, 1)
    }
    lines.append("")
    lines.append(f"B-cubed F1 of alias clusters: {cubed[1].f1:.3f}; over names found on both sides {cubed[0].f1:.3f}")
    return "\n".join(lines)


def _line(label: str, rows: Sequence[tuple[Row, dict[tuple[int, int], str]]]) -> str:
    typed = sum((score(row, spans, typed=True) for row, spans in rows), Counts())
    untyped = sum((score(row, spans, typed=False) for row, spans in rows), Counts())
    return f"| {label} | {typed.precision:.3f} | {typed.recall:.3f} | {typed.f1:.3f} | {untyped.f1:.3f} |"


def _clusters(row: Row, *, strict: bool) -> BCubed:
    """The clusters as a user gets them: an entity's name and aliases, which may have titles, as the gold's may."""
    found = [[one.entity.name, *one.entity.aliases] for one in find_entities(row.article)]
    return b_cubed((cluster["names"] for cluster in row.clusters), found, strict=strict)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--embedded", action="store_true", help="let the embedded model take part")
    if options.parse_args().embedded:
        from benchmarks.entities import embedded

        print(embedded.report(development_rows()))
    else:
        print(report(development_rows()))


if __name__ == "__main__":
    main()
