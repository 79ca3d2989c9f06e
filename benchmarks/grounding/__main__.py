"""The adversarial set, the human judgements and the peers, measured and printed.

--peers: a Python that has langextract, instructor, langchain-classic and regex; without it the peers are left out.
--cases: prints every case that goes wrong.
--only: these families of the adversarial set alone.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from benchmarks.grounding import peers
from benchmarks.grounding.adversarial import AdversarialCase, cases
from benchmarks.grounding.changes import FIRST_LOOK
from benchmarks.grounding.faithfulness import (
    Judged,
    best_threshold,
    bigram_overlap,
    by_source,
    judged,
    left_out,
    mean,
    word_overlap,
)
from summarizer.article import Article
from summarizer.grounding import Grounds, Level, check, prepare
from summarizer.grounding.score import threshold


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.grounding")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--cases", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    wanted = set(filter(None, options.only.split(",")))
    adversarial([case for case in cases() if not wanted or case.family in wanted], options.peers, options.cases)
    if not wanted:
        faithfulness(judged())


def adversarial(found: Sequence[AdversarialCase], python: Path | None, show: bool) -> None:
    """Share of false claims accepted and of true twins refused, by family and checker."""
    columns = {"ours lenient": _ours(found, "lenient"), "ours strict": _ours(found, "strict")}
    columns["ROUGE-1 >= .9"] = peers.overlap(peers.words_overlap, 0.9, found)
    columns["ROUGE-2 >= .8"] = peers.overlap(peers.bigrams_overlap, 0.8, found)
    for peer in peers.LIMITS if python else ():
        columns[peer] = peers.ask(peer, found, python or Path())
    print(f"{len(found)} cases; per cent of false claims accepted, then of true claims refused\n")
    print("| family | cases | " + " | ".join(columns) + " |")
    print("|---|---|" + "---|" * len(columns))
    for family in dict.fromkeys(case.family for case in found):
        at = [n for n, case in enumerate(found) if case.family == family]
        name = f"{family} (first look: {FIRST_LOOK[family]})" if family in FIRST_LOOK else family
        print(
            f"| {name} | {len(at)} | " + " | ".join(_wrong(found, at, verdicts) for verdicts in columns.values()) + " |"
        )
    if show:
        _print_wrong(found, columns["ours lenient"])


def _ours(found: Sequence[AdversarialCase], level: Level) -> peers.Verdicts:
    verdicts: peers.Verdicts = []
    seconds = []
    for case in found:
        grounds = _grounds(case.article)
        begin = time.perf_counter()
        verdicts.append(check(case.claim, case.cited, level=level, article=grounds).supported is True)
        seconds.append(time.perf_counter() - begin)
    middle, high = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
    print(f"{level}: median {1000 * middle:.2f} ms, 99 % under {1000 * high:.2f} ms")
    return verdicts


@cache
def _grounds(article: Article) -> Grounds:
    """An article made ready: its names are found once, and not with a claim."""
    grounds = prepare(article)
    assert grounds.by_name is not None
    return grounds


def _wrong(found: Sequence[AdversarialCase], at: Sequence[int], verdicts: peers.Verdicts) -> str:
    """Per cent of wrong verdicts. No answer in time and a crash accept nothing; they are counted beside it."""
    asked = [n for n in at if verdicts[n] is not None]
    if not asked:
        return "-"
    wrong = sum((verdicts[n] is True) != found[n].supported for n in asked)
    failed = sum(isinstance(verdicts[n], str) for n in asked)
    note = f" ({failed} of {len(asked)} no answer)" if failed else ""
    return f"{100 * wrong / len(asked):.1f}{note}"


def _print_wrong(found: Sequence[AdversarialCase], verdicts: peers.Verdicts) -> None:
    for case, verdict in zip(found, verdicts, strict=True):
        if verdict is not case.supported:
            problems = check(case.claim, case.cited, article=case.article).problems
            print(f"\n{case.family}: {case.claim}\n  cited: {peers.text(case)}\n  {problems}")


def faithfulness(rows: Sequence[Judged]) -> None:
    """Balanced accuracy by source, at a threshold chosen on the other sources and at the shipped one."""
    if not rows:
        return
    print("\nhuman judgements: balanced accuracy, the threshold of each source chosen on the other sources\n")
    sources = list(dict.fromkeys(row.source for row in rows))
    print("| checker | mean | " + " | ".join(sources) + " |\n|---|---|" + "---|" * len(sources))
    for name, value in {"score": lambda r: r.scores[0], "bigrams": bigram_overlap, "words": word_overlap}.items():
        _line(f"{name}, left out", left_out(rows, value))
        cut = best_threshold(rows, value)
        _line(f"{name}, best threshold {cut}", by_source(rows, lambda row, v=value, c=cut: v(row) >= c))
    _line(f"score, shipped threshold {threshold()}", by_source(rows, lambda row: row.scores[0] >= threshold()))
    _line("score, threshold .5 (no tuning)", by_source(rows, lambda row: row.scores[0] >= 0.5))
    _line("lenient check accepts", by_source(rows, lambda row: row.scores[1]))
    caught = by_label(rows)
    print(f"\nlenient check: {caught[False]:.0%} of false claims refused, {caught[True]:.0%} of true claims accepted")


def by_label(rows: Sequence[Judged]) -> dict[bool, float]:
    """Share of right decisions of the lenient check by label."""
    return {
        label: statistics.fmean(row.scores[1] == label for row in rows if row.label is label) for label in (True, False)
    }


def _line(name: str, figures: dict[str, float]) -> None:
    print(f"| {name} | {mean(figures):.3f} | " + " | ".join(f"{figure:.3f}" for figure in figures.values()) + " |")


if __name__ == "__main__":
    main()
