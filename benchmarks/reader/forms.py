"""From claims over whole articles to pairs for `benchmarks.reader.adapter`, in the form in which the check reads them.

    python -m benchmarks.reader.forms DATA > pairs.jsonl

`forms.jsonl.gz` beside this file: 63 articles of many forms (interviews, minutes, recipes …) with true claims and
false twins, written for this project by a strong language model; none of them is in `benchmarks/grounding/forms.jsonl`.
Beside each pair: for a quarter of the claims the same with one more sentence, for some the true claim with sentences
that do not carry it. DATA holds the files of README.md, of which a part is kept in practice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.grounding.written import article_of
from summarizer.analysis import Analysis
from summarizer.article import Sentence
from summarizer.grounding.checker import pairs_of
from summarizer.grounding.evidence import others

FORMS = Path(__file__).parent / "forms.jsonl.gz"
PRACTISED = {"nli_written": 950, "nli_near": 640, "nli_shortened": 260, "nli_invented": 150}
"""Rows of each file of DATA: what the reader could before must not be lost."""
WITH_ONE_MORE, BESIDE = 0.25, 0.1
"""Shares of the claims that are also read with one more sentence, and on sentences that do not carry them."""
FAR = 2


def main() -> None:
    """Prints the pairs as JSON lines, in random order."""
    parser = argparse.ArgumentParser(prog="benchmarks.reader.forms")
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    random.seed(3)
    rows = list(pairs())
    for name, count in PRACTISED.items():
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows += random.sample([json.loads(line) for line in file], count)
    random.shuffle(rows)
    sys.stdout.writelines(json.dumps(row) + "\n" for row in rows)


def pairs() -> Iterator[dict[str, str]]:
    """Of all articles."""
    with gzip.open(FORMS, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            article, starts = article_of(row)
            analysis = Analysis(article)
            for pair in row["claims"]:
                found = [article.sentence_at(starts[number - 1]) for number in pair["cited"]]
                cited = sorted({one for one in found if one}, key=lambda one: one.number)
                yield from _of_claim(pair, cited, analysis)


def _of_claim(pair: dict[str, str], cited: list[Sentence], analysis: Analysis) -> Iterator[dict[str, str]]:
    article = analysis.article
    both = ((pair["true"], "supported"), (pair["false"], "unsupported"))
    for claim, label in both:
        yield from _rows(claim, cited, analysis, label)
    if random.random() < WITH_ONE_MORE:
        near = [one for one in (article.sentence(cited[0].number - 1), article.sentence(cited[-1].number + 1)) if one]
        more = sorted({*cited, random.choice(near)}, key=lambda one: one.number)
        for claim, label in both:
            yield from _rows(claim, more, analysis, label)
    if random.random() < BESIDE:
        numbers = [one.number for one in cited]
        far = [
            one
            for one in others(pair["true"], [one.text for one in cited], numbers, analysis)
            if all(abs(one.number - number) >= FAR for number in numbers)
        ]
        yield from _rows(pair["true"], far[:1], analysis, "unsupported") if far else ()


def _rows(claim: str, cited: Sequence[Sentence], analysis: Analysis, label: str) -> Iterator[dict[str, str]]:
    """A claim of several sentences has no label for each: it is left out."""
    found = pairs_of(claim, cited, analysis)
    if len(found) == 1:
        yield {"premise": found[0][0], "hypothesis": found[0][1], "label": label}


if __name__ == "__main__":
    main()
