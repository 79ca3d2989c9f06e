"""What the check keeps and lets through: fluent claims first, then near copies, made-up ones, human judgements, peers.

--data: the folder of the shared development data.
--peers: a Python that has langextract, instructor and anchorcite; without it the peers are left out.
--families: cases of each mechanical family (0 leaves them out).
--rules: prints what each exact fact alone catches and spoils on the written claims.
--cases: prints every case that goes wrong.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from benchmarks.grounding import peers
from benchmarks.grounding.adversarial import cases
from benchmarks.grounding.faithfulness import balanced_accuracy, best_threshold, judged, left_out
from benchmarks.grounding.sources import DATA, sources
from benchmarks.grounding.written import Case, forms, invented_predicates, word_replaced, written
from summarizer.analysis import Analysis
from summarizer.article import Article
from summarizer.grounding import Check, Checker
from summarizer.grounding.days import wrong_days
from summarizer.grounding.exchanged import exchanged
from summarizer.grounding.facts import wrong_figures
from summarizer.grounding.names import wrong_names
from summarizer.grounding.trims import is_cut, lost
from summarizer.reader import load_reader
from summarizer.settings import Level

LEVELS = (Level.STRICT, Level.BALANCED, Level.LENIENT)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.grounding")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--families", type=int, default=60)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--cases", action="store_true")
    options = parser.parse_args()
    own = [*forms(), *written(options.data)]
    if not any(case.family != "forms" for case in own):
        print(f"{options.data}: no development data there; only claims in this repository are used\n")
    print_rates(own, options.peers)
    if options.rules:
        print_rules(own)
    if options.families:
        made = sources(options.data)
        found = [*invented_predicates(made, 10 * options.families), *word_replaced(made, 5 * options.families)]
        mechanical = cases(options.families, data=options.data)
        found += [Case(one.family, one.claim, one.cited, one.supported, one.article) for one in mechanical]
        print_rates(found, options.peers, options.cases)
    print_judged(options.data)


@cache
def _analysis(article: Article | None) -> Analysis | None:
    return Analysis(article) if article else None


def outcomes(found: Sequence[Case], level: Level) -> list[Check]:
    """The check of each case, judged in one go."""
    checker = Checker(level)
    for article in dict.fromkeys(case.article for case in found):
        claims = [(case.claim, case.cited) for case in found if case.article == article]
        if level != Level.STRICT:
            checker.judge_ahead(claims, _analysis(article))
    return [checker.check(case.claim, case.cited, _analysis(case.article)) for case in found]


def print_rates(found: Sequence[Case], python: Path | None, show: bool = False) -> None:
    """Per cent of true claims kept and of false ones accepted, by family, level and peer; AUC of the score."""
    checked = {level: outcomes(found, level) for level in LEVELS}
    columns: dict[str, list[bool]] = {level: [one.supported is True for one in checked[level]] for level in LEVELS}
    for peer in peers.LIMITS if python else ():
        verdicts = peers.ask(peer, [(case.claim, case.text) for case in found], python or Path())
        columns[peer] = [verdict is True for verdict in verdicts]
    print("| claims | n | AUC | " + " | ".join(columns) + " |\n|---|---|---|" + "---|" * len(columns))
    for family in dict.fromkeys(case.family for case in found):
        at = [n for n, case in enumerate(found) if case.family == family]
        scores = [(_score(checked[Level.BALANCED][n]), found[n].supported) for n in at]
        cells = [_rates([(accepted[n], found[n].supported) for n in at]) for accepted in columns.values()]
        print(f"| {family} | {len(at)} | {auc(scores)} | " + " | ".join(cells) + " |")
    print()
    if show:
        for case, outcome in zip(found, checked[Level.LENIENT], strict=True):
            if (outcome.supported is True) is not case.supported:
                print(f"{case.family}: {case.claim}\n  cited: {case.text}\n  {outcome}\n")


def _score(outcome: Check) -> float:
    """One figure to order claims by: verbatim first, a wrong exact fact last."""
    return 1.0 if outcome.verbatim else outcome.score or 0.0


def auc(scores: Sequence[tuple[float, bool]]) -> str:
    """How often a true claim scores higher than a false one (Mann and Whitney); "" where one kind is missing."""
    true, false = ([score for score, label in scores if label is kind] for kind in (True, False))
    if not true or not false:
        return ""
    wins = sum((one > other) + 0.5 * (one == other) for one in true for other in false)
    return f"{wins / (len(true) * len(false)):.3f}"


def _rates(pairs: Sequence[tuple[bool, bool]]) -> str:
    """ "kept / false", in per cent."""
    kept, false = ([accepted for accepted, label in pairs if label is kind] for kind in (True, False))
    return " / ".join(f"{100 * sum(one) / len(one):.1f}" if one else "-" for one in (kept, false))


def print_rules(found: Sequence[Case]) -> None:
    """For each exact fact: claims it refuses that the reader alone would keep at `balanced`, true and false."""
    rules: dict[str, Callable[[str, list[str]], bool]] = {
        "figures": lambda claim, texts: any(wrong_figures(claim, texts, wrong_days(claim, texts)[1])),
        "days": lambda claim, texts: bool(wrong_days(claim, texts)[0]),
        "names": lambda claim, texts: any(wrong_names(claim, texts, None, ())),
        "exchanged": lambda claim, texts: any(exchanged(claim, texts)),
        "lost": lambda claim, texts: any(lost(claim, text) for text in texts),
    }
    reader = load_reader()
    scores = reader.supports([(case.text, case.claim) for case in found])
    kept = [score >= reader.levels["balanced"] for score in scores]
    print("| rule | set | false: refused | kept by the reader | true: refused | kept by the reader |")
    print("|---|---|---|---|---|---|")
    for name, rule in rules.items():
        for family in ("forms", "fluent", "near"):
            hits = [
                (case.supported, by_reader)
                for case, by_reader in zip(found, kept, strict=True)
                if case.family == family and rule(case.claim, [sentence.text for sentence in case.cited])
            ]
            counts = [
                sum(label is kind and (not only or by) for label, by in hits)
                for kind in (False, True)
                for only in (0, 1)
            ]
            print(f"| {name} | {family} | " + " | ".join(map(str, counts)) + " |")
    cuts = [(c.supported, s >= reader.copies["cut"]) for c, s, k in zip(found, scores, kept, strict=True)
            if not k and any(is_cut(c.claim, one.text) for one in c.cited)]  # fmt: skip
    print(f"\ncuts kept beyond the reader: {cuts.count((True, True))} true, {cuts.count((False, True))} false\n")


def print_judged(data: Path) -> None:
    """Balanced accuracy against human judgements, by source."""
    rows = judged(data)
    if not rows:
        return
    best = best_threshold(rows)
    lines = {
        "threshold of a source chosen on the others": left_out(rows),
        f"best threshold, {best}": balanced_accuracy(rows, best),
        **{level: balanced_accuracy(rows, load_reader().levels[level]) for level in LEVELS[1:]},
    }
    sources_ = list(dict.fromkeys(row.source for row in rows))
    print("| human judgements | mean | " + " | ".join(sources_) + " |\n|---|---|" + "---|" * len(sources_))
    for name, figures in lines.items():
        cells = " | ".join(f"{figures[source]:.3f}" for source in sources_)
        print(f"| {name} | {statistics.fmean(figures.values()):.3f} | {cells} |")
    print(f"\nAUC {auc([(row.score, row.label) for row in rows])}")


if __name__ == "__main__":
    main()
