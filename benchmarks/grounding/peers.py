"""The peers on the same cases, each in a Python of its own, and overlap measures as they are commonly used."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.grounding.adversarial import AdversarialCase
from summarizer.analysis.words import content_stems

RUNNER = Path(__file__).with_name("peers_runner.py")
LIMITS = {"langextract_default": 10.0, "langextract_exact": 10.0, "instructor_citation": 10.0, "langchain_fuzzy": 2.0}
"""Peer -> seconds allowed a case. LangChain's search does not finish on most (one in `EVERY` is tried)."""
EVERY = {"langchain_fuzzy": 40}

Verdicts = list[bool | str | None]


def ask(peer: str, cases: Sequence[AdversarialCase], python: Path) -> Verdicts:
    """The peer's verdict on each case: whether it accepts, "timeout", "error: ...", or None where it was not asked."""
    step = EVERY.get(peer, 1)
    asked = range(0, len(cases), step)
    lines = "".join(json.dumps({"claim": cases[n].claim, "text": text(cases[n])}) + "\n" for n in asked)
    command = [str(python), str(RUNNER), peer, str(LIMITS[peer])]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    verdicts: Verdicts = [None] * len(cases)
    for n, line in zip(asked, done.stdout.splitlines(), strict=False):
        verdicts[n] = json.loads(line)
    return verdicts


def text(case: AdversarialCase) -> str:
    """The cited sentences as one text: what a peer is given as its source."""
    return " ".join(sentence.text for sentence in case.cited)


def words_overlap(case: AdversarialCase) -> float:
    """Share of the claim's words in the cited text (ROUGE-1 precision on content stems)."""
    claim, source = content_stems(case.claim), set(content_stems(text(case)))
    return sum(stem in source for stem in claim) / max(1, len(claim))


def bigrams_overlap(case: AdversarialCase) -> float:
    """Share of the claim's word pairs in the cited text (ROUGE-2 precision on content stems)."""
    claim, source = content_stems(case.claim), content_stems(text(case))
    pairs = list(pairwise(claim))
    have = set(pairwise(source))
    return sum(pair in have for pair in pairs) / max(1, len(pairs))


def overlap(measure: Callable[[AdversarialCase], float], least: float, cases: Sequence[AdversarialCase]) -> Verdicts:
    """Accepts what reaches `least`."""
    return [measure(case) >= least for case in cases]
