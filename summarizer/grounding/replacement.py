"""What stands in for a claim that fails: its sentences, all of them, and the name that an opening pronoun means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.analysis import Analysis
from summarizer.grounding.evidence import in_order
from summarizer.schemas.evidence import Span

LOOKS_BACK = 2
"""In sentences: how far before a pronoun its name may stand."""
_OPENING = re.compile(r"(\W*)(He|She)\b")


def replacement(cited: Sequence[Span], analysis: Analysis) -> str:
    """The cited sentences in the order of the article; who "He" or "She" is stands in brackets, where that is sure."""
    spans = in_order(cited)
    texts = [" ".join(span.text.split()) for span in spans]
    if (opening := _OPENING.match(texts[0])) and (name := _meant(spans[0].sentence, analysis)):
        at = opening.end()
        texts[0] = f"{texts[0][:at]} [{name}]{texts[0][at:]}"
    return " ".join(texts)


def _meant(number: int, analysis: Analysis) -> str | None:
    """The one person that the nearest of the two sentences before names; None where none or several are named."""
    people = [found.entity for found in analysis.entities if found.entity.type == "person"]
    for before in range(number - 1, number - 1 - LOOKS_BACK, -1):
        named = [person for person in people if any(mention.sentence == before for mention in person.mentions)]
        if named:
            return named[0].name if len(named) == 1 else None
    return None
