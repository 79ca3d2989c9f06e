"""Evidence: is what a claim lacks found among the sentences around it, and does nothing join that is not needed?

    python -m benchmarks.grounding.mending [--data FOLDER] [--cases N]

Fluent claims that cite several sentences are given one of them only: the rest has to be found in their article. Claims
that fail on all of their sentences, true and false ones, are to get no sentence more.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.grounding.sources import DATA, rows_of
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import Checker, Grounder
from summarizer.schemas.evidence import Claim, Span
from summarizer.settings import Policy

SEED = 5
KINDS = ("true, a sentence missing", "true, fails on its own", "false")


def main() -> None:
    """Prints how many claims of each kind were mended, and how many by a sentence that belongs to them."""
    parser = argparse.ArgumentParser(prog="benchmarks.grounding.mending")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cases", type=int, default=50)
    options = parser.parse_args()
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for kind, text, cited, whole, analysis in tried(options.data):
        if counts[kind]["n"] < options.cases:
            claim = Grounder(analysis, Checker(), Policy.DROP).claim(text, cited, "")
            counts[kind].update(["n", *outcome(claim, cited, whole)])
        elif all(told["n"] == options.cases for told in counts.values()):
            break
    print("| claims | n | mended | by their own sentence | by another |\n|---|---|---|---|---|")
    for kind, told in counts.items():
        cells = " | ".join(str(told[one]) for one in ("n", "mended", "own", "another"))
        print(f"| {kind} | {cells} |")


def outcome(claim: Claim | None, cited: list[Span], whole: list[Span]) -> Iterator[str]:
    """Whether it was mended, and by one of its own sentences or by another."""
    if claim and claim.evidence != cited:
        added = {span.start for span in claim.evidence} - {span.start for span in cited}
        yield from ("mended", "own" if added <= {span.start for span in whole} else "another")


def tried(data: Path) -> Iterator[tuple[str, str, list[Span], list[Span], Analysis]]:
    """Claims: of which kind, the text, what it cites, what it should, and the article its neighbours make."""
    rows = list(rows_of("fluent_dev.jsonl", data))
    passages: dict[str, dict[str, None]] = {}
    for row in rows:
        passages.setdefault(row["id"].partition("-")[0], {})[row["sentences"]] = None
    analyses = {name: Analysis(Article("\n\n".join(texts))) for name, texts in passages.items()}
    random.Random(SEED).shuffle(rows)
    for row in rows:
        analysis, claim = analyses[row["id"].partition("-")[0]], row["claim"]
        at = analysis.article.text.index(row["sentences"])
        inside = [s for s in analysis.article.sentences if at <= s.start < at + len(row["sentences"])]
        whole = [Span.of(sentence) for sentence in inside]
        holds = Checker().check(claim, whole, analysis).supported
        if not holds:
            yield KINDS[1] if row["label"] else KINDS[2], claim, whole, whole, analysis
        elif row["label"] and len(whole) > 1:
            short = [span for span in whole if not Checker().check(claim, [span], analysis).supported]
            if short:
                yield KINDS[0], claim, short[:1], whole, analysis


if __name__ == "__main__":
    main()
