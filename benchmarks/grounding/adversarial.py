"""The adversarial set: every false claim with its untouched and its reworded twin, made by code from real sentences."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.grounding.changes import FAMILIES, merged
from benchmarks.grounding.rewordings import REWORDINGS, joined
from benchmarks.grounding.sources import DATA, Source, more_sources, sources
from summarizer.article import Article, Sentence

PER_FAMILY = 120
LEAST = 60
"""Families with fewer cases take more sentences from elsewhere, behind all others, so that those stay as they are."""
SEED = 20261124


@dataclass(frozen=True)
class AdversarialCase:
    """A claim, the sentences it cites, and whether they support it. `family` is how it was made."""

    family: str
    claim: str
    cited: tuple[Sentence, ...]
    supported: bool
    article: Article


def cases(per_family: int = PER_FAMILY, seed: int = SEED, data: Path = DATA) -> list[AdversarialCase]:
    """The set, the same for the same seed and data: false claims, then the verbatim and the reworded twins."""
    dice = random.Random(seed)
    found = sources(data)
    dice.shuffle(found)
    false = list(_false(found, per_family, dice))
    touched = {(case.article.text, case.cited[0].number): case for case in false}
    twins = list(touched.values())
    verbatim = [AdversarialCase("verbatim", c.cited[0].text, c.cited, True, c.article) for c in twins]
    reworded = list(_reworded(found, per_family, dice))
    return [*false, *verbatim, *reworded, *_more([*false, *reworded], seed, data)]


def _more(cases: list[AdversarialCase], seed: int, data: Path) -> Iterator[AdversarialCase]:
    have = Counter(case.family for case in cases)
    scarce = [family for family in (*FAMILIES, *(f"~{name}" for name in REWORDINGS)) if have[family] < LEAST]
    if not scarce:
        return
    dice = random.Random(seed)
    elsewhere = more_sources(data)
    dice.shuffle(elsewhere)
    for family in scarce:
        made = have[family]
        for source in elsewhere:
            claim = _claim(family, source, dice) if made < LEAST else None
            if claim:
                made += 1
                yield AdversarialCase(family, claim, (source.sentence,), not family[0].isalpha(), source.article)


def _claim(family: str, source: Source, dice: random.Random) -> str | None:
    if family.startswith("~"):
        return REWORDINGS[family[1:]](source, dice)
    claims = [claim for claim in FAMILIES[family](source, dice) if claim != source.sentence.text]
    return dice.choice(claims) if claims else None


def _false(found: list[Source], per_family: int, dice: random.Random) -> Iterator[AdversarialCase]:
    for family, change in FAMILIES.items():
        made = 0
        for source in found:
            claims = [claim for claim in change(source, dice) if claim != source.sentence.text]
            if claims and made < per_family:
                made += 1
                yield AdversarialCase(family, dice.choice(claims), (source.sentence,), False, source.article)
    made = 0
    for source in found:
        claim = merged(source, dice)
        if claim and made < per_family and source.following:
            made += 1
            yield AdversarialCase("merged", claim, (source.sentence, source.following.sentence), False, source.article)


def _reworded(found: list[Source], per_family: int, dice: random.Random) -> Iterator[AdversarialCase]:
    for family, change in REWORDINGS.items():
        made = 0
        for source in found:
            claim = change(source, dice)
            if claim and made < per_family:
                made += 1
                yield AdversarialCase(f"~{family}", claim, (source.sentence,), True, source.article)
    made = 0
    for source in found:
        claim = joined(source)
        if claim and made < per_family and source.following:
            made += 1
            yield AdversarialCase("~joined", claim, (source.sentence, source.following.sentence), True, source.article)
